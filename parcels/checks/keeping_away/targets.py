"""What parcels must keep away from: features of layers, land of some use, parcels of the set."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from geo.errors import PlannerError
from geo.read.numbers import read_number
from parcels.checks.side_by_side.land import land_of_overlay
from parcels.checks.side_by_side.meeting import Land, use_sets
from parcels.checks.side_by_side.readings import UseSet
from parcels.checks.subject import EXACT_M

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.overlay import Overlay
    from parcels.checks.over_layers.uncertain import Bools, Ints
    from parcels.checks.subject import Floats, Objects, Parcels

_TEN_THOUSAND = 10_000.0
_CAPACITY = re.compile(
    r"([0-9][0-9.,]*)(万)?((?:t|吨|m3|m³|立方米)?(?:/?每?[d日天])?)", re.IGNORECASE
)
_LEAST_BARE = 1_000.0
"""A smaller number without a unit may mean 万 m³ a day."""
_WORKSHOP, _WAREHOUSE = re.compile("厂房|车间|workshop"), re.compile("仓|库|warehouse|storage")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Targets:
    """Land to keep away from, k pieces.

    Attributes
    ----------
    land : Land
    names : sequence of str
    sure : bool array, shape (k,)
        The piece is what the rule means; else it may be.
    low_m, high_m : float array, shape (k,)
        The limit lies between them; NaN: the limit of the parcel.
    rule : sequence of str
        Id of the rule that sets the limit.
    doubt : str
        The datum that settles what is not sure, or a limit that lies between two numbers.
    position : int array, shape (k,)
        Position of a parcel of the set; -1 for features of layers.
    own_land : bool
        A piece may describe the parcel's own land, which it need not keep away from.
    """

    land: Land
    names: Sequence[str]
    sure: Bools
    low_m: Floats
    high_m: Floats
    rule: Sequence[str]
    doubt: str
    position: Ints
    own_land: bool = False

    def __len__(self) -> int:
        """Count the pieces."""
        return len(self.land)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Limits:
    """What the features of a layer ask for: columns of `Targets`; no rule: nothing."""

    low_m: Floats
    high_m: Floats
    rule: Sequence[str]
    doubt: str


def of_layer(overlay: Overlay, parcels: Parcels, limits: Limits) -> Targets:
    """Return the features of a layer that ask for a distance."""
    rows = np.flatnonzero([bool(rule) for rule in limits.rule])
    accuracy = overlay.accuracy_m or 0.0
    off = np.full(len(rows), 0.0 if accuracy <= EXACT_M else accuracy)
    return Targets(
        land=_bare(overlay.in_plane(parcels.plane)[rows], np.zeros(len(rows), dtype=bool), off),
        names=[overlay.names[at] or f"#{at + 1}" for at in rows],
        sure=np.ones(len(rows), dtype=bool),
        low_m=limits.low_m[rows],
        high_m=limits.high_m[rows],
        rule=[limits.rule[int(at)] for at in rows],
        doubt=limits.doubt,
        position=np.full(len(rows), -1),
    )


def of_land_use(overlay: Overlay, parcels: Parcels, groups: frozenset[str], rule: str) -> Targets:
    """Return the features of a land-use layer that are, or may be, of one of some uses."""
    rows, land = land_of_overlay(overlay, parcels)
    sure, may = _meant([land.uses[use].groups for use in land.use], groups)
    rows = rows[may]
    found = _of_uses(
        _some(land, may),
        [overlay.names[at] or f"{overlay.codes[at]} #{at + 1}".strip() for at in rows],
        sure[may],
        np.full(len(rows), -1),
        rule,
    )
    return replace(found, own_land=True)


def of_parcels(parcels: Parcels, rows: Ints, groups: frozenset[str], rule: str) -> Targets:
    """Return the located parcels of the set that are, or may be, of one of some uses."""
    sure, may = _meant([parcels.uses[row].groups for row in rows], groups)
    rows = rows[may]
    off = np.where(parcels.exact[rows], 0.0, parcels.accuracy_m[rows])
    land = _bare(parcels.drawn[rows], parcels.has_place[rows], off)
    return _of_uses(land, [parcels.ids[row] for row in rows], sure[may], rows, rule)


def of_works(parcels: Parcels, rows: Ints, works: tuple[Bools, Bools], limits: Limits) -> Targets:
    """Return the located parcels of the set that are, or may be, works that ask for a distance."""
    sure, may = works[0][rows], works[1][rows]
    rows = rows[may]
    off = np.where(parcels.exact[rows], 0.0, parcels.accuracy_m[rows])
    return Targets(
        land=_bare(parcels.drawn[rows], parcels.has_place[rows], off),
        names=[parcels.ids[row] for row in rows],
        sure=sure[may],
        low_m=limits.low_m[rows],
        high_m=limits.high_m[rows],
        rule=[limits.rule[int(row)] for row in rows],
        doubt=limits.doubt,
        position=rows,
    )


def may_be(groups: tuple[str, ...], wanted: frozenset[str]) -> bool:
    """Tell whether a use may be one of some groups; an unknown one may."""
    return not groups or not wanted.isdisjoint(groups)


def cells_of(parcels: Parcels, columns: Sequence[str]) -> list[str]:
    """Return what some columns say of each parcel, "" for nothing; contradictions side by side."""
    held = [
        column
        for name, column in parcels.attributes.items()
        if unicodedata.normalize("NFKC", name).strip() in columns
    ]
    said = [
        dict.fromkeys(str(cell).strip() for cell in row if cell is not None)
        for row in zip(*held, strict=True)
    ]
    cells = [" / ".join(one for one in some if one) for some in said]
    return cells or [""] * len(parcels)


def capacity_of(text: str) -> float | None:
    """Read the capacity of sewage works in m³ a day; None where the text states none."""
    found = _CAPACITY.fullmatch(unicodedata.normalize("NFKC", text).replace(" ", ""))
    if found is None:
        return None
    try:
        value = read_number(found[1].replace(",", "")).value
    except PlannerError:
        return None
    if not found[2] and not found[3] and value < _LEAST_BARE:
        return None
    value *= _TEN_THOUSAND if found[2] else 1.0
    return value if math.isfinite(value) and value > 0 else None


def hazard_of(text: str) -> str:
    """Read what a class A hazard is: ``workshop``, ``warehouse`` or "" where it is not stated."""
    workshop = _WORKSHOP.search(text.lower()) is not None
    warehouse = _WAREHOUSE.search(text.lower()) is not None
    if workshop == warehouse:
        return ""
    return "workshop" if workshop else "warehouse"


def _of_uses(land: Land, names: Sequence[str], sure: Bools, position: Ints, rule: str) -> Targets:
    open_ended = np.full(len(land), np.nan)
    return Targets(
        land=land,
        names=names,
        sure=sure,
        low_m=open_ended,
        high_m=open_ended,
        rule=[rule] * len(land),
        doubt="neighbours",
        position=position,
    )


def _meant(uses: Sequence[tuple[str, ...]], wanted: frozenset[str]) -> tuple[Bools, Bools]:
    sure = [bool(groups) and wanted.issuperset(groups) for groups in uses]
    return np.array(sure, dtype=bool), np.array([may_be(one, wanted) for one in uses], dtype=bool)


def _some(land: Land, kept: Bools) -> Land:
    return _bare(land.shapes[kept], land.is_place[kept], land.off_m[kept])


def _bare(shapes: Objects, is_place: Bools, off_m: Floats) -> Land:
    use, uses = use_sets([UseSet(groups=())] * len(shapes))
    piece = -1 - np.arange(len(shapes))
    return Land(shapes=shapes, is_place=is_place, off_m=off_m, piece=piece, use=use, uses=uses)
