"""Editing on the map: vertices, moving, turning, sides, cutting, dividing, joining."""

from __future__ import annotations

import pytest
from pyproj import Geod
from shapely.geometry import Polygon, mapping, shape

from tests.browser.map_component.scenes import CENTRE, square

GRS80 = Geod(ellps="GRS80")
WEST = square(-0.018, -0.004, 0.003)
EAST = square(-0.018 + 0.0065, -0.004, 0.003)


def area(element):
    return abs(GRS80.geometry_area_perimeter(shape(element["geometry"]))[0])


def put(editor, *shapes, kind="extension"):
    """Open the page on elements a, b … that are there already."""
    elements = [
        {"id": letter, "kind": kind, "geometry": mapping(one)}
        for letter, one in zip("abc", shapes, strict=False)
    ]
    editor.drive(elements=elements)
    return editor.open()


def chosen(editor):
    return editor.frame.evaluate("planner.state().sketch.chosen")


def test_a_click_chooses_an_element_and_tells_the_page(editor):
    put(editor, WEST, EAST)
    editor.click((-0.018, -0.004))
    assert chosen(editor) == ["a"]
    editor.page.wait_for_function(
        "document.querySelector('.st-key-told code').textContent.includes('sketch-element')"
    )
    assert editor.told()["id"] == "a"
    assert editor.frame.locator(".marker-icon").count() == 8
    editor.page.keyboard.down("Shift")
    editor.click((-0.0115, -0.004))
    editor.page.keyboard.up("Shift")
    assert chosen(editor) == ["a", "b"]
    editor.frame.locator("body").press("Escape")
    assert chosen(editor) == []


def test_brackets_go_from_element_to_element(editor):
    put(editor, WEST, EAST)
    editor.click((0.02, -0.015))
    for key, expected in (("]", ["a"]), ("]", ["b"]), ("]", ["a"]), ("[", ["b"])):
        editor.key(key)
        assert chosen(editor) == expected


def test_a_refused_cut_hides_no_element(editor):
    put(editor, WEST)
    editor.click((-0.018, -0.004))
    editor.drive(fault="refuse")
    editor.tool("cut")
    editor.click((-0.0165, -0.0025), (-0.012, -0.0025), (-0.012, 0.002))
    editor.key("Enter")
    editor.bar("refused").wait_for()
    unseen = editor.frame.locator(".leaflet-planner-sketch-pane path[stroke-opacity='0']")
    assert unseen.count() == 0


def test_a_vertex_is_dragged_and_only_that_one_changes(editor):
    put(editor, WEST)
    editor.click((-0.018, -0.004))
    editor.drag((-0.015, -0.001), (-0.0135, 0.0035))
    editor.saved(2)
    before, after = (
        shape(one).exterior.coords for one in (mapping(WEST), editor.elements()[0]["geometry"])
    )
    kept = set(map(tuple, before)) & set(map(tuple, after))
    assert len(kept) == 3
    assert editor.drive()["log"][0]["command"]["do"] == "vertices"
    assert editor.drive()["looks"] >= 1


def test_the_middle_of_an_edge_becomes_a_vertex_and_a_right_click_takes_one_away(editor):
    put(editor, WEST)
    editor.click((-0.018, -0.004))
    editor.drag((-0.018, -0.001), (-0.018, 0.003))
    editor.saved(2)
    assert len(editor.elements()[0]["geometry"]["coordinates"][0]) == 6
    editor.click((-0.018, 0.003), button="right")
    editor.saved(3)
    assert len(editor.elements()[0]["geometry"]["coordinates"][0]) == 5
    editor.click((-0.015, -0.001))
    editor.frame.locator("body").press("Delete")
    editor.saved(4)
    assert len(editor.elements()[0]["geometry"]["coordinates"][0]) == 4
    assert [one["command"]["do"] for one in editor.drive()["log"]] == ["vertices"] * 3


