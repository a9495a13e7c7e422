"""Rule packs in a real browser: choose, search, set a limit, end it; nothing scrolls."""

from __future__ import annotations

import tomllib

import pytest

from tests.browser.test_overlay_tab import HOSTILE, SIZES, scroll_of


def rules(opened, query="", **more):
    """Open the tab and wait for its rules."""
    parcels = opened(f"?tab=rules{query}", path="/data", **more)
    parcels.page.locator(".st-key-rules_rows .pl-rules").nth(1).wait_for()
    return parcels


def typed(page, key, words):
    field = page.locator(f".st-key-{key}").locator("input, textarea").first
    field.fill(words)
    field.press("Tab")


def test_a_limit_is_set_exported_and_ended(opened):
    parcels = rules(opened, "&rule=SL_FAR")
    page = parcels.page
    value = page.locator(".st-key-limit_value_SL_FAR")
    parcels.click(page.locator(".st-key-rules_set_SL_FAR button"), value)
    typed(page, "limit_value_SL_FAR", "-1")
    page.get_by_text("“-1”不在合理范围 0–20 之内。").wait_for()
    typed(page, "limit_value_SL_FAR", "１．２")
    page.get_by_text("识别为：≥ 1.2").wait_for()
    typed(page, "limit_name_SL_FAR", "张三")
    typed(page, "limit_reason_SL_FAR", HOSTILE)
    row = page.locator(".st-key-rules_chosen")
    set_ = row.get_by_text("本地值 ≥ 1.2")
    parcels.click(page.locator(".st-key-limit_save button"), set_)
    assert HOSTILE in row.inner_text()
    assert "原值 ≥ 待本地确定" in row.inner_text()
    with page.expect_download() as held:
        page.locator(".st-key-rules_export button").first.click()
    (limit,) = tomllib.loads(held.value.path().read_text("utf-8"))["override"]
    assert (limit["rule"], limit["value"], limit["reason"]) == ("SL_FAR", 1.2, HOSTILE)
    parcels.settled()
    who = page.locator(".st-key-limit_end_name_SL_FAR")
    parcels.click(page.locator(".st-key-rules_end_SL_FAR button"), who)
    typed(page, "limit_end_name_SL_FAR", "李四")
    ended = page.locator(".st-key-rules_chosen:not(:has-text('本地值 ≥ 1.2'))")
    parcels.click(page.locator(".st-key-limit_end_save button"), ended)
    assert parcels.seen.outside() == []


def test_search_leads_to_a_rule_and_the_address_to_the_same(opened):
    parcels = rules(opened)
    page = parcels.page
    typed(page, "rules_term", "CI23_COEF")
    page.get_by_text("“CI23_COEF”：1 条规则").wait_for()
    chosen = page.locator(".st-key-rules_chosen").get_by_text("CI23_COEF")
    parcels.click(page.locator(".st-key-rules_open_CI23_COEF button"), chosen)
    page.wait_for_url("**rule=CI23_COEF**")
    page.reload()
    chosen.wait_for()
    page.locator(".st-key-rules_packs label:has(input:checked)").get_by_text(
        "2023"
    ).first.wait_for()


def test_the_named_rule_and_pack_come_into_sight(opened):
    page = rules(opened, "&rule=Q_UNSEARCHED").page
    for one in (".st-key-rules_chosen", ".st-key-rules_packs label:has(input:checked)"):
        page.wait_for_function(
            "one => { const box = document.querySelector(one)?.getBoundingClientRect();"
            " return box && box.top >= 0 && box.bottom <= innerHeight + 1 }",
            arg=one,
        )


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize(("lang", "scheme"), [("zh", "light"), ("en", "dark")])
def test_nothing_scrolls_and_the_export_is_in_sight(opened, size, lang, scheme):
    parcels = rules(opened, f"&pack=m0_nanyang_pilot&lang={lang}", size=size, color_scheme=scheme)
    page = parcels.page
    export = page.locator(".st-key-rules_export button").first
    export.wait_for()
    box = export.bounding_box()
    assert box["y"] + box["height"] <= size[1]
    assert scroll_of(page) == [0, 0]
    cut = page.evaluate(
        "[...document.querySelectorAll('.st-key-rules_rows td, .st-key-rules_rows button')]"
        ".filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.innerText)"
    )
    assert cut == []
    assert parcels.seen.outside() == []
