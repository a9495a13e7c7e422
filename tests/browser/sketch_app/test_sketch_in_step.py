"""Maps of a comparison look at the same place; the arithmetic of the hand agrees with pyproj."""

from __future__ import annotations

import pytest
from pyproj import Geod, Transformer
from shapely.geometry import Polygon, mapping

from tests.browser.map_component.scenes import square
from tests.browser.sketch_app.conftest import Editor

GRS80 = Geod(ellps="GRS80")
VIEW = "[map.getCenter().lat, map.getCenter().lng, map.getZoom()]"


def test_two_maps_move_together(editor):
    editor.drive(elements=[{"id": "a", "kind": "green", "geometry": mapping(square(0, 0.01))}])
    editor.open("&readonly=1&maps=2&group=compare")
    editor.page.wait_for_function("document.querySelectorAll('iframe').length === 2")
    left, right = [frame for frame in editor.page.frames if "component" in frame.url]
    right.locator(".planner-label").first.wait_for()
    for frame, other, moved in (
        (left, right, (33.02, 112.48, 15)),
        (right, left, (32.99, 112.51, 13.5)),
    ):
        frame.evaluate(
            "([lat, lng, zoom]) => map.setView([lat, lng], zoom, {animate: false})", moved
        )
        other.wait_for_function("zoom => map.getZoom() === zoom", arg=moved[2])
        pixels = other.evaluate(
            "([lat, lng]) => map.project([lat, lng]).distanceTo(map.project(map.getCenter()))",
            list(moved[:2]),
        )
        assert pixels <= 1.5
    before = left.evaluate(VIEW)
    editor.page.wait_for_timeout(400)
    assert left.evaluate(VIEW) == before, "nothing echoes"


@pytest.fixture(scope="module")
def frame(browser, address):
    """Return the map's frame, for its arithmetic alone."""
    editor = Editor(browser.new_page(), address, "arithmetic")
    yield editor.open("&readonly=1").frame
    editor.page.close()


@pytest.mark.parametrize("longitude", [110.03, 112.5, 114.9])
def test_places_go_to_the_plane_and_back_as_in_pyproj(frame, longitude):
    latitude = 33.01
    plane = f"+proj=tmerc +lon_0={longitude - 0.05} +ellps=GRS80 +units=m"
    expected = Transformer.from_crs("+proj=longlat +ellps=GRS80", plane, always_xy=True).transform(
        longitude, latitude
    )
    found, back = frame.evaluate(
        """([lat, lng, meridian]) => {
          const { north, east } = planner.projection.plane(lat, lng, meridian);
          return [[east, north], planner.projection.place(north, east, meridian)];
        }""",
        [latitude, longitude, longitude - 0.05],
    )
    assert found == pytest.approx(expected, abs=1e-4)
    assert (back["lng"], back["lat"]) == pytest.approx((longitude, latitude), abs=5e-11)


def test_figures_take_holes_off_and_add_parts_up(frame):
    hole = square(0, 0, 0.002).exterior.coords
    shape = Polygon(square(0, 0, 0.01).exterior.coords, [hole]).union(square(0.03, 0, 0.004))
    found = frame.evaluate("one => planner.shape.figures(one)", mapping(shape))
    areas = [
        GRS80.geometry_area_perimeter(square(*one))
        for one in ((0, 0, 0.01), (0.03, 0, 0.004), (0, 0, 0.002))
    ]
    whole = abs(areas[0][0]) + abs(areas[1][0]) - abs(areas[2][0])
    assert found["area_m2"] == pytest.approx(whole, rel=1e-6)
    assert found["perimeter_m"] == pytest.approx(sum(one[1] for one in areas), rel=1e-6)


def test_a_slid_side_gives_the_area_that_was_asked_for(frame):
    ring = [(112.48, 32.98), (112.52, 32.985), (112.51, 33.01), (112.485, 33.0), (112.48, 32.98)]
    shape = mapping(Polygon(ring))
    for side in range(4):
        wanted, found, back = frame.evaluate(
            """([shape, side]) => {
              const area = (one) => planner.shape.figures(one).area_m2;
              const wanted = area(shape) * 1.07;
              const shift = planner.shape.shiftFor(shape, { chain: 0, i: side }, 5, wanted);
              const slid = planner.shape.slid(shape, { chain: 0, i: side }, shift);
              const there = planner.shape.offset(shape, { chain: 0, i: side }, slid.coordinates[0][side]);
              return [wanted, area(slid), there - shift];
            }""",
            [shape, side],
        )
        assert found == pytest.approx(wanted, rel=1e-8)
        assert back == pytest.approx(0, abs=5e-6)


@pytest.mark.parametrize(
    ("text", "square_metres"),
    [
        ("280亩", 280 * 2000 / 3),
        ("1,000 mu", 1000 * 2000 / 3),
        ("１８．５ 公顷", 185000),
        ("50 km²", 5e7),
        ("80000平方米", 80000),
        ("280", None),
        ("亩", None),
        ("-3亩", None),
        ("NaN亩", None),
    ],
)
def test_a_typed_area_is_read_only_where_it_is_plain(frame, text, square_metres):
    found = frame.evaluate("text => planner.sketchFigures.target(text)", text)
    assert found == (None if square_metres is None else pytest.approx(square_metres))


def test_a_crossing_names_its_place_and_both_edges(frame):
    bow = {"type": "Polygon", "coordinates": [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]}
    assert frame.evaluate("one => planner.shape.crossing(one)", bow) == {
        "at": [1, 1],
        "edges": [1, 3],
    }
    plain = mapping(square(0, 0))
    assert frame.evaluate("one => planner.shape.crossing(one)", plain) is None
