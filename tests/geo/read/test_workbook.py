"""Workbooks: what openpyxl reads is the truth for cells; hostile ones are refused."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import PlannerError
from geo.read.archive import opened_archive
from geo.read.limits import Limits
from geo.read.tables.workbook import read_grids
from tests.geo.read.table_samples import read_book, summary, workbook

if TYPE_CHECKING:
    from pathlib import Path

POINTS = [["点号", "X", "Y"], ["J1", 1000.5, 0], ["J2", 1100, 0], ["J3", 1100, 100]]
STRINGS = "xl/sharedStrings.xml"
SHEET = "xl/worksheets/sheet1.xml"
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(-1e12, 1e12, allow_nan=False),
    st.text(st.characters(min_codepoint=32, exclude_categories=("Cs", "Cc")), max_size=8).filter(
        lambda text: text.strip() and text[0] not in "=#" and "_x" not in text
    ),
    st.dates(dt.date(1950, 1, 1), dt.date(2090, 1, 1)),
)


def grids(data: bytes):
    with opened_archive(data, Limits()) as archive:
        return read_grids(archive, Limits())


def changed(data: bytes, member: str, change) -> bytes:
    """Rewrite one member of a workbook, or add it; None: leave it out."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(packed, "w", 8) as target:
        for info in source.infolist():
            content = source.read(info)
            if info.filename == member:
                content = change(content)
            if content is not None:
                target.writestr(info.filename, content)
        if member not in source.namelist():
            target.writestr(member, change(b""))
    return packed.getvalue()


def refused(folder: Path, data: bytes) -> tuple[str, object]:
    with pytest.raises(PlannerError) as caught:
        read_book(folder, data)
    return caught.value.code, caught.value.values.get("member")


@settings(max_examples=60)
@given(rows=st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=6))
def test_cells_are_those_that_openpyxl_reads(rows: list[list]) -> None:
    data = workbook({"表": rows})
    (grid,) = grids(data)
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["表"]
    for position, number in enumerate(grid.numbers):
        for column in range(grid.width):
            value = sheet.cell(number, column + 1).value
            text = grid.rows[position][column]
            if isinstance(value, bool) or value is None:
                assert text == {True: "TRUE", False: "FALSE", None: ""}[value]
            elif isinstance(value, int | float):
                assert float(text) == value
                assert "e" not in text.lower()
            elif isinstance(value, dt.datetime):
                assert text == value.date().isoformat()
            else:
                assert text == value


def test_numbers_keep_all_digits_and_styles_say_dates_and_zeros() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([3650512.3500000001, 1e15, 1e-7, 45658, 45658.5, 7])
    sheet["D1"].number_format = 'yyyy"年"m"月"d"日"'
    sheet["E1"].number_format = "yyyy-mm-dd hh:mm"
    sheet["F1"].number_format = "000"
    saved = io.BytesIO()
    book.save(saved)
    (grid,) = grids(saved.getvalue())
    assert grid.rows == [
        ["3650512.35", "1000000000000000", "0.0000001", "2025-01-01", "2025-01-01 12:00:00", "007"]
    ]


def test_numbers_shown_in_percent_are_read_in_percent() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([0.2, 0.0725, 1.5, 0, 0.2, 0.07])
    for cell, code in zip("ABCDEF", ("0%", "0.00%", "0%", "0%", "0.00", '0.00"%"'), strict=True):
        sheet[f"{cell}1"].number_format = code
    saved = io.BytesIO()
    book.save(saved)
    (grid,) = grids(saved.getvalue())
    assert grid.rows == [["20%", "7.25%", "150%", "0%", "0.2", "0.07"]]


def test_runs_of_a_text_are_joined_without_reading_aids() -> None:
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><r><t>南</t></r>'
        '<r><t>阳_x000A_</t></r><rPh sb="0" eb="1"><t>nan</t></rPh></si></sst>'
    )
    shared = re.compile(rb't="inlineStr"><is><t>.*?</t></is>')
    data = changed(workbook({"表": [["甲"]]}), STRINGS, lambda _: strings.encode())
    data = changed(data, SHEET, lambda one: shared.sub(b't="s"><v>0</v>', one))
    assert grids(data)[0].rows == [["南阳\n"]]


