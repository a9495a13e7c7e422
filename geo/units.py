"""Exact unit factors, and areas and lengths as people write them.

1 亩 is exactly 2000/3 m², 1 公顷 is 15 亩 and 1 平方公里 is 1,500 亩.
"""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from geo.errors import PlannerError

_EXACT_DIGITS = 400  # of any float: 309 before the point at most
M2_PER_MU = Fraction(2000, 3)
M2_PER_HECTARE = Fraction(10_000)
M2_PER_KM2 = Fraction(1_000_000)

_SQUARE_METRES_PER_UNIT = {
    "平方公里": M2_PER_KM2,
    "平方千米": M2_PER_KM2,
    "km2": M2_PER_KM2,
    "km²": M2_PER_KM2,
    "㎢": M2_PER_KM2,
    "公顷": M2_PER_HECTARE,
    "hm2": M2_PER_HECTARE,
    "hm²": M2_PER_HECTARE,
    "ha": M2_PER_HECTARE,
    "平方米": Fraction(1),
    "平米": Fraction(1),
    "平方": Fraction(1),
    "㎡": Fraction(1),
    "m2": Fraction(1),
    "m²": Fraction(1),
    "市亩": M2_PER_MU,
    "亩": M2_PER_MU,
    "mu": M2_PER_MU,
}
_MULTIPLIERS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_HAN_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}

# One character for one, so that spans in the translated text are spans in the text as typed.
_WIDE_COMMA = ord("，")
_NARROW: dict[int, int | str] = {
    **{full: full - 0xFEE0 for full in range(ord("！"), ord("～") + 1) if full != _WIDE_COMMA},
    0x3000: " ",
    0x2212: "-",
}
_UNITS = "|".join(sorted(map(re.escape, _SQUARE_METRES_PER_UNIT), key=len, reverse=True))
_AREA = re.compile(
    r"(?P<sign>[-+]?)"
    r"(?P<number>[0-9]{1,3}(?:,[0-9]{3}){1,5}(?:\.[0-9]{1,9})?|[0-9]{1,18}(?:\.[0-9]{1,18})?"
    r"|[零〇一二两三四五六七八九十百千万亿]{1,18})"
    r"\s*(?P<multiplier>[百千万亿]?)\s*(?:余|多)?\s*"
    rf"(?P<unit>{_UNITS})(?![a-z0-9])",
    re.IGNORECASE,
)
_METRES_PER_UNIT = {"": 1, "m": 1, "米": 1, "公尺": 1, "km": 1_000, "公里": 1_000, "千米": 1_000}
_LENGTH = re.compile(
    r"\s*(?P<number>[-+]?[0-9]{1,3}(?:,[0-9]{3}){1,5}(?:\.[0-9]{1,9})?|[-+]?[0-9]{1,18}(?:\.[0-9]{1,18})?)"
    rf"\s*(?P<unit>{'|'.join(sorted(map(re.escape, _METRES_PER_UNIT), key=len, reverse=True))})\s*",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\s*(?:总|用地|占地|土地|净)*(?:面积)?[:为是]?\s*(?:大约|约|近|共计|合计|共|计)*\s*"
)
_AFTER = re.compile(r"\s*(?:左右|上下)?\s*")
_HALF_OF_A_NUMBER = re.compile(r"[0-9][.,]?$|[0-9亩顷米里]\s*[-~—–至到]\s*$")
_FLOOR_AREA = re.compile(r"(?:建筑|建面)[^,，;。]{0,6}$")


def parse_area(text: str) -> float:
    """Read an area that stands alone, such as ``280亩`` or ``约４．５万㎡``.

    Parameters
    ----------
    text : str
        A number with its unit: 亩, 公顷, 平方米, 平方公里 and their usual signs.

    Returns
    -------
    float
        Square metres.

    Raises
    ------
    PlannerError
        ``area_unreadable`` or ``area_not_positive``.
    """
    narrow = text.translate(_NARROW).replace(chr(_WIDE_COMMA), ",")
    before = _BEFORE.match(narrow)
    found = _AREA.match(narrow, before.end() if before else 0)
    if found is None or _AFTER.fullmatch(narrow, found.end()) is None:
        raise PlannerError("area_unreadable", value=text)
    square_metres = _square_metres(found)
    if not math.isfinite(square_metres):
        raise PlannerError("area_unreadable", value=text)
    if square_metres <= 0:
        raise PlannerError("area_not_positive", value=text)
    return square_metres


