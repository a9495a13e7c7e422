"""界址点成果表: read back by our reader and by openpyxl."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from typing import TYPE_CHECKING

import openpyxl
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.read.tables.headings import SIGNATURES, column_role
from geo.survey.fields import KNOWN, fold
from geo.write.point_rows import areas_text
from geo.write.points_sheet import SHEETS, write_points_sheet
from tests.geo.read.table_samples import column, read_book, shapes_of
from tests.geo.write.outgoing_samples import EXAMPLE, outgoing, rings_of

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = st.text(st.characters(min_codepoint=32, exclude_categories=("Cs", "Cc", "Cn")), max_size=12)


def no_key(text: str) -> bool:
    """Tell whether a text is more than one of the words that name a column."""
    words = {*SIGNATURES, *(word for words in KNOWN.values() for word in words)}
    return fold(text) not in words and column_role(text) is None


def cells(data: bytes, sheet: int = 0) -> list[tuple]:
    return list(
        openpyxl.load_workbook(io.BytesIO(data)).worksheets[sheet].iter_rows(values_only=True)
    )


def test_the_sheet_is_the_form() -> None:
    rows = cells(write_points_sheet(outgoing([EXAMPLE], names=["示例地块一"])))
    assert rows[0][0] == "示例地块一界址点坐标成果表(2000国家大地坐标系)"
    assert "带号：37" in rows[1][0]
    assert "中央子午线：111°" in rows[1][0]
    assert rows[3] == ("点号", "X(m)", "Y(m)", "边长(m)", "备注")
    assert rows[4][:3] == ("J1", 3650512.35, 37637200.0)
    assert round(rows[4][3], 3) == 252.266  # hypot(6.57, 252.18)
    assert rows[8] == ("J1", 3650512.35, 37637200.0, None, None)
    assert [row[0] for row in rows[9:14]] == ["J5", "J6", "J7", "J8", "J5"]
    assert rows[14][0] == "面积 = 55833.20 平方米，约 5.5833 公顷，合 83.7498 亩"
    assert "计算者" in rows[15][0]


@pytest.mark.parametrize(
    ("square_metres", "expected"),
    [
        (0.125, "0.13 平方米，约 0.0000 公顷，合 0.0002 亩"),
        (0.075, "0.08 平方米，约 0.0000 公顷，合 0.0001 亩"),
        (1000 / 3, "333.33 平方米，约 0.0333 公顷，合 0.5000 亩"),
        (1.005, "1.01 平方米，约 0.0001 公顷，合 0.0015 亩"),
        (72483.13, "72483.13 平方米，约 7.2483 公顷，合 108.7247 亩"),
    ],
)
def test_areas_are_rounded_half_up_from_the_number_as_written(
    square_metres: float, expected: str
) -> None:
    assert areas_text(square_metres) == expected


@given(st.floats(0, 1e9))
def test_mu_is_exact_to_four_decimals(square_metres: float) -> None:
    mu = Decimal(areas_text(square_metres).rpartition("合 ")[2].removesuffix(" 亩"))
    assert abs(mu * 2000 / 3 - Decimal(repr(square_metres))) <= Decimal("0.0334")
    assert mu.as_tuple().exponent == -4


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(data=st.data())
def test_what_is_written_is_read_back(tmp_path: Path, data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 3))
    shapes = [data.draw(rings_of()) for _ in range(count)]
    names = [
        data.draw(TEXTS.filter(lambda text: text.strip() and no_key(text))) for _ in range(count)
    ]
    ids = [data.draw(TEXTS.filter(no_key)) for _ in range(count)]
    epsg = data.draw(st.sampled_from([4525, 4546, 4490]))
    given_parcels = outgoing(shapes, names=names, ids=ids, epsg=epsg)
    parsed = read_book(tmp_path, write_points_sheet(given_parcels))
    assert not parsed.faults
    assert parsed.axes == ("en" if epsg == 4490 else "ne")
    assert [one or "" for one in column(parsed, "name")] == names
    assert [one or "" for one in column(parsed, "id")] == [
        one if one.strip() else "" for one in ids
    ]
    for parcel, lines in zip(given_parcels.geometries, shapes_of(parsed), strict=True):
        expected = shapely.get_rings(shapely.get_parts(parcel))
        flip = (lambda x, y: (x, y)) if epsg == 4490 else (lambda x, y: (y, x))
        assert [list(line.coords) for line in lines.geoms] == [
            [flip(x, y) for x, y in ring.coords] for ring in expected
        ]
    if epsg == 4525:
        assert parsed.header["带号"] == "37"


def test_same_parcels_same_bytes_and_no_clock() -> None:
    parcels = outgoing([EXAMPLE])
    first = write_points_sheet(parcels)
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2000-01-01T00:00:00Z</dcterms:modified>" in archive.read("docProps/core.xml")
    assert write_points_sheet(parcels) == first


def test_texts_are_never_formulas_and_names_of_sheets_are_lawful(tmp_path: Path) -> None:
    names = ["=1+1", "甲/乙[1]:*?", "甲 乙 1", "a" * 40, "A" * 40, "'", "History", "\x01\x0b"]
    data = write_points_sheet(outgoing([EXAMPLE] * len(names), names=names))
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    assert len({name.casefold() for name in book.sheetnames}) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in book.sheetnames)
    assert column(read_book(tmp_path, data), "name")[:2] == names[:2]


def test_many_parcels_stand_below_one_another(tmp_path: Path) -> None:
    count = SHEETS + 1
    names = [f"地块{number}" for number in range(count)]
    data = write_points_sheet(outgoing([EXAMPLE] * count, names=names))
    assert len(openpyxl.load_workbook(io.BytesIO(data)).sheetnames) == 1
    parsed = read_book(tmp_path, data)
    assert column(parsed, "name") == names
    assert {len(one.geoms) for one in shapes_of(parsed)} == {2}


def test_labels_of_the_source_are_kept_where_they_fit() -> None:
    labels = ("A", "B", "C", "D", "A", "E", "F", "G", "H", "E")
    rows = cells(write_points_sheet(outgoing([EXAMPLE], labels=[labels])))
    assert tuple(row[0] for row in rows[4:14]) == labels
    rows = cells(write_points_sheet(outgoing([EXAMPLE], labels=[labels[:3]])))
    assert rows[4][0] == "J1"


def test_no_parcel_at_all() -> None:
    assert cells(write_points_sheet(outgoing([]))) == []