def test_a_sheet_that_claims_a_million_rows_of_nothing(tmp_path: Path) -> None:
    def claim(content: bytes) -> bytes:
        rows = b"".join(b'<row r="%d" ht="15"/>' % number for number in range(5, 100_000))
        last = b'<row r="1048576"><c r="XFD1048576" s="0"/></row>'
        content = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', content)
        return content.replace(b"</sheetData>", rows + last + b"</sheetData>")

    data = changed(workbook({"表": POINTS}), SHEET, claim)
    assert summary(read_book(tmp_path, data))["points"] == [3]


def test_values_in_far_columns_and_rows_are_bounded(tmp_path: Path) -> None:
    def far(reference: bytes):
        cell = b'<row r="9"><c r="%s"><v>1</v></c></row></sheetData>' % reference
        return lambda content: content.replace(b"</sheetData>", cell)

    assert refused(tmp_path, changed(workbook({"表": POINTS}), SHEET, far(b"XFD9")))[0] == (
        "file_too_many_columns"
    )
    beyond = changed(
        workbook({"表": POINTS}), SHEET, lambda one: one.replace(b'<row r="4"', b'<row r="9999999"')
    )
    assert refused(tmp_path, beyond) == ("workbook_broken", SHEET)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_doctype_is_refused_in_any_member_and_encoding(tmp_path: Path, encoding: str) -> None:
    laughs = "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>"

    def declare(content: bytes) -> bytes:
        text = re.sub(r"^<\?xml[^>]*\?>\s*", "", content.decode()) or "<sst/>"
        return f'<?xml version="1.0" encoding="{encoding}"?>{laughs}{text}'.encode(encoding)

    for member in (SHEET, STRINGS, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"):
        data = changed(workbook({"表": POINTS}), member, declare)
        assert refused(tmp_path, data) == ("workbook_doctype", member)


def test_broken_foreign_and_old_workbooks_are_refused(tmp_path: Path) -> None:
    good = workbook({"表": POINTS})
    assert refused(tmp_path, changed(good, SHEET, lambda one: one[:-40])) == (
        "workbook_broken",
        SHEET,
    )
    assert refused(tmp_path, changed(good, SHEET, lambda _: None)) == ("workbook_broken", SHEET)
    assert refused(tmp_path, good[:-200])[0] == "archive_broken"
    assert refused(tmp_path, b"\xd0\xcf\x11\xe0" + bytes(600))[0] == "workbook_old"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/workbook.bin", b"x")
    assert refused(tmp_path, packed.getvalue())[0] == "workbook_binary"


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    def swell(content: bytes) -> bytes:
        return content.replace(b"</sheetData>", b" " * 300_000_000 + b"</sheetData>")

    data = changed(workbook({"表": POINTS}), SHEET, swell)
    assert len(data) < 1_000_000
    assert refused(tmp_path, data)[0] == "archive_bomb"


def test_hidden_sheets_are_read_and_named(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook({"表": POINTS, "藏": POINTS})))
    book["藏"].sheet_state = "veryHidden"
    saved = io.BytesIO()
    book.save(saved)
    parsed = read_book(tmp_path, saved.getvalue())
    assert summary(parsed)["names"] == ["表", "藏"]
    assert [(note.code, note.values) for note in parsed.notes] == [
        ("sheets_hidden", {"sheets": "藏"})
    ]


def test_the_order_of_sheets_and_absolute_targets(tmp_path: Path) -> None:
    data = workbook({"乙": POINTS, "甲": POINTS})
    data = changed(
        data,
        "xl/_rels/workbook.xml.rels",
        lambda one: one.replace(b'Target="worksheets/', b'Target="/xl/worksheets/'),
    )
    assert summary(read_book(tmp_path, data))["names"] == ["乙", "甲"]


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_damaged_workbook_is_answered_with_a_code(edits: list[tuple[int, int]]) -> None:
    damaged = bytearray(workbook({"表": POINTS}))
    for position, byte in edits:
        damaged[position] = byte
    code = "table_"
    try:
        grids(bytes(damaged))
    except PlannerError as error:
        code = error.code
    assert code.startswith(("archive_", "workbook_", "table_", "file_"))
