"""The parcels page as its user meets it: real data, a real browser, nothing from outside."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

SIZES = [(1366, 768), (1366, 640), (1920, 1080)]
SCROLL = """() => {
  const main = document.querySelector('[data-testid=stMain]');
  return [main.scrollHeight - main.clientHeight, main.scrollWidth - main.clientWidth];
}"""
HOSTILE = [
    "<img src=x onerror=alert(1)>路",
    "{{7*7}}路",
    "{% x",
    "**x** [a](b) :red[c]",
    "</script><b>路",
]


def test_opens_on_row_one_with_nothing_asked_from_outside(opened):
    parcels = opened()
    parcels.title("1 · 工业储备地 (防爆 2 个)")
    assert "信臣路以南、热电厂以西" in parcels.extract.inner_text()
    assert parcels.extract.get_by_text("原文未给").count() == 2
    assert "示意图，非勘测" in parcels.map.locator(".planner-notice").inner_text()
    assert parcels.seen.outside() == []
    assert [line for line in parcels.seen.console if "404" not in line] == []
    assert parcels.page.evaluate("document.documentElement.lang") == "zh-CN"


def test_the_page_itself_never_scrolls(opened):
    parcels = opened()
    for width, height in SIZES:
        parcels.page.set_viewport_size({"width": width, "height": height})
        parcels.page.wait_for_timeout(300)
        assert parcels.page.evaluate(SCROLL) == [0, 0]
        box = parcels.page.locator("iframe").bounding_box()
        assert box["y"] + box["height"] <= height


def test_a_click_on_the_map_chooses_the_row_and_a_click_on_the_row_the_place(opened):
    parcels = opened()
    parcels.map_frame.evaluate("map.setView([32.9990, 112.4850], 15, {animate: false})")
    number = parcels.map.locator(".planner-label", has_text="3").first
    number.wait_for()
    box = number.bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    parcels.until(lambda: parcels.page.mouse.click(*middle), ("parcel", "B2-03"))
    parcels.title("3 · 十二里河区域经营性储备地")
    table = parcels.page.locator(".st-key-parcel_table").bounding_box()
    row = (table["x"] + 140, table["y"] + 34 * 8.5)
    parcels.until(lambda: parcels.page.mouse.click(*row), ("parcel", "B2-08"))
    parcels.title("8 · 王庄区域工业储备地")
    parcels.page.wait_for_timeout(800)
    bounds = parcels.map_frame.evaluate("map.getBounds().toBBoxString()")
    west, south, east, north = map(float, bounds.split(","))
    assert west < 112.5367 < east
    assert south < 32.9379 < north


def test_choosing_a_parcel_in_view_leaves_the_map_where_it_is(opened):
    parcels = opened()
    view = "[map.getCenter().lat, map.getCenter().lng, map.getZoom()]"
    before = parcels.map_frame.evaluate(view)
    next_ = parcels.page.locator(".st-key-extract_next button").first
    parcels.click(next_, ("parcel", "B2-02"))
    parcels.title("2 · ")
    parcels.page.wait_for_timeout(600)
    assert parcels.map_frame.evaluate(view) == pytest.approx(before, abs=1e-6)


def test_the_language_switch_is_one_click_and_keeps_parcel_view_and_map(opened):
    parcels = opened("?parcel=B2-05&v=32.93500,112.52800,15")
    parcels.title("5 · ")
    parcels.map_frame.evaluate("window.stillTheSame = true")
    parcels.speak("EN", ("lang", "en"))
    parcels.extract.get_by_text("not in the text").first.wait_for()
    assert parcels.param("parcel") == "B2-05"
    assert parcels.map_frame.evaluate("window.stillTheSame") is True
    assert parcels.map_frame.evaluate("map.getZoom()") == 15
    assert "Schematic" in parcels.map.locator(".planner-notice").inner_text()


def test_a_pasted_link_and_a_reload_give_the_same_view(opened):
    parcels = opened("?parcel=B2-06&v=32.92800,112.52500,15&lang=en&use=twins")
    for _ in range(2):
        parcels.title("6 · 东周庄区域工业储备地")
        parcels.map.locator(".planner-label").first.wait_for()
        center = parcels.map_frame.evaluate("[map.getCenter().lat, map.getCenter().lng]")
        assert center == pytest.approx([32.928, 112.525], abs=1e-3)
        assert "Twins 4" in parcels.page.locator(".st-key-list").inner_text()
        parcels.page.reload()


def test_a_phrase_is_located_as_typed(opened):
    parcels = opened()
    parcels.search("纬九路以北、城南大道两侧 280亩")
    parcels.title("按文字定位")
    parcels.extract.get_by_text("跨线").first.wait_for()
    shown = parcels.extract.inner_text()
    assert "280.00 亩" in shown
    assert "186,666.67 m²" in shown


def test_an_unknown_name_gets_candidates_and_no_extent(opened):
    parcels = opened(f"?q={quote('信臣大道以南、热电厂以西')}")
    parcels.title("按文字定位")
    parcels.extract.get_by_text("路网中没有「信臣大道」").first.wait_for()
    shown = parcels.extract.inner_text()
    assert "信臣路" in shown
    assert "不画：名称没有位置，或没有方位" in shown


def test_absurd_phrases_are_shown_as_typed_and_the_app_goes_on(opened):
    parcels = opened()
    for typed in [*HOSTILE, "以南", "😀😀", "，，，"]:
        parcels.search(typed + "以南")
        parcels.extract.locator(".pl-quote", has_text=typed[:20]).first.wait_for()
        close = parcels.page.locator(".st-key-extract_close button").first
        parcels.click(close, parcels.titled("1 · 工业储备地"))
    assert parcels.page.locator(".pl-problem").count() == 0


def test_an_endless_phrase_is_refused_in_the_panel_and_the_page_stays(opened):
    parcels = opened(f"?q={'a' * 3000}")
    assert "超过上限 2000 个字" in parcels.extract.locator(".pl-problem").inner_text()
    assert parcels.page.locator(".st-key-parcel_table").is_visible()


def test_a_road_has_a_card_with_its_source_and_the_rows_that_name_it(opened):
    parcels = opened("?feature=road-xinchen")
    parcels.title("信臣路")
    shown = parcels.extract.inner_text()
    assert "±300 m" in shown
    assert "表2 第 1、2 行" in shown


def test_an_own_network_solves_every_row_again_and_shows_hostile_names_as_typed(opened, tmp_path):
    names = ["信臣路", "热电厂路", *HOSTILE]
    lines = [[[112.48, 33.031 - 0.002 * i], [112.53, 33.033 - 0.002 * i]] for i in range(7)]
    features = [
        {
            "type": "Feature",
            "properties": {"名称": name},
            "geometry": {"type": "LineString", "coordinates": line},
        }
        for name, line in zip(names, lines, strict=True)
    ]
    features[1]["properties"]["名称"] = "热电厂"
    features[1]["geometry"] = {"type": "Point", "coordinates": [112.511, 33.030]}
    file = tmp_path / "own.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    parcels = opened("?tab=network", path="/data")
    parcels.page.locator("input[type=file]").set_input_files(file)
    accept = parcels.page.get_by_role("button", name="用这个路网")
    parcels.click(accept, parcels.page.get_by_text("9 宗中 1 宗画出可能范围"))
    parcels.click(parcels.page.get_by_role("link", name="地块").first, parcels.titled("1 · "))
    parcels.map.locator(".planner-notice", has_text="own.geojson").wait_for()
    parcels.map_frame.evaluate("map.setView([33.026, 112.505], 16, {animate: false})")
    for name in HOSTILE:
        assert name in parcels.map.locator("body").inner_text() or _in_search(parcels, name)
    assert parcels.seen.outside() == []


def _in_search(parcels, name):
    """Whether the search field lists the name exactly as typed."""
    field = parcels.page.locator(".st-key-search_box input")
    field.click()
    field.fill(name[:4])
    listed = parcels.page.locator("[role=option]", has_text=name)
    listed.first.wait_for()
    field.press("Escape")
    return listed is not None


def test_a_broken_file_is_refused_with_a_sentence(opened, tmp_path):
    file = tmp_path / "broken.geojson"
    file.write_text('{"type": "FeatureCollection", "features": [{', "utf-8")
    parcels = opened("?tab=network", path="/data")
    parcels.page.locator("input[type=file]").set_input_files(file)
    problem = parcels.page.locator(".pl-problem")
    problem.wait_for()
    assert "broken.geojson" in problem.inner_text()
    assert "Traceback" not in parcels.page.content()


def test_keys_go_to_the_next_and_previous_parcel(opened):
    parcels = opened("?parcel=B2-05")
    parcels.title("5 · ")
    parcels.extract.locator("h2").click()
    parcels.key("j", parcels.titled("6 · "))
    parcels.key("k", parcels.titled("5 · "))
