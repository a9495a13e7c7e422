"""The land that neighbours stand for: parcels of the set, features of a land-use layer, belts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import shapely

from parcels.checks.side_by_side.meeting import CLOSE_M, CONTACT_M, Land, shared_lines, use_sets
from parcels.checks.side_by_side.readings import UseSet
from parcels.checks.subject import EXACT_M
from parcels.checks.use_groups import is_open_land, use_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.overlay import Overlay
    from parcels.checks.over_layers.uncertain import Ints
    from parcels.checks.side_by_side.meeting import Meetings
    from parcels.checks.side_by_side.readings import Bools
    from parcels.checks.subject import Objects, Parcels

_CLEAN = re.compile("光电|光学|精密|食品|医药|制药|中药")
"""Precision, food and medicine want clean surroundings; a name that says so is taken at it."""
_BARRIER_M = 1.0
_EDGE_M = 1.0
"""What a feature may stand out from the parcel that is drawn after it."""
_SLIVER_M2, _THIN_M2, _THIN = 1.0, 50.0, 0.05


def uses_of_parcels(parcels: Parcels) -> tuple[UseSet, ...]:
    """Return the uses of the parcels, shape (n,)."""
    return tuple(
        UseSet(groups=use.groups, wants_clean=_wants_clean(use.groups, f"{use.text} {name}"))
        for use, name in zip(parcels.uses, parcels.names, strict=True)
    )


def located(parcels: Parcels) -> Ints:
    """Return positions of parcels whose drawing says how far it may be off."""
    accuracy = np.nan_to_num(parcels.accuracy_m, nan=np.inf)
    return np.flatnonzero(parcels.sound & np.isfinite(accuracy) & (accuracy >= 0))


def land_of_parcels(parcels: Parcels, rows: Ints, uses: Sequence[UseSet]) -> Land:
    """Return located parcels as land; exact outlines decide as they are drawn."""
    use, distinct = use_sets([uses[row] for row in rows])
    exact = parcels.exact[rows]
    return Land(
        shapes=parcels.drawn[rows],
        is_place=parcels.has_place[rows],
        off_m=np.where(exact, 0.0, parcels.accuracy_m[rows]),
        piece=rows,
        use=use,
        uses=distinct,
    )


def land_of_overlay(overlay: Overlay, parcels: Parcels) -> tuple[Ints, Land]:
    """Return the features of a land-use layer that are used at all, and their positions.

    Fields, woods and water have no use that could conflict. A layer without stated accuracy is
    taken as drawn.
    """
    scheme = overlay.code_scheme or ""
    rows = np.array(
        [at for at, code in enumerate(overlay.codes) if not is_open_land(code.strip(), scheme)],
        dtype=np.int64,
    )
    use, distinct = use_sets(
        [_use_of_feature(overlay.codes[row], scheme, overlay.names[row]) for row in rows]
    )
    accuracy = overlay.accuracy_m or 0.0
    return rows, Land(
        shapes=overlay.in_plane(parcels.plane)[rows],
        is_place=np.zeros(len(rows), dtype=bool),
        off_m=np.full(len(rows), 0.0 if accuracy <= EXACT_M else accuracy),
        piece=-1 - rows,
        use=use,
        uses=distinct,
    )


def without_own_land(asking: Land, around: Land, met: Meetings) -> Meetings:
    """Leave out pairs whose feature is the parcel's own land (`is_own_land`)."""
    near = np.flatnonzero((met.drawn_m == 0) & ~met.rough)
    own = np.zeros(len(met), dtype=bool)
    own[near] = is_own_land(asking, around, met.first[near], met.second[near])
    return met.only(~own)


def is_own_land(asking: Land, around: Land, first: Ints, second: Ints) -> Bools:
    """Tell of which features nothing but slivers lies outside the parcel, shape (m,).

    Of a feature from which the parcel is cut, the rest is a neighbour. So it is where the drawing
    may be off by more than what lies outside: it may be the parcel's own, which settles nothing.
    """
    here, there = asking.shapes[first], around.shapes[second]
    own: Bools = shapely.area(shapely.intersection(here, there)) > _SLIVER_M2
    inside = np.flatnonzero(own)
    grown = shapely.buffer(here[inside], _EDGE_M, join_style="mitre")
    own[inside] = ~_is_land(shapely.difference(there[inside], grown))
    return own


def separated(asking: Land, around: Land, met: Meetings, barriers: Objects) -> Bools:
    """Tell which touching pairs have a road or belt along their whole shared line, shape (m,)."""
    apart = np.zeros(len(met), dtype=bool)
    rows = np.flatnonzero(met.lies.touches)
    if not len(rows) or not len(barriers):
        return apart
    lines = shared_lines(asking, around, met.first[rows], met.second[rows])
    line, barrier = shapely.STRtree(barriers).query(
        lines, predicate="dwithin", distance=_BARRIER_M + CLOSE_M
    )
    for at in np.unique(line):
        belt = shapely.buffer(
            shapely.union_all(barriers[barrier[line == at]]), _BARRIER_M + CLOSE_M
        )
        apart[rows[at]] = shapely.length(shapely.difference(lines[at], belt)) <= CONTACT_M
    return apart


def _is_land(shapes: Objects) -> Bools:
    """Tell which shapes hold more than slivers."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    area, edge = shapely.area(parts), shapely.length(parts)
    round_ = 4 * np.pi * area / np.maximum(edge, 1e-9) ** 2
    sliver = (area < _SLIVER_M2) | ((round_ < _THIN) & (area < _THIN_M2))
    held: Bools = np.bincount(owner[~sliver], minlength=len(shapes)) > 0
    return held


def _use_of_feature(code: str, scheme: str, name: str) -> UseSet:
    groups = use_of(code, scheme, "").groups if code.isascii() else use_of("", None, code).groups
    return UseSet(groups=groups, wants_clean=_wants_clean(groups, name))


def _wants_clean(groups: tuple[str, ...], words: str) -> bool:
    return "M1" in groups and _CLEAN.search(words) is not None
