"""Units that tables of firms are written in, as exact factors."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from geo.units import M2_PER_HECTARE, M2_PER_KM2, M2_PER_MU

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["money", "land", "floor", "energy", "mass", "power", "people", "share"]

# Unit of each kind in which numbers are kept: the first one, of factor 1.
_WAN = Fraction(10_000)
_SPELLINGS: Mapping[Kind, Mapping[str, Fraction]] = {
    "money": {
        "万元": Fraction(1),
        "万": Fraction(1),
        "wan": Fraction(1),
        "wanyuan": Fraction(1),
        "10,000yuan": Fraction(1),
        "10000yuan": Fraction(1),
        "元": 1 / _WAN,
        "人民币元": 1 / _WAN,
        "yuan": 1 / _WAN,
        "cny": 1 / _WAN,
        "人民币": 1 / _WAN,
        "万元人民币": Fraction(1),
        "百元": 100 / _WAN,
        "千元": 1000 / _WAN,
        "百万元": Fraction(100),
        "亿元": _WAN,
        "亿": _WAN,
    },
    "land": {
        "亩": Fraction(1),
        "市亩": Fraction(1),
        "mu": Fraction(1),
        "平方米": 1 / M2_PER_MU,
        "m2": 1 / M2_PER_MU,
        "平米": 1 / M2_PER_MU,
        "sqm": 1 / M2_PER_MU,
        "万平方米": _WAN / M2_PER_MU,
        "万m2": _WAN / M2_PER_MU,
        "公顷": M2_PER_HECTARE / M2_PER_MU,
        "hm2": M2_PER_HECTARE / M2_PER_MU,
        "ha": M2_PER_HECTARE / M2_PER_MU,
        "平方公里": M2_PER_KM2 / M2_PER_MU,
        "平方千米": M2_PER_KM2 / M2_PER_MU,
        "km2": M2_PER_KM2 / M2_PER_MU,
    },
    "floor": {
        "平方米": Fraction(1),
        "m2": Fraction(1),
        "平米": Fraction(1),
        "sqm": Fraction(1),
        "万平方米": _WAN,
        "万m2": _WAN,
    },
    "energy": {
        "吨标准煤": Fraction(1),
        "吨标煤": Fraction(1),
        "tce": Fraction(1),
        "千克标准煤": Fraction(1, 1000),
        "千克标煤": Fraction(1, 1000),
        "kgce": Fraction(1, 1000),
        "万吨标准煤": _WAN,
        "万吨标煤": _WAN,
    },
    "mass": {
        "吨": Fraction(1),
        "t": Fraction(1),
        "千克": Fraction(1, 1000),
        "公斤": Fraction(1, 1000),
        "kg": Fraction(1, 1000),
        "万吨": _WAN,
    },
    "power": {
        "千瓦时": Fraction(1),
        "千瓦小时": Fraction(1),
        "kwh": Fraction(1),
        "度": Fraction(1),
        "千千瓦时": Fraction(1000),
        "千kwh": Fraction(1000),
        "万千瓦时": _WAN,
        "万千瓦小时": _WAN,
        "万kwh": _WAN,
        "万度": _WAN,
        "兆瓦时": Fraction(1000),
        "mwh": Fraction(1000),
        "亿千瓦时": Fraction(100_000_000),
    },
    "people": {"人": Fraction(1), "名": Fraction(1), "person": Fraction(1), "万人": _WAN},
    "share": {"1": Fraction(1), "%": Fraction(1, 100), "％": Fraction(1, 100)},
}
OWN_UNIT: Mapping[Kind, str] = {
    "money": "万元",
    "land": "亩",
    "floor": "m²",
    "energy": "吨标准煤",
    "mass": "吨",
    "power": "kWh",
    "people": "人",
    "share": "1",
}
_BLANKS = re.compile(r"\s+")
_DOTS = re.compile(r"[·•∙⋅・.]")
_UNDER = re.compile(r"/[(（]([^()（）]*)[)）]")
_LISTED = re.compile(r"[,，、;；]")
_BRACKETS = re.compile(r"[(\[【<]([^()\[\]【】<>]*)[)\]】>]")
_LABEL = re.compile(r"^(?:计量)?单位[:]?")
_TAIL = re.compile(r"(?:[_/,，、:：;-]|\s)+([^_/,，、:：;\s-]+(?:/[^_/,，、:：;\s-]+)?)$")
_UNITS = re.compile(
    r"(?:元|币|美金|亩|平|米|顷|里|丈|尺|坪|吨|煤|时|度|焦|卡|千瓦|人|万|亿|%|‰|[$￥¥€])$"
    r"|^(?:[千万亿]?(?:k?wh?|mwh|gj|k?m2|m|ha|hm2|k?g|t|usd|eur|rmb|cny|yuan))$"
)
_NO_UNITS = re.compile(r"(?:年|季|月|幅|程|强)度$|不变价|法人$")
_YEAR = re.compile(r"^(?:19|20)\d{2}(?:年度?)?|(?<=\D)(?:19|20)\d{2}年?$")
_BEFORE = re.compile(r"^(?:企业|本年|当年|年度|全年|上年|上年度)+(?=.)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A column's heading taken apart.

    Attributes
    ----------
    names : tuple of str
        Folded spellings of what it says, the fullest first.
    units : tuple of str
        Folded texts that may be its unit, the likeliest first.
    """

    names: tuple[str, ...]
    units: tuple[str, ...]


