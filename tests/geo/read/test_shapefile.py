"""Shapefiles as they come: every ring kept, every row accounted for."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest
import shapely

from geo.errors import PlannerError
from tests.geo.read.gis_files import (
    GK38,
    NULL,
    X,
    Y,
    bundle,
    dbf,
    faults,
    names_table,
    notes,
    polygon,
    read,
    remarks,
    shp,
    square,
)
from tests.geo.read.read_samples import zipped

if TYPE_CHECKING:
    from pathlib import Path

SHELL, HOLE, ISLAND = square(0, 0, 100), square(10, 10, 50), square(20, 20, 10)


def rings(parsed, row: int = 0) -> list[list[tuple[float, float]]]:
    shape = shapely.from_wkb(parsed.wkb[row].as_py())
    return [list(part.coords) for part in shapely.get_parts(shape)]


@pytest.mark.parametrize(
    "order",
    [
        [SHELL, HOLE],
        [HOLE, SHELL],
        [SHELL, HOLE, ISLAND],
        [ISLAND, SHELL, HOLE],
        [SHELL, square(200, 0, 9)],
    ],
    ids=["usual", "hole before shell", "island", "island first", "exclave"],
)
@pytest.mark.parametrize("winding", [1, -1])
def test_rings_are_kept_as_they_stand_whatever_their_order_and_winding(
    tmp_path: Path, order: list, winding: int
) -> None:
    turned = [ring[::winding] for ring in order]
    parsed = read(bundle([polygon(*turned)]), tmp_path)
    assert parsed.rings
    assert rings(parsed) == turned
    assert (parsed.crs, parsed.axes, parsed.format, parsed.layer) == (
        "EPSG:4526",
        "en",
        "shapefile",
        "地块",
    )
    assert parsed.notes == ()


def test_null_and_broken_shapes_are_faults_of_their_record(tmp_path: Path) -> None:
    good = polygon(SHELL)
    claims = bytearray(good)
    claims[40:44] = struct.pack("<i", 500_000_000)
    backwards = bytearray(polygon(SHELL, HOLE))
    backwards[44:52] = struct.pack("<ii", 7, 3)
    not_a_number = polygon([(X, Y), (float("nan"), Y), (X + 1, Y + 1), (X, Y)])
    two_points = polygon([(X, Y), (X + 1, Y), (X, Y)])
    point = struct.pack("<i2d", 1, X, Y)
    records = [
        good,
        NULL,
        bytes(claims),
        bytes(backwards),
        not_a_number,
        polygon(SHELL, two_points_ring()),
        two_points,
        point,
        polygon(),
    ]
    parsed = read(bundle(records), tmp_path)
    assert parsed.wkb.is_null().to_pylist() == [False] + [True] * 8
    assert faults(parsed) == {
        "feature:2": "no_geometry",
        "feature:3": "shape_broken",
        "feature:4": "shape_broken",
        "feature:5;point:2": "coordinate_not_finite",
        "feature:6;ring:2": "ring_too_short",
        "feature:7;ring:1": "ring_too_short",
        "feature:8": "shape_type_differs",
        "feature:9": "no_geometry",
    }
    assert parsed.faults[4].values == {"value": f"nan, {Y}"}


def two_points_ring() -> list[tuple[float, float]]:
    return [(X, Y), (X + 5, Y), (X, Y), (X, Y)]


@pytest.mark.parametrize(("kind", "extra"), [(15, b"z"), (25, b"m")])
def test_heights_and_measures_are_dropped(tmp_path: Path, kind: int, extra: bytes) -> None:
    values = struct.pack("<2d5d", 0, 9, 1, 2, 3, 4, 5)
    shapes, index = shp([polygon(SHELL, kind=kind) + values], kind=kind)
    parsed = read(bundle([NULL], shp=shapes, shx=index), tmp_path)
    assert rings(parsed) == [SHELL]
    assert notes(parsed) == (["z_dropped"] if extra == b"z" else [])


@pytest.mark.parametrize(
    ("kind", "content", "wkt"),
    [
        (1, struct.pack("<i2d", 1, 1, 2), "POINT (1 2)"),
        (8, struct.pack("<i4di4d", 8, 1, 2, 3, 4, 2, 1, 2, 3, 4), "MULTIPOINT (1 2, 3 4)"),
        (3, polygon([(1, 2), (3, 4)], kind=3), "MULTILINESTRING ((1 2, 3 4))"),
    ],
)
def test_points_and_lines_stay_rows(tmp_path: Path, kind: int, content: bytes, wkt: str) -> None:
    shapes, index = shp([content], kind=kind)
    parsed = read(bundle([NULL], shp=shapes, shx=index), tmp_path)
    assert not parsed.rings
    assert shapely.from_wkb(parsed.wkb[0].as_py()).equals(shapely.from_wkt(wkt))


def test_rows_that_are_marked_as_deleted_are_counted_as_skipped(tmp_path: Path) -> None:
    records = [polygon(square(0, 0, 1)), polygon(square(9, 9, 2)), NULL]
    table = names_table("留", "删", "空", deleted=[1])
    parsed = read(bundle(records, dbf=table), tmp_path)
    assert parsed.table.to_pydict() == {"名称": ["留", "空"]}
    assert parsed.where.to_pylist() == ["feature:1", "feature:3"]
    assert [(one.code, one.where) for one in parsed.skipped] == [("record_deleted", "feature:2")]
    assert faults(parsed) == {"feature:3": "no_geometry"}
    assert set(parsed.faults) == {1}


@pytest.mark.parametrize("rows", [1, 3])
def test_rows_that_do_not_fit_the_shapes_are_refused(tmp_path: Path, rows: int) -> None:
    data = bundle([polygon(SHELL)] * 2, dbf=names_table(*["甲"] * rows))
    with pytest.raises(PlannerError, match="shapefile_rows_differ") as caught:
        read(data, tmp_path)
    assert caught.value.values == {"shapes": 2, "rows": rows}


def test_without_a_table_or_a_prj_it_is_said(tmp_path: Path) -> None:
    parsed = read(bundle([polygon(SHELL)], dbf=None, prj=None), tmp_path)
    assert (parsed.table.num_columns, len(parsed.wkb), parsed.crs) == (0, 1, None)
    assert notes(parsed) == ["shapefile_no_prj", "shapefile_no_table"]


@pytest.mark.parametrize("cut", [1, 30, 200, 236])
@pytest.mark.parametrize("index", ["kept", "none"])
def test_a_cut_shp_names_the_record(tmp_path: Path, cut: int, index: str) -> None:
    records = [polygon(SHELL), polygon(HOLE)]
    shapes, whole = shp(records)
    data = bundle(records, shp=shapes[:-cut], shx=whole if index == "kept" else None)
    with pytest.raises(PlannerError, match="shapefile_truncated") as caught:
        read(data, tmp_path)
    assert caught.value.values == {"part": "地块.shp", "record": 2 if cut <= 136 else 1}


def test_a_cut_table_is_refused(tmp_path: Path) -> None:
    table = names_table("甲", "乙")
    with pytest.raises(PlannerError, match="shapefile_truncated") as caught:
        read(bundle([polygon(SHELL)] * 2, dbf=table[:-20]), tmp_path)
    assert caught.value.values == {"part": "地块.dbf", "record": 2}


def test_the_index_leads_where_records_were_moved(tmp_path: Path) -> None:
    """A shape that grew is written anew at the end; its old record stays where it was."""
    shapes, index = shp([polygon(SHELL), polygon(HOLE), polygon(ISLAND)])
    first, second, third = (index[100 + 8 * n : 108 + 8 * n] for n in range(3))
    moved = index[:100] + third + second
    parsed = read(bundle([NULL] * 2, shp=shapes, shx=moved), tmp_path)
    assert (rings(parsed, 0), rings(parsed, 1)) == ([ISLAND], [HOLE])
    assert first


def test_a_missing_or_broken_index_does_no_harm(tmp_path: Path) -> None:
    for index in (None, b"", b"\x00" * 50, shp([NULL])[1], b"\xff" * 116):
        parsed = read(bundle([polygon(SHELL), polygon(HOLE)], shx=index), tmp_path)
        assert (rings(parsed, 0), rings(parsed, 1)) == ([SHELL], [HOLE])


@pytest.mark.parametrize(
    ("prj", "crs", "code"),
    [
        (GK38.encode(), "EPSG:4526", None),
        (b"\xef\xbb\xbf" + GK38.encode(), "EPSG:4526", None),
        (b"EPSG:4547", "EPSG:4547", None),
        (b"", None, None),
        (b"http://127.0.0.1:9/a.prj", None, "crs_text_unreadable"),
        ("西安八〇".encode("gbk"), None, "crs_text_unreadable"),
        (GK38.encode()[:200], None, "crs_text_unreadable"),
    ],
)
def test_prj(tmp_path: Path, prj: bytes, crs: str | None, code: str | None) -> None:
    parsed = read(bundle([polygon(SHELL)], prj=prj), tmp_path)
    assert parsed.crs == crs
    assert notes(parsed) == ([code] if code else [])


@pytest.mark.parametrize(
    ("codec", "cpg", "language", "lies"),
    [
        ("gbk", b"GBK", 0, False),
        ("gbk", None, 0x4D, False),
        ("gbk", None, 0, False),
        ("gbk", b"UTF-8", 0, True),
        ("utf-8", b"UTF-8", 0x4D, False),
        ("utf-8", None, 0x4D, False),
        ("utf-8", b"936", 0x4D, True),
    ],
)
def test_encodings_and_lies(
    tmp_path: Path, codec: str, cpg: bytes | None, language: int, lies: bool
) -> None:
    table = names_table("高新区信臣路地块", codec=codec, language=language)
    parsed = read(bundle([polygon(SHELL)], dbf=table, cpg=cpg), tmp_path)
    assert parsed.table.to_pydict() == {"名称": ["高新区信臣路地块"]}
    assert parsed.encoding == ("gb18030" if codec == "gbk" else "utf-8")
    assert notes(parsed) == (["encoding_not_as_declared"] if lies else [])


def test_cells_of_every_kind(tmp_path: Path) -> None:
    fields = [
        (b"TEXT", "C", 8, 0), (b"WHOLE", "N", 8, 0), (b"REAL", "F", 10, 3), (b"DAY", "D", 8, 0),
        (b"YES", "L", 1, 0), (b"LONG", "I", 4, 0), (b"MEMO", "M", 10, 0), ("地块用途代码".encode("gbk"), "C", 6, 0),
    ]  # fmt: skip
    rows = [
        [
            b"abc",
            b"12",
            b"-1.50",
            b"20260131",
            b"T",
            struct.pack("<i", -5),
            b"1",
            "住宅".encode("gbk"),
        ],
        [b"", b"", b"", b"", b"?", struct.pack("<i", 0), b"", b""],
        [b"x", b"********", b"1,5", b"2026-1-3", b"n", struct.pack("<i", 7), b"", b""],
    ]
    parsed = read(bundle([polygon(SHELL)] * 3, dbf=dbf(fields, rows), cpg=b"GBK"), tmp_path)
    assert parsed.table.to_pydict() == {
        "TEXT": ["abc", None, "x"],
        "WHOLE": [12, None, None],
        "REAL": [-1.5, None, None],
        "DAY": ["2026-01-31", None, None],
        "YES": [True, None, False],
        "LONG": [-5, 0, 7],
        "地块用途代": ["住宅", None, None],
    }
    values = [(one.where, one.code, one.values["value"]) for one in parsed.remarks]
    assert values == [
        ("feature:3", "number_overflow", "********"),
        ("feature:3", "cell_unreadable", "1,5"),
        ("feature:3", "cell_unreadable", "2026-1-3"),
    ]
    assert notes(parsed) == ["memo_left_out"]


def test_suffixes_folders_and_other_files(tmp_path: Path) -> None:
    shapes, index = shp([polygon(SHELL)])
    members = {
        "报批/DK.SHP": shapes, "报批/DK.Dbf": names_table("甲"), "报批/dk.SHX": index, "报批/DK.PRJ": GK38.encode(),
        "报批/DK.shp.xml": b"<metadata/>", "报批/红线图.pdf": b"%PDF-1.7", "__MACOSX/报批/._DK.SHP": b"x",
    }  # fmt: skip
    parsed = read(zipped(members), tmp_path)
    assert parsed.table.to_pydict() == {"名称": ["甲"]}
    assert parsed.layer == "DK"
    assert parsed.notes[-1].values == {"count": 1, "members": "报批/红线图.pdf"}
    assert remarks(parsed) == {}


def test_a_parcel_with_too_many_vertices_is_a_fault(tmp_path: Path) -> None:
    many = [(X + n, Y + n % 2) for n in range(60)]
    parsed = read(bundle([polygon(SHELL), polygon([*many, many[0]])]), tmp_path, parcel_vertices=50)
    assert faults(parsed) == {"feature:2": "parcel_too_many_vertices"}
    assert parsed.faults[1].values == {"count": 61, "limit": 50}
