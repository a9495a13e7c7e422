"""The page 审查 without a browser: matrix, explained cell, one parcel, worklist, opinions."""

from __future__ import annotations

import re
from unittest.mock import patch

import pytest
from streamlit.testing.v1 import AppTest

from parcels.findings import OUTCOMES
from parcels.messages import text
from parcels.parcel_sets import SETS
from parcels.reviews.model import Event
from parcels.reviews.store import ReviewStore
from parcels.ui import cache
from tests.parcels.set_samples import HOSTILE, hostile_survey
from tests.parcels.survey_samples import survey
from tests.ui.test_pages import MAIN, html

PAGE = """
from parcels.ui import state
from parcels.ui.boundary import guarded
from parcels.ui.views import review_page

guarded(lambda: review_page.render(lambda: None), state.lang())
"""


pytestmark = pytest.mark.usefixtures("store")


def run(**params: str) -> AppTest:
    app = AppTest.from_string(PAGE, default_timeout=60)
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def matrix(app: AppTest):
    return app.dataframe[0].value


def said(kind: str, **content: object) -> Event:
    return Event(
        batch="table2",
        parcel="B2-01",
        kind=kind,
        by="张三",
        at="2026-11-22T08:00:00+00:00",
        content=content,
    )


def test_opens_on_the_matrix_of_table_two() -> None:
    shown = matrix(run())
    assert len(shown) == 9
    assert shown["parcel"][0].startswith("1 工业储备地")
    assert shown["farmland"].str.startswith("? ").all()
    assert shown["identity"][5] == "! 同文地块"


def test_totals_name_all_five_outcomes_and_add_up() -> None:
    app = run()
    (pills,) = (one for one in app.get("button_group") if one.key == "review_filter")
    options = pills.options
    figures = [int(re.sub(r"\D", "", option.split(" ")[-1])) for option in options]
    assert len(options) == 1 + len(OUTCOMES)
    assert figures[0] == sum(figures[1:])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_check_of_every_row_is_explained_in_both_languages(lang: str) -> None:
    app = run(lang=lang)
    checks = [name for name in matrix(app).columns if name not in {"parcel", "opinion"}]
    for number in (1, 3, 8):
        for check in checks:
            shown = html(run(lang=lang, parcel=f"B2-0{number}", check=check))
            assert text(lang, f"check.{check}.title") in shown


def test_one_parcel_lists_what_concerns_it_and_what_is_not_known_apart() -> None:
    shown = html(run(mode="parcel", parcel="B2-06"))
    for key in ("concerned", "no_data", "not_concerned", "not_applicable"):
        assert text("zh", f"ui.review.{key}", checks=0, count=0).split("（")[0] in shown
    assert "还没有签署意见" in shown
    assert "图形只由文字解算，误差 ±2,000 m" in shown


def test_the_worklist_names_what_is_missing() -> None:
    shown = html(run(mode="gaps"))
    assert "勘测界址（图形）" in shown
    assert "图层：永久基本农田" in shown


def test_a_filter_without_rows_says_so_and_can_be_cleared() -> None:
    app = run(outcome="fail")
    assert not app.dataframe
    assert "没有“不符合”的地块" in html(app)
    app.button(key="review_clear").click().run()
    assert len(matrix(app)) == 9


def test_a_day_before_any_rule_gives_no_pass_where_rules_decide() -> None:
    app = run(asof="1980-01-01")
    shown = matrix(app)
    assert not shown[["farmland", "eco_redline"]].map(lambda cell: cell.startswith("✓")).any().any()


def test_a_day_that_is_none_is_said_in_words() -> None:
    assert "“soon”不是日期" in html(run(asof="soon"))


def test_unknown_packs_are_said_in_words() -> None:
    assert "nowhere" in html(run(packs="nowhere"))


def test_a_signed_opinion_is_shown_locked_and_voided_by_another_pack(store) -> None:
    from parcels.ui.components.review_current import current

    seen = []
    with patch("parcels.ui.views.review_page.current", lambda: seen.append(current()) or seen[-1]):
        run(mode="parcel", parcel="B2-01")
    basis = seen[0].review.basis(0)
    store.add(
        said(
            "opinion",
            verdict="revise",
            reason="补勘测界址",
            parcel=basis.parcel,
            rules=basis.rules,
            layers=basis.layers,
        )
    )
    assert matrix(run())["opinion"][0] == "修改后报"
    shown = html(run(mode="parcel", parcel="B2-01"))
    assert "签署：修改后报" in shown
    assert "已签署，内容锁定" in shown
    changed = run(mode="parcel", parcel="B2-01", packs="overlays")
    assert "已失效：规则包已变更" in html(changed)
    assert matrix(run(packs="overlays"))["opinion"][0] == "已失效"


