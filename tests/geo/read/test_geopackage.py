"""GeoPackages as they come: tables only, every row accounted for."""

from __future__ import annotations

import sqlite3
import struct
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
import shapely

from geo.errors import PlannerError
from geo.write.gis import write_geopackage
from tests.geo.read.gis_files import faults, notes, read, remarks
from tests.geo.write.gis_samples import outgoing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SQUARE = shapely.box(38_360_000, 3_650_000, 38_360_100, 3_650_100)
LINE = shapely.LineString([(0, 0), (1, 1)])


def blob(wkb: bytes, *, srs: int = 4526, flags: int = 1, envelope: bytes = b"") -> bytes:
    return b"GP\x00" + bytes([flags]) + struct.pack("<i", srs) + envelope + wkb


def geopackage(folder: Path, rows: Sequence[Any], **options: Any) -> bytes:
    """Build a GeoPackage with as little as the standard asks for."""
    path = folder / f"built{len(list(folder.iterdir()))}.gpkg"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA application_id = 1196444487")
        connection.executescript(
            "CREATE TABLE gpkg_spatial_ref_sys (srs_name, srs_id, organization, organization_coordsys_id, definition);"
            "CREATE TABLE gpkg_contents (table_name, data_type, identifier, srs_id);"
            "CREATE TABLE gpkg_geometry_columns (table_name, column_name, geometry_type_name, srs_id, z, m);"
        )
        connection.execute(
            "INSERT INTO gpkg_spatial_ref_sys VALUES ('x', 4526, 'EPSG', 4526, ?)",
            (options.get("definition", "undefined"),),
        )
        for name, kind in options.get("layers", {"地块": "POLYGON"}).items():
            quoted = '"' + name.replace('"', '""') + '"'
            connection.execute(
                f"CREATE TABLE {quoted} (fid INTEGER PRIMARY KEY, geom BLOB, 名称 TEXT, 已批 BOOLEAN)"
            )
            connection.execute(
                "INSERT INTO gpkg_contents VALUES (?, 'features', ?, 4526)", (name, name)
            )
            srs = options.get("srs", 4526)
            connection.execute(
                "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)",
                (name, kind, srs),
            )
            for row in rows:
                connection.execute(f"INSERT INTO {quoted} VALUES (?, ?, ?, ?)", row)  # noqa: S608
        for statement in options.get("then", ()):
            connection.execute(statement)
    return path.read_bytes()


def test_rows_and_what_is_wrong_with_them(tmp_path: Path) -> None:
    curve = struct.pack("<BII", 1, 10, 1) + struct.pack("<BII6d", 1, 8, 3, 0, 0, 1, 1, 2, 0)
    open_ring = struct.pack("<BIII8d", 1, 3, 1, 4, 0, 0, 0, 9, 9, 9, 9, 0)
    rows = [
        (1, blob(SQUARE.wkb), "好", 1),
        (2, None, "空", 0),
        (3, blob(shapely.Polygon().wkb, flags=0x11), "无", None),
        (4, b"GP\x00", "断", None),
        (5, blob(SQUARE.wkb[:-8]), "缺", None),
        (6, b"not a shape at all", "假", None),
        (7, blob(curve), "曲", None),
        (8, blob(open_ring), "开", None),
        (9, blob(shapely.force_3d(SQUARE, 5).wkb), "高", None),
        (10, blob(SQUARE.wkb, flags=3, envelope=bytes(32)), "框", None),
        (11, blob(shapely.to_wkb(SQUARE, byte_order=0)), "大端", None),
        (12, "text", "字", None),
    ]
    parsed = read(geopackage(tmp_path, rows), tmp_path)
    assert faults(parsed) == {
        "feature:2": "no_geometry",
        "feature:3": "no_geometry",
        "feature:4": "geometry_broken",
        "feature:5": "geometry_broken",
        "feature:6": "geometry_broken",
        "feature:7": "curve_geometry",
        "feature:12": "geometry_broken",
    }
    assert remarks(parsed) == {"feature:8": "ring_closed"}
    assert notes(parsed) == ["z_dropped"]
    shapes = shapely.from_wkb(parsed.wkb.to_pylist())
    assert shapely.area(shapes).tolist()[7:11] == [81, 10_000, 10_000, 10_000]
    assert parsed.table.column("已批").to_pylist()[:3] == [True, False, None]
    assert parsed.table.column_names == ["名称", "已批"]
    assert (parsed.crs, parsed.layer, parsed.encoding) == ("EPSG:4526", "地块", "utf-8")


