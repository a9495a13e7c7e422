"""The map as a person meets it: in a real browser, below a base path, without internet."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from pyproj import Geod, Transformer

from layers.payload import payload
from layers.scene import BaseMap, BigLayer, Focus, LayerGroup, MapFeature, MapLayer, Selection
from tests.browser.harness import serve, watch
from tests.browser.map_component.scenes import CENTRE, HOSTILE, TEXTS, one_layer, plain, square

APP = Path(__file__).parent / "map_component" / "app.py"
GRS80 = Geod(ellps="GRS80")  # CGCS2000's ellipsoid but for 0.1 mm
OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll('.planner-label, .planner-notice, .planner-bar')]
    .map(node => [node.textContent, node.getBoundingClientRect()]);
  const cross = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  return boxes.flatMap(([x, a], i) => boxes.slice(i + 1).filter(([, b]) => cross(a, b)).map(([y]) => [x, y]));
}"""


class Map:
    """The map's frame in the page."""

    def __init__(self, page, frame, seen):
        self.page, self.frame, self.seen = page, frame, seen

    def show(self, scene):
        self.frame.evaluate("text => planner.update(text)", payload(scene))

    def texts(self, selector):
        return self.frame.locator(selector).all_text_contents()

    def view(self):
        return self.frame.evaluate("[map.getCenter().lat, map.getCenter().lng, map.getZoom()]")

    def look_at(self, latitude, longitude, zoom):
        self.frame.evaluate(
            "([lat, lng, zoom]) => map.setView([lat, lng], zoom, {animate: false})",
            [latitude, longitude, zoom],
        )

    def place(self, longitude, latitude):
        """Return the pixel of the page that shows a place."""
        x, y = self.frame.evaluate(
            "([lng, lat]) => { const p = map.latLngToContainerPoint([lat, lng]); return [p.x, p.y]; }",
            [longitude, latitude],
        )
        box = self.page.locator("iframe").bounding_box()
        return box["x"] + x, box["y"] + y

    def click(self, longitude, latitude):
        """Click a place and return what the page is told."""
        before = self.page.locator(".st-key-clicked code").text_content()
        self.page.mouse.click(*self.place(longitude, latitude))
        self.page.wait_for_function(
            "old => document.querySelector('.st-key-clicked code').textContent !== old", arg=before
        )
        return json.loads(self.page.locator(".st-key-clicked code").text_content())


@pytest.fixture(scope="module")
def address():
    with serve(APP, base_url_path="planner") as found:
        yield found


@pytest.fixture(scope="module")
def opened(browser, address):
    page = browser.new_page(viewport={"width": 1000, "height": 800})
    seen = watch(page, address)
    page.goto(address)
    page.frame_locator("iframe").locator(".planner-label").first.wait_for()
    yield Map(page, page.frames[1], seen)
    page.close()


@pytest.fixture
def shown(opened):
    """Show the plain scene at its first view."""
    opened.show(plain())
    opened.look_at(CENTRE[1], CENTRE[0], 14)
    return opened


def test_nothing_is_asked_from_outside_and_no_error_is_printed(shown):
    assert len(shown.seen.urls) > 15
    assert shown.seen.outside() == []
    assert shown.seen.console == []


def test_names_and_numbers_do_not_overlap(shown):
    assert shown.frame.evaluate(OVERLAPS) == []
    labels = shown.texts(".planner-label")
    assert {"1 · 2", "6 · 7", "人民路", "信臣路", "热电厂"} <= set(labels)
    assert len(labels) == len(set(labels))
    assert shown.texts(".planner-label.is-vertical") == ["人民路"]


