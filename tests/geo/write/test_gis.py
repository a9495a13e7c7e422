"""What is written is read back the same, and the same parcels give the same bytes."""

from __future__ import annotations

import io
import json
import time
import zipfile
from typing import TYPE_CHECKING

import geopandas as gpd
import pyarrow as pa
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import PlannerError
from geo.write import gis
from parcels.messages import LANGUAGES, error_text
from tests.geo.write.gis_samples import ATTRIBUTES, outgoing, polygons, read_back

if TYPE_CHECKING:
    from pathlib import Path

WRITERS = {
    "geojson": gis.write_geojson,
    "geopackage": gis.write_geopackage,
    "shapefile": gis.write_shapefile,
    "flatgeobuf": gis.write_flatgeobuf,
    "geoparquet": gis.write_geoparquet,
}
SUFFIXES = {"geopackage": ".gpkg", "shapefile": ".zip", "geojson": ".geojson", "flatgeobuf": ".fgb"}


@pytest.mark.parametrize("kind", WRITERS)
def test_what_is_written_is_read_back(kind: str, tmp_path: Path) -> None:
    given = outgoing()
    parsed = read_back(WRITERS[kind](given), tmp_path / "read")
    assert parsed.crs == "EPSG:4526"
    assert parsed.axes == "en"
    assert dict(parsed.faults) == {}
    shapes = polygons(parsed)
    assert all(map(shapely.equals, shapes, given.geometries))
    assert shapely.area(shapes).tolist() == shapely.area(given.geometries).tolist()
    expected = ATTRIBUTES.to_pydict()
    if kind == "shapefile":
        expected = {"地块编" if name == "地块编号" else name: expected[name] for name in expected}
        expected["备注"][1] = None  # a dBASE table knows no empty text
    assert parsed.table.to_pydict() == expected


