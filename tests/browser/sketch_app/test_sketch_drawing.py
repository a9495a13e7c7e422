"""Drawing on the map: by clicks and keys, with snapping, right angles and figures."""

from __future__ import annotations

import pytest
from pyproj import Geod
from shapely.geometry import Polygon, shape

from tests.browser.map_component.scenes import CENTRE

GRS80 = Geod(ellps="GRS80")
CORNERS = ((-0.022, -0.014), (-0.013, -0.014), (-0.013, -0.006), (-0.022, -0.006))


def places(corners):
    return [(CENTRE[0] + east, CENTRE[1] + north) for east, north in corners]


def ring_of(element):
    return element["geometry"]["coordinates"][0]


def test_a_polygon_of_clicks_is_saved_as_one_step_and_the_page_is_told(editor):
    editor.open()
    editor.draw(*CORNERS)
    (element,) = editor.elements()
    assert element["kind"] == "extension"
    for found, wanted in zip(ring_of(element), places(CORNERS), strict=False):
        assert found == pytest.approx(wanted, abs=5e-5)
    asked = editor.drive()["log"]
    assert [one["command"]["do"] for one in asked] == ["draw"]
    assert asked[0]["seen"] == 1
    editor.page.wait_for_function(
        "document.querySelector('.st-key-told code').textContent.includes('sketch')"
    )
    told = editor.told()
    assert (told["kind"], told["id"]) == ("sketch", "2")


@pytest.mark.parametrize("closing", ["first vertex", "double click", "Enter"])
def test_a_shape_is_closed_in_three_ways(editor, closing):
    editor.open()
    editor.click((0.02, -0.015))
    editor.key("p")
    editor.click(*CORNERS[:3])
    if closing == "first vertex":
        east, north = CORNERS[0]
        editor.click((east + 0.0003, north + 0.0003))
    elif closing == "double click":
        editor.page.mouse.dblclick(*editor.at(*CORNERS[3]))
    else:
        editor.key("Enter")
    editor.saved(2)
    expected = 4 if closing == "double click" else 3
    assert len(ring_of(editor.elements()[0])) == expected + 1


def test_a_vertex_snaps_to_the_corner_of_a_parcel_to_the_last_digit(editor):
    editor.open()
    editor.tool("polygon")
    corner = (-0.004, -0.004)
    x, y = editor.at(*corner)
    editor.page.mouse.move(x - 6, y + 5)
    mark = editor.frame.locator(".planner-snap-word")
    mark.wait_for()
    assert mark.text_content() == "顶点"
    editor.page.mouse.click(x - 6, y + 5)
    editor.click((-0.004, -0.013), (-0.009, -0.013))
    editor.key("Enter")
    editor.saved(2)
    assert ring_of(editor.elements()[0])[0] == [CENTRE[0] - 0.004, CENTRE[1] - 0.004]


def test_an_edge_is_taken_where_no_vertex_is_near_and_alt_takes_neither(editor):
    editor.open()
    editor.tool("polygon")
    x, y = editor.at(-0.01, -0.004)
    editor.page.mouse.move(x + 5, y)
    mark = editor.frame.locator(".planner-snap-word")
    mark.wait_for()
    assert mark.text_content() == "边"
    editor.page.mouse.click(x + 5, y)
    editor.page.keyboard.down("Alt")
    editor.page.mouse.move(x + 5, y + 60)
    editor.page.mouse.click(x + 5, y + 60)
    editor.page.keyboard.up("Alt")
    editor.click((-0.02, -0.004))
    editor.key("Enter")
    editor.saved(2)
    ring = ring_of(editor.elements()[0])
    assert ring[0][0] == pytest.approx(CENTRE[0] - 0.01, abs=1e-9)
    assert abs(ring[1][0] - (CENTRE[0] - 0.01)) > 1e-4


