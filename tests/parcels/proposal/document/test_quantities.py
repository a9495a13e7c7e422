"""Quantities as people type them: a table anyone can add to, and any text whatever."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcels.messages import LANGUAGES, messages
from parcels.proposal.document.quantities import read_quantity
from parcels.proposal.document.spelled import in_han, splits
from parcels.proposal.document.typed_units import readings
from parcels.proposal.fields import fields, floor_columns
from parcels.proposal.model import Amount, exactly

CASES = Path(__file__).parents[3] / "cases" / "proposals" / "typed.csv"
WHOLE = exactly(40_000)
ASKED = {**fields(), **{f"floors.{name}": one for name, one in floor_columns().items()}}
NUMBERS = [name for name, one in ASKED.items() if readings(one)]


def table():
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert len(table()) >= 150


@pytest.mark.parametrize("row", table(), ids=lambda row: f"{row['field']} {row['typed']}")
def test_a_typed_quantity_is_read_exactly_or_refused(row) -> None:
    found = read_quantity(row["typed"], ASKED[row["field"]], whole=WHOLE)
    assert found.problem == row["problem"]
    if row["problem"]:
        assert found.amount is None
        assert found.values["value"] == row["typed"]
    else:
        high = Fraction(row["high"]) if row["high"] else None
        assert found.amount == Amount(low=Fraction(row["low"]), high=high)
    assert found.remarks == tuple(row["remarks"].split())


def test_every_problem_has_a_sentence() -> None:
    problems = {row["problem"] for row in table()} - {""}
    remarks = {one for row in table() for one in row["remarks"].split()}
    for lang in LANGUAGES:
        assert {f"fault.{one}.text" for one in problems | remarks} <= set(messages(lang))


@pytest.mark.parametrize(
    ("typed", "unit", "expected"),
    [
        ("60", "亩", Fraction(40_000)),
        ("60", "公顷", Fraction(600_000)),
        ("30000㎡", "亩", Fraction(30_000)),
        ("50-60", "亩", Fraction(100_000, 3)),
        ("不少于60", "亩", Fraction(40_000)),
    ],
)
def test_a_heading_states_the_unit_of_plain_numbers(typed, unit, expected) -> None:
    found = read_quantity(typed, ASKED["site_area"], unit=unit)
    assert found.amount is not None
    assert found.amount.low == expected


def test_a_share_of_something_unknown_is_refused() -> None:
    assert read_quantity("40%", ASKED["green"]).problem == "proposal_share_of_nothing"


def test_a_share_of_a_range_is_a_range() -> None:
    whole = Amount(low=Fraction(30_000), high=Fraction(40_000))
    found = read_quantity("20%", ASKED["green"], whole=whole).amount
    assert found == Amount(low=Fraction(6_000), high=Fraction(8_000))
    endless = Amount(low=Fraction(30_000), high=None)
    found = read_quantity("20%", ASKED["green"], whole=endless).amount
    assert found == Amount(low=Fraction(6_000), high=None)


@given(st.text(), st.sampled_from(NUMBERS))
def test_any_text_gives_an_amount_or_a_problem(text, name) -> None:
    found = read_quantity(text, ASKED[name], whole=WHOLE)
    assert (found.amount is None) == bool(found.problem)


MARKS = st.text(
    alphabet="0123456789.,-~亿万千百十亩㎡%％元/年约至少不超过以上（）() ¥eE+≥≤２零二", max_size=14
)


@given(MARKS, st.sampled_from(NUMBERS))
def test_anything_like_a_number_is_never_below_zero(text, name) -> None:
    found = read_quantity(text, ASKED[name], whole=WHOLE)
    assert (found.amount is None) == bool(found.problem)
    if found.amount is not None:
        assert found.amount.low >= 0
        assert found.amount.high is None or found.amount.high >= found.amount.low


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_numbers_in_words_are_read_as_they_are_written(number) -> None:
    assert (Fraction(number), "亩") in splits(f"{in_han(number)}亩")


@given(st.decimals(min_value=0, max_value=10**6, places=3))
def test_decimals_are_exact(number) -> None:
    found = read_quantity(f"{number}亩", ASKED["site_area"])
    assert found.amount == exactly(Fraction(number) * Fraction(2000, 3))
