"""Numbers as people type them into survey files: read exactly, or refused with the reason."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from geo.errors import PlannerError

_PLAIN = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
_GROUPED = re.compile(r"[-+]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?")
_EXPONENT = re.compile(r"[-+]?[0-9.]+[eE][-+]?[0-9]+")
_DEGREES = re.compile(r"[0-9.\s]+[°度d][0-9.\s]*['′分]?[0-9.\s]*[\"″秒]?\s*[NSEW北南东西]?")
_FULL_WIDTH = {full: full - 0xFEE0 for full in range(ord("！"), ord("～") + 1)}
_NARROW = {**_FULL_WIDTH, 0x3000: 0x20, 0x2212: 0x2D, ord("。"): ord(".")}
_METRES = re.compile(r"(?<=[0-9.])\s*(?:m|米)$", re.IGNORECASE)
_NOT_FINITE = {"nan", "inf", "infinity", "∞", "1.#qnan", "1.#ind", "1.#inf"}
_SHOWN = 40
_LONGEST = 200  # a longer text is no way of writing a number, and slow to compare


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number of a file.

    Attributes
    ----------
    value : float
        Finite.
    decimals : int
        Digits after the point as written.
    widened : bool
        It was written with full-width characters.
    """

    value: float
    decimals: int
    widened: bool = False


def read_number(text: str, *, metres: bool = False) -> Number:
    """Read a coordinate or an area as it stands in a cell or a line.

    Parameters
    ----------
    text : str
        The cell; blanks around it do not count.
    metres : bool
        It is a coordinate: m or 米 may follow.

    Returns
    -------
    Number
        Full-width digits count as digits and are reported.

    Raises
    ------
    PlannerError
        With ``value`` as written: ``number_empty``, ``number_grouped`` (thousands marks),
        ``number_exponent`` (a spreadsheet's 3.65E+06 has lost digits), ``number_degrees``
        (degrees, minutes, seconds), ``number_not_finite``, ``number_unreadable``.
    """
    plain = narrow(text).strip()
    is_widened = plain != text.strip()
    shown = text.strip()[:_SHOWN]
    plain = _METRES.sub("", plain) if metres else plain
    if not plain:
        raise PlannerError("number_empty", value=shown)
    if not _PLAIN.fullmatch(plain):
        raise PlannerError(_reason(plain), value=shown)
    value = float(plain)
    if not math.isfinite(value):
        raise PlannerError("number_not_finite", value=shown)
    decimals = len(plain.partition(".")[2])
    return Number(value=value, decimals=decimals, widened=is_widened)


def narrow(text: str) -> str:
    """Write full-width digits, letters and marks in half width, character for character."""
    return text if text.isascii() else text.translate(_NARROW)


def _reason(plain: str) -> str:
    if plain.lower().strip("+-") in _NOT_FINITE:
        return "number_not_finite"
    if len(plain) > _LONGEST:
        return "number_unreadable"
    forms = (
        (_GROUPED, "number_grouped"),
        (_EXPONENT, "number_exponent"),
        (_DEGREES, "number_degrees"),
    )
    return next((code for form, code in forms if form.fullmatch(plain)), "number_unreadable")
