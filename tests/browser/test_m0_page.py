"""M0 方案 in a real browser: type into a cell, apply and take back, reload, sizes, offline."""

from __future__ import annotations

import pytest

HOSTILE = "**x** [a](b) :red[c] <img src=x onerror=alert(1)> {{7*7}}"
SIZES = [(1366, 768), (1366, 640), (1920, 1080)]
PILOT = "?lang=zh&m0packs=m0_nanyang_pilot"
AREA, NAME = 4, 1  # columns of the table of floor areas, counted by the browser
_ROW_HEIGHT, _TRIES = 31, 8


def at_m0(opened, query=PILOT, **options):
    seen = opened(query, path="/m0", **options)
    seen.page.locator(".pl-m0-verdict table").wait_for()
    seen.page.locator(".st-key-m0_left canvas").first.wait_for()
    return seen


def row(page, title):
    """Return a row of the table of verdicts."""
    return page.locator(".pl-m0-verdict tbody tr").filter(has=page.locator("th", has_text=title))


def until(page, title, words):
    """Wait until a row says something."""
    row(page, title).filter(has_text=words).first.wait_for()


def put(page, line, column, written):
    """Type into a cell of the floor areas as a person does: click, Enter, type, Enter."""
    box = page.locator(".st-key-m0_left [data-testid=stDataFrame]").bounding_box()
    x = box["x"] + (box["width"] - 40 if column == AREA else 60)
    y = box["y"] + _ROW_HEIGHT * (line + 1.5)
    editor = page.locator(".gdg-input")
    for _ in range(_TRIES):
        page.mouse.move(x, y)
        page.wait_for_timeout(150)
        page.mouse.click(x, y, delay=90)
        page.wait_for_timeout(300)
        if editor.count():
            break
        page.keyboard.press("Enter")
        page.wait_for_timeout(300)
        if editor.count():
            break
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(written)
    page.keyboard.press("Enter")
    editor.wait_for(state="detached")


def scroll_of(page):
    return page.evaluate(
        "(() => { const main = document.querySelector('[data-testid=stMain]');"
        " return [main.scrollHeight - main.clientHeight, main.scrollWidth - main.clientWidth] })()"
    )


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("query", ["?lang=zh", "?lang=en&cell=M0_SUPPORT_SHARE"])
def test_no_page_scrollbar_and_nothing_from_outside(opened, size, query):
    seen = at_m0(opened, query, size=size)
    seen.page.locator(".st-key-m0_cards button").first.wait_for()
    assert scroll_of(seen.page) == [0, 0]
    assert seen.seen.outside() == []


def test_a_cell_that_is_typed_changes_the_verdict_and_outlives_a_reload(opened):
    """宿舍 1.2万㎡ instead of 16,000: 22,000 of 76,000 m² is 28.95 %."""
    seen = at_m0(opened)
    page = seen.page
    put(page, 4, AREA, "1.2万㎡")
    until(page, "配套占比", "28.95 %")
    page.reload()
    page.locator(".pl-m0-verdict table").wait_for()
    until(page, "配套占比", "28.95 %")
    seen.speak("EN", row(page, "Support").filter(has_text="28.95 %"))


def test_two_edits_in_a_row_are_both_kept(opened):
    page = at_m0(opened).page
    put(page, 4, AREA, "1.2万㎡")
    put(page, 5, AREA, HOSTILE)
    page.locator(".pl-m0-faults", has_text="“**x** [a](b)").wait_for()
    put(page, 5, AREA, "2000")
    until(page, "配套占比", "27.03 %")  # 20,000 of 74,000 m²


def test_a_field_is_judged_while_it_is_typed(opened):
    page = at_m0(opened).page
    field = page.locator(".st-key-m0_field_tax input")
    field.fill("2160万")
    until(page, "亩均税收", "✓ ≥ 36 万元/亩")
    field.fill("-1")
    page.locator(".st-key-m0_cell_tax .pl-m0-fault", has_text="“-1”").wait_for()
    assert field.input_value() == "-1"


def test_a_change_is_applied_and_taken_back(opened):
    seen = at_m0(opened)
    page, support = seen.page, row(seen.page, "配套占比")
    seen.click(page.locator(".st-key-m0_apply_0 button"), support.filter(has_text="30.00 %"))
    page.locator(".pl-m0-done", has_text="宿舍 → 研发 2,000.00 m²").wait_for()
    seen.click(page.locator(".st-key-m0_undo button"), support.filter(has_text="32.50 %"))


