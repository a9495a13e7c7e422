"""The tab 规则包 without a browser: packs, rules, search, local limits, own packs."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from streamlit.testing.v1 import AppTest

from parcels.local_limits import RULES, local_limits
from parcels.reviews.model import Event
from parcels.rules.load import all_packs
from parcels.rules.reading import read_overrides
from parcels.settings import Settings
from parcels.ui import cache
from tests.parcels.rules.test_book import OWN
from tests.ui.import_page import html, page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from parcels.reviews.store import ReviewStore

HOSTILE = "<img src=x onerror=alert(1)>{{7*7}}**x** :red[y]"
ESCAPED = "&lt;img src=x onerror=alert(1)&gt;{{7*7}}**x** :red[y]"


pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Path]:
    """Use a folder of packs, one of them broken, and a file of limits."""
    folder = tmp_path / "packs"
    folder.mkdir()
    (folder / "own.toml").write_text(OWN.replace("本局规定", HOSTILE), "utf-8")
    (folder / "broken.toml").write_text(OWN.replace("severity", "severty"), "utf-8")
    limits = tmp_path / "limits.toml"
    limits.write_text(
        '[[override]]\nrule = "SL_INV"\nvalue = 350\nby = "乙"\nday = 2026-03-01\nreason = "纪要"\n',
        "utf-8",
    )
    held = Settings(packs=folder, overrides=limits)
    with patch.object(cache, "settings", lambda: held):
        yield tmp_path


def opened(**params: str) -> AppTest:
    app = page(tab="rules", **params)
    assert not app.exception
    return app


def button(app: AppTest, key: str):
    return next(one for one in app.button if one.key == key)


def field(app: AppTest, key: str):
    every = (*app.text_input, *app.text_area, *app.radio)
    return next(one for one in every if one.key == key)


DIALOG = """
from parcels.rules.load import all_packs
from parcels.ui.components.rules_limit import ask_end, ask_limit