def test_shift_keeps_right_angles(editor):
    editor.open()
    editor.tool("polygon")
    editor.click((-0.022, -0.014), (-0.014, -0.012))
    editor.page.keyboard.down("Shift")
    editor.click((-0.0165, -0.005))
    editor.page.keyboard.up("Shift")
    editor.key("Enter")
    editor.saved(2)
    first, corner, last = ring_of(editor.elements()[0])[:3]
    azimuths = [GRS80.inv(*corner, *end)[0] for end in (first, last)]
    assert abs(azimuths[0] - azimuths[1]) % 180 == pytest.approx(90, abs=0.01)


def test_the_label_says_the_area_of_the_geodesic_while_drawing(editor):
    editor.open()
    editor.tool("polygon")
    editor.click(*CORNERS[:3])
    editor.page.mouse.move(*editor.at(*CORNERS[3]))
    label = editor.frame.locator(".planner-figures")
    label.wait_for()
    editor.page.wait_for_timeout(100)
    mu, hectares, metres, around = label.locator("div").all_text_contents()
    editor.page.mouse.click(*editor.at(*CORNERS[3]))
    editor.key("Enter")
    editor.saved(2)
    shown = Polygon(ring_of(editor.elements()[0]))
    area, perimeter = GRS80.geometry_area_perimeter(shown)

    def value(text):
        return float(text.removeprefix("周长").strip().split()[0].replace(",", ""))

    assert value(metres) == pytest.approx(abs(area), rel=1e-5)
    assert value(mu) == pytest.approx(abs(area) / (2000 / 3), rel=1e-5)
    assert value(hectares) == pytest.approx(abs(area) / 1e4, rel=1e-5)
    assert value(around) == pytest.approx(perimeter, rel=1e-5)


def test_a_rectangle_takes_two_clicks_and_a_road_has_its_width(editor):
    editor.open()
    editor.tool("rectangle")
    editor.frame.get_by_label("地块").check()
    editor.click(CORNERS[0], CORNERS[2])
    editor.saved(2)
    editor.tool("line")
    editor.frame.get_by_label("红线宽度").fill("30 m")
    editor.click((-0.02, 0.002), (-0.015, 0.004), (-0.012, 0.012))
    editor.frame.locator("body").press("Enter")
    editor.saved(3)
    parcel, road = editor.elements()
    assert (parcel["kind"], len(ring_of(parcel))) == ("parcel", 5)
    assert (road["kind"], road["geometry"]["type"]) == ("road", "LineString")
    assert editor.drive()["log"][1]["command"]["width"] == "30 m"


def test_esc_stops_and_the_drawing_can_be_taken_up_again(editor):
    editor.open()
    editor.tool("polygon")
    editor.click(*CORNERS[:3])
    editor.key("Escape")
    assert editor.frame.evaluate("planner.state().sketch.tool") == "select"
    editor.bar("draft").get_by_text("继续").click()
    editor.click(CORNERS[3])
    editor.key("Enter")
    editor.saved(2)
    assert shape(editor.elements()[0]["geometry"]).area == pytest.approx(7.2e-5, rel=0.02)


def test_a_self_crossing_outline_is_explained_kept_and_saved_once_mended(editor):
    editor.open()
    editor.tool("polygon")
    a, b, c, d = CORNERS
    editor.click(a, c, b, d)
    editor.key("Enter")
    bar = editor.bar("crossing")
    bar.wait_for()
    assert "边" in bar.text_content()
    assert "相交" in bar.text_content()
    assert editor.drive()["log"] == []
    assert editor.frame.locator(".leaflet-planner-measure-pane path").count() == 1
    editor.drag(d, (-0.011, 0.0), steps=10)
    editor.saved(2)
    assert bar.count() == 0
    assert editor.frame.locator(".leaflet-planner-measure-pane path").count() == 0
    assert shape(editor.elements()[0]["geometry"]).is_valid


def test_backspace_and_ctrl_z_take_the_last_vertex_back(editor):
    editor.open()
    editor.tool("polygon")
    editor.click(*CORNERS)
    editor.key("Backspace")
    editor.key("Control+z")
    editor.click((-0.02, 0.0))
    editor.key("Enter")
    editor.saved(2)
    assert len(ring_of(editor.elements()[0])) == 4
    assert [one["command"]["do"] for one in editor.drive()["log"]] == ["draw"]
