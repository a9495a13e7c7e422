"""The map as a person sees it: in a real browser, below a base path, without internet."""

from __future__ import annotations

import itertools

import pytest

from layers.scene import Focus, LayerGroup, MapFeature, MapLayer, Selection
from tests.browser.map_component.scenes import CENTRE, HOSTILE, TEXTS, one_layer, plain, square

OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll('.planner-label, .planner-notice, .planner-bar')]
    .map(node => [node.textContent, node.getBoundingClientRect()]);
  const cross = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  return boxes.flatMap(([x, a], i) => boxes.slice(i + 1).filter(([, b]) => cross(a, b)).map(([y]) => [x, y]));
}"""


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


def test_a_name_stands_on_its_line_after_panning_and_zooming(shown):
    for latitude, longitude, zoom in (
        (33.0, 112.5, 15),
        (33.006, 112.506, 15),
        (33.006, 112.506, 16),
    ):
        shown.look_at(latitude, longitude, zoom)
        middle = shown.frame.evaluate(
            """() => {
              const label = [...document.querySelectorAll('.planner-label')].find(node => node.textContent === '信臣路');
              const box = label.getBoundingClientRect();
              return map.containerPointToLatLng([box.x + box.width / 2, box.y + box.height / 2]).lat;
            }"""
        )
        assert middle == pytest.approx(CENTRE[1] + 0.008, abs=0.0001)


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
        ".planner-tip": [f"{text} {text}"],
    }
    assert {selector: opened.texts(selector) for selector in expected} == expected
    assert opened.frame.locator(".planner-bar button").first.get_attribute("title") == text
    opened.show(plain(groups=groups, selected=Selection(layer=text, id=text)))
    assert len(opened.texts(".planner-label.is-tag")) == 1
    assert opened.frame.evaluate("window.hits") == 0
    assert opened.frame.locator("img").count() == 0


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


@pytest.mark.parametrize(("layer", "feature"), [("roads", "ew"), ("parcels", "large")])
def test_the_tag_of_a_chosen_feature_is_in_view_at_every_zoom(shown, layer, feature):
    shown.show(plain(selected=Selection(layer=layer, id=feature)))
    for zoom in (12, 14, 17):
        shown.look_at(33.006 if layer == "roads" else 33.0, 112.501, zoom)
        tag = shown.frame.locator(".planner-label.is-tag").bounding_box()
        frame = shown.page.locator("iframe").bounding_box()
        assert frame["x"] <= tag["x"] <= tag["x"] + tag["width"] <= frame["x"] + frame["width"]
        assert frame["y"] <= tag["y"] <= tag["y"] + tag["height"] <= frame["y"] + frame["height"]


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


def test_names_stand_on_their_lines_after_an_update_in_the_middle_of_a_zoom(shown):
    shown.look_at(CENTRE[1], CENTRE[0], 15)
    focus = Focus(bbox=square(0, 0, 0.02).bounds, serial=991, fit=True)
    shown.frame.evaluate("map.once('zoomanim', () => { window.zooms = true; })")
    shown.show(plain(focus=focus))
    shown.frame.wait_for_function("window.zooms")
    shown.show(plain(focus=focus, notice="later"))
    shown.page.wait_for_timeout(1200)
    places = shown.frame.evaluate(
        """() => [...document.querySelectorAll('.planner-label')].map(label => {
          const box = label.getBoundingClientRect();
          const origin = map.getContainer().getBoundingClientRect();
          const middle = [box.left + box.width / 2 - origin.left, box.top + box.height / 2 - origin.top];
          const place = map.containerPointToLatLng(middle);
          return [label.textContent, place.lat, place.lng];
        })"""
    )
    found = {name: (lat, lng) for name, lat, lng in places}
    assert found["信臣路"][0] == pytest.approx(33.008, abs=0.001)
    assert found["人民路"][1] == pytest.approx(112.49, abs=0.001)
