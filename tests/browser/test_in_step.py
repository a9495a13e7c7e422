"""List, map, panel and address say the same, whichever way one comes; all words are the page's."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

VIEW = "[map.getCenter().lat, map.getCenter().lng, map.getZoom()]"


def next_parcel(parcels, title):
    next_ = parcels.page.locator(".st-key-extract_next button").first
    parcels.click(next_, parcels.titled(title))


def test_back_and_forward_lead_from_choice_to_choice(opened):
    parcels = opened("?parcel=B2-02")
    next_parcel(parcels, "3 · ")
    next_parcel(parcels, "4 · ")
    parcels.search("信臣路以南、热电厂以西")
    parcels.title("按文字定位")
    for step, title in (("back", "4 · "), ("back", "3 · "), ("forward", "4 · "), ("back", "3 · ")):
        parcels.page.evaluate(f"history.{step}()")
        parcels.title(title)
    parcels.speak("EN", ("lang", "en"))
    parcels.page.evaluate("history.back()")
    parcels.title("2 · ")
    parcels.extract.get_by_text("not in the text").first.wait_for()
    data = parcels.page.get_by_role("link", name="Data").first
    parcels.click(data, parcels.page.locator(".st-key-import_left"))
    parcels.page.evaluate("history.back()")
    parcels.title("2 · ")
    assert parcels.param("lang") == "en"


def test_a_link_with_a_view_and_a_click_on_the_map_leave_the_map_where_it_is(opened):
    parcels = opened("?parcel=B2-08&v=33.01200,112.50900,14")
    parcels.title("8 · ")
    parcels.page.wait_for_timeout(600)
    before = parcels.map_frame.evaluate(VIEW)
    assert before == pytest.approx([33.012, 112.509, 14], abs=1e-3)
    road = parcels.map.locator(".planner-label", has_text="张衡路").first.bounding_box()
    parcels.page.mouse.click(road["x"] + 70, road["y"] + road["height"] / 2)
    parcels.wait_param("feature", "road-zhangheng")
    parcels.title("张衡路")
    parcels.page.wait_for_timeout(600)
    assert parcels.map_frame.evaluate(VIEW) == pytest.approx(before, abs=1e-6)


def test_each_part_of_a_phrase_and_each_reason_not_to_draw_is_shown(opened):
    parcels = opened(f"?q={quote('一块位于仲景路以东、张衡路以南；另一块位于两相路以北')}")
    parcels.title("按文字定位")
    boxes = parcels.extract.locator(".pl-box").all_inner_texts()
    assert ["第 1 块（共 2 块）" in boxes[0], "第 2 块（共 2 块）" in boxes[1]] == [True, True]
    assert ["半开范围" in boxes[0], "只有一边" in boxes[1]] == [True, True]
    for phrase, said in (
        ("信臣路以南、信臣路以北", "✕ 矛盾"),
        ("光电产业园内", "不画：所在地没有范围图形"),
        ("热电厂东侧200米", "范围只由写明的距离限定"),
    ):
        parcels.search(phrase)
        parcels.extract.get_by_text(said).first.wait_for()


def test_the_words_of_the_widgets_are_in_the_language_of_the_page(opened, tmp_path):
    parcels = opened()
    field = parcels.page.locator(".st-key-search_box input")
    field.click()
    field.press_sequentially("某路以南")
    parcels.page.locator("[role=option]", has_text="定位：某路以南").wait_for()
    field.press("Escape")
    tab = parcels.page.get_by_text("导入路网", exact=True)
    upload = parcels.page.locator(".st-key-network_file")
    parcels.click(parcels.page.get_by_role("link", name="数据").first, tab)
    parcels.click(tab, upload.get_by_text("不超过 100 MB"))
    assert "Upload" not in upload.inner_text()
    parcels.speak("EN", upload.get_by_text("up to 100 MB"))
    parcels.speak("中", upload.get_by_text("不超过 100 MB"))
    parcels.settled()
    file = tmp_path / "own.geojson"
    line = {"type": "LineString", "coordinates": [[112.48, 33.03], [112.53, 33.03]]}
    feature = {"type": "Feature", "properties": {"某列": "信臣路"}, "geometry": line}
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    parcels.page.locator("input[type=file]").set_input_files(file)
    question = parcels.page.locator(".st-key-network_name_column")
    question.get_by_text("哪一列是名称？").wait_for()
    assert parcels.page.locator(".pl-problem").count() == 0
    named = parcels.page.get_by_role("option", name="某列")
    parcels.click(question.locator("input"), named)
    parcels.click(named, parcels.page.get_by_role("button", name="用这个路网"))
