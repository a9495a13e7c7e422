"""Numbers as people type them: the same number, or the reason why not."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import PlannerError
from geo.read.numbers import narrow, read_number
from tests.geo.read.read_samples import code_of

FULL_WIDTH = str.maketrans("0123456789.-+,", "０１２３４５６７８９．－＋，")


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [
        ("3650512.350", 3650512.35, 3),
        ("  37637200 ", 37637200.0, 0),
        ("-0.5", -0.5, 1),
        ("+12.", 12.0, 0),
        (".25", 0.25, 2),
        ("007", 7.0, 0),
        ("\u30003650512.350\u3000", 3650512.35, 3),
        ("\u22121.5", -1.5, 1),
    ],
)
def test_numbers(text: str, value: float, decimals: int) -> None:
    number = read_number(text)
    assert (number.value, number.decimals) == (value, decimals)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "number_empty"),
        (" \t\u3000", "number_empty"),
        ("3,650,512.350", "number_grouped"),
        ("３，６５０，５１２", "number_grouped"),
        ("3.65E+06", "number_exponent"),
        ("1e5", "number_exponent"),
        ("32°58'48\"", "number_degrees"),
        ("112度30分", "number_degrees"),
        ("NaN", "number_not_finite"),
        ("-inf", "number_not_finite"),
        ("1.#QNAN", "number_not_finite"),
        ("9" * 400, "number_not_finite"),
        ("365O512.350", "number_unreadable"),
        ("365l512", "number_unreadable"),
        ("3650.512.350", "number_unreadable"),
        ("3650512,350", "number_unreadable"),
        ("36,50", "number_unreadable"),
        ("3 650 512", "number_unreadable"),
        ("0x10", "number_unreadable"),
        ("1_000", "number_unreadable"),
        ("٣", "number_unreadable"),
        (".", "number_unreadable"),
        ("--1", "number_unreadable"),
        ("#REF!", "number_unreadable"),
        ("约100", "number_unreadable"),
        ("1°" + "1" * 100_000 + "x", "number_unreadable"),
    ],
    ids=lambda text: text[:20],
)
def test_what_is_no_number_has_a_reason(text: str, code: str) -> None:
    assert code_of(read_number, text) == code


@given(st.integers(-(10**11), 10**11), st.integers(0, 6))
def test_a_number_is_read_as_it_is_written(digits: int, decimals: int) -> None:
    text = str(Decimal(digits).scaleb(-decimals).quantize(Decimal(1).scaleb(-decimals)))
    number = read_number(text)
    assert (number.value, number.decimals, number.widened) == (float(text), decimals, False)
    wide = read_number(text.translate(FULL_WIDTH))
    assert (wide.value, wide.decimals, wide.widened) == (float(text), decimals, True)


@given(st.text(max_size=30))
def test_any_text_is_a_finite_number_or_refused(text: str) -> None:
    try:
        value = read_number(text).value
    except PlannerError as error:
        code, shown = error.code, str(error.values["value"])
    else:
        code, shown = "number_", ""
        assert math.isfinite(value)
    assert code.startswith("number_")
    assert shown in text


@given(st.text(max_size=30))
def test_half_width_has_as_many_characters(text: str) -> None:
    assert len(narrow(text)) == len(text)
    assert narrow(narrow(text)) == narrow(text)
