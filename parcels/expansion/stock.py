"""Idle and inefficient land of the present zone, as a person states it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from parcels.expansion.model import Detail, Measured
from parcels.expansion.shape_indices import certain

_FIELDS = ("idle_m2", "inefficient_m2", "industrial_m2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """Areas in m²; None: not given.

    Attributes
    ----------
    idle_m2 : float or None
        闲置土地.
    inefficient_m2 : float or None
        低效用地.
    industrial_m2 : float or None
        All industrial land of the zone.
    """

    idle_m2: float | None = None
    inefficient_m2: float | None = None
    industrial_m2: float | None = None


def idle_share(stock: Stock | None) -> Measured:
    """Measure (idle + inefficient) / industrial land; nothing is taken for what is not given."""
    given = {name: getattr(stock or Stock(), name) for name in _FIELDS}
    missing = tuple(f"input:zone_{name}" for name, value in given.items() if value is None)
    details = tuple(
        Detail(kind=name.removesuffix("_m2"), figures={"area_m2": value})
        for name, value in given.items()
        if value is not None
    )
    if missing:
        return Measured(cause="input_missing", needs=missing, reason="no_stock", details=details)
    idle, inefficient, industrial = (float(value) for value in given.values())
    if not _is_sound(idle, inefficient, industrial):
        needs = tuple(f"input:zone_{name}" for name in _FIELDS)
        values = {name: f"{value:g}" for name, value in given.items()}
        return Measured(cause="input_unusable", needs=needs, reason="stock_unusable", values=values)
    return certain((idle + inefficient) / industrial, *details)


def _is_sound(idle: float, inefficient: float, industrial: float) -> bool:
    known = all(math.isfinite(one) for one in (idle, inefficient, industrial))
    return known and min(idle, inefficient) >= 0 and 0 < industrial >= idle + inefficient
