"""Units that quantities of a proposal are typed in, as exact factors to the unit of their field."""

from __future__ import annotations

import re
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from geo.units import M2_PER_MU
from parcels.permu.units import factor_of, fold, ratio_factor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.proposal.fields import Kind, ProposalField

_WAN = Fraction(10_000)
_LENGTHS: Mapping[str, Fraction] = MappingProxyType(
    {
        "m": Fraction(1),
        "米": Fraction(1),
        "cm": Fraction(1, 100),
        "厘米": Fraction(1, 100),
        "mm": Fraction(1, 1000),
        "毫米": Fraction(1, 1000),
        "km": Fraction(1000),
        "千米": Fraction(1000),
        "公里": Fraction(1000),
    }
)
_SAME: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "land": {"平方": "平方米", "平": "平方米"},
        "floor": {"平方": "平方米", "平": "平方米"},
        "money": {
            "rmb": "元",
            "圆": "元",
            "块": "元",
            "人民币圆": "元",
            "元整": "元",
            "元人民币": "元",
        },
        "energy": {"吨煤当量": "吨标准煤", "tec": "吨标准煤", "吨ce": "吨标准煤"},
        "people": {"个": "人", "个岗位": "人", "岗位": "人", "个人": "人", "人员": "人"},
        "count": {"f": "层", "storeys": "层"},
    }
)
"""Further spellings, by kind: folded to a spelling of `parcels.permu.units`."""
_PLAIN: Mapping[str, str] = MappingProxyType(
    {"floor": "m²", "length": "m", "people": "人", "count": "层"}
)
_READINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "land": ("亩", "m²", "公顷"),
        "floor": ("m²", "万m²"),
        "length": ("m",),
        "money": ("万元", "元", "亿元"),
        "energy": ("吨标准煤",),
        "mass": ("吨", "千克"),
        "power": ("kWh", "万kWh"),
        "people": ("人",),
        "count": ("层",),
        "rate_money": ("元/m²", "万元/m²"),
        "rate_people": ("人/m²", "m²/人"),
    }
)
MOST: Mapping[str, int] = MappingProxyType(
    {
        "land": 10**11,
        "floor": 10**9,
        "length": 10**5,
        "money": 10**9,
        "energy": 10**9,
        "mass": 10**9,
        "power": 10**13,
        "people": 10**8,
        "count": 200,
        "rate_money": 10**4,
        "rate_people": 10,
    }
)
"""Above it, in the unit of the kind, a number is a slip: 10^11 m² are 100,000 km²."""
_YEAR = re.compile(r"(?:[/·∙•*.]|每)?(?:年|a|yr|year)$")
_STATES_YEAR = re.compile(r"(?:[/·每]|一)\(?(?:年|a|yr|year)\)?$")
_FOREIGN = re.compile(
    r"美元|美金|欧元|日元|日圆|港元|港币|港幣|英镑|韩元|卢布|澳元|加元|新台币|台币|瑞士法郎"
    r"|usd|eur|jpy|hkd|gbp|krw|us\$|hk\$|[$€£₩]",
    re.IGNORECASE,
)


def plain_unit(asked: ProposalField) -> str:
    """Return the unit that a number without one is in; "": it has to be typed.

    A form names this unit in the heading of its field.
    """
    return _PLAIN.get(asked.kind, "")


def readings(asked: ProposalField) -> tuple[str, ...]:
    """Return units that a field may be typed in, the usual one first."""
    shares = ("%",) if asked.share_of else ()
    return (*_READINGS.get(asked.kind, ()), *shares)


def foreign_currency(text: str) -> str:
    """Return the foreign currency that a text names; "" where there is none."""
    found = _FOREIGN.search(fold(text))
    return found[0] if found else ""


def states_year(unit: str) -> bool:
    """Tell whether a unit says that an amount is one a year."""
    return bool(_STATES_YEAR.search(fold(unit)))


def factor_in(asked: ProposalField, unit: str, value: Fraction) -> Fraction | None:
    """Convert a number to the unit of its field.

    Parameters
    ----------
    asked : ProposalField
    unit : str
        As typed; 年 may follow where the field is an amount a year.
    value : Fraction
        In that unit.

    Returns
    -------
    Fraction or None
        None: it is no unit of the field.
    """
    folded = fold(unit)
    if asked.kind.startswith("rate_"):
        return _rate(asked.kind, folded, value)
    if states_year(folded):
        if not asked.a_year:
            return None
        folded = _YEAR.sub("", folded.strip("()"))
    folded = _SAME.get(asked.kind, {}).get(folded, folded)
    found = _factor(asked.kind, folded)
    return None if found is None else value * found


def _factor(kind: Kind, folded: str) -> Fraction | None:
    if kind == "length":
        return _LENGTHS.get(folded)
    if kind == "count":
        return Fraction(1) if folded == "层" else None
    if kind == "land":
        in_mu = factor_of("land", folded)
        return None if in_mu is None else in_mu * M2_PER_MU
    if kind in {"floor", "money", "energy", "mass", "power", "people"}:
        return factor_of(kind, folded)
    return None


def _rate(kind: Kind, folded: str, value: Fraction) -> Fraction | None:
    """Convert an amount a m² and year; jobs also as floor area a person."""
    bare = _YEAR.sub("", folded.replace("(", "").replace(")", ""))
    if kind == "rate_money":
        found = ratio_factor("money", "floor", bare)
        return None if found is None else value * found
    found = ratio_factor("people", "floor", bare)
    if found is not None:
        return value * found
    area = ratio_factor("floor", "people", bare)
    return None if area is None or value == 0 else 1 / (value * area)
