"""Chinese numerals as whole numbers."""

from __future__ import annotations

import re

DIGITS = {
    "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4,
    "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MYRIAD = 10_000
HAN = "".join(DIGITS) + "".join(_UNITS)
_NUMERALS = frozenset(HAN)
_NUMBERED = re.compile(rf"(?<![{HAN}])[{HAN}]++(?=路|街|大街|大道|号|支路|环|巷|线|期|纵|横)")


def whole(text: str) -> int:
    """Value of a Chinese numeral: 二百 is 200, 二十一 is 21, 一五 read digit by digit is 15.

    Parameters
    ----------
    text : str
        Characters of 零〇一二两三四五六七八九十百千万 only, at least one.
    """
    head, myriad, tail = text.rpartition("万")
    if myriad:
        return (whole(head) if head else 1) * _MYRIAD + (whole(tail) if tail else 0)
    if not any(unit in text for unit in _UNITS):
        return int("".join(str(DIGITS[character]) for character in text))
    total = digit = 0
    for character in text:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = DIGITS[character]
    return total + digit


def arabic(name: str) -> str:
    """Write the numbers of numbered names with digits: 经二十一路 becomes 经21路."""
    if _NUMERALS.isdisjoint(name):
        return name
    return _NUMBERED.sub(lambda found: str(whole(found.group())), name)