rules = {rule.id: rule for pack in all_packs().values() for rule in pack.rule}
RULE = %r
%s
"""


def dialog(rule: str, **typed: str) -> AppTest:
    """Open the dialog of a rule, fill it in and save; AppTest runs no fragment of a page."""
    app = AppTest.from_string(DIALOG % (rule, "ask_limit(rules[RULE], None)"), default_timeout=60)
    app.run()
    for name, words in typed.items():
        field(app, f"limit_{name}_{rule}").set_value(words)
    return saved(app, "limit_save")


def ended(rule: str) -> AppTest:
    app = AppTest.from_string(DIALOG % (rule, "ask_end(RULE, RULE)"), default_timeout=60).run()
    field(app, f"limit_end_name_{rule}").set_value("李四")
    return saved(app, "limit_end_save")


def saved(app: AppTest, key: str) -> AppTest:
    button(app, key).click().run()
    assert not app.exception
    return app


def said(rule: str, value: object, kind: str = "limit", by: str = "张三") -> Event:
    content = {"value": value, "day": "2026-11-22", "reason": "会议纪要", "document": ""}
    return Event(
        batch=RULES, parcel=rule, kind=kind, by=by, at="2026-11-22T08:00:00+00:00", content=content
    )


def test_every_pack_is_listed_with_place_days_and_status() -> None:
    chosen = field(opened(), "rules_pack")
    assert len(chosen.options) == len(all_packs())
    captions = dict(zip(chosen.options, chosen.proto.captions, strict=True))
    plan = captions["南阳（规划纲要）"]
    for words in ("南阳高新区", "2021", "默认使用", "9 条", "没有数值"):
        assert words in plan
    assert "借用" in captions["深圳（深标）"]


@pytest.mark.parametrize(
    ("pack", "lang"),
    [(pack, "zh") for pack in all_packs()]
    + [(pack, "en") for pack in ("m0_nanyang_pilot", "separation", "adjacency", "canal")],
)
def test_every_rule_of_every_pack_is_shown(pack: str, lang: str) -> None:
    app = opened(pack=pack, lang=lang)
    for rule in all_packs()[pack].rule:
        assert f"<code>{rule.id} · {rule.metric}</code>" in html(app)
    assert "None" not in html(app)


def test_what_is_unknown_is_said_in_violet_and_never_a_number() -> None:
    shown = html(opened(pack="m0_nanyang_plan"))
    assert shown.count('<div class="pl-text-unknown">≥ 待本地确定</div>') >= 1
    ningbo = html(opened(pack="m0_ningbo_2024"))
    assert 'class="pl-text-unknown">≥ 未知</div>' in ningbo


def test_small_limits_keep_their_digits() -> None:
    shown = html(opened(pack="geometry_qc"))
    assert "≤ 0.001 m" in shown
    assert "0.00 m<" not in shown


def test_what_is_not_in_force_on_the_day_is_marked() -> None:
    assert "2026-11-22 没有生效" in html(opened(pack="control_index_2008", asof="2026-11-22"))
    assert "没有生效" not in html(opened(pack="control_index_2008", asof="2010-01-01"))


def test_the_address_names_pack_and_rule() -> None:
    app = opened(rule="CI23_COEF")
    assert field(app, "rules_pack").value == "control_index_2023"
    field(app, "rules_pack").set_value("land_law").run()
    assert app.query_params["pack"] == "land_law"
    assert "rule" not in app.query_params
    button(app, "rules_link_LAW_ARABLE_35HA").click().run()
    assert app.query_params["rule"] == "LAW_ARABLE_35HA"


def test_all_rules_are_searched_and_lead_to_their_pack() -> None:
    app = opened()
    field(app, "rules_term").set_value("〔2023〕72号").run()
    assert "“〔2023〕72号”：10 条规则" in html(app)
    assert "工业项目建设用地控制指标（2023年）" in html(app)
    button(app, "rules_open_CI23_COEF").click().run()
    assert app.query_params["pack"] == "control_index_2023"
    assert "term" not in app.query_params
    nothing = opened(term=HOSTILE)
    assert f"“{ESCAPED}”：0 条规则" in html(nothing)


def test_a_limit_is_set_shown_beside_the_original_and_ended(store: ReviewStore) -> None:
    dialog("SL_TAX", value="２０ 万元/亩", name="张三", reason=HOSTILE, doc="〔2026〕1号")
    assert [one.value for one in local_limits(store.of(RULES))] == [20.0]
    shown = html(opened(pack="standard_land_henan"))
    assert "本地值 ≥ 20 万元/亩" in shown
    assert "原值 ≥ 待本地确定" in shown
    assert f"{ESCAPED}（〔2026〕1号）" in shown
    app = opened(pack="standard_land_henan")
    button(app, "rules_end_SL_TAX").click().run()
    assert field(app, "limit_end_name_SL_TAX").label == "姓名"
    ended("SL_TAX")
    assert local_limits(store.of(RULES)) == ()
    assert [one.kind for one in store.of(RULES)["SL_TAX"]] == ["limit", "limit_end"]
    assert "本地值 ≥" not in html(opened(pack="standard_land_henan"))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"value": "二十"}, "“二十”不是一个数"),
        ({"value": "-1"}, "“-1”不在合理范围 0–20,000 万元/亩 之内"),
        ({"value": "nan"}, "“nan”不是一个数"),
        ({}, "还没有填本地值"),
        ({"value": "20"}, "请写姓名"),
        ({"value": "20", "name": "张三"}, "请写理由"),
        ({"value": "20", "name": "张三", "reason": "  "}, "请写理由"),
    ],
)
def test_what_does_not_fit_is_refused_at_the_field(
    store: ReviewStore, typed: dict[str, str], words: str
) -> None:
    app = dialog("SL_TAX", **typed)
    assert words in html(app)
    assert store.of(RULES) == {}
    if "value" in typed:
        assert field(app, "limit_value_SL_TAX").value == typed["value"]


def test_what_is_typed_is_echoed_as_read() -> None:
    assert "识别为：≥ 40.00 %" in html(dialog("CI23_COEF", value="40"))
    app = opened(pack="control_index_2023")
    button(app, "rules_set_CI23_COEF").click().run()
    assert field(app, "limit_value_CI23_COEF").label == r"本地值（\%）"


def test_local_limits_leave_as_the_file_that_the_command_reads(
    store: ReviewStore, tmp_path: Path
) -> None:
    store.add(said("SL_TAX", 20.0))
    store.add(said("M0_DG18_FAR", [3.0, 4.0]))
    written = []
    with patch(
        "parcels.ui.components.rules_list.st.download_button",
        lambda *args, **_: written.append(args[1]),
    ):
        opened()
    path = tmp_path / "out.toml"
    path.write_bytes(written[0])
    assert read_overrides(path) == local_limits(store.of(RULES))


def test_own_packs_are_listed_with_their_file_and_broken_ones_named(settings: Path) -> None:
    app = opened(pack="own")
    shown = html(app)
    for words in ("broken.toml", "OWN_TAX", "severty"):
        assert words in shown
    assert "文件 own.toml" in shown
    assert "≥ 25 万元/亩" in shown
    assert str(settings) not in shown
    assert len(field(app, "rules_pack").options) == len(all_packs()) + 1


def test_hostile_titles_are_shown_as_typed(settings: Path) -> None:
    del settings
    app = opened(pack="own", lang="zh")
    assert f"<h2>{ESCAPED}</h2>" in html(app)
    (label,) = (one for one in field(app, "rules_pack").options if "onerror" in one)
    assert "**x**" not in label


def test_limits_of_the_settings_are_shown_and_not_changed_here(settings: Path) -> None:
    del settings
    app = opened(pack="standard_land_henan")
    assert "本地值 ≥ 350 万元/亩" in html(app)
    assert "在设置文件中" in html(app)
    assert not [one for one in app.button if one.key == "rules_set_SL_INV"]


def test_a_broken_file_of_limits_is_named(settings: Path) -> None:
    (settings / "limits.toml").write_text('[[override]]\nrule = "SL_INV"\n', "utf-8")
    shown = html(opened())
    assert "limits.toml" in shown
    assert "SL_INV" in shown


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("SL_INV", "SL_INVEST", "本地限值所指的规则“SL_INVEST”不存在"),
        ("350", "nan", "规则“SL_INV”的本地限值 nan 与运算符“&gt;=”不合"),
        ("350", '"三百五"', "规则“SL_INV”的本地限值 三百五 与运算符“&gt;=”不合"),
    ],
)
def test_a_limit_that_no_review_could_use_is_named(
    settings: Path, old: str, new: str, words: str
) -> None:
    path = settings / "limits.toml"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    assert words in html(opened(pack="standard_land_henan"))


def test_a_limit_whose_rule_is_gone_is_said_and_can_be_ended(store: ReviewStore) -> None:
    store.add(said("GONE_RULE", 3.0))
    app = opened()
    assert "规则“GONE_RULE”已不在任何规则包中" in html(app)
    button(app, "rules_drop_GONE_RULE").click().run()
    assert field(app, "limit_end_name_GONE_RULE")
    ended("GONE_RULE")
    assert "GONE_RULE" not in html(opened())
