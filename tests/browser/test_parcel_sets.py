"""Accepted files on the page of parcels, as their user meets them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.harness import serve
from tests.browser.test_parcels_page import SCROLL, SIZES
from tests.parcels.set_samples import HOSTILE

VIEW = "[map.getCenter().lat, map.getCenter().lng, map.getZoom()]"


@pytest.fixture(scope="module")
def app_address():
    """Address of the application with sets that were accepted before."""
    with serve(Path(__file__).parent / "set_app" / "app.py") as address:
        yield address


def test_a_set_is_shown_whole_and_nothing_is_asked_from_outside(opened):
    parcels = opened("?set=set-small")
    parcels.title("1 · 示例地块1")
    parcels.page.wait_for_timeout(800)
    bounds = parcels.map_frame.evaluate("map.getBounds().toBBoxString()")
    west, south, east, north = map(float, bounds.split(","))
    assert [west < 112.46757, east > 112.47036] == [True, True]
    assert [south < 32.96791, north > 32.97125] == [True, True]
    assert parcels.map_frame.evaluate("map.getZoom()") >= 16
    assert parcels.seen.outside() == []
    assert [line for line in parcels.seen.console if "404" not in line] == []
    for width, height in SIZES:
        parcels.page.set_viewport_size({"width": width, "height": height})
        parcels.page.wait_for_timeout(300)
        assert parcels.page.evaluate(SCROLL) == [0, 0]


def test_map_list_keys_and_address_stay_in_step(opened):
    parcels = opened("?set=set-small")
    parcels.title("1 · 示例地块1")
    parcels.page.wait_for_timeout(800)
    before = parcels.map_frame.evaluate(VIEW)
    number = parcels.map.locator(".planner-label", has_text="2").first.bounding_box()
    beside = (number["x"] + 4, number["y"] + 30)
    parcels.until(lambda: parcels.page.mouse.click(*beside), ("parcel", "2"))
    parcels.title("2 · 示例地块2")
    parcels.extract.locator("h2").click()
    parcels.key("k", parcels.titled("1 · 示例地块1"))
    table = parcels.page.locator(".st-key-set_table").bounding_box()
    row = (table["x"] + 140, table["y"] + 34 * 2.5)
    parcels.until(lambda: parcels.page.mouse.click(*row), parcels.titled("2 · 示例地块2"))
    parcels.page.wait_for_timeout(600)
    assert parcels.map_frame.evaluate(VIEW) == pytest.approx(before, abs=1e-6)


def test_reload_language_back_and_the_switch_keep_the_set(opened):
    parcels = opened("?set=set-small&parcel=2")
    parcels.title("2 · 示例地块2")
    parcels.page.reload()
    parcels.title("2 · 示例地块2")
    parcels.speak("EN", parcels.extract.get_by_text("Not declared in the file"))
    assert parcels.param("set") == "set-small"
    parcels.speak("中", parcels.extract.get_by_text("文件未申报"))
    parcels.map_frame.evaluate("window.stillTheSame = true")
    other = parcels.page.get_by_role("option", name="表2 储备地块 · 9")
    parcels.click(parcels.page.locator(".st-key-set_choice input"), other)
    parcels.click(other, parcels.titled("1 · 工业储备地"))
    assert parcels.param("set") is None
    parcels.page.evaluate("history.back()")
    parcels.title("2 · 示例地块2")
    assert parcels.param("set") == "set-small"
    assert parcels.map_frame.evaluate("window.stillTheSame") is True
    data = parcels.page.get_by_role("link", name="数据").first
    parcels.click(data, parcels.page.locator(".st-key-import_left"))
    parcels.click(
        parcels.page.get_by_role("link", name="地块").first, parcels.titled("2 · 示例地块2")
    )


def test_hostile_names_are_shown_as_typed_everywhere(opened):
    parcels = opened("?set=set-hostile&parcel=2", size=(1920, 1080))
    parcels.title(HOSTILE)
    assert HOSTILE in parcels.page.locator(".pl-title").inner_text()
    parcels.map.locator(".planner-layer-title", has_text=HOSTILE).wait_for()
    option = parcels.page.get_by_role("option", name=f"{HOSTILE}.txt · 2")
    parcels.click(parcels.page.locator(".st-key-set_choice input"), option)
    assert parcels.page.locator("img[src=x]").count() == 0


def test_a_parcel_of_a_large_set_is_chosen_on_its_tiles(opened):
    parcels = opened("?set=set-many&parcel=2400")
    parcels.title("2400 · ")
    parcels.page.wait_for_timeout(1200)
    parcels.map_frame.evaluate("map.setZoom(13, {animate: false})")
    parcels.page.wait_for_timeout(800)
    place = parcels.map_frame.evaluate(
        "(() => { const p = map.latLngToContainerPoint([32.9650, 112.4700]); return [p.x, p.y]; })()"
    )
    frame = parcels.page.locator("iframe").first.bounding_box()
    parcels.page.mouse.click(frame["x"] + place[0], frame["y"] + place[1])
    parcels.page.wait_for_function(
        "!['2400', null].includes(new URL(location).searchParams.get('parcel'))"
    )
    chosen = parcels.param("parcel")
    parcels.title(f"{chosen} · ")
    row = int(chosen) - 1
    scrolled = parcels.page.locator(".st-key-set_table .dvn-scroller")
    top = scrolled.evaluate(
        "(it) => new Promise((done) => setTimeout(() => done(it.scrollTop), 800))"
    )
    assert top <= row % 1000 * 34 <= top + 34 * 12


def test_a_file_is_exported_in_another_system(opened):
    parcels = opened("?set=set-small")
    parcels.title("1 · 示例地块1")
    systems = parcels.page.locator(".st-key-export_system_txt input")
    system = parcels.page.get_by_role("option", name="3° 带 38，坐标带带号（EPSG:4526）")
    parcels.click(parcels.page.locator(".st-key-set_export button").first, systems)
    parcels.click(systems, system)
    system.click()
    button = parcels.page.locator(".st-key-set_download button").first
    parcels.page.wait_for_timeout(800)
    with parcels.page.expect_download() as waiting:
        button.click()
    found = waiting.value
    assert found.suggested_filename == "示例.txt"
    assert "38" in Path(found.path()).read_text("gb18030").split("[地块坐标]")[0]
