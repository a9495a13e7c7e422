"""宗地图: what stands on it is what the snapshot says, in every tone and at every level."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
import shapely
from pypdf import PdfReader

from geo.errors import PlannerError
from geo.systems import read_system
from layers.sheet.page import Dots, Text
from parcels.sheets.options import SheetOptions
from parcels.sheets.templates import sheet
from parcels.snapshot.levels import reduced
from tests.layers.sheet.test_labels import drawn_boxes, overlaps
from tests.parcels.sheets.contents import CENTRE, SYSTEM, gear, parcel, public, rectangle, snapshot
from tests.parcels.snapshot.samples import table_two, two_parcels

PLAN = SheetOptions(template="cadastral")


@cache
def survey_sheet(**options):
    return sheet(two_parcels(), replace(PLAN, parcels=("1",), **options))


@cache
def plan_sheet():
    return sheet(table_two(), replace(PLAN, parcels=("B2-01",)))


def words(drawn, page=1):
    return [one.words for one in drawn.content[page - 1].marks if isinstance(one, Text)]


def written(drawn, page=1):
    return "\n".join(words(drawn, page))


def test_a_surveyed_parcel_shows_points_lengths_areas_and_neighbours():
    first = written(survey_sheet())
    for said in (
        *(f"J{at}" for at in range(1, 9)),
        "252.27",  # hypot(6.57, 252.18)
        "220.59",  # hypot(220.28, 11.725)
        "面积　55,807.25 m²　5.5807 公顷　83.71 亩（椭球）",
        "平面　55,833.20 m²　5.5833 公顷　83.75 亩",
        "申报　55,833.00 m²　5.5833 公顷　83.75 亩",
        "南至　2 示例地块2（相距 36 m）",
        "北至　100 m 内图上没有资料",
        "1:2 000",
        "制图",
        "校核",
        "审核",
        "2026-11-22",
        two_parcels().digest[:4],
        two_parcels().digest[4:8],
    ):
        assert said in first
    assert "预检，不作为权属和审批依据" in first
    assert "EPSG:4525" in first.replace("\n", "")


def test_the_table_lists_north_before_east_and_closes_each_ring():
    table = words(survey_sheet(), page=2)
    at = table.index("J1")
    assert table[at : at + 4] == ["J1", "3650512.350", "37637200.000", "252.27"]
    assert table.count("J1") == 2
    assert table.count("J5") == 2


def test_all_findings_stand_on_later_pages_and_every_page_is_numbered():
    drawn = survey_sheet()
    listed = [one for page in range(2, drawn.pages + 1) for one in words(drawn, page)]
    own = [one for one in two_parcels().content["answers"]["findings"] if one["key"] == "1"]
    assert {f"{one['id']} 未知" for one in own if one["outcome"] == "unknown"} <= set(listed)
    assert f"全部 {len(own)} 条结论见后页" in written(drawn)
    counts = "不符合 0　未知 37　提示 0　符合 6　不适用 1"
    assert counts in words(drawn)
    for page in range(1, drawn.pages + 1):
        assert f"第 {page} / {drawn.pages} 页" in written(drawn, page)


def test_a_row_of_the_plan_has_no_points_no_area_and_says_what_is_missing():
    drawn = plan_sheet()
    first = written(drawn)
    assert "面积　未知（原文未给出）" in first
    assert "原文　信臣路以南、热电厂以西" in first
    assert "西至　原文未给出" in first
    assert "由文字解算，非勘测；误差 ±300 m" in first
    assert "可能范围" in first
    assert not any(one.startswith("J1") for one in words(drawn))
    violet = [
        one for one in drawn.content[0].marks if isinstance(one, Text) and "至　原文" in one.words
    ]
    assert {one.colour for one in violet} == {"#53378C"}


def test_an_extent_that_goes_on_beyond_the_frame_is_said():
    drawn = sheet(table_two(), replace(PLAN, parcels=("B2-01",), scale=25_000))
    assert "可能范围超出图幅" in written(drawn)
    assert "1:25 000" in written(drawn)
    assert "可能范围超出图幅" not in written(plan_sheet())


def test_no_label_of_sixty_points_lies_on_another():
    drawn = sheet(snapshot(parcel(gear(60))), PLAN)
    [page] = drawn.content[:1]
    named = [one for one in page.marks if isinstance(one, Text) and one.halo]
    assert {f"J{at}" for at in range(1, 61)} <= {one.words for one in named}
    alone = replace(page, marks=[one for one in named if one.words[0] in "J0123456789"])
    boxes = drawn_boxes(alone)
    assert len(boxes) == len(alone.marks)
    assert overlaps(boxes) == []


@pytest.mark.parametrize(
    "shape",
    [
        gear(3),
        rectangle(180, 2.5),
        rectangle(180, 0.02),
        shapely.MultiPolygon([rectangle(60, 50), rectangle(40, 80, east=120)]),
        rectangle().difference(rectangle(20, 20, east=40, north=40)),
    ],
    ids=["triangle", "strip", "sliver", "two parts", "hole"],
)
def test_odd_outlines_are_drawn_with_all_their_points(shape):
    drawn = sheet(snapshot(parcel(shape)), PLAN)
    circles = [one for one in drawn.content[0].marks if isinstance(one, Dots)]
    expected = (
        shapely.get_num_coordinates(shape)
        - shapely.get_num_coordinates(shapely.get_rings(shapely.get_parts(shape))).shape[0]
    )
    assert max(len(one.points) for one in circles) == expected
    assert drawn.png(1, dpi=72)


def test_many_points_are_counted_where_the_map_has_no_room():
    drawn = sheet(snapshot(parcel(gear(400, radius=300))), replace(PLAN, landscape=False))
    [said] = [one for one in words(drawn) if one.startswith("界址点 400 个")]
    assert "图上注不下，见坐标表" in said
    table = [one for page in range(2, drawn.pages + 1) for one in words(drawn, page)]
    assert {f"J{at}" for at in range(1, 401)} <= set(table)


def test_points_are_drawn_where_they_are_in_another_zone_too():
    other = sheet(snapshot(parcel(rectangle())), replace(PLAN, system="EPSG:4525"))
    assert "EPSG:4525" in written(other)
    table = words(other, page=2)
    north, east = (float(one) for one in table[table.index("J1") + 1 :][:2])
    corner = read_system(SYSTEM).to_lonlat(shapely.Point(CENTRE[0] + 200, CENTRE[1]))
    moved = read_system("EPSG:4525").from_lonlat(corner)
    assert (north, east) == pytest.approx((moved.y, moved.x), abs=0.001)
    assert {"200.00", "120.00"} <= set(words(other))  # lengths stay those of the survey


def test_a_parcel_on_the_seam_says_which_zone_it_is_drawn_in():
    assert "近分带边界" in written(survey_sheet()).replace("\n", "")


@pytest.mark.parametrize("template", ["cadastral", "survey_map"])
def test_a_public_sheet_has_no_coordinates_and_a_watermark(template):
    given = snapshot(
        public(rectangle()),
        system="",
        level="public",
        frame={"local": True, "bounds": [0, 0, 200, 120]},
    )
    drawn = sheet(given, SheetOptions(template=template))
    every = [one for page in range(1, drawn.pages + 1) for one in words(drawn, page)]
    assert "示意图，不作为权属和审批依据" in every
    assert any(one.startswith("本级快照不公开坐标") for one in every)
    assert not [one for one in every if one.startswith(("J1", "38 45", "3 655", "EPSG"))]
    assert "200.00" not in every


@pytest.mark.parametrize("given", [table_two, two_parcels])
def test_findings_that_stay_in_the_house_are_counted(given):
    reduced_sheet = sheet(reduced(given(), "public"), PLAN)
    own = given().content["parcels"][0]["counts"]
    counts = [one for one in words(reduced_sheet) if one.startswith("不符合")]
    assert counts == [
        f"不符合 0　未知 {own['unknown']}　提示 0　符合 {own['pass']}　不适用 {own['not_applicable']}"
    ]
    assert "条不随本级提供" in written(reduced_sheet)


HOSTILE = "=1+1 $\\frac{1}{2}$ <script>alert(1)</script> {{7*7}} #set text(red) \u202e\n房"


def test_hostile_words_stand_as_typed_in_png_and_pdf():
    given = snapshot(parcel(rectangle(), name=HOSTILE, id="**x**"), title=HOSTILE)
    drawn = sheet(given, replace(PLAN, maker=HOSTILE[:20]))
    assert drawn.png(1, dpi=72)
    page = PdfReader(io.BytesIO(drawn.pdf())).pages[0].extract_text()
    assert "$\\frac{1}{2}$ <script>alert(1)</script> {{7*7}}" in page
    assert "**x**" in page


def test_a_long_name_fits():
    given = snapshot(parcel(rectangle(), name="工" * 40))
    drawn = sheet(given, PLAN)
    on = drawn.content[0]
    title = next(
        one for one in on.marks if isinstance(one, Text) and one.words.startswith("宗地图")
    )
    assert drawn_boxes(replace(on, marks=[replace(title, bold=False)]))[0].length / 2 < 252


def test_equal_content_gives_equal_files():
    one, other = (sheet(snapshot(parcel(rectangle())), PLAN) for _ in range(2))
    assert one.png(1, dpi=72) == other.png(1, dpi=72)
    assert one.pdf() == other.pdf()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"parcels": ("99",)}, "sheet_parcel_unknown"),
        ({"template": "poster"}, "sheet_template_unknown"),
        ({"scale": 500}, "sheet_scale_too_large"),
        ({"scale": 700}, "sheet_scale_unknown"),
        ({"system": "EPSG:4490"}, "sheet_system_refused"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(change, code):
    with pytest.raises(PlannerError, match=code):
        sheet(snapshot(parcel(rectangle(900, 800))), replace(PLAN, **change))


def test_pages_and_dots_out_of_range_are_refused_in_words():
    with pytest.raises(PlannerError, match="sheet_page_unknown"):
        survey_sheet().png(99)
    with pytest.raises(PlannerError, match="sheet_dpi_refused"):
        survey_sheet().png(1, dpi=5000)


def test_overridden_findings_count_as_the_person_said():
    finding = {
        "id": "F1",
        "key": "1",
        "check": "overlap",
        "rule_id": "R1",
        "outcome": "fail",
        "measured": 3.0,
        "limit": 1.0,
        "limit_text": "≤ 1.00 m²",
        "unit": "m2",
        "cause": "",
        "message": "重叠",
        "source": "规则",
        "rule_title": "不重叠",
        "other_id": "",
    }
    said = {"overrides": [{"check": "overlap", "rule": "R1", "outcome": "pass", "counts": True}]}
    given = snapshot(parcel(rectangle(), said=said), findings=[finding])
    assert "不符合 0　未知 0　提示 0　符合 1　不适用 0" in words(sheet(given, PLAN))
    assert np.isfinite(finding["measured"])