def test_a_moved_shape_keeps_its_area_and_a_turned_one_too(editor):
    put(editor, WEST)
    before = area(editor.elements()[0])
    editor.tool("move")
    editor.drag((-0.018, -0.004), (-0.0165, 0.0125))
    editor.saved(2)
    moved = editor.elements()[0]
    assert area(moved) == pytest.approx(before, rel=1e-7)
    assert shape(moved["geometry"]).centroid.y == pytest.approx(CENTRE[1] + 0.0125, abs=2e-4)
    editor.tool("rotate")
    editor.drag((-0.0155, 0.0125), (-0.0165, 0.0145))
    editor.saved(3)
    turned = editor.elements()[0]
    assert area(turned) == pytest.approx(before, rel=1e-7)
    assert [one["command"]["do"] for one in editor.drive()["log"]] == ["move", "rotate"]


def test_a_moved_shape_snaps_with_its_corner_to_a_parcel(editor):
    put(editor, WEST)
    editor.tool("move")
    editor.drag((-0.018, -0.004), (-0.018 + 0.0111, -0.004 + 0.0001), steps=12)
    editor.saved(2)
    ring = [tuple(place) for place in editor.elements()[0]["geometry"]["coordinates"][0]]
    east = max(lng for lng, _ in ring)
    assert east == pytest.approx(CENTRE[0] - 0.004, abs=2e-8)


def test_a_dragged_side_stays_parallel_and_stops_at_the_typed_area(editor):
    put(editor, WEST)
    wanted = round(area(editor.elements()[0]) / (2000 / 3) * 1.2, 1)
    editor.tool("slide")
    editor.drag((-0.018, -0.007), (-0.018, -0.0085))
    editor.saved(2)
    ring = editor.elements()[0]["geometry"]["coordinates"][0]
    south = sorted(lat for _, lat in ring)[:2]
    assert south[0] == pytest.approx(south[1], abs=1e-6)
    assert south[0] == pytest.approx(CENTRE[1] - 0.0085, abs=1.5e-4)
    editor.frame.get_by_label("停在面积").fill(f"{wanted}亩")
    editor.drag((-0.018, -0.0085), (-0.018, -0.007 - 0.006 * 0.2), steps=20)
    editor.saved(3)
    asked = editor.drive()["log"][1]["command"]
    assert (asked["do"], asked["area"]) == ("fit_area", f"{wanted}亩")
    assert asked["side"] in range(4)


def test_cut_hole_split_and_merge_ask_for_what_was_drawn(editor):
    put(editor, WEST)
    whole = shape(mapping(WEST)).area
    editor.draw(
        (-0.0165, -0.0025), (-0.012, -0.0025), (-0.012, 0.002), (-0.0165, 0.002), tool="cut"
    )
    assert shape(editor.elements()[0]["geometry"]).area == pytest.approx(whole * 15 / 16, rel=0.01)
    editor.draw(
        (-0.0195, -0.0055), (-0.0185, -0.0055), (-0.0185, -0.0045), (-0.0195, -0.0045), tool="hole"
    )
    assert len(editor.elements()[0]["geometry"]["coordinates"]) == 2
    editor.draw((-0.0225, -0.0035), (-0.0135, -0.0035), tool="split")
    assert len(editor.elements()) == 2
    editor.click((-0.0175, -0.006))
    editor.page.keyboard.down("Shift")
    editor.click((-0.0195, -0.0025))
    editor.page.keyboard.up("Shift")
    editor.tool("merge")
    editor.saved(5)
    assert len(editor.elements()) == 1


def test_fit_area_takes_the_typed_text_and_the_side_that_was_clicked(editor):
    put(editor, WEST)
    editor.click((-0.018, -0.004))
    editor.tool("fit_area")
    editor.click((-0.015, -0.0045))
    field = editor.frame.get_by_label("目标面积")
    field.fill("280亩")
    field.press("Enter")
    editor.saved(2)
    asked = editor.drive()["log"][0]["command"]
    ring = mapping(WEST)["coordinates"][0]
    side = ring[asked["side"]], ring[asked["side"] + 1]
    assert asked["area"] == "280亩"
    assert {lng for lng, _ in side} == {max(lng for lng, _ in ring)}
    assert area(editor.elements()[0]) == pytest.approx(280 * 2000 / 3, rel=1e-4)
    east = max(lng for lng, _ in editor.elements()[0]["geometry"]["coordinates"][0])
    editor.frame.wait_for_function(
        """east => {
            const {x, width} = document.querySelector("path[stroke='#0B5A8F'][stroke-width='6']").getBBox();
            return Math.abs(map.layerPointToLatLng([x + width / 2, 0]).lng - east) < 5e-5;
        }""",
        arg=east,
    )


