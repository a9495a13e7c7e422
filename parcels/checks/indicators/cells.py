"""One cell of an indicator as a number, or the reason why it is none. Nothing is guessed."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from geo.errors import PlannerError
from geo.read.numbers import narrow, read_number
from parcels.checks.indicators.columns import fold_unit, unit_factors

if TYPE_CHECKING:
    from parcels.checks.indicators.columns import Column
    from parcels.rules.indicators import Indicator

_NUMBER = re.compile(r"([-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?\.?[0-9]*)\s*(.*)", re.DOTALL)
_NOTHING = {"", "-", "--", "—", "——", "/", "\\", "n/a", "na", "null", "none"}
_NOTHING |= {"无数据", "暂无", "暂缺", "待定", "未定", "待填", "未填", "不详"}
_NEVER_MEANT = {"‰"}
_SHOWN = 40
_MOST_DIGITS = 300
_PERCENT = Fraction(1, 100)
_ONE = Fraction(1)
PROBLEMS = (
    "",
    "missing",
    "text",
    "not_finite",
    "negative",
    "implausible",
    "unit_not_stated",
    "unit_unknown",
    "zero_denominator",
)
"""Why there is no number; "" where there is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell, read.

    Attributes
    ----------
    value : float
        In the unit of the indicator; NaN where there is none.
    rounding : float
        Half a unit of the last digit that was written.
    problem : str
        One of `PROBLEMS`.
    assumed : bool
        No unit is stated, and only one reading is plausible.
    slight : bool
        The heading says percent and the number is below one: perhaps a ratio.
    typed : str
        As written, cut to 40 characters.
    """

    value: float
    rounding: float = 0.0
    problem: str = ""
    assumed: bool = False
    slight: bool = False
    typed: str = ""


def says_nothing(text: str) -> bool:
    """Whether a cell is empty or holds one of the usual marks for that."""
    return narrow(text).strip().lower() in _NOTHING


def read_cell(raw: Any, column: Column, indicator: Indicator) -> Cell:
    """Read a cell of a column of an indicator.

    Parameters
    ----------
    raw : Any
        Number, text, or None. A text may state its own unit, which goes before the heading's.
    column : Column
    indicator : Indicator
        Of kind ``number``.

    Returns
    -------
    Cell
        Numbers below zero or outside the plausible range, and numbers whose unit is not stated
        and that may be read in several, are problems and no numbers.
    """
    text = "" if raw is None else str(raw).strip()
    typed = text[:_SHOWN]
    if says_nothing(text):
        return Cell(value=math.nan, problem="missing")
    if isinstance(raw, bool):
        return Cell(value=math.nan, problem="text", typed=typed)
    try:
        number, decimals, unit = _split(raw, text)
    except PlannerError as error:
        is_infinite = error.code == "number_not_finite"
        return Cell(value=math.nan, problem="not_finite" if is_infinite else "text", typed=typed)
    factor, assumed, problem = _factor(number, unit, column, indicator)
    value = float(number * factor)  # exact until here: 7 % is 0.07 and no bit more
    problem = problem or _implausible(value, indicator)
    if problem:
        return Cell(value=math.nan, problem=problem, typed=typed)
    return Cell(
        value=value,
        rounding=0.5 * 10.0**-decimals * float(factor),
        assumed=assumed,
        slight=not unit and column.factor == _PERCENT and 0 < number < 1,
        typed=typed,
    )


def _split(raw: Any, text: str) -> tuple[Fraction, int, str]:
    """Return number, decimals and what stands behind it."""
    if isinstance(raw, (int, float)):
        plain = Decimal(text)
        if not plain.is_finite() or plain.adjusted() > _MOST_DIGITS:
            raise PlannerError("number_not_finite", value=text[:_SHOWN])
        return Fraction(plain), max(0, -int(plain.as_tuple().exponent)), ""
    found = _NUMBER.fullmatch(narrow(text))
    unit = fold_unit(found[2]) if found else ""
    is_number = found is not None and any(sign.isdigit() for sign in found[1])
    if found is None or not is_number or any(map(str.isdigit, unit.replace("m2", ""))):
        return (*_exact(text), "")
    return (*_exact(found[1].replace(",", "")), unit)


def _exact(text: str) -> tuple[Fraction, int]:
    number = read_number(text)
    return Fraction(Decimal(narrow(text).strip())), number.decimals


def _factor(
    number: Fraction, unit: str, column: Column, indicator: Indicator
) -> tuple[Fraction, bool, str]:
    """Return the factor to the indicator's unit, whether it is assumed, and what is wrong."""
    factors = unit_factors(indicator.id, per_mu=column.per_mu)
    if unit:
        return (factors[unit], False, "") if unit in factors else (_ONE, False, "unit_unknown")
    if column.odd_unit:
        return _ONE, False, "unit_unknown"
    if column.factor is not None:
        return column.factor, False, ""
    if column.per_mu and indicator.unit == "万元/亩":
        return _ONE, True, ""
    meant = {factor for spelt, factor in factors.items() if spelt not in _NEVER_MEANT}
    possible = [factor for factor in meant if not _implausible(number * factor, indicator)]
    if number == 0 or not possible:
        return _ONE, False, ""
    return (possible[0], True, "") if len(possible) == 1 else (_ONE, False, "unit_not_stated")


def _implausible(value: float | Fraction, indicator: Indicator) -> str:
    low, high = indicator.plausible or (-math.inf, math.inf)
    if value < 0 <= low:
        return "negative"
    return "" if low <= value <= high else "implausible"