def parse_length(text: str) -> float:
    """Read a length that stands alone, such as ``-30``, ``50 m`` or ``１．２公里``.

    Parameters
    ----------
    text : str
        A number with 米, m, 公里 or km; without a unit it is metres. It may be negative.

    Returns
    -------
    float
        Metres.

    Raises
    ------
    PlannerError
        ``length_unreadable``.
    """
    found = _LENGTH.fullmatch(text.translate(_NARROW).replace(chr(_WIDE_COMMA), ","))
    if found is None:
        raise PlannerError("length_unreadable", value=text)
    return float(
        Fraction(found["number"].replace(",", "")) * _METRES_PER_UNIT[found["unit"].lower()]
    )


def find_area(text: str) -> tuple[float, tuple[int, int]] | None:
    """Find the first land area inside a longer text.

    Floor areas (建筑面积) and ranges (300-400亩) are not the area of a piece of land.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    (float, (int, int)) or None
        Square metres and the ``[start, end)`` position in ``text``.
    """
    narrow = text.translate(_NARROW)
    for found in _AREA.finditer(narrow):
        before = narrow[max(0, found.start() - 12) : found.start()]
        if _HALF_OF_A_NUMBER.search(before) or _FLOOR_AREA.search(before):
            continue
        square_metres = _square_metres(found)
        if 0 < square_metres < math.inf:
            return square_metres, (found.start(), found.end())
    return None


def square_metres_to_mu(square_metres: float) -> float:
    """Convert square metres to 亩."""
    return square_metres * M2_PER_MU.denominator / M2_PER_MU.numerator


def decimal_mu(square_metres: float, places: int = 4) -> Decimal:
    """Convert square metres to 亩 with a fixed number of decimals, exactly.

    Parameters
    ----------
    square_metres : float
        Finite; its shortest decimal form counts, as it is printed.
    places : int
        Decimals of the result.

    Returns
    -------
    Decimal
        m² × 3 / 2000, halves rounded away from zero.
    """
    with localcontext(prec=_EXACT_DIGITS):
        mu = Decimal(repr(float(square_metres))) * 3 / 2000
        return mu.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def mu_to_square_metres(mu: float) -> float:
    """Convert 亩 to square metres."""
    return mu * M2_PER_MU.numerator / M2_PER_MU.denominator


def _square_metres(found: re.Match[str]) -> float:
    number = _number(found["number"]) * _MULTIPLIERS.get(found["multiplier"], 1)
    if found["sign"] == "-":
        number = -number
    try:
        return float(number * _SQUARE_METRES_PER_UNIT[found["unit"].lower()])
    except OverflowError:
        return math.inf


def _number(text: str) -> Fraction:
    if text[0] in "0123456789":
        return Fraction(text.replace(",", ""))
    return Fraction(han_number(text))


def han_number(text: str) -> int:
    """Read 二百八十; a string of bare digits such as 二八〇 is read digit by digit.

    Parameters
    ----------
    text : str
        Of 零〇一二两三四五六七八九十百千万亿 only; how they are put together is not checked.
    """
    if all(char in _HAN_DIGITS for char in text):
        return int("".join(str(_HAN_DIGITS[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in _HAN_DIGITS:
            digit = _HAN_DIGITS[char]
        elif _MULTIPLIERS[char] < _MULTIPLIERS["万"]:
            section += (digit or 1) * _MULTIPLIERS[char]
            digit = 0
        else:
            size = _MULTIPLIERS[char]
            below = total % size**2  # 万 does not multiply the 亿 before it
            total += (below + section + digit) * size - below
            section = digit = 0
    return total + section + digit
