"""Numbers on paper: rounded once, half up; parts add up to their total."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parcels.report.figures import AREA_PLACES, figure, in_unit, rounded, shares, written

# Half up by hand; 亩 and 公顷 of the plan's own figures (33.98 亩 = 2.2653 ha, 55 亩 = 3.6667 ha).
ROUNDED = [
    (2.675, 2, "2.68"),
    (0.5, 0, "1"),
    (-2.5, 0, "−3"),
    (1e16, 2, "10,000,000,000,000,000.00"),
    (-0.001, 2, "0.00"),
    (0.1 + 0.2, 4, "0.3000"),
]
AREAS = [
    ("22653.333333333333", "ha", "2.2653"),
    ("36666.666666666666", "ha", "3.6667"),
    ("22653.333333333333", "mu", "33.98"),
    ("50000000", "mu", "75,000.00"),
    ("43270000", "mu", "64,905.00"),
]
PARTS = st.lists(
    st.decimals(min_value=0, max_value=10**7, places=5, allow_nan=False), min_size=1, max_size=12
)


@pytest.mark.parametrize(("value", "places", "shown"), ROUNDED)
def test_halves_are_rounded_away_from_zero(value, places, shown):
    assert figure(value, places, (), unknown="未知").text == shown


@pytest.mark.parametrize(("square_metres", "unit", "shown"), AREAS)
def test_areas_are_converted_exactly(square_metres, unit, shown):
    assert written(rounded(in_unit(Decimal(square_metres), unit), AREA_PLACES[unit])) == shown


@pytest.mark.parametrize("value", [None, float("nan"), float("inf"), "12", True])
def test_what_is_no_number_is_unknown(value):
    assert figure(value, 2, (), unknown="未知").text == "未知"
    assert figure(value, 2, (), unknown="未知").number is None


@settings(max_examples=60, deadline=None)
@given(PARTS, st.integers(0, 4))
def test_parts_add_up_to_the_rounded_total(parts, places):
    given_ = shares(parts, places)
    step = Decimal(1).scaleb(-places)
    total = Fraction(0) + sum(map(Fraction, parts))
    assert sum(one for one, _ in given_) == (Decimal(total.numerator) / total.denominator).quantize(
        step, ROUND_HALF_UP
    )
    for (number, moved), part in zip(given_, parts, strict=True):
        assert abs(number - part) < step
        assert moved == (number != part.quantize(step, ROUND_HALF_UP))


def test_thirds_are_marked_where_they_were_moved():
    thirds = [Decimal(1) / 3] * 3
    assert [(str(one), moved) for one, moved in shares(thirds, 2)] == [
        ("0.34", True),
        ("0.33", False),
        ("0.33", False),
    ]