def test_names_of_guessed_roads_wait_for_the_zoom(shown):
    assert shown.texts(".planner-label.is-guess") == ["枣庄路"]
    shown.look_at(CENTRE[1], CENTRE[0], 13)
    assert shown.texts(".planner-label.is-guess") == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_typed_everywhere(opened, text):
    opened.frame.evaluate("() => { window.hits = 0; window.hit = () => window.hits++; }")
    feature = MapFeature(
        id=text, geometry=square(0, 0), number=text, label=text, tooltip=text, use=text
    )
    road = MapFeature(id=text, geometry=square(0, 0.005).boundary, label=text)
    layers = (
        MapLayer(id=text, title=text, kind="parcel", features=(feature,), source=text),
        MapLayer(id="roads", title=text, kind="road", features=(road,)),
    )
    groups = (LayerGroup(id=text, title=text, layers=layers),)
    texts = TEXTS | {"legend": text, "zoom_in": text}
    opened.show(plain(notice=text, groups=groups, texts=texts))
    opened.look_at(CENTRE[1], CENTRE[0], 15)
    if opened.frame.locator(".planner-legend-body").count() == 0:
        opened.frame.locator(".planner-legend-head").click()
    opened.page.mouse.move(*opened.place(*CENTRE))
    opened.frame.locator(".planner-tip").wait_for()
    expected = {
        ".planner-notice": [text],
        ".planner-label.is-number": [text],
        ".planner-label.is-plain": [text[:23] + "…" if len(text) > 24 else text],
        ".planner-legend h2": [text],
        ".planner-layer-title": [text, text],
        ".planner-legend p": [f"sources: {text}"],
        ".planner-tip": [text],
    }
    assert {selector: opened.texts(selector) for selector in expected} == expected
    assert opened.frame.locator(".planner-bar button").first.get_attribute("title") == text
    opened.show(plain(groups=groups, selected=Selection(layer=text, id=text)))
    assert len(opened.texts(".planner-label.is-tag")) == 1
    assert opened.frame.evaluate("window.hits") == 0
    assert opened.frame.locator("img").count() == 0


def test_a_click_tells_layer_and_feature_and_repeated_clicks_cycle(shown):
    first = shown.click(*CENTRE)
    assert (first["kind"], first["id"]) == ("parcels", "small")
    assert (first["lat"], first["lng"]) == pytest.approx((CENTRE[1], CENTRE[0]), abs=1e-4)
    assert shown.click(*CENTRE)["id"] == "large"
    assert shown.click(*CENTRE)["id"] == "small"
    assert shown.click(CENTRE[0] - 0.01, CENTRE[1] - 0.004)["id"] == "ns"
    assert "id" not in shown.click(CENTRE[0] + 0.016, CENTRE[1] - 0.01)


def test_choosing_and_dimming_restyle_without_redrawing(shown):
    paths = "document.querySelectorAll('.leaflet-planner-parcel-pane path')"
    shown.frame.evaluate(f"window.kept = [...{paths}]")
    view = shown.view()
    focus = Focus(bbox=square(0.012, 0).bounds, serial=1)
    chosen = Selection(layer="parcels", id="twin-a")
    shown.show(plain(selected=chosen, dimmed=frozenset({"large"}), focus=focus))
    assert shown.frame.evaluate(f"[...{paths}].every((path, i) => path === window.kept[i])")
    assert shown.frame.locator(".leaflet-planner-chosen-pane path").count() == 3
    opacities = f"[...{paths}].map(path => Number(path.getAttribute('stroke-opacity')))"
    assert shown.frame.evaluate(opacities) == [0.22, 1, 1, 1]
    assert shown.view() == view, "the chosen parcel is in view: the map stays"


def test_the_map_moves_only_as_far_as_it_must(shown):
    away = square(0.06, 0)
    shown.show(plain(focus=Focus(bbox=away.bounds, serial=11)))
    shown.page.wait_for_timeout(600)
    latitude, longitude, zoom = shown.view()
    assert zoom == 14
    assert latitude == pytest.approx(CENTRE[1], abs=1e-4)
    assert CENTRE[0] + 0.02 < longitude < CENTRE[0] + 0.06
    shown.look_at(CENTRE[1], CENTRE[0], 8)
    shown.show(plain(focus=Focus(bbox=away.bounds, serial=12)))
    shown.page.wait_for_timeout(600)
    assert 12 <= shown.view()[2] <= 14