def test_a_cell_opens_its_explanation_and_back_closes_it(opened):
    seen = at_m0(opened)
    page = seen.page
    explained = page.locator(".st-key-m0_cell", has_text="超出 2.50 个百分点")
    seen.click(page.locator("[data-id=M0_SUPPORT_SHARE]"), explained)
    seen.wait_param("cell", "M0_SUPPORT_SHARE")
    assert page.locator("[data-id=M0_SUPPORT_SHARE]").get_attribute("aria-pressed") == "true"
    page.go_back()
    page.locator(".st-key-m0_cell").wait_for(state="detached")


def test_the_table_works_by_keyboard(opened):
    seen = at_m0(opened)
    page, green = seen.page, seen.page.locator("[data-id=M0_GREEN]")
    seen.until(lambda: page.locator("[data-id='fold:density.unknown']").press("Enter"), green)
    explained = page.locator(".st-key-m0_cell", has_text="方案：绿地面积")
    seen.until(lambda: green.press("Enter"), explained)
    focused = "document.activeElement.dataset.id"
    assert page.evaluate(focused) == "M0_GREEN"
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focused) == "M0_DENSITY"
    assert page.locator(".pl-m0-verdict button[tabindex='0']").count() == 1


def test_names_appear_as_typed(opened):
    page = at_m0(opened).page
    page.locator(".st-key-m0_field_title input").fill(HOSTILE)
    page.locator(".pl-title", has_text="{{7*7}}").wait_for()
    assert page.locator(".pl-title").inner_text() == f"M0 方案 · {HOSTILE}"
    put(page, 4, NAME, HOSTILE)
    page.locator(".pl-m0-moves", has_text="{{7*7}}").first.wait_for()
    assert f"{HOSTILE} → 研发" in page.locator(".pl-m0-moves").first.inner_text()


@pytest.mark.parametrize("mode", ["mix", "volume", "place"])
def test_the_other_panels_open_without_a_page_scrollbar(opened, mode):
    seen = opened(f"{PILOT}&show={mode}", path="/m0")
    seen.page.locator(".st-key-m0_modes").wait_for()
    seen.page.wait_for_timeout(2_500)  # charts take their height after the text
    assert seen.page.locator("text=这一页没有打开").count() == 0
    assert scroll_of(seen.page) == [0, 0]
    assert seen.seen.outside() == []


def test_no_label_is_cut_in_the_table_of_verdicts(opened):
    page = at_m0(opened, "?lang=zh").page
    cut = page.evaluate(
        "[...document.querySelectorAll('.pl-m0-cell')]"
        ".filter(cell => cell.scrollWidth > cell.clientWidth + 1).map(cell => cell.textContent)"
    )
    assert cut == []


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_more_figures_have_the_height_of_the_window_and_leave_the_verdict_in_sight(opened, size):
    seen = at_m0(opened, size=size)
    page = seen.page
    body = page.locator("[data-testid=stPopoverBody]")
    seen.click(page.locator(".st-key-m0_more_fields button"), body)
    page.locator(".st-key-m0_field_zone_m0 input").wait_for(state="attached")
    box = body.bounding_box()
    assert box["height"] > size[1] - 160
    assert box["y"] + box["height"] <= size[1]
    assert box["x"] + box["width"] <= page.locator(".pl-m0-verdict").bounding_box()["x"]
    page.locator(".st-key-m0_field_green input").fill("9000㎡")
    until(page, "绿地率", "22.50 %")


def test_a_chosen_cell_stays_in_sight_in_a_low_window(opened):
    page = at_m0(opened, f"{PILOT}&cell=M0_TAX", size=(1366, 640)).page
    page.locator(".st-key-m0_cell").wait_for()
    page.wait_for_timeout(800)
    shown = page.locator(".st-key-m0_table").bounding_box()
    cell = page.locator(".pl-m0-verdict tbody [aria-pressed=true]").bounding_box()
    assert shown["y"] < cell["y"]
    assert cell["y"] + cell["height"] <= shown["y"] + shown["height"]
