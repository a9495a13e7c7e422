"""Sewage works among the parcels: which are, which may be, and what their capacity asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from parcels.checks.keeping_away.targets import capacity_of, cells_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcels.checks.over_layers.uncertain import Bools
    from parcels.checks.subject import Parcels, Use
    from parcels.rules.load import AppliedRule

SEWAGE_RULES = ("SEP_SEW_S", "SEP_SEW_M", "SEP_SEW_L")
CAPACITY = ("sewage_capacity", "处理规模", "设计规模", "处理能力")
_SEWAGE_CODES, _WASTE_CODES = ("U21", "1302"), ("U22", "1309")
_SMALL, _LARGE = 50_000.0, 100_000.0
"""m³ a day, the classes of the rules SEP_SEW_*: up to 5, 5 to 10, from 10万."""


def sewage_works(parcels: Parcels) -> tuple[Bools, Bools]:
    """Tell which parcels are sewage works for sure, and which may be, shape (n,).

    Environmental facilities are where code or words say sewage; waste facilities are none, unless
    a capacity is stated.
    """
    roles = [
        _role(use, name, cell)
        for use, name, cell in zip(parcels.uses, parcels.names, capacities(parcels), strict=True)
    ]
    sure, may = np.array(roles, dtype=bool).reshape(-1, 2).T
    return sure, may


def capacities(parcels: Parcels) -> list[str]:
    """Return the capacity of each parcel as typed; "" where none is stated."""
    return cells_of(parcels, CAPACITY)


def by_capacity(rules: Sequence[AppliedRule], text: str) -> tuple[AppliedRule, ...]:
    """Return the rules that works of a capacity fall under: all where it cannot be read."""
    capacity = capacity_of(text)
    if capacity is None:
        return tuple(rules)
    wanted = "SEP_SEW_S" if capacity <= _SMALL else "SEP_SEW_M"
    wanted = "SEP_SEW_L" if capacity >= _LARGE else wanted
    return tuple(one for one in rules if one.id == wanted) or tuple(rules)


def _role(use: Use, name: str, capacity: str) -> tuple[bool, bool]:
    if "U2" not in use.groups:
        return False, False
    named = "污水" in f"{use.text}{name}"
    sure = use.groups == ("U2",) and (named or use.code.startswith(_SEWAGE_CODES))
    waste = use.code.startswith(_WASTE_CODES) and not named and not capacity
    return sure, sure or not waste