def test_layers_are_switched_in_the_legend_and_stay_so(shown):
    before = shown.page.locator(".st-key-clicked code").text_content()
    if shown.frame.locator(".planner-legend-body").count() == 0:
        shown.frame.locator(".planner-legend-head").click()
    shown.frame.locator("[data-layer=roads]").click()
    assert "人民路" not in shown.texts(".planner-label")
    shown.show(plain(notice="another"))
    assert shown.frame.evaluate("planner.state().layers") == {
        "parcels": True,
        "roads": False,
        "landmarks": True,
    }
    assert shown.frame.locator(".leaflet-planner-road-pane path").count() == 0
    shown.frame.locator("[data-layer=roads]").click()
    assert "人民路" in shown.texts(".planner-label")
    shown.page.wait_for_timeout(400)
    told = shown.page.locator(".st-key-clicked code").text_content()
    assert told == before, "the legend keeps its clicks to itself"


def test_the_legend_names_what_is_drawn_and_only_that(shown):
    if shown.frame.locator(".planner-legend-body").count() == 0:
        shown.frame.locator(".planner-legend-head").click()
    assert shown.texts(".planner-layer-title") == ["地标", "道路", "地块"]
    assert shown.texts(".planner-entry") == [
        "basis_guess",
        "use_residential",
        "use_industrial",
        "use_logistics",
        "geometry_schematic",
    ]
    shown.show(plain(envelope=square(0, 0), groups=one_layer(title="empty")))
    assert shown.texts(".planner-entry") == ["envelope"]


@pytest.mark.parametrize("longitude", [109.6, 111.0, 112.49999, 112.5, 114.2, 115.9])
def test_survey_coordinates_agree_with_pyproj_to_a_centimetre(opened, longitude):
    latitude = 33.01
    found = opened.frame.evaluate(
        "([lat, lng]) => planner.projection.survey(lat, lng)", [latitude, longitude]
    )
    code = 4488 + found["zone"]  # EPSG:4525 is zone 37
    expected = Transformer.from_crs(4490, code, always_xy=True).transform(longitude, latitude)
    assert found["zone"] == (37 if longitude < 112.5 else 38 if longitude < 115.5 else 39)
    assert (found["y"], found["x"]) == pytest.approx(expected, abs=0.01)


def test_lengths_and_areas_agree_with_the_geodesic(opened):
    ring = [(112.4, 32.9), (112.6, 32.9), (112.62, 33.08), (112.41, 33.1)]
    points = [{"lng": lng, "lat": lat} for lng, lat in ring]
    length, area = opened.frame.evaluate(
        "points => [planner.projection.length(points), planner.projection.area(points)]", points
    )
    lngs, lats = zip(*ring, strict=True)
    assert length == pytest.approx(GRS80.line_length(lngs, lats), rel=1e-6)
    assert area == pytest.approx(abs(GRS80.polygon_area_perimeter(lngs, lats)[0]), rel=1e-5)


def test_measuring_keeps_clicks_to_itself(shown):
    before = shown.page.locator(".st-key-clicked code").text_content()
    button = shown.frame.locator(".planner-bar button").nth(3)
    button.click()
    corners = [(-0.004, -0.004), (0.004, -0.004), (0.004, 0.004)]
    for east, north in corners:
        shown.page.mouse.click(*shown.place(CENTRE[0] + east, CENTRE[1] + north))
        shown.page.wait_for_timeout(350)
    shown.page.mouse.dblclick(*shown.place(CENTRE[0] - 0.004, CENTRE[1] + 0.004))
    lines = shown.texts(".planner-measured > div > div")
    square_mu = abs(GRS80.geometry_area_perimeter(square(0, 0, 0.004))[0]) / (2000 / 3)
    assert lines[1].endswith(" mu")
    assert float(lines[1].removesuffix(" mu").replace(",", "")) == pytest.approx(
        square_mu, rel=0.02
    )
    shown.page.keyboard.press("Escape")
    shown.frame.locator(".planner-measured").wait_for(state="detached")
    assert button.get_attribute("aria-pressed") == "false"
    shown.page.wait_for_timeout(400)
    assert shown.page.locator(".st-key-clicked code").text_content() == before


