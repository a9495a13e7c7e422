"""The volumes in a real browser: cells to drawings and back, nothing cut off."""

from __future__ import annotations

import pytest

COLUMN = {"storeys": 140, "storey_height": 210, "footprint": 290}
ROW = 31


def volumes(opened, query="", **options):
    seen = opened(f"?show=volume{query}", path="/m0", **options)
    seen.page.locator(".st-key-m0_massing_right canvas").first.wait_for()
    seen.settled()
    return seen


def type_cell(seen, row, column, typed):
    page = seen.page
    frame = page.locator(".st-key-m0_massing_right [data-testid=stDataFrame]").bounding_box()
    cell = (frame["x"] + COLUMN[column], frame["y"] + ROW * (row + 1.5))
    editor = page.locator("#portal textarea, #portal input").first
    seen.until(lambda: page.mouse.dblclick(*cell), editor)
    editor.fill(typed)
    page.keyboard.press("Enter")
    editor.wait_for(state="detached")
    seen.settled()


def figures(page):
    return page.locator(".pl-massing-figures").last.inner_text()


def test_storeys_become_drawings_and_a_footprint_becomes_floor_area(opened):
    seen = volumes(opened)
    page = seen.page
    before = page.locator("img[src^='data:image/svg']").first.get_attribute("src")
    type_cell(seen, 0, "storeys", "5")
    type_cell(seen, 0, "storey_height", "6米")
    assert "20,500.00 m²" in figures(page)
    assert "30 m" in figures(page)
    after = page.locator("img[src^='data:image/svg']").first.get_attribute("src")
    assert after != before
    type_cell(seen, 0, "footprint", "3500")
    assert "18,000.00 m²" in figures(page)
    page.reload()
    page.locator(".st-key-m0_massing_right canvas").first.wait_for()
    seen.settled()
    assert "18,000.00 m²" in figures(page)


def test_the_three_drawings_are_shown_one_by_one_or_side_by_side(opened):
    seen = volumes(opened)
    page = seen.page
    shown = page.locator(".pl-massing img:visible")
    assert shown.count() == 1
    section = page.locator(".st-key-m0_massing_left").get_by_text("剖面", exact=True).first
    seen.click(section, ("drawing", "section"))
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
