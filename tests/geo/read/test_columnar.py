"""FlatGeobuf and GeoParquet as they come."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pyarrow as pa
import pytest
import shapely
from pyarrow import parquet
from pyproj import CRS

from geo.errors import PlannerError
from geo.write.gis import write_flatgeobuf
from tests.geo.read.gis_files import faults, notes, read, remarks
from tests.geo.write.gis_samples import outgoing

if TYPE_CHECKING:
    from pathlib import Path

BOX = shapely.box(112.5, 33.0, 112.51, 33.01)
WKB = {"encoding": "WKB", "geometry_types": []}


def geoparquet(columns: dict[str, Any], geo: Any = None, **options: Any) -> bytes:
    described = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": WKB}}
    table = pa.table(columns).replace_schema_metadata({"geo": json.dumps(described | (geo or {}))})
    written = io.BytesIO()
    parquet.write_table(table, written, **options)
    return written.getvalue()


def with_crs(**crs: Any) -> dict:
    return {"columns": {"geometry": WKB | crs}}


@pytest.mark.parametrize(
    ("geo", "crs"),
    [
        ({}, "OGC:CRS84"),
        (with_crs(crs=None), None),
        (with_crs(crs=CRS.from_epsg(4490).to_json_dict()), "EPSG:4490"),
        (with_crs(crs=CRS.from_epsg(4547).to_json_dict()), "EPSG:4547"),
        (with_crs(crs=CRS.from_epsg(4547).to_wkt()), "EPSG:4547"),
        (with_crs(crs="EPSG:4490"), "EPSG:4490"),
    ],
)
def test_the_crs_of_geoparquet(tmp_path: Path, geo: dict, crs: str | None) -> None:
    assert read(geoparquet({"geometry": [BOX.wkb]}, geo), tmp_path).crs == crs


def test_rows_and_types_of_geoparquet(tmp_path: Path) -> None:
    import datetime as dt

    columns = {
        "geometry": [BOX.wkb, None, b"\x01\x03", shapely.force_3d(BOX, 9).wkb],
        "名称": pa.array(["甲", None, "乙", "丙"]).dictionary_encode(),
        "n": pa.array([1, 2, None, 4], pa.int16()),
        "日期": [dt.date(2026, 1, 31)] * 4,
        "标签": [["a"], [], None, ["b", "c"]],
        "照片": [b"x"] * 4,
        "bbox": [{"xmin": 1.0}] * 4,
        "centre": [BOX.centroid.wkb] * 4,
    }
    box = {"bbox": {"xmin": ["bbox", "xmin"]}}
    geo = {"columns": {"geometry": WKB | {"covering": box}, "centre": WKB}}
    parsed = read(geoparquet(columns, geo), tmp_path)
    assert faults(parsed) == {"feature:2": "no_geometry", "feature:3": "geometry_broken"}
    assert parsed.table.to_pydict() == {
        "名称": ["甲", None, "乙", "丙"],
        "n": [1, 2, None, 4],
        "日期": ["2026-01-31"] * 4,
        "标签": ['["a"]', "[]", None, '["b", "c"]'],
    }
    assert notes(parsed) == ["binary_left_out", "geometry_columns_left_out", "z_dropped"]


@pytest.mark.parametrize(
    ("geo", "code"),
    [
        ({"primary_column": "other"}, "parquet_no_geometry"),
        ({"primary_column": None}, "parquet_no_geometry"),
        ({"columns": []}, "parquet_no_geometry"),
        ({"columns": {"geometry": {"encoding": "polygon"}}}, "parquet_encoding_unknown"),
        ({"columns": {"geometry": {}}}, "parquet_encoding_unknown"),
        (with_crs(crs={"type": "nothing"}), "file_crs_unreadable"),
        (with_crs(crs="http://127.0.0.1:9/crs"), "file_crs_unreadable"),
    ],
)
def test_metadata_that_say_nothing_sound(tmp_path: Path, geo: dict, code: str) -> None:
    with pytest.raises(PlannerError, match=code):
        read(geoparquet({"geometry": [BOX.wkb]}, geo), tmp_path)


@pytest.mark.parametrize(
    "wkt",
    [
        "POINT (1 2)",
        "LINESTRING (1 2, 3 4)",
        "MULTIPOINT (1 2, 3 4)",
        "MULTILINESTRING ((1 2, 3 4), (5 6, 7 8))",
        "POLYGON ((0 0, 9 0, 9 9, 0 0), (5 2, 6 2, 6 3, 5 2))",
        "POLYGON Z ((0 0 1, 9 0 1, 9 9 1, 0 0 1))",
        "MULTIPOLYGON (((0 0, 9 0, 9 9, 0 0), (5 2, 6 2, 6 3, 5 2)), ((20 0, 29 0, 29 9, 20 0)))",
    ],
)
def test_native_encodings_as_geopandas_writes_them(tmp_path: Path, wkt: str) -> None:
    shape = shapely.from_wkt(wkt)
    frame = gpd.GeoDataFrame({"n": [1, 2]}, geometry=[shape, shape], crs="EPSG:4490")
    frame.to_parquet(tmp_path / "native", geometry_encoding="geoarrow", schema_version="1.1.0")
    parsed = read((tmp_path / "native").read_bytes(), tmp_path)
    assert shapely.from_wkb(parsed.wkb.to_pylist()).tolist() == [shapely.force_2d(shape)] * 2
    assert notes(parsed) == (["z_dropped"] if shape.has_z else [])


def test_native_rows_that_are_no_shapes_are_named(tmp_path: Path) -> None:
    ring = [{"x": 0.0, "y": 0.0}, {"x": 9.0, "y": 0.0}, {"x": 9.0, "y": 9.0}]
    rows = [[[*ring, ring[0]]], [ring], None, [], [[ring[0], ring[0]]], [[*ring, {"x": None}]]]
    geo = {"columns": {"geometry": {"encoding": "polygon", "crs": None}}}
    parsed = read(geoparquet({"geometry": rows}, geo), tmp_path)
    assert faults(parsed) == {
        "feature:3": "no_geometry",
        "feature:4": "no_geometry",
        "feature:5": "geometry_broken",
        "feature:6;point:4": "coordinate_not_finite",
    }
    empty = geoparquet({"geometry": pa.array([], pa.array(rows).type)}, geo)
    assert len(read(empty, tmp_path).wkb) == 0
    assert remarks(parsed) == {"feature:2": "ring_closed", "feature:6": "ring_closed"}


def test_features_of_flatgeobuf_without_geometry_are_named(tmp_path: Path) -> None:
    boxes = [BOX, None, shapely.box(5, 5, 7, 7), None]
    frame = gpd.GeoDataFrame({"n": [1, 2, 3, 4]}, geometry=boxes, crs="EPSG:4490")
    frame.to_file(tmp_path / "x.fgb", driver="FlatGeobuf", SPATIAL_INDEX="NO")
    parsed = read((tmp_path / "x.fgb").read_bytes(), tmp_path)
    assert faults(parsed) == {"feature:2": "no_geometry", "feature:4": "no_geometry"}
    assert shapely.from_wkb(parsed.wkb.to_pylist()).tolist() == boxes


def test_plain_parquet_is_refused(tmp_path: Path) -> None:
    written = io.BytesIO()
    parquet.write_table(pa.table({"a": [1]}), written)
    with pytest.raises(PlannerError, match="parquet_no_geometry"):
        read(written.getvalue(), tmp_path)
    with pytest.raises(PlannerError, match="file_broken"):
        read(written.getvalue()[:-10], tmp_path)


def test_a_parquet_bomb_is_judged_by_its_footer(tmp_path: Path) -> None:
    data = geoparquet({"geometry": [BOX.wkb] * 3, "a": ["x" * 1_000_000] * 3}, use_dictionary=False)
    assert len(data) < 1_000_000
    with pytest.raises(PlannerError, match="file_unpacks_too_large"):
        read(data, tmp_path, unpacked_bytes=1_000_000)
    for limit in ("features", "columns", "vertices"):
        with pytest.raises(PlannerError, match=f"file_too_many_{limit}"):
            read(data, tmp_path, **{limit: 1})


def test_a_cut_flatgeobuf_is_refused_at_every_length(tmp_path: Path) -> None:
    data = write_flatgeobuf(outgoing())
    for size in range(8, len(data), 61):
        with pytest.raises(PlannerError, match=r"file_broken|features_missing"):
            read(data[:size], tmp_path)


def test_a_flatgeobuf_that_promises_more_than_it_holds(tmp_path: Path) -> None:
    data = write_flatgeobuf(outgoing())
    place = data.index((3).to_bytes(8, "little"))
    lying = data[:place] + (9).to_bytes(8, "little") + data[place + 8 :]
    with pytest.raises(PlannerError, match=r"file_broken|features_missing"):
        read(lying, tmp_path)
    assert len(read(data, tmp_path).wkb) == 3


@pytest.mark.parametrize("index", ["YES", "NO"])
def test_a_flatgeobuf_that_promises_less_than_it_holds(tmp_path: Path, index: str) -> None:
    frame = gpd.GeoDataFrame(geometry=[shapely.box(n, 0, n + 1, 1) for n in range(5)], crs=4490)
    frame.to_file(tmp_path / "x.fgb", driver="FlatGeobuf", SPATIAL_INDEX=index)
    data = (tmp_path / "x.fgb").read_bytes()
    assert len(read(data, tmp_path).wkb) == 5
    assert len(read(data + bytes(16), tmp_path).wkb) == 5
    place = data.index((5).to_bytes(8, "little"))
    lying = data[:place] + (2).to_bytes(8, "little") + data[place + 8 :]
    with pytest.raises(PlannerError, match=r"file_broken|features_beyond|features_missing"):
        read(lying, tmp_path)
