"""What is in force on a day, local limits beside the original, and what marks a review."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import PlannerError
from parcels.rules.load import all_packs, rule_book
from parcels.rules.model import InForce, Override
from parcels.rules.reading import read_overrides

CASES = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "rules" / "in_force.toml").read_text(encoding="utf-8")
)["case"]
TODAY = date(2026, 11, 22)


def override(rule: str, value: object, by: str = "张三") -> Override:
    day = date(2026, 3, 1)
    return Override.model_validate(
        {"rule": rule, "value": value, "by": by, "day": day, "reason": "南自然资〔2026〕1号"}
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['day']}-{case['packs'][0]}")
def test_the_day_picks_what_is_in_force(case: dict) -> None:
    book = rule_book(case["day"], packs=case["packs"])
    dormant = {one.id for one in book.dormant}
    assert set(case["in_force"]) <= set(book.rules)
    assert set(case["dormant"]) <= dormant
    assert not dormant & set(book.rules)
    assert len(dormant) + len(book.rules) == sum(len(pack.rule) for pack in book.packs)
    if not case["in_force"]:
        assert not book.rules


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 1, 1)))
def test_never_two_editions_on_one_day(day: date) -> None:
    def awake(pack: str) -> bool:
        return all_packs()[pack].in_force.covers(day)

    assert not (awake("control_index_2008") and awake("control_index_2023"))
    assert not (awake("m0_ningbo_2020") and awake("m0_ningbo_2024"))
    assert not (awake("m0_wuhan_2020") and awake("m0_wuhan_2023"))
    assert not (awake("m0_dongguan_2018") and awake("m0_dongguan_2022"))


def test_days_include_the_first_and_not_the_last() -> None:
    days = InForce(since=date(2020, 1, 1), until=date(2024, 1, 1))
    assert [days.covers(date(*day)) for day in [(2019, 12, 31), (2020, 1, 1)]] == [False, True]
    assert [days.covers(date(*day)) for day in [(2023, 12, 31), (2024, 1, 1)]] == [True, False]


def test_borrowed_packs_are_never_used_unless_chosen() -> None:
    used = {pack.id for pack in rule_book(TODAY).packs}
    assert {"m0_nanyang_plan", "overlays", "control_index_2023"} <= used
    assert "m0_nanyang_pilot" not in used
    assert not any(
        rule.status == "borrowed" and pack.id not in {"control_index_2023", "mixing"}
        for pack in rule_book(TODAY).packs
        for rule in pack.rule
    )


def test_a_local_limit_keeps_the_original_beside_it() -> None:
    book = rule_book(TODAY, overrides=[override("SL_INV", 350.0), override("OV_UGB", 0.98)])
    local, changed = book.rules["SL_INV"], book.rules["OV_UGB"]
    assert (local.limit, local.rule.value) == (350.0, None)
    assert (changed.limit, changed.rule.value) == (0.98, 1.0)
    assert local.override is not None
    assert (local.override.by, local.override.day) == ("张三", date(2026, 3, 1))
    assert book.rules["SL_TAX"].limit is None


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("SL_INV", float("nan")),
        ("SL_INV", float("inf")),
        ("SL_INV", "三百"),
        ("SL_INV", True),
        ("M0_DENSITY", 0.4),
        ("M0_DENSITY", (0.6, 0.3)),
        ("M0_DENSITY", (0.3, float("nan"))),
        ("CI23_NO_HOUSING", 0.5),
        ("OV_PBF", 100.0),
        ("ADJ_MATRIX", 30.0),
    ],
)
def test_a_limit_that_does_not_fit_its_rule_is_refused(rule: str, value: object) -> None:
    with pytest.raises(PlannerError) as caught:
        rule_book(TODAY, overrides=[override(rule, value, by="李四")])
    assert caught.value.code == "override_value_unfit"
    assert caught.value.values["rule"] == rule
    assert caught.value.values["by"] == "李四"


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("CI23_ADM_LAND", 7.0),  # 7 % is 0.07
        ("CI23_ADM_LAND", -0.01),
        ("M0_DENSITY", (35.0, 60.0)),
        ("M0_PLAN_FAR", 250.0),
    ],
)
def test_a_limit_outside_what_is_plausible_is_refused(rule: str, value: object) -> None:
    with pytest.raises(PlannerError) as caught:
        rule_book(TODAY, overrides=[override(rule, value)])
    assert caught.value.code == "override_value_implausible"


def test_limits_for_unknown_rules_or_twice_for_one_are_refused() -> None:
    with pytest.raises(PlannerError) as unknown:
        rule_book(TODAY, overrides=[override("SL_INVEST", 1.0)])
    assert unknown.value.code == "override_rule_unknown"
    with pytest.raises(PlannerError) as twice:
        rule_book(TODAY, overrides=[override("SL_INV", 1.0), override("SL_INV", 2.0)])
    assert twice.value.code == "override_repeated"


def test_an_unknown_pack_names_the_known_ones() -> None:
    with pytest.raises(PlannerError) as caught:
        rule_book(TODAY, packs=["m0_shenzen"])
    assert caught.value.code == "pack_unknown"
    assert "m0_shenzhen" in caught.value.values["known"]


def test_limits_are_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "limits.toml"
    path.write_text(
        '[[override]]\nrule = "SL_TAX"\nvalue = 20\nby = "王五"\nday = 2026-05-01\n'
        'reason = "会议纪要"\n',
        encoding="utf-8",
    )
    (read,) = read_overrides(path)
    assert (read.rule, read.value, read.by, read.day) == (
        "SL_TAX",
        20.0,
        "王五",
        date(2026, 5, 1),
    )


def test_the_mark_of_a_review_follows_rules_not_days() -> None:
    mark = rule_book(TODAY).digest
    assert mark == rule_book(date(2026, 11, 23)).digest
    assert mark != rule_book(date(2010, 1, 1)).digest
    assert mark != rule_book(TODAY, overrides=[override("SL_INV", 350.0)]).digest
    assert mark != rule_book(TODAY, packs=["overlays"]).digest
    assert len(mark) == 16


def test_the_mark_changes_with_one_word_of_a_pack(tmp_path: Path) -> None:
    marks = []
    for note in ("一", "二"):
        folder = tmp_path / note
        folder.mkdir()
        (folder / "own.toml").write_text(OWN.replace("依据会议纪要", f"依据{note}"), "utf-8")
        marks.append(rule_book(TODAY, packs=["own"], folders=[folder]).digest)
    assert marks[0] != marks[1]


OWN = """
[pack]
id = "own"
title = { zh = "本局规定", en = "Own rules" }
version = "1"
place = "南阳市"
default = true

[[rule]]
id = "OWN_TAX"
title = { zh = "亩均税收", en = "Tax per mu" }
check = "standard_land"
metric = "tax_mu"
op = ">="
value = 25
unit = "万元/亩"
severity = "warn"
status = "local"
confidence = "L"
source = { document = "依据会议纪要" }
examples = [{ given = 25, expect = "pass" }, { given = 24.9, expect = "breach" }]
"""


def test_packs_of_ones_own_stand_beside_those_of_the_product(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    book = rule_book(TODAY, folders=[tmp_path])
    assert book.rules["OWN_TAX"].limit == 25.0
    assert "SL_TAX" in book.rules


def test_a_pack_of_ones_own_is_chosen_by_its_file(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    book = rule_book(TODAY, packs=["land_law", str(path), str(path)])
    assert [pack.id for pack in book.packs] == ["land_law", "own"]
    assert "OWN_TAX" in book.rules
    with pytest.raises(PlannerError) as caught:
        rule_book(TODAY, packs=[str(tmp_path / "absent.toml")])
    assert caught.value.code == "pack_unreadable"
    assert str(tmp_path) not in str(caught.value.values)