def test_an_override_shows_beside_the_original(store) -> None:
    store.add(
        said(
            "override",
            check="identity",
            rule="ID_REPEATED",
            outcome="warning",
            original="pass",
            reason="另有一份同号档案",
            until="2999-12-31",
        )
    )
    assert matrix(run())["identity"][0].startswith("!")
    shown = html(run(mode="parcel", parcel="B2-01", check="identity"))
    assert "原结论 符合" in shown
    assert "另有一份同号档案" in shown


def test_a_fact_settles_the_class(store) -> None:
    before = html(run(mode="parcel", parcel="B2-01"))
    store.add(said("fact", key="class", value="M1"))
    after = html(run(mode="parcel", parcel="B2-01"))
    assert "用地小类（GB 50137）：M1（张三 补）" in after
    assert before != after


def test_a_comment_appears_exactly_as_typed(store) -> None:
    store.add(said("comment", text=HOSTILE))
    app = run(mode="parcel", parcel="B2-01")
    assert not app.exception
    assert "<img" not in html(app)


def test_a_file_with_hostile_names_is_reviewed_as_typed() -> None:
    token = SETS.accept(hostile_survey())
    for mode in ("matrix", "parcel"):
        assert "<img" not in html(run(set=token, mode=mode))


def test_a_survey_file_is_reviewed() -> None:
    app = run(set=SETS.accept(survey()))
    assert len(matrix(app)) == 2
    assert "示例.txt" in html(app)


def test_a_store_that_cannot_be_read_is_said_in_words(tmp_path) -> None:
    broken = tmp_path / "broken.sqlite"
    broken.write_text("no database " * 200)
    with patch.object(cache, "review_store", lambda: ReviewStore(broken)):
        assert "“broken.sqlite”不是本程序的存储" in html(run())


def test_the_page_is_in_the_navigation() -> None:
    app = AppTest.from_file(str(MAIN), default_timeout=60).run()
    assert not app.exception
    assert app.button(key="open_review").label == "打开审查单"


def test_a_cell_of_many_findings_tells_equal_ones_together() -> None:
    shown = html(run(parcel="B2-06", check="registers"))
    head, _, rest = shown.partition("同类还有 9 条")
    assert head.count("没有加载图层“") == 1
    assert "还缺" in rest
    assert rest.count("没有加载图层“") == 9


def test_the_extract_names_missing_data_once_a_check() -> None:
    shown = html(run(mode="parcel", parcel="B2-06"))
    part = shown[shown.index("无数据（") : shown.index("不涉及（")]
    assert "逐条列出（10 条）" in part
    openly = re.sub(r"<details>.*?</details>", "", part)
    assert openly.count("没有加载图层") <= 5
    assert "图层：权属（不动产登记）、已批未供、已供用地、闲置土地" in openly


def test_the_keys_of_the_matrix_keep_the_check() -> None:
    app = run(parcel="B2-06", check="registers")
    app.button(key="extract_next").click().run()
    assert app.query_params["parcel"] in ("B2-07", ["B2-07"])
    assert app.query_params["check"] in ("registers", ["registers"])


def test_an_override_is_marked_in_its_cell_and_falls_with_its_finding(store) -> None:
    store.add(
        said(
            "override",
            check="farmland",
            rule="OV_PBF",
            outcome="pass",
            original="fail",
            reason="已核对纸图",
            until="2999-12-31",
        )
    )
    assert matrix(run())["farmland"][0].startswith("?")
    shown = html(run(mode="parcel", parcel="B2-01"))
    assert "改判已不起作用" in shown
    assert "已核对纸图" in shown


def test_an_opinion_stands_beside_the_parcel_in_its_list(store) -> None:
    old = {"parcel": "x", "rules": "y", "layers": "z"}
    store.add(said("opinion", verdict="agree", reason="", **old))
    (choice,) = (one for one in run(mode="parcel").selectbox if one.key == "review_parcel_choice")
    assert choice.options[0].endswith("已失效")
