"""Limits by case: FAR by industry in both editions of the codes, widths by kind and place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcels.rules.examples import answer
from parcels.rules.load import all_packs
from parcels.rules.tables import limits, rows_of

RULES = {rule.id: rule for pack in all_packs().values() for rule in pack.rule}
FAR = RULES["CI08_FAR"]
# Table 2 of 国土资发〔2008〕24号 by codes of GB/T 4754-2002, typed from the list.
BY_2002 = {
    **dict.fromkeys(["13", "14", "15", "16", "18", "19", "24", "30", "40", "41", "42"], 1.0),
    **dict.fromkeys(["17", "20", "21", "22", "23", "28", "29"], 0.8),
    **dict.fromkeys(["27", "31", "34", "35", "36", "37", "39", "43"], 0.7),
    **dict.fromkeys(["26", "32", "33"], 0.6),
    "25": 0.5,
}
# The same by GB/T 4754-2017: 电气机械 38, 电子 39, 仪器仪表 40, 汽车 36, 橡胶 291, 塑料 292 …
BY_2017 = {
    "13": 1.0,
    "25": 0.5,
    "26": 0.6,
    "27": 0.7,
    "291": 0.8,
    "2912": 0.8,
    "292": 1.0,
    "30": 0.7,
    "31": 0.6,
    "32": 0.6,
    "33": 0.7,
    "34": 0.7,
    "35": 0.7,
    "36": 0.7,
    "37": 0.7,
    "38": 0.7,
    "3825": 0.7,
    "39": 1.0,
    "40": 1.0,
    "41": 1.0,
    "42": 0.7,
}


@pytest.mark.parametrize(("code", "far"), BY_2002.items())
def test_far_by_the_codes_of_2002(code: str, far: float) -> None:
    assert limits(FAR, edition="2002", code=code) == (far,)


def test_the_table_of_2008_has_thirty_industries() -> None:
    assert len(BY_2002) == len(rows_of(FAR, edition="2002")) == 30


@pytest.mark.parametrize(("code", "far"), BY_2017.items())
def test_far_by_the_codes_of_2017(code: str, far: float) -> None:
    assert limits(FAR, edition="2017", code=code) == (far,)


def test_a_code_without_its_edition_is_open_where_they_differ() -> None:
    assert limits(FAR, code="39") == (0.7, 1.0)
    assert limits(FAR, code="27") == (0.7,)
    assert limits(FAR, edition="2017", code="29") == (0.8, 1.0)


@pytest.mark.parametrize("code", ["43", "44", "06", "99", "x", ""])
def test_an_industry_that_the_table_lacks_has_no_limit(code: str) -> None:
    assert limits(FAR, edition="2017", code=code) == ()


@given(st.sampled_from(sorted(BY_2017)), st.sampled_from(["2002", "2017"]))
def test_the_table_of_2023_has_no_numbers_yet(code: str, edition: str) -> None:
    assert limits(RULES["CI23_FAR"], edition=edition, code=code) == ()
    given = {"edition": edition, "code": code, "measured": 5.0}
    assert answer(RULES["CI23_FAR"], given) == "unknown"


@pytest.mark.parametrize(
    ("line", "setting", "metres"),
    [
        ("high_speed", "urban", 10),
        ("high_speed", "suburban", 12),
        ("high_speed", "village", 15),
        ("high_speed", "elsewhere", 20),
        ("other", "urban", 8),
        ("other", "suburban", 10),
        ("other", "village", 12),
        ("other", "elsewhere", 15),
    ],
)
def test_safety_zones_of_railways(line: str, setting: str, metres: float) -> None:
    assert limits(RULES["SEP_RAIL"], line=line, setting=setting) == (metres,)


def test_an_open_case_gives_every_limit_it_may_mean() -> None:
    assert limits(RULES["SEP_RAIL"]) == (8, 10, 12, 15, 20)
    assert limits(RULES["SEP_RAIL"], line="other") == (8, 10, 12, 15)
    # GB/T 50293-2014, table 7.6.3: full widths of 15–20, 15–25, 30–40 and 60–75 m.
    widths = {kv: limits(RULES[f"SEP_COR_{kv}"]) for kv in ("35", "110", "220", "500")}
    assert widths == {"35": (7.5, 10), "110": (7.5, 12.5), "220": (15, 20), "500": (30, 37.5)}
