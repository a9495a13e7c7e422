"""Distances in location phrases, in metres."""

from __future__ import annotations

import re
from typing import Literal

from geo.location.numerals import whole
from geo.location.reading import Distance

_METRES = {
    "公里": 1000.0, "千米": 1000.0, "km": 1000.0, "米": 1.0, "公尺": 1.0, "m": 1.0,
    "华里": 500.0, "里": 500.0,
}  # fmt: skip
_BEYOND = frozenset({"超过", "大于", "不少于", "不小于", "不低于", "至少"})
_UNIT = "公里千米kmKM "
_RANGE = re.compile(r"\s?[-至到]\s?")


def distance(found: re.Match[str]) -> Distance:
    """Read the match of the distance mark: 约200米, 一公里以内, 1.5km以外.

    Of a range (200-300米) the larger value is kept, as a limit.
    """
    amounts = _RANGE.split(found["amount"])
    metres = max(_value(amount.strip(_UNIT)) for amount in amounts) * _METRES[found["unit"].lower()]
    kind = "within" if len(amounts) > 1 else _kind(found["bound"] or "", found["limit"] or "")
    return Distance(metres=metres, kind=kind)


def _kind(bound: str, limit: str) -> Literal["within", "at", "beyond"]:
    if bound in _BEYOND or limit.endswith("外"):
        return "beyond"
    return "within" if bound or limit else "at"


def _value(amount: str) -> float:
    if amount[0].isdecimal():
        return float(amount.replace(",", ""))
    number, half, _ = amount.partition("半")
    return (whole(number) if number else 0) + (0.5 if half else 0.0)
