"""Rules in words, in both languages."""

from __future__ import annotations

import pytest

from parcels.rule_words import example_words, limit_words, metric_words, value_words
from parcels.rules.load import all_packs
from parcels.rules.tables import table

BY_ID = {rule.id: rule for pack in all_packs().values() for rule in pack.rule}


@pytest.mark.parametrize(
    ("rule", "zh", "en"),
    [
        ("SL_TAX", "≥ 待本地确定", "≥ to be set locally"),
        ("CI23_ADM_LAND", "≤ 7.00 %", "≤ 7.00 %"),
        ("M0_DG18_FAR", "介于 3–5", "between 3–5"),
        ("LAW_ARABLE_35HA", "≤ 35 公顷", "≤ 35 ha"),
        ("CI08_FAR", "≥ 按表（61 个数值）", "≥ by table (61 figures)"),
        ("CI23_FAR", "≥ 待本地确定", "≥ to be set locally"),
        ("ADJ_MATRIX", "按表", "by table"),
        ("M0_SPLIT_SUPPORT", "= 否", "= no"),
    ],
)
def test_limits_are_written_with_sign_and_unit(rule: str, zh: str, en: str) -> None:
    found = {lang: limit_words(lang, BY_ID[rule], BY_ID[rule].value) for lang in ("zh", "en")}
    assert found == {"zh": zh, "en": en}


@pytest.mark.parametrize(
    ("rule", "value", "words"),
    [
        ("SL_TAX", 1234.5678, "1,234.5678 万元/亩"),
        ("SL_TAX", 1e-7, "0.0000001 万元/亩"),
        ("CI23_ADM_LAND", 0.0712345, "7.12345 %"),
        ("CI23_ADM_LAND", 0.07, "7.00 %"),
        ("M0_DG18_FAR", (2.5, 4.0), "2.5–4"),
        ("M0_DG18_FUNCTIONS", ("F_RD", "X"), "研发用房、X"),
    ],
)
def test_every_digit_of_a_local_value_is_shown(rule: str, value: object, words: str) -> None:
    assert value_words("zh", BY_ID[rule], value) == words


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_rule_and_example_can_be_said(lang: str) -> None:
    for rule in BY_ID.values():
        said = [limit_words(lang, rule, rule.value), metric_words(lang, rule.metric)]
        said += [example_words(lang, rule, one) for one in rule.examples]
        assert not any("None" in one or "{" in one or "F_" in one for one in said), rule.id


def test_every_function_has_its_words() -> None:
    rule = BY_ID["M0_DG18_FUNCTIONS"]
    for row in table("mixing.csv"):
        assert value_words("zh", rule, (row["function"],)) == row["function_zh"]
        assert value_words("en", rule, (row["function"],)) != row["function"]
