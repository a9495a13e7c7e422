"""Marks around a number that change what it says: at least, at most, about, half width."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from geo.read.numbers import narrow

if TYPE_CHECKING:
    from collections.abc import Mapping

_PERCENT_WORDS = re.compile(r"^百分之(.+)$")
_SIMPLE = str.maketrans({"，": ",", "萬": "万", "億": "亿", "畝": "亩", "頃": "顷"})
_FILLER = re.compile(r"(?:总共|合计|共计|总计|计划|共|计|为|是|:)\s*")
Bound = Literal["least", "most", "about"]
_BEFORE: Mapping[Bound, re.Pattern[str]] = {
    "least": re.compile(
        r"(?:≥|≧|>=|>|至少|最少|不(?:得|应|宜)?(?:少|低|小)于|(?:大|高|多)于(?:或?等于)?|超过|超)\s*"
    ),
    "most": re.compile(
        r"(?:≤|≦|<=|<|至多|最多|不(?:得|应|宜)?(?:大|高|多)于|不(?:得|应|宜)?超过"
        r"|(?:小|低|少)于(?:或?等于)?|不足|不到)\s*"
    ),
    "about": re.compile(r"(?:大约|约为|约合|约|近|将近|接近|预计|估计|[~≈])\s*"),
}
_AFTER: Mapping[Bound, re.Pattern[str]] = {
    "least": re.compile(r"\s*(?:及|或|\(含\))?(?:以上|起)$|\s*\+$"),
    "most": re.compile(r"\s*(?:及|或)?(?:以下|以内|之内)$"),
    "about": re.compile(r"\s*(?:左右|上下)$"),
}


def plain(text: str) -> str:
    """Write half width, simplified, without marks at the end that say nothing."""
    half = narrow(text).translate(_SIMPLE).strip().rstrip(";,、").strip()
    return _PERCENT_WORDS.sub(r"\1%", half)


def bounds_of(text: str) -> tuple[str, set[Bound]]:
    """Take 不少于, 约, 以上 and the like off a text."""
    found: set[Bound] = set()
    text = off_start(text, _FILLER)
    for kind in ("most", "least", "about"):
        text, is_before = _taken(text, _BEFORE[kind])
        text, is_after = _taken(text, _AFTER[kind])
        if is_before or is_after:
            found.add(kind)
            text = off_start(text, _FILLER)
    return text, found


def off_start(text: str, pattern: re.Pattern[str]) -> str:
    """Take what matches off the start of a text, unless nothing would be left."""
    found = pattern.match(text)
    return text[found.end() :] if found and found.end() < len(text) else text


def _taken(text: str, pattern: re.Pattern[str]) -> tuple[str, bool]:
    """Take a mark off the start or the end of a text."""
    if pattern.pattern.endswith("$"):
        rest = pattern.sub("", text)
        return rest, rest != text
    rest = off_start(text, pattern)
    return rest, rest != text