def test_a_side_is_dragged_with_what_lies_in_its_straight(editor):
    west, south, east, north = WEST.bounds
    middle = (south + north) / 2
    put(
        editor,
        Polygon([(west, south), (east, south), (east, middle), (east, north), (west, north)]),
    )
    editor.tool("slide")
    editor.drag((-0.015, -0.0025), (-0.0135, -0.0025))
    editor.saved(2)
    ring = editor.elements()[0]["geometry"]["coordinates"][0][:-1]
    moved = [lng for lng, _ in ring if lng > east]
    assert len(moved) == 3
    assert max(moved) - min(moved) < 1e-6
    assert max(moved) == pytest.approx(CENTRE[0] - 0.0135, abs=1.5e-4)


def test_delete_in_the_middle_of_a_drawing_takes_its_last_point(editor):
    put(editor, WEST)
    editor.click((-0.018, -0.004))
    editor.tool("hole")
    editor.click((-0.0195, -0.0055), (-0.0185, -0.0055))
    editor.frame.locator("[data-tool=delete]").click()
    editor.click((-0.0185, -0.005), (-0.0185, -0.0045))
    editor.key("Enter")
    editor.saved(2)
    assert [one["command"]["do"] for one in editor.drive()["log"]] == ["hole"]
    assert len(editor.elements()[0]["geometry"]["coordinates"][1]) == 4


def test_delete_undo_and_redo_by_key(editor):
    put(editor, WEST, EAST)
    editor.click((-0.018, -0.004))
    body = editor.frame.locator("body")
    body.press("Delete")
    editor.saved(2)
    assert [one["id"] for one in editor.elements()] == ["b"]
    body.press("Control+z")
    editor.saved(3)
    assert [one["id"] for one in editor.elements()] == ["a", "b"]
    body.press("Control+y")
    editor.saved(4)
    body.press("Control+z")
    editor.saved(5)
    body.press("Control+Shift+z")
    editor.saved(6)
    assert [one["id"] for one in editor.elements()] == ["b"]


def test_conflicts_are_red_with_their_area_while_a_vertex_moves(editor):
    put(editor, Polygon([(112.497, 32.985), (112.499, 32.985), (112.499, 32.99), (112.497, 32.99)]))
    editor.click((-0.002, -0.0125))
    editor.page.mouse.move(*editor.at(-0.003, -0.015))
    editor.page.mouse.down()
    editor.page.mouse.move(*editor.at(-0.012, -0.016), steps=8)
    editor.frame.locator(".planner-label.is-conflict").wait_for()
    assert "蓝线" in editor.frame.locator(".planner-label.is-conflict").text_content()
    assert editor.drive()["log"] == []
    editor.page.mouse.up()
    editor.saved(2)


def test_buffer_and_right_angles(editor):
    put(editor, WEST)
    editor.click((-0.018, -0.004))
    editor.tool("buffer")
    field = editor.frame.get_by_role("textbox", name="距离")
    field.fill("50 m")
    editor.frame.get_by_role("button", name="应用").click()
    editor.saved(2)
    editor.tool("square")
    editor.saved(3)
    asked = [one["command"] for one in editor.drive()["log"]]
    assert asked == [
        {"do": "buffer", "element": "a", "distance": "50 m"},
        {"do": "square", "element": "a"},
    ]


def test_readonly_sketches_have_no_tools(editor):
    editor.drive(elements=[{"id": "a", "kind": "extension", "geometry": mapping(WEST)}])
    editor.open("&readonly=1")
    editor.frame.locator(".planner-label.is-number", has_text="亩").wait_for()
    assert editor.frame.locator("[data-tool]").count() == 0
    editor.click((-0.018, -0.004))
    editor.page.wait_for_timeout(300)
    assert editor.frame.locator(".marker-icon").count() == 0
    assert editor.drive()["log"] == []
