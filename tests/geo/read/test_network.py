"""A network read from every format is the same network, and every row is accounted for."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import Transformer

from geo.errors import PlannerError
from geo.read.network import read_network
from parcels.messages import LANGUAGES, text
from tests.geo.read.read_samples import ROAD, geojson, roads, shapefile, zipped

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("in_process")
WEST_EAST = [[112.50, 32.97], [112.53, 32.97]]
NAMES = ("信臣路", "热电厂路", "百里奚南路", "独山大道", "第三完全学校西侧支路")


def written(folder: Path, kind: str) -> bytes | Path:
    frame = roads(names=NAMES)
    if kind == "geojson":
        return frame.to_crs(4490).to_json(ensure_ascii=False, drop_id=True).encode()
    if kind == "geojson in GBK":
        return frame.to_crs(4490).to_json(ensure_ascii=False, drop_id=True).encode("gbk")
    if kind == "features line by line":
        features = json.loads(frame.to_crs(4490).to_json(drop_id=True))["features"]
        return "\n".join(json.dumps(feature) for feature in features).encode()
    if kind == "geopackage":
        frame.to_file(folder / "roads.gpkg")
        return (folder / "roads.gpkg").read_bytes()
    files = shapefile(folder, frame, "gbk" if "GBK" in kind else "utf-8")
    if kind == "shp beside its files":
        return folder / "roads.shp"
    if kind == "zip, GBK, lying cpg":
        files["roads.cpg"] = b"UTF-8"
    if kind == "zip, UTF-8, lying cpg":
        files["roads.cpg"] = b"GBK"
    if "no cpg" in kind:
        del files["roads.cpg"]
    return zipped(files)


KINDS = [
    "geojson",
    "geojson in GBK",
    "features line by line",
    "geopackage",
    "shp beside its files",
    "zip, UTF-8",
    "zip, GBK",
    "zip, GBK, no cpg",
    "zip, UTF-8, no cpg",
    "zip, GBK, lying cpg",
    "zip, UTF-8, lying cpg",
]


@pytest.mark.parametrize("kind", KINDS)
def test_every_format_gives_the_same_network(kind: str, tmp_path: Path) -> None:
    read = read_network(written(tmp_path, kind), "roads")
    assert tuple(feature.name for feature in read.features) == NAMES
    assert [feature.id for feature in read.features] == [f"row-{n}" for n in range(1, 6)]
    truth = Transformer.from_crs(4526, 4490, always_xy=True).transform(*np.array(ROAD.coords).T)
    for feature in read.features:
        assert shapely.get_coordinates(feature.geometry) == pytest.approx(
            np.array(truth).T, abs=1e-9
        )
    assert ("encoding_not_as_declared" in read.report.notes) == ("lying" in kind)
    assert read.report.crs_how == ("format" if kind == "features line by line" else "declared")


def test_a_shapefile_without_prj_is_placed_only_by_the_user(tmp_path: Path) -> None:
    files = shapefile(tmp_path, roads(names=NAMES))
    del files["roads.prj"]
    with pytest.raises(PlannerError, match="crs_missing") as caught:
        read_network(zipped(files), "roads.zip")
    assert caught.value.values["candidates"] == ["EPSG:4526"]
    read = read_network(zipped(files), "roads.zip", crs="4526")
    assert (read.report.crs, read.report.crs_how) == ("EPSG:4526", "chosen")
    with pytest.raises(PlannerError, match="crs_mismatch"):
        read_network(zipped(files), "roads.zip", crs="EPSG:4525")


def test_the_user_wins_over_the_file_and_it_is_said(tmp_path: Path) -> None:
    frame = roads().set_crs(4547, allow_override=True).translate(-37_850_000, 0)
    gpd.GeoDataFrame({"name": ["a"]}, geometry=frame.geometry, crs=4547).to_file(
        tmp_path / "a.gpkg"
    )
    read = read_network(tmp_path / "a.gpkg", "a.gpkg", crs="EPSG:4546")
    assert read.report.notes == ("crs_chosen_over_file",)
    assert read_network(tmp_path / "a.gpkg", "a.gpkg", crs="4547").report.notes == ()


def test_every_row_is_a_feature_or_is_counted_with_its_reason() -> None:
    crossing = {
        "type": "Polygon",
        "coordinates": [[[112, 32], [113, 33], [113, 32], [112, 33], [112, 32]]],
    }
    rows = [
        ({"name": "信臣路"}, WEST_EAST),
        ({"name": None}, WEST_EAST),
        ({"name": "  "}, WEST_EAST),
        ({"name": "无图形"}, None),
        ({"name": "空"}, []),
        ({"name": "零长"}, [[112.5, 32.9], [112.5, 32.9]]),
        ({"name": "无穷"}, [[112.5, 1e999], [112.5, 32.9]]),
        ({"name": "一点"}, [[112.5, 32.9]]),
        ({"name": "文字"}, [["112.5", "32.9"], ["112.6", "32.9"]]),
        ({"name": "曲线"}, {"type": "CircularString", "coordinates": WEST_EAST}),
        (
            {"name": "集合"},
            {
                "type": "GeometryCollection",
                "geometries": [{"type": "Point", "coordinates": [112, 32]}],
            },
        ),
        ({"name": "交叉"}, crossing),
        ({"name": "三维"}, [[112.5, 32.9, 100], [112.6, 32.9, 101]]),
    ]
    read = read_network(geojson(*rows), "rows.geojson")
    assert [feature.name for feature in read.features] == ["信臣路", "交叉", "三维"]
    assert read.report.skipped == {
        "no_name": 2,
        "empty_geometry": 2,
        "zero_length": 1,
        "invalid_geometry": 3,
        "unsupported_type": 2,
    }
    assert read.report.rows == len(rows) == read.report.features + sum(read.report.skipped.values())
    assert read.report.notes == ("z_dropped", "polygons_repaired")
    assert all(
        feature.geometry.is_valid and not feature.geometry.has_z for feature in read.features
    )
    for lang in LANGUAGES:
        assert all(text(lang, f"skipped.{reason}") for reason in read.report.skipped)


def test_a_row_outside_the_projection_is_counted() -> None:
    far = [[8_038_359_800.0, 3650250.0], [8_038_360_800.0, 3650250.0]]
    near = [[38359800.0, 3650250.0], [38360800.0, 3650250.0]]
    read = read_network(
        geojson(({"name": "远"}, far), ({"name": "近"}, near)), "x", crs="EPSG:4526"
    )
    assert [feature.name for feature in read.features] == ["近"]
    assert read.report.skipped == {"outside_crs": 1}


def test_places_outside_china_are_kept_and_noted() -> None:
    read = read_network(geojson(({"name": "Rue"}, [[2.3, 48.8], [2.4, 48.8]])), "paris.geojson")
    assert read.report.notes == ("outside_china",)


@pytest.mark.parametrize(
    "name",
    [
        "<img src=x onerror=alert(1)>",
        "{{7*7}}",
        "{% x",
        "'; DROP TABLE a;--",
        "😀路",
        "a\u0000b",
        "=1+1",
    ],
)
def test_hostile_names_stay_as_typed(name: str) -> None:
    assert read_network(geojson(({"name": name}, WEST_EAST)), "x").features[0].name == name


def test_half_a_character_from_an_escape_does_not_stop_the_file() -> None:
    data = geojson(({"name": "HALF"}, WEST_EAST)).replace(b"HALF", b"\\ud800")
    assert read_network(data, "x").features[0].name == "\ufffd"


def test_several_layers_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "two.gpkg"
    roads(names=("甲路",)).to_file(path, layer="a")
    roads(names=("乙路",)).to_file(path, layer="b", mode="a")
    with pytest.raises(PlannerError, match="file_many_layers") as caught:
        read_network(path, "two.gpkg")
    assert caught.value.values["layers"] == ["a", "b"]
    assert read_network(path, "two.gpkg", layer="b").features[0].name == "乙路"
    with pytest.raises(PlannerError, match="file_layer_unknown"):
        read_network(path, "two.gpkg", layer="c")


def test_a_cut_shapefile_and_slipped_rows_are_refused(tmp_path: Path) -> None:
    files = shapefile(tmp_path, roads(names=NAMES))
    cut = files | {"roads.shp": files["roads.shp"][:-20]}
    with pytest.raises(PlannerError, match="shapefile_truncated"):
        read_network(zipped(cut), "roads.zip")
    table = files["roads.dbf"]
    slipped = files | {"roads.dbf": table[:4] + (4).to_bytes(4, "little") + table[8:]}
    with pytest.raises(PlannerError, match="shapefile_rows_differ"):
        read_network(zipped(slipped), "roads.zip")


@pytest.mark.parametrize("undefined", [-1, 0])
def test_a_geopackage_may_say_that_it_has_no_crs(tmp_path: Path, undefined: int) -> None:
    path = tmp_path / "undefined.gpkg"
    roads().to_file(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE gpkg_contents SET srs_id = ?", (undefined,))
        connection.execute("UPDATE gpkg_geometry_columns SET srs_id = ?", (undefined,))
    with pytest.raises(PlannerError, match="crs_missing"):
        read_network(path, "undefined.gpkg")


def test_a_view_of_a_geopackage_is_never_run(tmp_path: Path) -> None:
    path = tmp_path / "endless.gpkg"
    roads().to_file(path, layer="roads")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "CREATE VIEW endless AS WITH RECURSIVE n(fid) AS (SELECT 1 UNION ALL SELECT fid + 1 FROM n) "
            "SELECT n.fid, geom, 名称 FROM n, roads"
        )
        for table in ("gpkg_contents", "gpkg_geometry_columns"):
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            values = ", ".join(
                "'endless'" if name in ("table_name", "identifier") else name for name in columns
            )
            copy = f"INSERT INTO {table} SELECT {values} FROM {table} WHERE table_name = 'roads'"  # noqa: S608
            connection.execute(copy)
    assert read_network(path, "endless.gpkg").report.layer == "roads"
