"""Numbers as people spell them before a unit: 3,500万, 1亿2000万, 二百八十; exact or nothing."""

from __future__ import annotations

import re
from fractions import Fraction

from geo.units import han_number

_MULTIPLIERS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_HAN = "零〇一二两三四五六七八九十百千万亿"
_DIGITS = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9,.])"
    r"|(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?![0-9,.])"
)
_BIG = re.compile(r"[十百千万亿]*")
_NEXT = re.compile(r"(?=[0-9])")
_HAN_RUN = re.compile(rf"[{_HAN}]+")
_SMALL = "零一二三四五六七八九"
_MYRIAD = 10_000
_LONGEST = 40  # characters of a number in words


def splits(text: str) -> tuple[tuple[Fraction, str], ...]:
    """Split a number from its unit, in every way that the words allow.

    Parameters
    ----------
    text : str
        Half width, not signed: ``600千瓦时``, ``1亿2000万元``, ``二百八十亩``.

    Returns
    -------
    tuple of (Fraction, str)
        Value and rest; 600千瓦时 is 600 of 千瓦时, or 600,000 of 瓦时. Empty: no number.
    """
    found = _DIGITS.match(text)
    if found is None:
        return _of_words(text)
    value, rest = _value(found[0]), text[found.end() :].lstrip()
    big = _big(rest)
    after = rest[len(big) :].lstrip()
    if big and _NEXT.match(after):
        return _joined(value * factor(big), factor(big), after)
    ends = range(len(big), -1, -1)
    return _ended([(value * factor(rest[:end]), rest[end:].strip()) for end in ends], big)


def factor(big: str) -> int:
    """Return what 万, 百万, 万亿 multiply by."""
    product = 1
    for char in big:
        product *= _MULTIPLIERS[char]
    return product


def in_han(number: int) -> str:
    """Write a whole number from 0 to below 10^12 in words, 两 never used."""
    if number == 0:
        return "零"
    words, rest = "", number
    for name, size in (("亿", _MYRIAD**2), ("万", _MYRIAD), ("", 1)):
        part, rest = divmod(rest, size)
        if not part:
            continue
        gap = "零" if words and part < 1_000 else ""  # noqa: PLR2004 -- four places a section
        words += gap + _section(part) + name
    return words


def _section(number: int) -> str:
    """Write 1 to 9,999 in words."""
    words = ""
    for name, size in (("千", 1_000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, size)
        if digit:
            words += _SMALL[digit] + name
        elif words and number and not words.endswith("零"):
            words += "零"
    return words.rstrip("零")


def _big(text: str) -> str:
    found = _BIG.match(text)
    return found[0] if found else ""


def _value(digits: str) -> Fraction:
    return Fraction(digits.replace(",", ""))


def _ended(ways: list[tuple[Fraction, str]], big: str) -> tuple[tuple[Fraction, str], ...]:
    """Let 万 and 亿 at the very end be the unit as well, as people say 3500万 of money."""
    whole, rest = ways[0]
    if not rest and big and big[-1] in "万亿":
        return (ways[0], (whole / factor(big[-1]), big[-1]))
    return tuple(ways)


def _joined(total: Fraction, last: int, text: str) -> tuple[tuple[Fraction, str], ...]:
    """Read on after 1亿 in 1亿2000万: each part is smaller than the one before."""
    found = _DIGITS.match(text)
    if found is None:
        return ()
    rest = text[found.end() :].lstrip()
    big = _big(rest)
    value = _value(found[0]) * factor(big)
    after = rest[len(big) :].strip()
    if not big or value >= last:
        return ()
    if _NEXT.match(after):
        return _joined(total + value, factor(big), after)
    return _ended([(total + value, after)], big)


def _of_words(text: str) -> tuple[tuple[Fraction, str], ...]:
    """Read a number in words; 千 at its end may belong to the unit: 三千千瓦时."""
    found = _HAN_RUN.match(text)
    if found is None or len(found[0]) > _LONGEST:
        return ()
    run, rest = found[0], text[found.end() :]
    start = len(run.rstrip("".join(_MULTIPLIERS)))
    ways = [
        (Fraction(number), (run[end:] + rest).strip())
        for end in range(len(run), max(start, 1) - 1, -1)
        if (number := _spoken(run[:end])) is not None
    ]
    return _ended(ways, run[start:]) if ways else ()


def _spoken(words: str) -> int | None:
    """Read a number that is put together as numbers are: 一百零五, not 一百五, not 万亩."""
    plain = words.replace("两", "二").replace("〇", "零")
    number = han_number(plain)
    is_bare = all(char in _SMALL for char in plain)
    told = plain if is_bare else in_han(number) if number < _MYRIAD**3 else ""
    return number if told.replace("一十", "十") == plain.replace("一十", "十") else None
