"""Shared land while a shape is still being dragged: areas by the kernels, nothing else.

The same layers, rules and slivers as the checks; what takes more than a shared area (uses,
corridors, distances, what is missing) is told when the shape is closed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.crs import to_local, to_lonlat
from parcels.checks.over_layers.pairs import DECIMALS, MOST_OF_IT, THIN_M2, thin
from parcels.checks.subject import EXACT_M
from parcels.checks.water_source import POLLUTING_ONLY
from parcels.planning.conflicts.model import MOST_LISTED, Conflict, crowded
from parcels.planning.conflicts.piece import (
    Asked,
    Piece,
    conflict_of,
    land_in,
    take_apart,
    words_of,
)
from parcels.planning.conflicts.subject import (
    accuracy_of,
    called,
    drawn_together,
    is_source,
    land_of,
)
from parcels.planning.conflicts.table import checks_of
from parcels.planning.ground.boxes import meets, near_box

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from parcels.checks.over_layers.uncertain import Bools
    from parcels.checks.subject import Floats, Objects
    from parcels.planning.ground.prepared import Ground, Ints, Surface
    from parcels.planning.model import Element
    from parcels.rules.load import AppliedRule

_OVERLAP = "Q_OVERLAP"
_SHARED = ("no_overlap", "report")


def overlaps_at_once(
    element: Element, ground: Ground, others: Sequence[Element] = ()
) -> tuple[Conflict, ...]:
    """Tell what land an element shares with layers, parcels and elements of its kind.

    Parameters
    ----------
    element : Element
    ground : Ground
    others : sequence of Element
        All elements of the scenario, in order.

    Returns
    -------
    tuple of Conflict
        Worst first, then the largest; `conflicts_model.MOST_LISTED` of each layer are drawn.
        Where the element or the layer may be off by more than a metre the outcome is unknown.
    """
    land = land_of(element)
    if land is None:
        return ()
    asked = take_apart(element, land, ground)
    found: list[Conflict] = []
    for surface, applied in _judged_by(element, ground):
        found += _of_surface(asked, ground, surface, applied)
    kin = {at: one for at, one in enumerate(others, 1) if one.kind == element.kind}
    return tuple(crowded([*found, *_with_elements(asked, ground, kin)]))


def shared_with_elements(
    element: Element, land: BaseGeometry, ground: Ground, others: Mapping[int, Element]
) -> list[Conflict]:
    """Tell what land an element shares with some others of its kind, by their place among all."""
    return list(_with_elements(take_apart(element, land, ground), ground, others)) if others else []


def _judged_by(element: Element, ground: Ground) -> Iterator[tuple[Surface, AppliedRule]]:
    """Give the layers that share land with a kind of element, with the rule of each."""
    asked = checks_of(element.kind)
    rules = {
        one.rule.metric: one
        for check in asked.ids
        for one in ground.book.of(check)
        if one.rule.op in _SHARED and one.id not in asked.without
    }
    own = ground.book.rules.get(_OVERLAP) if "overlap" in asked.ids else None
    for surface in ground.surfaces:
        applied = own if surface.id == "parcels" else rules.get(f"overlap:{surface.id}")
        if applied is not None:
            yield surface, applied


def _of_surface(
    asked: Asked, ground: Ground, surface: Surface, applied: AppliedRule
) -> list[Conflict]:
    rows, area = _shared(asked, ground, surface)
    if surface.id == "parcels" and ground.parcels is not None:
        known = ground.parcels
        kept = [not is_source(asked.element, known, at) for at in rows.tolist()]
        rows, area = rows[kept], area[kept]
    if not len(rows):
        return []
    order = np.argsort(-area, kind="stable")
    rows, area = rows[order], area[order]
    touch, sliver, drawn = _pieces(asked, ground, surface, rows, area)
    sure = _is_exact(ground, surface, rows)
    sure &= asked.is_exact and not _depends_on_use(applied)
    told = np.flatnonzero(~touch).tolist()
    names = _names(ground, surface, rows)
    words = words_of(surface.id)
    return [
        conflict_of(
            asked,
            (surface.id, words),
            applied,
            Piece(names[at], float(area[at]), bool(sliver[at]), bool(sure[at]), drawn.get(at)),
        )
        for at in told
    ]


def _with_elements(
    asked: Asked, ground: Ground, others: Mapping[int, Element]
) -> Iterator[Conflict]:
    """Tell what an element shares with others of its kind, where the table says that it may not."""
    own, applied = asked.element, ground.book.rules.get(_OVERLAP)
    if applied is None or applied.rule.check not in {one.id for one in checks_of(own.kind).beside}:
        return
    for one in others.values():
        land = land_of(one)
        if one.id == own.id or land is None or not land.intersects(asked.land):
            continue
        piece = land_in(shapely.intersection(asked.here, to_local(land, asked.plane)))
        touch, sliver = thin(np.array([piece], dtype=object))
        area = round(piece.area * asked.scale, DECIMALS)
        if not touch[0]:
            narrow = bool(sliver[0]) and area < MOST_OF_IT * asked.area_m2
            sure = asked.is_exact and accuracy_of(one) <= EXACT_M
            sure = sure or drawn_together(own, one)
            drawn = to_lonlat(piece, asked.plane)
            said = Piece(called(one), area, narrow, sure, drawn)
            yield conflict_of(asked, ("elements", words_of("elements")), applied, said)


def _shared(asked: Asked, ground: Ground, surface: Surface) -> tuple[Ints, Floats]:
    """Measure shared land, m² on the ellipsoid; far from the plane of the ground in its own."""
    if asked.plane is ground.plane:
        pairs = surface.base.overlaps_of(asked.flat)
        return pairs.second.astype(np.int64), np.round(pairs.area * asked.scale, DECIMALS)
    from geo.overlap.join import overlap_areas
    from geo.overlap.polygons import Polygons

    rows = np.flatnonzero(meets(surface.boxes, near_box(asked.land, 0.0)))
    there = Polygons.from_shapes(to_local(surface.shapes[rows], asked.plane))
    pairs = overlap_areas(asked.flat, there)
    return rows[pairs.second], np.round(pairs.area * asked.scale, DECIMALS)


def _pieces(
    asked: Asked, ground: Ground, surface: Surface, rows: Ints, area: Floats
) -> tuple[Bools, Bools, dict[int, BaseGeometry]]:
    """Tell touches and slivers as the checks do, and draw the largest pieces, all at once.

    Parameters
    ----------
    rows, area : array, shape (k,)
        The largest first.

    Returns
    -------
    touch, sliver : bool array, shape (k,)
    drawn : dict of position to geometry
        EPSG:4490.
    """
    touch, sliver = np.zeros(len(rows), dtype=bool), np.zeros(len(rows), dtype=bool)
    small = area < THIN_M2
    shown = np.arange(len(rows)) < MOST_LISTED
    made = np.flatnonzero(small | shown)
    parts = shapely.intersection(asked.here, _in_plane(asked, ground, surface, rows[made]))
    narrow = small[made]
    touch[made[narrow]], sliver[made[narrow]] = thin(parts[narrow])
    sliver &= area < MOST_OF_IT * asked.area_m2
    kept = shown[made]
    moved = to_lonlat(np.array([land_in(one) for one in parts[kept]], dtype=object), asked.plane)
    return touch, sliver, dict(zip(made[kept].tolist(), moved, strict=True))


def _in_plane(asked: Asked, ground: Ground, surface: Surface, rows: Ints) -> Objects:
    """Give polygons of a surface in the plane of the sketch, shape (k,)."""
    if asked.plane is ground.plane:
        kept: Objects = surface.base.polygons.shapes(rows)
        return kept
    moved: Objects = np.asarray(to_local(surface.shapes[rows], asked.plane))
    return moved


def _is_exact(ground: Ground, surface: Surface, rows: Ints) -> Bools:
    if surface.id == "parcels" and ground.parcels is not None:
        return ground.parcels.exact[rows].copy()
    accuracy = ground.overlays[surface.id].accuracy_m
    return np.full(len(rows), accuracy is None or accuracy <= EXACT_M)


def _depends_on_use(applied: AppliedRule) -> bool:
    """Whether a breach hangs on the use of the land or on what is discharged there."""
    return bool(applied.rule.uses) or applied.rule.metric.partition(":")[2] in POLLUTING_ONLY


def _names(ground: Ground, surface: Surface, rows: Ints) -> list[str]:
    named = ground.overlays[surface.id].names if surface.id != "parcels" else ()
    if surface.id == "parcels" and ground.parcels is not None:
        named = ground.parcels.ids
    return [named[at] or f"#{at + 1}" for at in rows.tolist()]