def test_generated_columns_are_attributes_and_case_of_names_does_not_count(tmp_path: Path) -> None:
    then = (
        "ALTER TABLE 地块 ADD COLUMN twice GENERATED ALWAYS AS (名称 || 名称) VIRTUAL",
        "UPDATE gpkg_geometry_columns SET column_name = 'GEOM'",
    )
    rows = [(1, blob(SQUARE.wkb), "甲", 1)]
    parsed = read(geopackage(tmp_path, rows, then=then), tmp_path)
    assert parsed.table.to_pydict() == {"名称": ["甲"], "已批": [True], "twice": ["甲甲"]}
    assert faults(parsed) == {}


def test_keys_that_do_not_simply_count_are_kept(tmp_path: Path) -> None:
    rows = [(7, blob(SQUARE.wkb), "甲", None), (9, blob(SQUARE.wkb), "乙", None)]
    assert read(geopackage(tmp_path, rows), tmp_path).table.column("fid").to_pylist() == [7, 9]


@pytest.mark.parametrize("name", ['a"b', "a'; DROP TABLE gpkg_contents;--", "order", "地 块"])
def test_hostile_names_of_tables_are_only_names(tmp_path: Path, name: str) -> None:
    data = geopackage(tmp_path, [(1, blob(SQUARE.wkb), "甲", None)], layers={name: "POLYGON"})
    assert read(data, tmp_path).layer == name


def test_the_only_layer_of_polygons_is_taken_and_the_others_are_named(tmp_path: Path) -> None:
    layers = {"点": "POINT", "路": "MULTILINESTRING", "面": "MULTIPOLYGON"}
    data = geopackage(tmp_path, [], layers=layers)
    parsed = read(data, tmp_path)
    assert parsed.layer == "面"
    assert parsed.notes[0].values == {"layers": "点、路"}
    assert read(data, tmp_path, layer="路").layer == "路"
    for kinds in ({"a": "POLYGON", "b": "GEOMETRY"}, {"a": "POINT", "b": "POINT"}):
        with pytest.raises(PlannerError, match="file_many_layers") as caught:
            read(geopackage(tmp_path, [], layers=kinds), tmp_path)
        assert caught.value.values["layers"] == ["a", "b"]


@pytest.mark.parametrize(
    ("changes", "crs", "code"),
    [
        ({"srs": 0}, None, None),
        ({"srs": -1}, None, None),
        ({"srs": 77}, None, "crs_text_unreadable"),
        ({"definition": "nonsense"}, "EPSG:4526", None),
        ({"definition": 'PROJCS["x"'}, "EPSG:4526", None),
    ],
)
def test_what_the_file_says_of_its_crs(
    tmp_path: Path, changes: dict, crs: str | None, code: str | None
) -> None:
    data = geopackage(tmp_path, [(1, blob(SQUARE.wkb, srs=0), "甲", None)], **changes)
    parsed = read(data, tmp_path)
    assert parsed.crs == crs
    assert notes(parsed) == ([code] if code else [])


def test_a_code_and_a_definition_that_disagree_are_both_left(tmp_path: Path) -> None:
    from pyproj import CRS

    definition = CRS.from_epsg(4525).to_wkt("WKT1_GDAL")
    parsed = read(geopackage(tmp_path, [], definition=definition), tmp_path)
    assert parsed.crs is None
    assert parsed.notes[0].values == {"code": "EPSG:4526", "definition": "EPSG:4525"}


