"""Reference layers in a real browser: load, answer, look at the list, remove; nothing scrolls."""

from __future__ import annotations

import json
import re

import pytest

SIZES = [(1366, 640), (1366, 768), (1920, 1080)]
HOSTILE = "**x** <img src=x onerror=alert(1)> {{7*7}}"


def collection(*corners, name="甲"):
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": {"名称": name},
                    "geometry": {
                        "type": "Polygon",
                        "coordinates": [[[x, y], [x + d, y], [x + d, y + d], [x, y + d], [x, y]]],
                    },
                }
                for x, y, d in corners
            ],
        }
    )


def load(parcels, tmp_path, content, said, kind="永久基本农田", name="farmland.geojson"):
    """Choose a kind and a file and press the button; something is said of it."""
    page = parcels.page
    path = tmp_path / name
    path.write_text(content, "utf-8")
    box = page.locator("[class*=st-key-overlay_kind_] input").first
    box.click()
    box.press_sequentially(kind)
    box.press("Enter")
    page.locator(".st-key-data_import input[type=file]").set_input_files(path)
    page.locator(".st-key-data_import").get_by_text(re.compile(r"^[\d.]+K?B$")).wait_for()
    press(parcels, page.get_by_text(said))


def press(parcels, brings):
    parcels.click(parcels.page.locator(".st-key-overlay_foot button"), brings)


def scroll_of(page):
    return page.evaluate(
        "(() => { const main = document.querySelector('[data-testid=stMain]');"
        " return [main.scrollHeight - main.clientHeight, main.scrollWidth - main.clientWidth] })()"
    )


def test_load_answer_and_remove(opened, tmp_path):
    parcels = opened("?tab=layers", path="/data")
    page = parcels.page
    load(parcels, tmp_path, collection((38_360_000, 3_650_000, 500)), "没有写明坐标系")
    parcels.settled()
    page.locator("[class*=st-key-overlay_crs_] input").fill("EPSG:4526")
    press(parcels, page.get_by_text("已载入：farmland.geojson。"))
    line = page.locator("[class*=st-key-overlay_line_]", has_text="farmland.geojson").first
    assert "112.502–112.508°E" in line.inner_text()
    assert "未说明" in line.inner_text()
    remove = page.get_by_role("button", name="移除")
    parcels.click(remove, page.get_by_text("已载入 0 个图层"))
    assert parcels.seen.outside() == []


def test_a_hostile_file_is_only_text(opened, tmp_path):
    parcels = opened("?tab=layers", path="/data")
    page = parcels.page
    content = collection((112.5, 33, 0.01), name=HOSTILE)
    load(parcels, tmp_path, content, "已载入 1 个图层", name="a <b>x {{7*7}}.geojson")
    assert page.locator(".st-key-overlay_rows b").count() == 0
    assert "a <b>x {{7*7}}.geojson" in page.locator(".st-key-overlay_rows").inner_text()


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize(("lang", "scheme"), [("zh", "light"), ("en", "dark")])
def test_nothing_scrolls_and_the_button_is_in_sight(opened, size, lang, scheme):
    parcels = opened(f"?tab=layers&lang={lang}", path="/data", size=size, color_scheme=scheme)
    page = parcels.page
    page.locator(".st-key-overlay_foot button").wait_for()
    page.locator(".st-key-data_layers .pl-badges").first.wait_for()
    press(parcels, page.locator(".st-key-overlay_foot .pl-problem"))
    box = page.locator(".st-key-overlay_foot button").bounding_box()
    assert box["y"] + box["height"] <= size[1]
    assert scroll_of(page) == [0, 0]
    assert parcels.seen.outside() == []
