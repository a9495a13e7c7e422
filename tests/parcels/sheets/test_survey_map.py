"""勘测定界图: areas that add up, every point in the table, patterns for every use."""

from __future__ import annotations

from decimal import Decimal

import pytest

from geo.errors import PlannerError
from layers.sheet.page import Areas, Text
from parcels.sheets import cadastral, survey_map
from parcels.sheets.areas import area_columns
from parcels.sheets.options import SheetOptions
from parcels.sheets.templates import sheet
from tests.parcels.sheets.contents import parcel, rectangle, snapshot
from tests.parcels.snapshot.samples import two_parcels

PLAN = SheetOptions(template="survey_map")


def words(drawn):
    return [one.words for page in drawn.content for one in page.marks if isinstance(one, Text)]


def test_areas_and_their_sum_stand_beside_the_map():
    drawn = sheet(two_parcels(), PLAN)
    said = words(drawn)
    for number in ("55,807.25", "5.5807", "83.71", "16,642.20", "24.96", "72,449.45", "108.67"):
        assert number in said
    assert "合计 2 宗" in said
    assert said.count("J1") == 6  # two parcels: on the map, at the begin and the end of their rings


def test_parts_add_up_to_their_total_in_each_unit():
    areas = [333.335, 333.335, 333.335]
    entries = [parcel(rectangle(20, 15, east=30 * at), at=at, area_m2=areas[at]) for at in range(3)]
    said = words(sheet(snapshot(*entries), PLAN))
    assert any(one.startswith("* 为使") for one in said)
    rows, whole = area_columns("zh", areas)
    assert set(whole) <= set(said)
    for column, total in enumerate(whole):
        parts = [Decimal(row[column].rstrip("*")) for row in rows]
        assert sum(parts) == Decimal(total.replace(",", ""))


def test_an_area_that_is_not_known_leaves_the_sum_open():
    entries = [parcel(rectangle(east=300 * at), at=at) for at in range(2)]
    entries[1]["area_m2"] = None
    said = words(sheet(snapshot(*entries), PLAN))
    at = said.index("合计 2 宗")
    assert said[at + 2 : at + 5] == ["未知"] * 3


def test_each_use_has_its_own_pattern():
    codes = ["1001", "0701", "1101", "0801", "1401", "1301", "0901"]
    entries = [
        parcel(
            rectangle(90, 60, east=110 * at),
            at=at,
            use={"text": "", "code": code, "scheme": "mnr2023", "problem": ""},
        )
        for at, code in enumerate(codes)
    ]
    drawn = sheet(snapshot(*entries), PLAN)
    patterns = {one.pattern for one in drawn.content[0].marks if isinstance(one, Areas)} - {""}
    assert len(patterns) == len(codes)


def test_the_table_goes_on_over_as_many_pages_as_it_takes():
    entries = [parcel(rectangle(east=300 * at), at=at) for at in range(60)]
    drawn = sheet(snapshot(*entries), PLAN)
    said = words(drawn)
    assert drawn.pages >= 3
    assert said.count("第 1 圈　外界") == 60
    assert {f"{at} 地块{at}" for at in range(1, 61)} <= set(said)


def test_what_is_too_much_for_paper_is_said_and_the_total_stays(monkeypatch):
    monkeypatch.setattr(survey_map, "MOST_PLOTS", 2)
    monkeypatch.setattr(survey_map, "MOST_POINTS", 10)
    entries = [parcel(rectangle(east=300 * at), at=at) for at in range(3)]
    drawn = sheet(snapshot(*entries), PLAN)
    said = "".join(words(drawn))
    assert drawn.pages == 1
    assert "地块超过 2 宗，这里只列合计" in said
    assert "72,000.00" in said
    assert "界址点 12 个，超过附表上限 10 个" in said


def test_too_many_plans_at_once_are_refused_in_words(monkeypatch):
    monkeypatch.setattr(cadastral, "MOST", 2)
    entries = [parcel(rectangle(east=300 * at), at=at) for at in range(3)]
    with pytest.raises(PlannerError, match="sheet_too_many"):
        sheet(snapshot(*entries), SheetOptions(template="cadastral"))
