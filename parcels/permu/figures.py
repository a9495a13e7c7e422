"""Exact values as people read them: rounded once, half up, when they are printed."""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

from parcels.permu.terms import indicators

if TYPE_CHECKING:
    from fractions import Fraction

SCORE_PLACES = 2
_MOST_DIGITS = 500
_PERCENT = "%"
_SHARES = {"rd_ratio"}
_DECIMALS = {"va_energy": 3, "output_per_energy": 3, "rev_energy": 3, "tax_kwh": 4, "rev_kwh": 4}


def rounded(value: Fraction, places: int = SCORE_PLACES) -> Decimal:
    """Round an exact value to a number of decimals, halves away from zero."""
    whole, rest = divmod(abs(value) * 10**places, 1)
    digits = whole + (1 if 2 * rest >= 1 else 0)
    with localcontext(prec=_MOST_DIGITS):
        return Decimal(-digits if value < 0 else digits).scaleb(-places)


def score_text(value: Fraction | None) -> str:
    """Write a score with two decimals; — for none."""
    return "—" if value is None else f"{rounded(value):,}"


def index_text(index: str, value: Fraction | None) -> str:
    """Write an index without its unit; shares in percent; — for none."""
    if value is None:
        return "—"
    scaled = value * 100 if index in _SHARES else value
    return f"{rounded(scaled, _DECIMALS.get(index, SCORE_PLACES)):,}"


def index_unit(index: str) -> str:
    """Return the unit in which `index_text` writes."""
    unit = indicators()[index].unit
    return _PERCENT if index in _SHARES else "" if unit == "1" else unit


def area_text(mu: Fraction | None) -> str:
    """Write an area in 亩 with two decimals, without the unit; — for none."""
    return "—" if mu is None else f"{rounded(mu):,}"
