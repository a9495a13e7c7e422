"""The page 审查 as a reviewer uses it, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

HOSTILE = "<b>王</b> {{7*7}} :red[x] [a](b)"


def fits(page):
    """Whether neither the page nor the window scrolls."""
    return page.evaluate(
        "() => { const main = document.querySelector('[data-testid=stMain]');"
        "return main.scrollHeight - main.clientHeight }"
    )


def review(opened, query="", **more):
    shown = opened(query, path="/review", **more)
    shown.page.locator(".st-key-review_controls").wait_for()
    return shown


def choose(shown, dialog, opinion):
    """Choose an opinion; a second click would take it back, so what is chosen is looked at."""
    choice = {"name": opinion, "exact": True}
    chosen = dialog.get_by_role("radio", checked=True, **choice)
    shown.click(dialog.get_by_role("radio", **choice), chosen)
    shown.settled()


@pytest.mark.parametrize("size", [(1366, 768), (1366, 640), (1920, 1080)])
def test_the_matrix_fits_the_window_and_asks_nothing_from_outside(opened, size):
    shown = review(opened, size=size)
    shown.page.locator(".st-key-review_matrix_panel canvas").first.wait_for()
    shown.settled()
    assert fits(shown.page) <= 6
    assert shown.seen.outside() == []


@pytest.mark.parametrize("mode", ["parcel", "gaps"])
def test_the_other_views_fit_the_window(opened, mode):
    shown = review(opened, f"?mode={mode}&parcel=B2-02&check=adjacency")
    words = "2 · 工业储备地" if mode == "parcel" else "补哪一项数据，定得最多"
    shown.page.locator("h2", has_text=words).wait_for()
    shown.settled()
    shown.page.wait_for_timeout(1_000)
    assert fits(shown.page) <= 6
    assert shown.seen.outside() == []


def test_from_a_parcel_to_its_review_and_on_with_the_keys(opened):
    shown = opened("?parcel=B2-02")
    open_ = shown.page.get_by_role("button", name="打开审查单")
    shown.click(open_, shown.page.locator(".st-key-review_actions"))
    shown.title("2 · 工业储备地 (杭州织颜)")
    shown.settled()
    shown.key("j", shown.titled("3 · 十二里河区域经营性储备地"))
    shown.wait_param("parcel", "B2-03")
    shown.page.reload()
    shown.title("3 · 十二里河区域经营性储备地")


def test_a_row_of_the_list_explains_its_check(opened):
    shown = review(opened, "?mode=parcel&parcel=B2-06")
    shown.extract.locator("h2").wait_for()
    shown.settled()
    canvas = shown.page.locator(".st-key-list canvas").first
    canvas.wait_for()
    box = canvas.bounding_box()
    explained = shown.extract.locator(".pl-box h3")
    shown.until(lambda: shown.page.mouse.click(box["x"] + 110, box["y"] + 50), explained)
    shown.page.wait_for_function("() => new URL(location).searchParams.get('check')")


def test_an_opinion_is_signed_survives_and_is_voided_by_another_pack(opened):
    shown = review(opened, "?mode=parcel&parcel=B2-09")
    page = shown.page
    dialog = page.get_by_role("dialog")
    shown.click(page.get_by_role("button", name="签署意见"), dialog.get_by_label("姓名"))
    choose(shown, dialog, "修改后报")
    sign = dialog.get_by_role("button", name="签署意见")
    shown.click(sign, dialog.get_by_role("alert").filter(has_text="请写"))
    dialog.get_by_label("理由或修改要求").fill("补勘测界址")
    dialog.get_by_label("姓名").fill(HOSTILE)
    dialog.get_by_label("姓名").press("Tab")
    shown.click(sign, shown.extract.filter(has_text="已签署，内容锁定"))
    expect(shown.extract).to_contain_text(HOSTILE)
    page.reload()
    expect(shown.extract).to_contain_text("签署：修改后报")
    voided = review(opened, "?mode=parcel&parcel=B2-09&packs=overlays,product_checks")
    expect(voided.extract).to_contain_text("已失效：规则包已变更")


def test_a_fact_that_is_added_changes_what_is_known(opened):
    shown = review(opened, "?mode=parcel&parcel=B2-05")
    page = shown.page
    dialog = page.get_by_role("dialog")
    shown.click(page.get_by_role("button", name="补事实"), dialog.get_by_label("姓名"))
    shown.click(dialog.get_by_label("用地小类"), page.get_by_role("option"))
    page.keyboard.type("M1")
    page.get_by_role("option", name="M1 一类工业用地").click()
    dialog.get_by_label("姓名").fill("李四")
    dialog.get_by_label("姓名").press("Tab")
    added = shown.extract.filter(has_text="用地小类（GB 50137）：M1（李四 补）")
    shown.click(dialog.get_by_role("button", name="保存"), added)


def test_the_language_switch_keeps_parcel_and_view(opened):
    shown = review(opened, "?mode=parcel&parcel=B2-08")
    shown.settled()
    shown.speak("EN", shown.extract.get_by_text("No opinion is signed yet"))
    assert shown.param("parcel") == "B2-08"


def test_the_keys_step_through_the_matrix_and_keep_the_check(opened):
    shown = review(opened, "?parcel=B2-01&check=registers")
    head = shown.page.locator(".st-key-review_cell_head h2")
    expect(head).to_contain_text("1 · 工业储备地")
    shown.page.locator(".st-key-extract_next button").first.wait_for()
    shown.settled()
    shown.key("j", head.filter(has_text="2 · 工业储备地"))
    expect(head).to_contain_text("名录")
    shown.wait_param("parcel", "B2-02")
    assert shown.param("check") == "registers"
    assert shown.param("mode") is None


def test_a_click_on_a_cell_explains_it_and_one_on_a_name_opens_the_parcel(opened):
    shown = review(opened)
    canvas = shown.page.locator(".st-key-review_matrix_panel canvas").first
    canvas.wait_for()
    shown.settled()
    box = canvas.bounding_box()
    cell, name = (box["x"] + 640, box["y"] + 33 * 3.5), (box["x"] + 90, box["y"] + 33 * 5.5)
    shown.until(lambda: shown.page.mouse.click(*cell), ("parcel", "B2-03"))
    shown.wait_param("check", "boundary")
    shown.until(lambda: shown.page.mouse.click(*name), ("mode", "parcel"))
    shown.wait_param("parcel", "B2-05")


def test_the_chosen_column_is_brought_in_sight(opened):
    shown = review(opened, "?parcel=B2-06&check=per_mu")
    shown.settled()
    scroller = shown.page.locator(".st-key-review_matrix .dvn-scroller")
    shown.page.wait_for_function(
        "() => document.querySelector('.st-key-review_matrix .dvn-scroller')?.scrollLeft > 0"
    )
    assert scroller.evaluate("one => one.scrollTop") == 0


def test_of_two_who_sign_at_the_same_time_the_second_is_told(opened):
    windows = [review(opened, "?mode=parcel&parcel=B2-07") for _ in range(2)]
    dialogs = []
    for number, shown in enumerate(windows):
        dialog = shown.page.get_by_role("dialog")
        name = dialog.get_by_label("姓名")
        shown.click(shown.page.get_by_role("button", name="签署意见"), name)
        choose(shown, dialog, "同意")
        dialog.get_by_label("理由或修改要求").fill("待勘测")
        name.fill(f"审查员{number}")
        name.press("Tab")
        dialogs.append(dialog)
    signs = [dialog.get_by_role("button", name="签署意见") for dialog in dialogs]
    told = dialogs[1].filter(has_text="“审查员0”在您打开这一页之后改动了这宗地的审查记录")
    windows[0].click(signs[0], windows[0].extract.filter(has_text="已签署，内容锁定"))
    windows[1].click(signs[1], told)
    expect(dialogs[1].get_by_label("理由或修改要求")).to_have_value("待勘测")
