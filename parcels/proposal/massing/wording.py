"""Amounts of a volume study as people read them: rounded once, half up, with their unit."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from parcels.permu.figures import rounded

if TYPE_CHECKING:
    from parcels.proposal.measuring.measures import Measured

_PERCENT = 100
_LONGEST = 60  # letters


def square_metres(area: Fraction | float) -> str:
    """Write an area in m² with two decimals."""
    return f"{rounded(Fraction(area)):,} m²"


def named(title: str) -> str:
    """Name a row in a sentence: as typed, its end left out when it is long."""
    return title if len(title) <= _LONGEST else f"{title[:_LONGEST]}…"


def metres(length: Fraction | float | None) -> str:
    """Write a length in m, without zeros at the end; — for none."""
    if length is None:
        return "—"
    shown = f"{rounded(Fraction(length)):,}"
    return f"{shown.rstrip('0').rstrip('.')} m"


def percent(share: Fraction) -> str:
    """Write a share in percent with two decimals."""
    return f"{rounded(share * _PERCENT):,} %"


def ratio(value: Fraction) -> str:
    """Write a quotient with two decimals."""
    return f"{rounded(value):,}"


WRITERS = {"m2": square_metres, "m": metres, "share": percent, "ratio": ratio}


def measured_text(measured: Measured, unit: str) -> str:
    """Write a measure, or between which ends it lies; — where nothing is known of it."""
    write = WRITERS[unit]
    low, high = measured.low, measured.high
    if low is None:
        return "—"
    if low == high:
        return write(low)
    if high is None:
        return f"≥ {write(low)}"
    return f"≤ {write(high)}" if low == 0 else f"{write(low)} – {write(high)}"
