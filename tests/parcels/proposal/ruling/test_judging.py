"""Ranges against limits: by each operator, at equality, with open ends."""

from __future__ import annotations

from fractions import Fraction

import pytest

from parcels.proposal.measuring.measures import Measured
from parcels.proposal.reports.figures import margin_of, value_words
from parcels.proposal.ruling.judging import exact_limit, judge, limit_ends

HALF, ONE, TWO, THREE = Fraction(1, 2), Fraction(1), Fraction(2), Fraction(3)


def at(low: Fraction | int, high: Fraction | int | None = -1) -> Measured:
    """Give a value, or a range; None: without an upper end."""
    low = Fraction(low)
    return Measured(low=low, high=low if high == -1 else None if high is None else Fraction(high))


@pytest.mark.parametrize(
    ("op", "limit", "measured", "expected"),
    [
        ("<=", 1.0, at(1), "pass"),
        ("<", 1.0, at(1), "breach"),
        (">=", 1.0, at(1), "pass"),
        (">", 1.0, at(1), "breach"),
        ("==", 1.0, at(1), "pass"),
        ("==", 1.0, at(2), "breach"),
        ("==", 1.0, at(0, 2), "unknown"),
        ("between", (1.0, 2.0), at(1), "pass"),
        ("between", (1.0, 2.0), at(2), "pass"),
        ("between", (1.0, 2.0), at(3), "breach"),
        ("between", (1.0, 2.0), at(0), "breach"),
        ("between", (1.0, 2.0), at(1, 2), "pass"),
        ("between", (1.0, 2.0), at(0, 3), "unknown"),
        ("between", (1.0, 2.0), at(2, 3), "unknown"),
        ("between", (1.0, 2.0), at(3, None), "breach"),
        ("between", (1.0, 2.0), at(1, None), "unknown"),
        ("<=", 1.0, at(0, 1), "pass"),
        ("<", 1.0, at(0, 1), "unknown"),
        ("<=", 1.0, at(0, None), "unknown"),
        ("<=", 1.0, at(2, None), "breach"),
        ("<", 1.0, at(1, None), "breach"),
        (">=", 1.0, at(1, None), "pass"),
        (">", 1.0, at(1, None), "unknown"),
        (">", 1.0, at(2, None), "pass"),
        (">=", 1.0, at(0, 1), "unknown"),
        (">", 1.0, at(0, 1), "breach"),
    ],
)
def test_a_range_is_judged_by_both_ends(op, limit, measured, expected) -> None:
    assert judge(op, [limit_ends(op, limit)], measured) == expected


def test_what_is_not_known_and_what_has_no_limit_is_unknown() -> None:
    assert judge("<=", [limit_ends("<=", 1.0)], Measured()) == "unknown"
    assert judge("<=", [], at(0)) == "unknown"


def test_of_several_limits_all_must_agree() -> None:
    limits = [limit_ends(">=", one) for one in (0.7, 1.0)]
    assert judge(">=", limits, at(ONE)) == "pass"
    assert judge(">=", limits, at(Fraction(8, 10))) == "unknown"
    assert judge(">=", limits, at(HALF)) == "breach"


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.3, Fraction(3, 10)), (0.07, Fraction(7, 100)), (1e-7, Fraction(1, 10**7)), (576.0, 576)],
)
def test_a_limit_is_exactly_what_is_written(value: float, expected: Fraction) -> None:
    assert exact_limit(value) == expected


@pytest.mark.parametrize(
    ("op", "value"), [("in", ("M1",)), ("<=", True), ("<=", None), ("no_overlap", 1.0)]
)
def test_what_is_no_number_gives_no_ends(op, value) -> None:
    assert limit_ends(op, value) is None


@pytest.mark.parametrize(
    ("value", "limit", "expected"),
    [
        (Fraction(3, 10), "3/10", "30.00 %"),
        (Fraction(24_001, 80_000), "3/10", "30.001 %"),
        (Fraction(3, 10) + Fraction(1, 10**12), "3/10", "30.0000000001 %"),
        (Fraction(10**30), "3/10", f"{10**32:,}.00 %"),
        (Fraction(13, 40), "3/10", "32.50 %"),
    ],
)
def test_a_value_is_written_apart_from_its_limit(value, limit, expected) -> None:
    assert value_words("zh", value, "ratio", [Fraction(limit)]) == expected


@pytest.mark.parametrize(
    ("limit", "measured", "margin"),
    [
        ((None, ONE), at(HALF), HALF),
        ((None, ONE), at(TWO), -ONE),
        ((None, ONE), at(0, HALF), HALF),
        ((None, ONE), at(TWO, THREE), -ONE),
        ((None, ONE), at(TWO, None), -ONE),
        ((TWO, None), at(HALF, ONE), -ONE),
        ((ONE, None), at(TWO, None), ONE),
        ((ONE, THREE), at(TWO), ONE),
        ((ONE, THREE), at(Fraction(5, 2)), HALF),
        ((ONE, TWO), at(THREE), -ONE),
    ],
)
def test_a_margin_is_the_least_that_is_certain(limit, measured, margin) -> None:
    assert margin_of([limit], measured) == margin
