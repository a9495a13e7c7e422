"""Overlap among parcels: every partner with the shared area; a touch is none, a sliver a warning.

Outlines known to a metre are judged by their areas. Of a rougher drawing only what holds wherever
it truly lies is said: an overlap of what is left when each outline is drawn in by its accuracy, or
none because the drawings are farther apart than they may be off. The rest is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.crs import to_lonlat
from parcels.checks.model import Check
from parcels.checks.over_layers.pairs import DECIMALS, MOST_OF_IT, thin
from parcels.checks.overlap_doubt import Bools, Doubts, Ints, doubts
from parcels.checks.rule_choice import unjudged
from parcels.findings import Batch
from parcels.rules.judge import breach_outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from parcels.checks.model import CheckInput
    from parcels.checks.subject import Floats, Objects, Parcels
    from parcels.findings import Outcome
    from parcels.rules.load import AppliedRule

_RULE = "Q_OVERLAP"
_SLIVER_RULE = "Q_SLIVER"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SharedGround:
    """Pairs of parcels that share ground, ``first < second``, sorted.

    Attributes
    ----------
    first, second : int array, shape (m,)
    area_m2 : float array, shape (m,)
        On the ellipsoid; what is shared at least where a drawing is rough.
    sliver : bool array, shape (m,)
    """

    first: Ints
    second: Ints
    area_m2: Floats
    sliver: Bools

    def chosen(self, rows: Bools) -> SharedGround:
        """Return some of the pairs."""
        return SharedGround(
            first=self.first[rows],
            second=self.second[rows],
            area_m2=self.area_m2[rows],
            sliver=self.sliver[rows],
        )

    def both_ways(self) -> tuple[Ints, Ints, Floats]:
        """Return own parcel, other parcel and area: each pair at both, in their order."""
        own = np.concatenate([self.first, self.second])
        other = np.concatenate([self.second, self.first])
        order = np.lexsort((other, own))
        return own[order], other[order], np.concatenate([self.area_m2] * 2)[order]


def run(given: CheckInput) -> Iterator[Batch]:
    """Name every pair at both parcels, and whom a parcel may overlap where nobody can tell."""
    yield from unjudged(given, CHECK.id)
    applied = given.book.rules.get(_RULE)
    if applied is None:
        return
    parcels = given.parcels
    if len(parcels) == 1:
        alone = np.zeros(1, dtype=np.int64)
        yield _plain(applied, alone, "not_applicable", "overlap_alone")
        return
    clear = np.ones(len(parcels), dtype=bool)
    for batch in _overlaps(given, applied):
        clear[batch.parcel] = False
        yield batch
    yield _plain(applied, np.flatnonzero(clear), "pass", "overlap_none")


def _overlaps(given: CheckInput, applied: AppliedRule) -> Iterator[Batch]:
    parcels = given.parcels
    shared = shared_ground(parcels)
    narrow = given.book.rules.get(_SLIVER_RULE, applied)
    yield _measured(parcels, applied, shared.chosen(~shared.sliver))
    yield _slivers(parcels, narrow, shared.chosen(shared.sliver))
    found = doubts(parcels, parcels.measurable)
    yield _certain(parcels, applied, found)
    yield _possible(parcels, applied, found)


def shared_ground(parcels: Parcels) -> SharedGround:
    """Measure what exactly known parcels share with each other; touches are left out.

    Of 100,000 parcels the areas take a second; geometry is made for the pairs found only.
    """
    from geo.overlap.join import own_overlap_areas
    from geo.overlap.polygons import Polygons

    rows = np.flatnonzero(parcels.measurable)
    shapes = parcels.in_plane[rows]
    pairs = own_overlap_areas(Polygons.from_shapes(shapes))
    touch, sliver = thin(shapely.intersection(shapes[pairs.first], shapes[pairs.second]))
    first = rows[pairs.first]
    area = np.round(pairs.area * parcels.scale[first], DECIMALS)
    second = rows[pairs.second]
    smaller = np.minimum(parcels.area_m2[first], parcels.area_m2[second])
    sliver &= area < MOST_OF_IT * smaller
    found = SharedGround(first=first, second=second, area_m2=area, sliver=sliver)
    return found.chosen(~touch)


def _measured(parcels: Parcels, applied: AppliedRule, shared: SharedGround) -> Batch:
    own, other, area = shared.both_ways()
    whole = parcels.area_m2
    return Batch(
        check=CHECK.id,
        rule=applied.id,
        parcel=own,
        outcome=breach_outcome(applied.rule),
        reason="overlap_found",
        measured=area,
        limit=applied.limit,
        op=applied.rule.op,
        unit="m2",
        share=np.minimum(area / whole[own], 1.0),
        other=_ids(parcels)[other],
        values={"row": other + 1, "other_share": np.minimum(area / whole[other], 1.0)},
        evidence=lambda at: _ground(parcels, parcels.in_plane, own[at], other[at]),
    )


def _slivers(parcels: Parcels, applied: AppliedRule, shared: SharedGround) -> Batch:
    own, other, area = shared.both_ways()
    return Batch(
        check=CHECK.id,
        rule=applied.id,
        parcel=own,
        outcome="warning",
        reason="overlap_sliver",
        measured=area,
        unit="m2",
        share=np.minimum(area / parcels.area_m2[own], 1.0),
        other=_ids(parcels)[other],
        values={"row": other + 1},
        evidence=lambda at: _ground(parcels, parcels.in_plane, own[at], other[at]),
    )


def _certain(parcels: Parcels, applied: AppliedRule, found: Doubts) -> Batch:
    nothing = np.zeros(len(found.first), dtype=bool)
    least = np.round(found.least_m2 * parcels.scale[found.first], DECIMALS)
    shared = SharedGround(first=found.first, second=found.second, area_m2=least, sliver=nothing)
    own, other, area = shared.both_ways()
    return Batch(
        check=CHECK.id,
        rule=applied.id,
        parcel=own,
        outcome=breach_outcome(applied.rule),
        reason="overlap_certain",
        measured=area,
        limit=applied.limit,
        op=applied.rule.op,
        unit="m2",
        other=_ids(parcels)[other],
        values={"row": other + 1, "accuracy_m": _accuracy(parcels, own)},
        evidence=lambda at: _ground(parcels, found.cores, own[at], other[at]),
    )


def _possible(parcels: Parcels, applied: AppliedRule, found: Doubts) -> Batch:
    """Say whom a parcel may overlap; what lies anywhere may overlap all others."""
    rows = np.flatnonzero(found.count)
    placed = (parcels.sound & np.isfinite(parcels.accuracy_m))[rows]
    return Batch(
        check=CHECK.id,
        rule=applied.id,
        parcel=rows,
        outcome="unknown",
        reason=np.where(placed, "overlap_possible", "overlap_unplaced"),
        limit=applied.limit,
        op=applied.rule.op,
        unit="m2",
        cause=np.where(placed, "geometry_uncertain", "geometry_missing"),
        needs=("geometry",),
        values={
            "others": [[parcels.ids[at] for at in found.partners[row]] for row in rows.tolist()],
            "count": found.count[rows],
            "accuracy_m": _accuracy(parcels, rows),
        },
    )


def _plain(applied: AppliedRule, rows: Ints, outcome: Outcome, reason: str) -> Batch:
    return Batch(check=CHECK.id, rule=applied.id, parcel=rows, outcome=outcome, reason=reason)


def _ids(parcels: Parcels) -> Objects:
    return np.array(parcels.ids, dtype=object)


def _accuracy(parcels: Parcels, rows: Ints) -> list[float | str]:
    return ["—" if np.isnan(one) else float(one) for one in parcels.accuracy_m[rows]]


def _ground(parcels: Parcels, shapes: Objects, own: int, other: int) -> BaseGeometry | None:
    """Give the ground that two shapes share, in EPSG:4490."""
    shared = shapely.get_parts(shapely.intersection(shapes[own], shapes[other]))
    land = shared[shapely.area(shared) > 0]
    return to_lonlat(shapely.multipolygons(land), parcels.plane) if len(land) else None


CHECK = Check(id="overlap", run=run)
