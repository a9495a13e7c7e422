"""Tables as bare cells: any heading, any encoding, in the process with limits."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from geo.errors import PlannerError
from geo.read.tables.sheets import read_sheets


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_texts(encoding) -> None:
    (grid,) = read_sheets("企业,税收\n甲,abc\n乙,1".encode(encoding), "a.csv")
    assert grid.rows == [["企业", "税收"], ["甲", "abc"], ["乙", "1"]]
    assert grid.numbers == [1, 2, 3]


def test_a_text_without_a_number_is_a_table_too() -> None:
    (grid,) = read_sheets("企业,税收\n甲,无\n".encode(), "a.csv")
    assert grid.rows[1] == ["甲", "无"]


def test_a_workbook_keeps_its_sheets_and_what_is_wrong_with_cells() -> None:
    book = Workbook()
    book.active.title = "一"
    book.active.append(["企业", 0.1, "=1/0"])
    book.create_sheet("二").append(["乙"])
    stream = io.BytesIO()
    book.save(stream)
    first, second = read_sheets(stream.getvalue(), "a.xlsx")
    assert (first.name, second.name) == ("一", "二")
    assert first.rows[0][:2] == ["企业", "0.1"]
    assert first.kinds[0, 2] == "formula"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"type": "FeatureCollection", "features": []}', "table_no_table"),
        (b"\x89PNG\r\n\x1a\n0000", "file_format_refused"),
        (b"", "file_empty"),
        (b"\x00\x01\x02\x03" * 50, "file_format_unknown"),
    ],
)
def test_what_is_no_table_is_refused_by_name(data, code) -> None:
    with pytest.raises(PlannerError) as caught:
        read_sheets(data, "a.csv")
    assert caught.value.code == code
    assert caught.value.values["file"] == "a.csv"