def fold(text: str) -> str:
    """Make spellings comparable: full width, case, blanks and line breaks do not count."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)).lower()


def split_heading(text: str) -> Heading:
    """Take a heading apart: ``税收（万元）``, ``用地面积/亩``, ``area_mu``, ``2022年用电量(kWh)``.

    Parameters
    ----------
    text : str
        As typed.

    Returns
    -------
    Heading
        What stands in brackets may be a unit or a remark; a year does not count.
    """
    plain = _UNDER.sub(r"/\1", unicodedata.normalize("NFKC", text).strip().lower())
    inside = [part for found in _BRACKETS.findall(plain) for part in _parts(fold(found))]
    bare = _BRACKETS.sub("", plain).strip(" _/,，、:：;-")
    whole = fold(bare)
    tail = _TAIL.search(bare)
    names, units = [whole], [*reversed(inside)]
    if tail:
        names.append(fold(bare[: tail.start()]))
        units.append(fold(tail[1]))
    undated = [_BEFORE.sub("", _YEAR.sub("", name)) for name in names]
    return Heading(
        names=tuple(dict.fromkeys(name for name in (*names, *undated) if name)),
        units=tuple(dict.fromkeys(unit for unit in units if unit)),
    )


def looks_like_unit(text: str) -> bool:
    """Tell whether a folded text names some unit, known here or not: 万美元, but not 年度."""
    return bool(_UNITS.search(text)) and not _NO_UNITS.search(text)


def _parts(inside: str) -> list[str]:
    """Return what stands in a bracket, the whole last: 万元,实缴 is a unit and a remark."""
    return list(reversed([_LABEL.sub("", one) for one in (inside, *_LISTED.split(inside))]))


def factor_of(kind: Kind, unit: str) -> Fraction | None:
    """Return what a number in this unit is multiplied by to be in the kind's own unit.

    Parameters
    ----------
    kind : str
        Such as ``money``.
    unit : str
        As written; None comes back for what is no unit of the kind.
    """
    folded = _DOTS.sub("", fold(unit))
    known = _SPELLINGS[kind]
    if kind == "people":
        folded = folded.removesuffix("年").rstrip("/") or folded
    return known.get(folded, known.get(folded.removesuffix("/年").removesuffix("/a")))


def ratio_factor(above: Kind, below: Kind, unit: str) -> Fraction | None:
    """Return the factor of a unit such as ``元/㎡`` to the own units of two kinds."""
    first, slash, second = fold(unit).partition("/")
    if not slash:
        return None
    numerator, denominator = factor_of(above, first), factor_of(below, second)
    return None if numerator is None or denominator is None else numerator / denominator


def spellings(kind: Kind) -> tuple[str, ...]:
    """Return the units of a kind that may be written."""
    return tuple(_SPELLINGS[kind])