@pytest.mark.parametrize("kind", WRITERS)
def test_the_same_parcels_give_the_same_bytes(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = WRITERS[kind](outgoing())
    later = time.time() + 100_000
    monkeypatch.setattr(time, "time", lambda: later)
    time.sleep(1.1 if kind == "geopackage" else 0)
    assert WRITERS[kind](outgoing()) == first


@pytest.mark.parametrize("kind", SUFFIXES)
def test_another_reader_reads_the_same(kind: str, tmp_path: Path) -> None:
    given = outgoing()
    path = tmp_path / f"x{SUFFIXES[kind]}"
    path.write_bytes(WRITERS[kind](given))
    frame = gpd.read_file(path)
    assert frame.crs.to_epsg() == 4526
    assert frame.geometry.area.tolist() == pytest.approx(shapely.area(given.geometries), rel=1e-12)
    assert frame["户数"].isna().tolist() == [False, True, False]
    assert frame["面积亩"][2] == 0.1 + 0.2


def test_geoparquet_is_read_by_geopandas(tmp_path: Path) -> None:
    (tmp_path / "x.parquet").write_bytes(gis.write_geoparquet(outgoing()))
    frame = gpd.read_parquet(tmp_path / "x.parquet")
    assert frame.crs.to_epsg() == 4526
    assert frame["地块编号"][0] == "J-01"


def test_geojson_in_degrees_follows_rfc_7946() -> None:
    shape = shapely.box(112.5123456789123, 33.0, 112.52, 33.01)
    table = pa.table({"n": [1]})
    written = json.loads(gis.write_geojson(outgoing([shape], table, 4490, fields={})))
    assert "crs" not in written
    ring = written["features"][0]["geometry"]["coordinates"][0]
    assert min(ring)[0] == 112.512345679
    assert shapely.LinearRing(ring).is_ccw


def test_metres_lose_no_digit() -> None:
    shape = shapely.Polygon(
        [(38359800.1234567, 3650250.1), (38359801, 3650251), (38359802, 3650250)]
    )
    written = gis.write_geojson(outgoing([shape], pa.table({"n": [1]}), fields={}))
    assert b"38359800.1234567" in written
    assert json.loads(written)["crs"]["properties"]["name"] == "urn:ogc:def:crs:EPSG::4526"


def test_a_shapefile_in_gbk_says_so(tmp_path: Path) -> None:
    written = gis.write_shapefile(outgoing(), encoding="gbk")
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert archive.read("储备地块.cpg") == b"GBK"
        assert "很长的说明".encode("gbk") in archive.read("储备地块.dbf")
        assert all(info.date_time == (1980, 1, 1, 0, 0, 0) for info in archive.infolist())
    parsed = read_back(written, tmp_path / "read")
    assert parsed.table.column_names == ATTRIBUTES.column_names
    assert parsed.notes == ()


def test_a_character_outside_gbk_makes_it_gb18030(tmp_path: Path) -> None:
    table = pa.table({"名": ["𠮷家村"]})
    given = outgoing([shapely.box(0, 0, 1, 1)], table, fields={})
    written = gis.write_shapefile(given, encoding="gbk")
    assert read_back(written, tmp_path / "read").table.to_pydict() == {"名": ["𠮷家村"]}


def test_long_names_are_shortened_to_different_ones_and_listed(tmp_path: Path) -> None:
    table = pa.table(
        {"规划用地性质代码": ["a"], "规划用地性质名称": ["b"], "NAME": ["c"], "name": ["d"]}
    )
    given = outgoing([shapely.box(0, 0, 1, 1)], table, fields={})
    written = gis.write_shapefile(given)
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        listed = archive.read("FIELDS.txt").decode("utf-8-sig").split("\r\n")
    assert listed == ["规划用 = 规划用地性质代码", "规划_2 = 规划用地性质名称", "name_2 = name", ""]
    parsed = read_back(written, tmp_path / "read")
    assert parsed.table.to_pylist() == [{"规划用": "a", "规划_2": "b", "NAME": "c", "name_2": "d"}]


def test_a_text_that_a_shapefile_cannot_hold_is_refused() -> None:
    given = outgoing([shapely.box(0, 0, 1, 1)], pa.table({"说明": ["长" * 100]}), fields={})
    with pytest.raises(PlannerError, match="shapefile_text_too_long") as caught:
        gis.write_shapefile(given)
    assert caught.value.values == {"column": "说明", "row": 1, "value": "长" * 40}
    assert all(all(error_text(lang, caught.value)) for lang in LANGUAGES)


@pytest.mark.parametrize("kind", WRITERS)
def test_ids_and_names_become_columns_where_there_are_none(kind: str, tmp_path: Path) -> None:
    shape = shapely.box(38359800, 3650250, 38359900, 3650350)
    empty = pa.table({"": pa.nulls(1)}).select([])
    given = outgoing([shape], empty, ids=("A-1",), names=("甲",), fields={})
    parsed = read_back(WRITERS[kind](given), tmp_path / "read")
    assert parsed.table.to_pylist() == [{"id": "A-1", "name": "甲"}]


@pytest.mark.parametrize("kind", WRITERS)
def test_names_of_columns_that_the_format_uses_itself(kind: str, tmp_path: Path) -> None:
    table = pa.table({"fid": ["x"], "geom": ["y"], "geometry": ["z"], "wkb": ["w"], "FID2": [1]})
    parsed = read_back(
        WRITERS[kind](outgoing([shapely.box(0, 0, 1, 1)], table, fields={})), tmp_path / "read"
    )
    assert parsed.table.to_pydict() == table.to_pydict()


CORNERS = st.lists(
    st.tuples(st.integers(0, 10_000_000), st.integers(0, 10_000_000)),
    min_size=1,
    max_size=6,
    unique=True,
)
TEXTS = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=20)


@pytest.mark.parametrize("kind", ["geojson", "shapefile", "geoparquet"])
@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(corners=CORNERS, text=TEXTS, number=st.floats(allow_nan=False, allow_infinity=False))
def test_any_boxes_and_values_survive(
    kind: str, tmp_path: Path, corners: list[tuple[int, int]], text: str, number: float
) -> None:
    shapes = [
        shapely.box(
            38_000_000 + x / 1000, 3_600_000 + y / 1000, 38_000_100 + x / 1000, 3_600_050 + y / 1000
        )
        for x, y in corners
    ]
    count = len(shapes)
    table = pa.table({"名": [text] * count, "数": [number] * count})
    parsed = read_back(WRITERS[kind](outgoing(shapes, table, fields={})), tmp_path / "read")
    back = polygons(parsed)
    assert [shape.normalize().wkb for shape in back] == [shape.normalize().wkb for shape in shapes]
    assert parsed.table.column("数").to_pylist() == [number] * count
    assert (
        parsed.table.column("名").to_pylist()
        == [text or (None if kind == "shapefile" else "")] * count
    )
