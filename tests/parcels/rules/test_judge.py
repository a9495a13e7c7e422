"""Whether a value keeps a limit: equality, hostile values, and the twin for arrays."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcels.rules.judge import breach_outcome, keeps, outcomes_of
from parcels.rules.load import all_packs

RULES = {rule.id: rule for pack in all_packs().values() for rule in pack.rule}
NUMBERS = st.floats(allow_nan=False, allow_infinity=False, width=32)
COMPARED = ["<=", "<", ">=", ">", "==", "within"]


@pytest.mark.parametrize(
    ("op", "limit", "measured", "expected"),
    [
        ("<=", 0.07, 0.07, "pass"),
        ("<=", 0.07, 0.0700001, "breach"),
        ("<", 0.4, 0.4, "breach"),
        (">", 1.6, 1.6, "breach"),
        (">=", 1.6, 1.6, "pass"),
        ("between", (2.0, 4.0), 2.0, "pass"),
        ("between", (2.0, 4.0), 4.0, "pass"),
        ("between", (2.0, 4.0), 4.0001, "breach"),
        ("within", 1.0, 0.9999, "breach"),
        ("no_overlap", None, 0.0, "pass"),
        ("no_overlap", None, 1e-9, "breach"),
        ("report", None, 12.0, "breach"),
        ("in", ("M0", "M1"), "M1", "pass"),
        ("in", ("M0", "M1"), "M", "breach"),
        ("not_in", ("A33",), "A33", "breach"),
        ("none_of", ("F_HOUSE",), ["F_RD", "F_HOUSE"], "breach"),
        ("none_of", ("F_HOUSE",), [], "pass"),
        ("subset", ("F_RD",), {"F_RD"}, "pass"),
        ("subset", ("F_RD",), {"F_RD", "F_WH"}, "breach"),
        ("subset", ("F_RD",), "F_RD", "unknown"),
        ("match", None, ("M1", "M1"), "pass"),
        ("match", None, ("M1", "R"), "breach"),
        ("==", False, False, "pass"),
        ("==", False, True, "breach"),
        (">=", None, 3.0, "unknown"),
        ("calculation", 8.0, 9.0, "unknown"),
    ],
)
def test_a_value_keeps_its_limit_or_not(
    op: str, limit: object, measured: object, expected: str
) -> None:
    assert keeps(op, limit, measured) == expected


@pytest.mark.parametrize("measured", [None, math.nan, math.inf, -math.inf, "1.2", "", True])
@pytest.mark.parametrize("op", ["<=", "<", ">=", ">", "within", "no_overlap", "report"])
def test_what_is_no_number_is_never_judged(op: str, measured: object) -> None:
    assert keeps(op, 1.0, measured) == "unknown"


@given(st.sampled_from(["<=", "<", ">=", ">"]), NUMBERS, st.lists(NUMBERS | st.just(math.nan)))
def test_arrays_are_judged_like_single_values(op: str, limit: float, measured: list[float]) -> None:
    rule = RULES["SL_ZZ_INV"].model_copy(update={"op": op})
    words = {"pass": "pass", "breach": breach_outcome(rule), "unknown": "unknown"}
    expected = [words[keeps(op, limit, value)] for value in measured]
    assert outcomes_of(rule, limit, np.array(measured, dtype=float)).tolist() == expected


@given(NUMBERS, NUMBERS, NUMBERS)
def test_ranges_of_arrays_are_judged_like_single_ones(
    first: float, second: float, value: float
) -> None:
    rule, limit = RULES["M0_FAR_BAND"], (min(first, second), max(first, second))
    expected = "pass" if keeps("between", limit, value) == "pass" else "warning"
    assert outcomes_of(rule, limit, np.array([value])).tolist() == [expected]


@given(NUMBERS, st.floats(min_value=1e-6, max_value=1e6))
def test_a_better_value_never_turns_a_pass_into_a_breach(value: float, more: float) -> None:
    for op, better in ((">=", value + more), ("<=", value - more)):
        if keeps(op, 0.5, value) == "pass":
            assert keeps(op, 0.5, better) == "pass"


def test_a_breach_fails_only_where_the_rule_says_error() -> None:
    assert breach_outcome(RULES["OV_PBF"]) == "fail"
    assert breach_outcome(RULES["OV_HERIT"]) == "warning"
    assert breach_outcome(RULES["M0_DENSITY"]) == "warning"
