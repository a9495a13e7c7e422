"""The best mix on the page M0 without a browser: what it says, asks and applies."""

from __future__ import annotations

import json

from streamlit.testing.v1 import AppTest

HOSTILE = "**x** [a](b) :red[c] <img src=x onerror=alert(1)> {{7*7}}"


def _panel() -> None:
    from datetime import date

    import streamlit as st

    from parcels.proposal.document.reading import read_draft
    from parcels.rules.load import rule_book
    from parcels.ui import state
    from parcels.ui.components.m0_best_mix import best_mix_panel
    from tests.ui.test_m0_best_mix import draft_of

    packs = ["m0_nanyang_pilot", "m0_guangzhou_2019"]
    book = rule_book(date(2026, 11, 22), packs=packs)
    proposal = read_draft(draft_of(st.query_params.get("case", "")), "zh").proposal
    best_mix_panel(
        state.lang(),
        proposal,
        book,
        packs,
        apply=lambda changes: state.remember("applied", changes),
    )
    for change in state.recall("applied", ()):
        st.text(f"{change.quantity} {change.after}")


def draft_of(case: str):
    """Give a proposal as typed; cases lack yields, floor area, or have a hostile name."""
    from parcels.proposal.draft import Draft

    rows = [
        {"name": "研发", "function": "研发用房", "area": "9,000", "tax_rate": "200元/㎡"},
        {"name": "商业", "function": "小型商业/餐饮", "area": "1,000", "tax_rate": "500元/㎡"},
    ]
    for one in rows:
        one["jobs_rate"] = "25㎡/人" if one["name"] == "研发" else "50㎡/人"
    if case == "lacking":
        del rows[1]["tax_rate"]
    if case == "hostile":
        rows[0]["name"] = HOSTILE
    if case == "empty":
        rows = [{**one, "area": "0"} for one in rows]
    site = {"use": "M0", "site_area": "5,000㎡", "tax": "200万/年"}
    return Draft(fields=site, floors=tuple(rows))


def panel(**params: str) -> AppTest:
    app = AppTest.from_function(_panel, default_timeout=60)
    for name, value in params.items():
        app.query_params[name] = value
    return app.run()


def html(app: AppTest) -> str:
    return "".join(element.proto.body for element in app.get("html"))


def test_the_best_mix_stands_beside_the_proposal() -> None:
    app = panel()
    assert not app.exception
    shown = html(app)
    # 10 % of shops is what the pilot lets in, and what the proposal has: 230 万元 on 7.5 亩.
    assert "亩均税收 30.67 万元/亩 → 30.67 万元/亩" in shown
    assert "现在就是最优" in shown
    assert "未达到 36.00 万元/亩" in shown
    assert "承诺 26.67 万元/亩" in shown
    assert "商业占比 ≤ 10.00 %：每放宽 1 个百分点，亩均税收可增加 0.40 万元/亩。" in shown
    assert "未知、不参与的" in shown
    assert len(app.get("vega_lite_chart")) == 2


def test_up_to_the_ceiling_the_mix_grows_and_is_applied() -> None:
    app = panel(mixhold="ceiling")
    shown = html(app)
    assert "→ 61.33 万元/亩" in shown
    assert "增加 10,000.00 m²" in shown
    app.button(key="m0_mix_apply").click().run()
    assert [one.value for one in app.text] == ["floor:0 18000", "floor:1 2000"]


def test_another_goal_and_pack_are_kept_in_the_address() -> None:
    app = panel()
    app.segmented_control(key="m0_mix_goal").set_value("core").run()
    assert app.query_params["mixgoal"] == "core"
    assert "产业用房占比 90.00 % → 100.00 %" in html(app)
    app.selectbox(key="m0_mix_target").set_value("all").run()
    assert app.query_params["target"] == "all"
    assert "总面积不变时，没有任何组合同时满足这几条：容积率3.0至5.0" in html(app)
    app.pills(key="m0_mix_keep").set_value([0]).run()
    assert app.query_params["mixkeep"] == "1"


def test_what_is_missing_is_named_by_row_and_column() -> None:
    app = panel(case="lacking")
    assert not app.exception
    shown = html(app)
    assert "算不出亩均税收，缺：" in shown
    assert "单位面积年税收：第 2 行“商业”" in shown
    assert app.get("vega_lite_chart") == []
    assert "没有可以调整的建筑面积" in html(panel(case="empty"))
    assert "第二个目标算不出" in html(panel(mixsecond="output"))


def test_a_name_is_shown_as_typed() -> None:
    app = panel(case="hostile", mixhold="ceiling")
    assert not app.exception
    assert "<img" not in html(app)
    assert "&lt;img src=x" in html(app)
    assert "{{7*7}}" in html(app)


def test_nonsense_in_the_address_is_left_aside() -> None:
    app = panel(mixgoal="x", mixhold="<", target="?", mixkeep="a.b", mixrule="no", mixsecond="tax")
    assert not app.exception
    assert "亩均税收 30.67" in html(app)


def test_english_says_the_same() -> None:
    app = panel(lang="en")
    assert "tax per mu 30.67 万元/亩 → 30.67 万元/亩" in html(app)
    assert "shop share ≤ 10.00 %: loosened by 1 pp, tax per mu gains 0.40 万元/亩." in html(app)


def test_charts_show_the_limit_the_proposal_and_what_is_asked() -> None:
    curve, trade = (json.loads(one.proto.spec) for one in panel().get("vega_lite_chart"))
    line, limit, _, diamond, name, asked = curve["layer"]
    points = [(one["x"], round(one["y"], 6)) for one in line["data"]["values"]]
    assert points[0] == (0, round(200 / 7.5, 6))
    assert points[-1] == (40, round((200 + 3000 * 0.03) / 7.5, 6))  # support holds it at 30 %
    assert limit["data"]["values"][0]["x"] == 10
    assert diamond["data"]["values"][0]["x"] == 10
    assert name["data"]["values"][0]["name"] == "本方案"
    assert asked["data"]["values"][0]["name"] == "要求 36.00 万元/亩"
    assert (
        trade["layer"][0]["data"]["values"][0]["y"] > trade["layer"][0]["data"]["values"][-1]["y"]
    )
