"""The best mix in a real browser: choices, applying, two charts, nothing cut off."""

from __future__ import annotations

import pytest


def mix(opened, query="", **options):
    seen = opened(f"?show=mix{query}", path="/m0", **options)
    seen.page.locator(".st-key-m0_mix canvas, .st-key-m0_mix svg.marks").nth(1).wait_for()
    seen.settled()
    return seen


def headline(page):
    return page.locator(".pl-mix-head").last.inner_text()


def test_the_best_mix_is_applied_and_is_then_the_proposal(opened):
    seen = mix(opened)
    page = seen.page
    assert "→ 46.00 万元/亩" in headline(page)
    best = page.get_by_text("现在就是最优")
    seen.click(page.locator(".st-key-m0_mix_apply button"), best)
    seen.settled()
    assert headline(page).startswith("亩均税收 46.00 万元/亩 → 46.00 万元/亩")
    held = page.locator(".st-key-m0_mix_hold").get_by_text("可到容积率上限")
    seen.click(held, ("mixhold", "ceiling"))
    seen.settled()
    assert "增加 80,000.00 m²" in headline(page)


def test_goal_and_limit_stand_in_the_address(opened):
    seen = mix(opened)
    page = seen.page
    goal = page.locator(".st-key-m0_mix_goal").get_by_text("亩均岗位")
    seen.click(goal, ("mixgoal", "jobs"))
    seen.settled()
    limit = page.get_by_role("option", name="容积率 ≤ 4")
    seen.click(page.locator(".st-key-m0_mix_curve [data-testid=stSelectbox] input"), limit)
    seen.click(limit, ("mixrule", "M0_FAR_BAND.max"))
    page.reload()
    page.locator(".pl-mix-head").wait_for()
    seen.settled()
    assert headline(page).startswith("亩均岗位")
    assert "限值 ≤ 4" in page.locator(".st-key-m0_mix_curve").inner_text()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [(1366, 768), (1366, 640), (1920, 1080)], ids=str)
def test_nothing_is_cut_off_and_nothing_comes_from_outside(opened, size, lang):
    seen = mix(opened, f"&lang={lang}", size=size)
    cut = seen.page.evaluate(
        "() => [...document.querySelectorAll('.st-key-m0_mix td, .st-key-m0_mix th')]"
        ".filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.innerText)"
    )
    assert cut == []
    right = seen.page.locator(".st-key-m0_right")
    assert right.evaluate("(one) => one.scrollWidth <= one.clientWidth")
    page_scrolls = "() => { const m = document.querySelector('[data-testid=stMain]');"
    page_scrolls += " return m.scrollHeight > m.clientHeight; }"
    assert not seen.page.evaluate(page_scrolls)
    assert seen.seen.outside() == []
