"""Numbers and cells that canonical JSON would not give back as they were."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

_TAG = "float"
_WHOLE = 2**53
_PLAIN = {str, int, bool, type(None)}


def exact_value(value: Any) -> Any:
    """Give a cell so that it comes back as the same value of the same type.

    Numbers with a fraction, whole numbers, texts, truths and None are themselves; a float that
    JSON would write otherwise (1.0, −0, NaN, infinity) is ``{"float": "1.0"}``; what is none of
    these is its text.
    """
    if type(value) in _PLAIN:
        return value
    item = getattr(value, "item", None)
    if callable(item):
        return exact_value(item())
    if not isinstance(value, float):
        return str(value)
    fraction = math.isfinite(value) and (not value.is_integer() or abs(value) > _WHOLE)
    return value if fraction else {_TAG: repr(value)}


def read_value(plain: Any) -> Any:
    """Read a cell back; ValueError or TypeError for what is none."""
    if not isinstance(plain, dict):
        if isinstance(plain, list):
            raise TypeError("a list")
        return plain
    if set(plain) != {_TAG} or not isinstance(plain[_TAG], str):
        raise ValueError(str(plain))
    return float(plain[_TAG])


def exact_number(value: float | None) -> Any:
    """Give a number that is a float wherever it is read: only −0, NaN and infinity are tagged."""
    if value is None:
        return None
    number = float(value)
    odd = not math.isfinite(number) or (number == 0 and math.copysign(1, number) < 0)
    return {_TAG: repr(number)} if odd else number


def read_number(plain: Any) -> float | None:
    """Read a number back; ValueError or TypeError for what is none."""
    if plain is None:
        return None
    if isinstance(plain, (bool, str)):
        raise TypeError(f"{plain!r} is no number")
    return float(read_value(plain))


def changed_cells(cells: Iterable[Any]) -> list[list[Any]]:
    """Give position and exact value of the cells that JSON alone would not give back."""
    found = ([at, exact_value(one)] for at, one in enumerate(cells) if type(one) not in _PLAIN)
    return [[at, one] for at, one in found if isinstance(one, dict)]
