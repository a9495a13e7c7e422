"""The page M0 without a browser: verdicts follow what is typed, changes can be taken back."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from parcels.proposal.document.documents import template, write_document
from parcels.proposal.document.examples import examples
from parcels.proposal.draft import Draft
from parcels.proposal_shelf import DRAFTS, shelf
from parcels.ui.components.m0_floors import edited
from tests.ui.m0_page import opened, opening, pressed, rows, said, table, totals, typed, words

HOSTILE = "**x** [a](b) :red[c] <img src=x onerror=alert(1)> {{7*7}} $$x$$"
PILOT = {"m0packs": "m0_nanyang_pilot"}


def made(fields: dict[str, str], *floors: dict[str, str], note: str = "") -> Draft:
    return Draft(
        fields=MappingProxyType(fields),
        floors=tuple(MappingProxyType(row) for row in floors),
        note=note,
    )


def test_opens_on_the_worked_example_under_four_packs() -> None:
    """26,000 of 80,000 m² is 32.5 % of support; 3.6亿 over 60亩 is 600 万元/亩."""
    app = opened()
    assert totals(app) == {
        "m0_nanyang_plan": "unknown",
        "m0_nanyang_pilot": "fail",
        "m0_zhengzhou_htz_2020": "fail",
        "m0_guangzhou_2019": "fail",
    }
    support = rows(app)["配套占比"]
    assert support["own"] == "32.50 %"
    assert words(support) == ["? 无数值", "✕ ≤ 30.00 %", "—", "✕ ≤ 30.00 %"]
    assert rows(app)["投资强度"]["own"] == "600 万元/亩"
    assert "40,000.00 m² · 60.00 亩" in said(app)
    assert "proposal" not in app.query_params


def test_a_typed_figure_changes_the_verdict_at_once_and_is_kept_under_a_token() -> None:
    """2,160 万元 over 60 亩 is 36: equal keeps ≥; 2,159.99 does not."""
    app = typed(opened(**PILOT), "tax", "2160万")
    assert words(rows(app)["亩均税收"]) == ["✓ ≥ 36 万元/亩"]
    token = app.query_params["proposal"]
    assert words(rows(typed(app, "tax", "2159.99万"))["亩均税收"]) == ["! ≥ 36 万元/亩"]
    assert app.query_params["proposal"] == token
    again = opened(proposal=token, **PILOT)
    assert again.text_input(key="m0_field_tax").value == "2159.99万"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("tax", "-5万"),
        ("tax", "NaN"),
        ("investment", "3600"),
        ("site_area", "0亩"),
        ("site_area", "45亩人"),
        ("tax", HOSTILE),
    ],
)
def test_bad_input_is_told_with_its_value_stays_typed_and_is_no_number(field, value) -> None:
    app = typed(opened(**PILOT), field, value)
    shown = said(app)
    assert "1 项不能用" in shown
    assert "<img src=x" not in shown
    plain = shown.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    assert plain.count(f"“{value[:20]}") >= 2  # beside the field, and in the list
    assert app.text_input(key=f"m0_field_{field}").value == value
    row = {"tax": "亩均税收", "investment": "投资强度", "site_area": "容积率"}[field]
    assert rows(app)[row]["own"] == "未知"
    assert all(one["outcome"] == "unknown" for cell in rows(app)[row]["cells"] for one in cell)


def test_a_row_that_is_being_typed_stays_in_sight() -> None:
    app = typed(opened(**PILOT), "tax", "22")
    shown = [row["title"] for group in table(app)["groups"] for row in group["rows"]]
    assert "亩均税收" in shown
    assert "亩均税收" not in [
        row["title"] for group in table(typed(app, "tax", ""))["groups"] for row in group["rows"]
    ]


def test_the_smallest_change_is_applied_and_taken_back() -> None:
    app = opened(**PILOT)
    assert "宿舍 → 研发 2,000.00 m²" in said(app)
    app = pressed(app, "m0_apply_0")
    assert rows(app)["配套占比"]["own"] == "30.00 %"
    assert totals(app)["m0_nanyang_pilot"] == "unknown"
    assert "已套用：宿舍 → 研发 2,000.00 m²" in said(app)
    app = pressed(app, "m0_undo")
    assert rows(app)["配套占比"]["own"] == "32.50 %"
    assert "已套用" not in said(app)
    assert [one for one in app.button if one.key == "m0_undo"] == []


def test_taking_back_leads_to_the_draft_and_not_to_the_example() -> None:
    app = pressed(typed(opened(**PILOT), "tax", "3000万"), "m0_apply_0")
    app = pressed(app, "m0_undo")
    assert app.text_input(key="m0_field_tax").value == "3000万"
    assert rows(app)["配套占比"]["own"] == "32.50 %"


def test_an_edit_after_a_change_ends_the_way_back() -> None:
    app = typed(pressed(opened(**PILOT), "m0_apply_0"), "tax", "3000万")
    assert [one for one in app.button if one.key == "m0_undo"] == []


@pytest.mark.parametrize("example", list(examples()))
def test_examples_open_and_an_address_names_them(example) -> None:
    app = opening(opened(), "m0_files")
    app = pressed(app, f"m0_example_{example}")
    title = examples()[example].draft.fields["title"]
    assert app.text_input(key="m0_field_title").value == title
    assert opened(example=example).text_input(key="m0_field_title").value == title


def test_a_template_that_was_filled_in_is_taken_and_a_wrong_file_changes_nothing() -> None:
    draft = examples()["cdmo"].draft if "cdmo" in examples() else examples()["demo"].draft
    app = opening(opened(**PILOT), "m0_files")
    app.file_uploader[0].set_value([("方案.xlsx", write_document(draft, "xlsx"), "")]).run()
    assert not app.exception
    assert app.text_input(key="m0_field_title").value == draft.fields["title"]
    token = app.query_params["proposal"]
    assert DRAFTS.find(token) == draft
    app = opening(app, "m0_files")
    app.file_uploader[0].set_value([("方案.xlsx", b"PK\x03\x04 broken", "")]).run()
    assert not app.exception
    assert app.query_params["proposal"] == token
    assert "“方案.xlsx”" in said(app)
    assert app.text_input(key="m0_field_title").value == draft.fields["title"]
    assert "“方案.xlsx”已损坏" not in said(pressed(app, "m0_error_close"))


@pytest.mark.parametrize("kind", ["xlsx", "toml", "json"])
def test_an_empty_template_opens_as_a_proposal_of_which_nothing_is_known(kind) -> None:
    app = opening(opened(**PILOT), "m0_files")
    app.file_uploader[0].set_value([(f"x.{kind}", template(kind), "")]).run()
    assert not app.exception
    assert totals(app) == {"m0_nanyang_pilot": "unknown"}


def test_a_new_proposal_knows_nothing_and_passes_nothing() -> None:
    app = pressed(opening(opened(), "m0_files"), "m0_new")
    assert set(totals(app).values()) == {"unknown"}
    assert "补哪一项，定得最多" in said(app)
    assert rows(pressed(app, "m0_undo"))["配套占比"]["own"] == "32.50 %"


def test_names_appear_as_typed_everywhere() -> None:
    floors = [
        {"name": HOSTILE, "function": "宿舍", "area": "40000m2"},
        {"name": "研发", "function": "研发", "area": "40000m2"},
    ]
    draft = made({"title": HOSTILE, "site_area": "60亩", HOSTILE: "1"}, *floors, note=HOSTILE)
    shown = said(opened(draft, **PILOT, cell="M0_DORM_SHARE"))
    assert "<img src=x" not in shown
    assert "&lt;img src=x onerror=alert(1)&gt; {{7*7}}" in shown


def test_the_explained_cell_says_value_limit_margin_source_and_days() -> None:
    shown = said(opened(cell="M0_SUPPORT_SHARE"))
    for part in (
        "32.50 %（分母：地上建筑面积）",
        "≤ 30.00 %",
        "超出 2.50 个百分点（按现有分母为 2,000.00 m²）",
        "宿舍 → 研发 2,000.00 m²；或 研发 +6,666.67 m²；或 宿舍 −2,857.15 m²",
        "已核对原文",
        "2021-04-01 起",
    ):
        assert part in shown


def test_an_unknown_cell_names_what_would_settle_it() -> None:
    assert "方案：绿地面积" in said(opened(cell="M0_GREEN"))


def test_a_pack_is_explained_with_all_five_outcomes() -> None:
    shown = said(opened(cell="pack:m0_nanyang_pilot"))
    assert "✕ 不符合 2、? 未知" in shown
    assert "草案建议" in shown


@pytest.mark.parametrize(
    "params",
    [
        {"cell": "X"},
        {"cell": "pack:x"},
        {"cell": "M0_GREEN.7"},
        {"whole": "x", "show": "x", "target": "x"},
        {"example": "x"},
        {"m0packs": ""},
    ],
)
def test_an_address_that_names_nothing_known_is_no_error(params) -> None:
    opened(**params)


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({"asof": "2018-06-01"}, "在 2018-06-01 没有生效的规则"),
        ({"m0packs": ""}, "还没有选规则包"),
        ({"m0packs": "m0_nanyang_plan"}, "能判断的规则都符合"),
    ],
)
def test_without_changes_the_page_says_why(params, sentence) -> None:
    assert sentence in said(opened(**params))


def test_ordinary_industry_is_judged_by_the_index_and_not_by_the_pilot() -> None:
    """100 of 500 亩 for living is 20 % of the land: the index of 2023 allows 7 %."""
    app = opened(example="huawei", m0packs="m0_nanyang_pilot,control_index_2023")
    app.selectbox(key="m0_field_use").set_value("M1").run()
    assert totals(app) == {"m0_nanyang_pilot": "not_applicable", "control_index_2023": "fail"}
    assert rows(app)["行政生活用地占比"]["own"] == "20.00 %"
    assert app.selectbox(key="m0_target").value == "control_index_2023"


def test_a_draft_that_is_gone_is_said_so() -> None:
    assert "已经不在了" in said(opened(proposal="gone"))


def test_english_says_the_same() -> None:
    app = opened(lang="en", **PILOT)
    assert words(rows(app)["Support"]) == ["✕ ≤ 30.00 %"]
    assert "Apply" in [one.label for one in app.button]


def test_what_another_session_made_is_copied_when_it_is_changed() -> None:
    draft = examples()["demo"].draft
    app = opened(draft)
    first = app.query_params["proposal"]
    app = typed(app, "tax", "3000万")
    assert app.query_params["proposal"] != first
    assert DRAFTS.find(first) == draft


def test_what_may_change_is_asked_for() -> None:
    app = opening(opened(**PILOT), "m0_freedom")
    app.button_group(key="m0_levers").set_value(["land"]).run()
    assert not app.exception
    assert "在允许的改动之内" in said(app)
    app = opening(app, "m0_freedom")
    app.session_state["m0_freedom"] = True
    app.text_input(key="m0_weight_land").set_value("-1").run()
    app = opening(app, "m0_freedom")
    assert "“-1”不是大于 0 的数" in said(app)


def test_edits_of_the_table_become_rows_as_typed() -> None:
    base = [{"name": "甲", "function": "研发", "area": "1"}, {"name": "乙"}, {"name": "丙"}]
    edit = {
        "edited_rows": {0: {"area": "4.5万㎡", "role": "配套"}, 2: {"name": None}},
        "added_rows": [{"function": "宿舍/倒班房", "area": "=1+1"}, {}],
        "deleted_rows": [1],
    }
    assert edited(base, edit, "zh") == [
        {"name": "甲", "function": "研发", "area": "4.5万㎡", "role": "配套"},
        {},
        {"function": "宿舍/倒班房", "area": "=1+1"},
        {},
    ]
    english = {"edited_rows": {1: {"function": "dormitories", "role": "core"}}}
    assert edited(base, {"added_rows": [], "deleted_rows": [], **english}, "en")[1] == {
        "name": "乙",
        "function": "宿舍/倒班房",
        "role": "核心",
    }


def test_the_shelf_is_bounded_and_forgets_the_oldest() -> None:
    store = shelf(most=2, most_characters=40)
    first, second = (store.keep(Draft(note=one)) for one in "ab")
    assert store.find(first) == Draft(note="a")
    third = store.keep(Draft(note="c"))
    assert store.find(second) is None
    assert store.keep(Draft(note="d" * 38), third) == third
    assert store.find(first) == Draft(note="a")
    store.keep(Draft(note="e" * 60))
    assert store.find(third) is None
    assert store.find(first) is None


def test_a_text_that_is_no_option_is_shown_as_it_was_typed() -> None:
    draft = examples()["demo"].draft
    app = opened(replace(draft, fields=MappingProxyType({**draft.fields, "use": HOSTILE})))
    assert app.selectbox(key="m0_field_use").value == HOSTILE
