"""Decimals are counted as they are written, not as the numbers need them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from geo.read.parsed import Parsed
from geo.survey.read import read_survey
from tests.geo.read.table_samples import read_book, read_text, workbook
from tests.geo.read.txt_samples import read

if TYPE_CHECKING:
    from pathlib import Path

CORNERS = [(3650200, 37637100), (3650200, 37637200), (3650100, 37637200), (3650100, 37637100)]
HEAD = "[属性描述]\n坐标系=2000国家大地坐标系\n几度分带=3\n带号=37\n[地块坐标]\n"


def survey_text(*tails: str) -> str:
    parcels = []
    for number, tail in enumerate(tails):
        points = "".join(
            f"J{place},1,{north + 200 * number}{tail},{east}{tail}\n"
            for place, (north, east) in enumerate(CORNERS, 1)
        )
        parcels.append(f"4,1,{number},甲,面,,,,@\n{points}")
    return HEAD + "".join(parcels)


def table(tail: str) -> str:
    points = (f"J{place},{x}{tail},{y}{tail}\n" for place, (x, y) in enumerate(CORNERS, 1))
    return "点号,X,Y\n" + "".join(points)


def test_zeros_count_in_a_survey_text(tmp_path: Path) -> None:
    parsed = read(tmp_path, survey_text("", ".0", ".000", ".000000", "．００"))
    assert parsed.decimals.to_pylist() == [0, 1, 3, 6, 2]


def test_the_most_decimals_of_a_row_count(tmp_path: Path) -> None:
    text = (
        survey_text(".000").replace("3650100.000", "3650100").replace(",37637200.000", ",37637200")
    )
    assert read(tmp_path, text).decimals.to_pylist() == [3]


@pytest.mark.parametrize(("tail", "decimals"), [("", 0), (".000", 3), (".12345", 5)])
def test_zeros_count_in_a_table(tmp_path: Path, tail: str, decimals: int) -> None:
    assert read_text(tmp_path, table(tail)).decimals.to_pylist() == [decimals]


def test_a_spreadsheet_does_not_tell(tmp_path: Path) -> None:
    rows = [["点号", "X", "Y"], *([f"J{n}", *xy] for n, xy in enumerate(CORNERS))]
    assert read_book(tmp_path, workbook({"甲": rows})).decimals.to_pylist() == [None]


@pytest.mark.parametrize("decimals", [None, pa.array([2, None], pa.int32())])
def test_decimals_are_handed_over(tmp_path: Path, decimals: pa.Array | None) -> None:
    empty = pa.table({"": pa.nulls(2)}).select([])
    Parsed(table=empty, wkb=pa.nulls(2, pa.binary()), decimals=decimals).save(tmp_path)
    loaded = Parsed.load(tmp_path).decimals
    assert (loaded and loaded.to_pylist()) == (decimals and decimals.to_pylist())


def test_whole_metres_are_a_finding_and_zeros_are_none() -> None:
    survey = read_survey(survey_text("", ".000", ".00000").encode("gb18030"), "甲.txt")
    found = [row for row in survey.findings.to_pylist() if row["code"] == "Q_DECIMALS"]
    assert [(row["parcel"], row["value"]) for row in found] == [(0, 0.0), (2, 5.0)]