def test_gcj02_tiles_are_moved_back_to_where_things_are(shown):
    url = "../../assets/leaflet/images/layers.png?{z}-{x}-{y}"
    shown.show(plain(base_maps=(BaseMap(title="gcj", url=url, type="gcj02"),)))
    shown.frame.locator("img.leaflet-tile-loaded").first.wait_for()
    shown.frame.evaluate("map.panBy([137, -61], {animate: false})")
    misfits = shown.frame.evaluate(
        """() => [...document.querySelectorAll('img.leaflet-tile')].map(tile => {
          const [z, x, y] = tile.src.split('?')[1].split('-').map(Number);
          const box = tile.getBoundingClientRect();
          const origin = map.getContainer().getBoundingClientRect();
          const there = map.containerPointToLatLng([box.left - origin.left, box.top - origin.top]);
          return map.project(planner.gcj.shifted(there), z).distanceTo(L.point(x, y).multiplyBy(256));
        })"""
    )
    assert len(misfits) >= 6
    assert max(misfits) < 2
    offset = shown.frame.evaluate(
        "([lat, lng]) => planner.gcj.shifted({lat, lng}).distanceTo([lat, lng])",
        [CENTRE[1], CENTRE[0]],
    )
    assert offset == pytest.approx(594, abs=3)
    shown.show(plain())
    assert shown.frame.locator("img.leaflet-tile").count() == 0


def test_a_base_map_that_fails_says_so_in_one_line(shown):
    shown.show(plain(base_maps=(BaseMap(title="gone", url="http://127.0.0.1:9/{z}/{x}/{y}"),)))
    shown.frame.locator(".planner-trouble", has_text="base_map_failed").wait_for()
    shown.show(plain())
    assert not shown.frame.locator(".planner-trouble").is_visible()


def test_a_big_layer_shows_tiles_from_afar_and_features_from_near(shown):
    api = "../../api/layers/big"
    big = BigLayer(
        id="big",
        title="big",
        tiles_url=f"{api}/tiles/{{z}}/{{x}}/{{y}}.png",
        features_url=f"{api}/features",
        count=100000,
    )
    groups = (LayerGroup(id="base", title="base", layers=(big,)),)
    with shown.page.expect_response("**/api/layers/big/features?*"):
        shown.show(plain(groups=groups))
    shown.frame.wait_for_function(
        "document.querySelector('.planner-entry')?.textContent === 'use_industrial'"
    )
    assert (answer := shown.click(*CENTRE))["id"] == "p-1"
    assert answer["kind"] == "big"
    with shown.page.expect_response("**/api/layers/big/tiles/*/*/*.png"):
        shown.look_at(CENTRE[1], CENTRE[0], 13)
    answer = shown.click(*CENTRE)
    assert (answer["kind"], answer["id"]) == ("big", None)


def test_thirty_updates_leave_nothing_behind(shown):
    session = shown.page.context.new_cdp_session(shown.page)
    features = tuple(
        MapFeature(id=str(i), geometry=square(0.0001 * i, 0), number=str(i), label=f"{i}", use="m0")
        for i in range(200)
    )

    def heap():
        session.send("HeapProfiler.collectGarbage")
        size = shown.frame.evaluate("performance.memory.usedJSHeapSize")
        return size, shown.frame.evaluate("Object.keys(map._layers).length")

    for i in range(3):
        shown.show(plain(groups=one_layer(*features[i:])))
    before, layers = heap()
    for i in itertools.chain(range(3), range(27)):
        shown.show(plain(groups=one_layer(*features[i % 3 :])))
    after, layers_after = heap()
    assert layers_after == layers
    assert after - before < 3_000_000


def test_the_component_forgets_its_old_groups(shown):
    for count in range(1, 4):
        shown.page.get_by_role("button", name="next").click()
        shown.frame.locator(".planner-notice", has_text=f"notice {count}").wait_for()
    assert shown.frame.evaluate("window.feature_group.length") == 1
    assert len(shown.page.frames) == 2, "the map was not made anew"
    assert shown.page.frames[1] is shown.frame


def test_the_legend_is_folded_on_a_low_map(browser, address):
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto(address)
    frame = page.frame_locator("iframe")
    frame.locator(".planner-legend-head").wait_for()
    assert frame.locator(".planner-legend-head").get_attribute("aria-expanded") == "false"
    assert frame.locator("html").get_attribute("lang") == "zh-CN"
    page.close()
