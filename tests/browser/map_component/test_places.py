"""Clicks, coordinates, measures and tiles: what the map says about places."""

from __future__ import annotations

import pytest
from pyproj import Geod, Transformer

from layers.scene import BaseMap, BigLayer, LayerGroup
from tests.browser.map_component.scenes import CENTRE, plain, square

GRS80 = Geod(ellps="GRS80")  # CGCS2000's ellipsoid but for 0.1 mm


def test_a_click_tells_layer_and_feature_and_repeated_clicks_cycle(shown):
    first = shown.click(*CENTRE)
    assert (first["kind"], first["id"]) == ("parcels", "small")
    assert (first["lat"], first["lng"]) == pytest.approx((CENTRE[1], CENTRE[0]), abs=1e-4)
    assert shown.click(*CENTRE)["id"] == "large"
    assert shown.click(*CENTRE)["id"] == "small"
    assert shown.click(CENTRE[0] - 0.01, CENTRE[1] - 0.004)["id"] == "ns"
    assert "id" not in shown.click(CENTRE[0] + 0.016, CENTRE[1] - 0.01)


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


def choose_base_map(shown, title):
    if shown.frame.locator(".planner-legend-body").count() == 0:
        shown.frame.locator(".planner-legend-head").click()
    shown.frame.get_by_label(title, exact=True).check()


def test_no_base_map_is_asked_for_until_it_is_chosen_and_the_choice_outlives_updates(shown):
    online = "http://127.0.0.1:9/{z}/{x}/{y}"
    maps = (BaseMap(title="one", url=online), BaseMap(title="two", url=online))
    shown.show(plain(base_maps=maps))
    assert [url for url in shown.seen.urls if "127.0.0.1:9/" in url] == []
    choose_base_map(shown, "two")
    shown.show(plain(base_maps=maps, notice="later"))
    assert shown.frame.get_by_label("two", exact=True).is_checked()
    choose_base_map(shown, "base_map_none")
    assert shown.frame.locator("img.leaflet-tile").count() == 0


def test_gcj02_tiles_are_moved_back_to_where_things_are(shown):
    url = "../../assets/leaflet/images/layers.png?{z}-{x}-{y}"
    shown.show(plain(base_maps=(BaseMap(title="gcj", url=url, type="gcj02"),)))
    assert shown.frame.locator("img.leaflet-tile").count() == 0
    choose_base_map(shown, "gcj")
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
    choose_base_map(shown, "gone")
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
