"""The volumes in a real browser: cells to drawings and back, nothing cut off."""

from __future__ import annotations

import pytest

STILL = "[data-testid=stApp][data-test-script-state=notRunning]"
COLUMN = {"storeys": 140, "storey_height": 210, "footprint": 290}
ROW = 31


def still(page):
    page.wait_for_timeout(700)
    page.locator(STILL).wait_for()
    page.wait_for_timeout(300)


def volumes(opened, query="", **options):
    seen = opened(f"?show=volume{query}", path="/m0", **options)
    seen.page.locator(".st-key-m0_massing_right canvas").first.wait_for()
    still(seen.page)
    return seen


def type_cell(page, row, column, typed):
    frame = page.locator(".st-key-m0_massing_right [data-testid=stDataFrame]").bounding_box()
    page.mouse.dblclick(frame["x"] + COLUMN[column], frame["y"] + ROW * (row + 1.5))
    editor = page.locator("#portal textarea, #portal input").first
    editor.wait_for()
    editor.fill(typed)
    page.keyboard.press("Enter")
    still(page)


def figures(page):
    return page.locator(".pl-massing-figures").last.inner_text()


def test_storeys_become_drawings_and_a_footprint_becomes_floor_area(opened):
    page = volumes(opened).page
    before = page.locator("img[src^='data:image/svg']").first.get_attribute("src")
    type_cell(page, 0, "storeys", "5")
    type_cell(page, 0, "storey_height", "6米")
    assert "20,500.00 m²" in figures(page)
    assert "30 m" in figures(page)
    after = page.locator("img[src^='data:image/svg']").first.get_attribute("src")
    assert after != before
    type_cell(page, 0, "footprint", "3500")
    assert "18,000.00 m²" in figures(page)
    page.reload()
    page.locator(".st-key-m0_massing_right canvas").first.wait_for()
    still(page)
    assert "18,000.00 m²" in figures(page)


def test_the_three_drawings_are_shown_one_by_one_or_side_by_side(opened):
    page = volumes(opened).page
    shown = page.locator(".pl-massing img:visible")
    assert shown.count() == 1
    page.locator(".st-key-m0_massing_left").get_by_text("剖面", exact=True).first.click()
    page.wait_for_url("**drawing=section**")
    wide = volumes(opened, size=(1920, 1080)).page
    assert wide.locator(".pl-massing img:visible").count() == 3


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [(1366, 768), (1366, 640), (1920, 1080)], ids=str)
def test_no_page_scrollbar_and_nothing_from_outside(opened, size, lang):
    seen = volumes(opened, f"&lang={lang}", size=size)
    scrolled = seen.page.evaluate(
        "(() => { const main = document.querySelector('[data-testid=stMain]');"
        " const right = document.querySelector('.st-key-m0_right');"
        " return [main.scrollHeight - main.clientHeight, right.scrollWidth - right.clientWidth] })()"
    )
    assert scrolled == [0, 0]
    assert seen.seen.outside() == []