def test_a_data_base_that_was_in_use_is_noted(tmp_path: Path) -> None:
    data = bytearray(geopackage(tmp_path, [(1, blob(SQUARE.wkb), "甲", None)]))
    data[18:20] = b"\x02\x02"
    assert notes(read(bytes(data), tmp_path)) == ["geopackage_in_use"]


def test_shapes_that_state_another_crs_are_reported(tmp_path: Path) -> None:
    data = geopackage(tmp_path, [(1, blob(SQUARE.wkb, srs=4525), "甲", None)])
    assert read(data, tmp_path).notes[0].values == {"found": "4525", "stated": 4526}


def test_views_and_virtual_tables_are_never_run(tmp_path: Path) -> None:
    endless = "WITH RECURSIVE n(fid) AS (SELECT 1 UNION ALL SELECT fid + 1 FROM n) SELECT fid, NULL AS geom FROM n"
    data = geopackage(
        tmp_path,
        [],
        then=[
            f"CREATE VIEW endless AS {endless}",
            "INSERT INTO gpkg_contents VALUES ('endless', 'features', '', 0)",
        ],
    )
    assert read(data, tmp_path).notes[0].values == {"layers": "endless"}
    only = geopackage(
        tmp_path,
        [],
        layers={},
        then=[
            f"CREATE VIEW endless AS {endless}",
            "INSERT INTO gpkg_contents VALUES ('endless', 'features', '', 0)",
        ],
    )
    with pytest.raises(PlannerError, match="geopackage_no_features") as caught:
        read(only, tmp_path)
    assert caught.value.values == {"layers": ["endless"]}


def test_texts_in_gbk_and_binary_columns(tmp_path: Path) -> None:
    data = geopackage(
        tmp_path,
        [(1, blob(SQUARE.wkb), "甲", None)],
        then=[
            "UPDATE 地块 SET 名称 = CAST(x'CFFDB3BCC2B7' AS TEXT)".replace(
                "CFFDB3BCC2B7", "信臣路".encode("gbk").hex()
            ),
            "ALTER TABLE 地块 ADD COLUMN 照片 BLOB",
            "UPDATE 地块 SET 照片 = x'00'",
        ],
    )
    parsed = read(data, tmp_path)
    assert parsed.table.to_pydict() == {"名称": ["信臣路"], "已批": [None]}
    assert parsed.encoding == "gb18030"
    assert set(notes(parsed)) == {"binary_left_out", "encoding_not_as_declared"}


def test_a_broken_index_is_never_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "indexed.gpkg"
    path.write_bytes(write_geopackage(outgoing()))
    with closing(sqlite3.connect(path)) as connection, connection:
        tables = [
            row[0]
            for row in connection.execute(
                "SELECT name FROM sqlite_master WHERE name LIKE 'rtree_%_node'"
            )
        ]
        connection.execute("PRAGMA writable_schema = ON")
        assert len(tables) == 1
        connection.execute(f'DELETE FROM "{tables[0]}"')  # noqa: S608
    assert len(read(path.read_bytes(), tmp_path).wkb) == 3


@pytest.mark.parametrize("cut", [100, 1000, 5000])
def test_a_cut_data_base_is_refused(tmp_path: Path, cut: int) -> None:
    data = geopackage(tmp_path, [(n, blob(SQUARE.wkb), "甲" * 50, None) for n in range(1, 200)])
    with pytest.raises(PlannerError, match="file_broken"):
        read(data[:-cut] if cut > 100 else data[:cut], tmp_path)


def test_limits(tmp_path: Path) -> None:
    data = geopackage(tmp_path, [(n, blob(SQUARE.wkb), "甲", None) for n in range(1, 5)])
    for limit in ("features", "columns", "vertices"):
        with pytest.raises(PlannerError, match=f"file_too_many_{limit}"):
            read(data, tmp_path, **{limit: 3})
