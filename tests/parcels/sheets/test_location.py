"""位置图: all parcels of a plan are found on it, and nothing is more exact than the plan."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
import shapely

from geo.errors import PlannerError
from layers.sheet.fonts import width
from layers.sheet.page import Areas, Text
from layers.sheet.signs import BOX
from parcels.sheets.location_list import rows_in
from parcels.sheets.options import SheetOptions
from parcels.sheets.templates import sheet
from parcels.snapshot.levels import reduced
from parcels.snapshot.writers import own_template
from tests.layers.sheet.test_labels import overlaps
from tests.parcels.sheets.contents import parcel, rectangle, snapshot
from tests.parcels.sheets.golden import DPI, compare, steady
from tests.parcels.snapshot.samples import table_two, two_parcels

PLAN = SheetOptions(template="location")


@cache
def plan_sheet(**options):
    return sheet(table_two(), replace(PLAN, **options))


def words(page):
    return [one.words for one in page.marks if isinstance(one, Text)]


def box_of(text):
    """Measure a line of text by the font's own advances; `layers.sheet.fonts` is tested itself."""
    wide, tall = width(text.words, text.size), text.size * 0.74
    left = {"left": 0, "center": -wide / 2, "right": -wide}[text.across]
    low = {"baseline": 0, "bottom": 0, "center": -tall / 2, "top": -tall}[text.up]
    box = shapely.box(text.x + left, text.y + low, text.x + left + wide, text.y + low + tall)
    return shapely.affinity.rotate(box, text.turn, origin=(text.x, text.y))


def test_it_looks_as_it_did():
    compare("location", sheet(steady(table_two()), PLAN).png(1, dpi=DPI))


def test_every_row_of_the_plan_has_its_number_on_the_map_and_its_line_in_the_list():
    said = words(plan_sheet().content[0])
    for entry in table_two().content["parcels"]:
        assert entry["key"] in said
        assert any(one.startswith(f"{entry['key']} ") for one in said)
        assert any(entry["location_text"] in one for one in said)
    assert sum("面积未知" in one for one in said) == 9
    assert any(one.startswith("示意图，非勘测") for one in said)
    assert "1:100 000" in said


def test_places_that_the_plan_names_are_named_on_an_overview():
    said = words(plan_sheet().content[0])
    assert {"热电厂", "中光学", "信臣路", "麒麟路"} <= {*said}
    assert len([one for one in said if one == "信臣路"]) == 1
    assert "和庄社区" not in said


def test_no_two_labels_of_the_map_lie_on_each_other():
    labels = [one for one in plan_sheet().content[0].marks if isinstance(one, Text) and one.halo]
    assert len(labels) > 40
    assert overlaps([box_of(one) for one in labels]) == []


def test_drawing_aids_are_dotted_and_stand_where_the_plan_puts_them():
    """Boxes are 1:100 000 of the ground: distances on paper against those of the content."""
    page = plan_sheet().content[0]
    boxes = next(
        one.shapes
        for one in page.marks
        if isinstance(one, Areas) and one.dash == BOX.dash and len(one.shapes) == 9
    )
    places = [
        shapely.from_geojson(str(one["box"]).replace("'", '"'))
        for one in table_two().content["parcels"]
    ]
    paper = np.array([[one.centroid.x, one.centroid.y] for one in boxes])
    lon, lat = np.array([[one.centroid.x, one.centroid.y] for one in places]).T
    ground = np.column_stack([lon * 111_320 * np.cos(np.radians(33)), lat * 110_900]) / 100
    spread = [np.hypot(*(one - one[0]).T)[1:] for one in (paper, ground)]
    assert spread[0] == pytest.approx(spread[1], rel=0.01)


def test_a_long_list_goes_on_and_says_how_far():
    entries = [
        parcel(rectangle(40, 30, east=at % 20 * 50, north=at // 20 * 40), at=at) for at in range(90)
    ]
    drawn = sheet(snapshot(*entries), PLAN)
    assert drawn.pages >= 2
    said = [one for page in drawn.content for one in words(page)]
    listed = [one for one in said if one.startswith(tuple(f"{at + 1} 地块" for at in range(90)))]
    assert len(listed) == 90
    assert any(one.startswith("地块 1–") and one.endswith("共 90 宗") for one in said)
    assert own_template(snapshot(*entries)) == "location"
    assert rows_in(drawn_box()) == 0


def drawn_box():
    from layers.sheet.paper import Box

    return Box(0, 0, 80, 8)


def test_a_public_plan_has_no_coordinates_and_is_marked_over_the_map():
    given = reduced(table_two(), "public")
    said = words(sheet(given, PLAN).content[0])
    assert not [one for one in said if one.replace(" ", "").isdigit() and len(one) > 6]
    assert said.count("示意图，不作为权属和审批依据") >= 2
    assert not any("EPSG" in one for one in said)


def test_what_was_typed_is_written_as_it_was_typed():
    typed = "$a_b$ <b> =1+1 {{7*7}} \u202e"
    given = snapshot(parcel(rectangle(), name=typed), parcel(rectangle(east=200), at=1, id=typed))
    drawn = sheet(given, PLAN)
    assert any("$a_b$ <b> =1+1 {{7*7}} [U+202E]" in one for one in words(drawn.content[0]))
    assert drawn.png(1, dpi=72)


def test_scales_and_templates_that_do_not_fit_are_refused():
    with pytest.raises(PlannerError, match="sheet_scale_too_large"):
        sheet(table_two(), replace(PLAN, scale=500))
    with pytest.raises(PlannerError, match="sheet_kind_refused"):
        sheet(two_parcels(), SheetOptions(template="comparison"))
