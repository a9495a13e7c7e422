"""Numbers of a report: rounded once, half up, by decimals; parts that add up to their total."""

from __future__ import annotations

import math
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal, localcontext
from typing import TYPE_CHECKING, Any

from parcels.report.model import Cell

if TYPE_CHECKING:
    from collections.abc import Sequence

_EXACT_DIGITS = 400  # of any float: 309 before the point at most
_M2_PER_HECTARE = 10_000
AREA_PLACES = {"m2": 2, "ha": 4, "mu": 2}
"""Decimals of an area on paper."""
MOVED = "*"
"""Stands behind a number that was moved so that parts add up."""


def exact(value: float) -> Decimal:
    """Give a float as its shortest decimal form says it."""
    return Decimal(repr(value))


def in_unit(square_metres: Decimal, unit: str) -> Decimal:
    """Convert m² to ``m2``, ``ha`` or ``mu``; 1 亩 is 2000/3 m²."""
    with localcontext(prec=_EXACT_DIGITS):
        return {
            "m2": square_metres,
            "ha": square_metres / _M2_PER_HECTARE,
            "mu": square_metres * 3 / 2000,
        }[unit]


def rounded(value: Decimal, places: int) -> Decimal:
    """Round half up to a number of decimals."""
    with localcontext(prec=_EXACT_DIGITS):
        found = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        return abs(found) if found.is_zero() else found


def written(value: Decimal, *, moved: bool = False, grouped: bool = True) -> str:
    """Write a rounded number: commas at thousands, a minus for a hyphen."""
    sign = "−" if value < 0 else ""
    digits = f"{abs(value):,f}" if grouped else f"{abs(value):f}"
    return f"{sign}{digits}{MOVED if moved else ''}"


def figure(
    value: Any, places: int, rests: tuple[str, ...], *, unknown: str, grouped: bool = True
) -> Cell:
    """Give a number as a cell; ``unknown`` is said of what is no finite number."""
    if not is_number(value):
        return Cell(text=unknown, rests=rests)
    number = rounded(exact(value), places)
    return Cell(text=written(number, grouped=grouped), number=number, rests=rests)


def is_number(value: Any) -> bool:
    """Whether a value of the content is a finite number."""
    kind = isinstance(value, (int, float)) and not isinstance(value, bool)
    return kind and math.isfinite(value)


def shares(parts: Sequence[Decimal], places: int) -> list[tuple[Decimal, bool]]:
    """Round parts so that they add up to their rounded sum: by the largest remainders.

    Parameters
    ----------
    parts : sequence of Decimal
        Of one sign or mixed; unrounded.
    places : int
        Decimals.

    Returns
    -------
    list of (Decimal, bool)
        Each part, at most one step off its value; whether it is another number than rounding it
        alone gives. Of equal remainders the earlier part is rounded up.
    """
    step = Decimal(1).scaleb(-places)
    with localcontext(prec=_EXACT_DIGITS):
        floors = [one.quantize(step, ROUND_FLOOR) for one in parts]
        total = rounded(sum(parts, Decimal(0)), places)
        missing = int((total - sum(floors, Decimal(0))) / step)
        order = sorted(range(len(parts)), key=lambda at: floors[at] - parts[at])
        raised = set(order[:missing])
        given = [one + step if at in raised else one for at, one in enumerate(floors)]
    return [
        (abs(one) if one.is_zero() else one, one != rounded(part, places))
        for one, part in zip(given, parts, strict=True)
    ]
