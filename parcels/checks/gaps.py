"""Gaps between parcels that are meant to cover the ground together.

What a gap is, and from when on parcels count as a partition, is settled by the reading of surveys
(`geo.survey.quality.gaps`). Only outlines known to a metre are compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.crs import to_lonlat
from parcels.checks.model import Check
from parcels.checks.over_layers.pairs import DECIMALS, thin
from parcels.checks.rule_choice import unjudged
from parcels.findings import Batch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.survey.quality.finding import Found
    from parcels.checks.model import CheckInput
    from parcels.checks.overlap_doubt import Bools, Ints
    from parcels.checks.subject import Objects, Parcels
    from parcels.findings import Outcome
    from parcels.rules.load import AppliedRule

_RULE = "Q_GAP"
_UNSEARCHED = "Q_UNSEARCHED"
_GRID_M = 0.001


def run(given: CheckInput) -> Iterator[Batch]:
    """Name every gap at both parcels beside it."""
    yield from unjudged(given, CHECK.id)
    applied = given.book.rules.get(_RULE)
    if applied is None:
        return
    parcels = given.parcels
    everyone = np.arange(len(parcels))
    if len(parcels) == 1:
        yield _said(applied, everyone, "not_applicable", "gaps_alone")
        return
    exact = parcels.measurable
    yield from _not_measured(parcels, applied, ~exact)
    found = _search(parcels, exact)
    rows = np.flatnonzero(exact)
    if found is None:
        yield _said(applied, rows, "not_applicable", "gaps_no_partition")
    elif any(one.code == _UNSEARCHED for one in found):
        yield _uncertain(applied, rows, "gaps_unsearched", "geometry_uncertain")
    else:
        yield from _gaps(given, applied, rows, found)


def _search(parcels: Parcels, exact: Bools) -> list[Found] | None:
    """Return what lies between the parcels; None where they are no partition."""
    from geo.survey.quality.gaps import gap_findings
    from geo.survey.quality.layer import Layer

    layer = Layer(_fitted(parcels.in_plane[exact]))
    return gap_findings(layer) if len(layer.shapes) and layer.is_coverage() else None


def _fitted(shapes: Objects) -> Objects:
    """Put points on a grid of millimetres, and into the edges of neighbours that they lie on.

    A corner on the edge of a neighbour leaves the edge by nanometres with every change of
    projection. That is no gap, but it opens a hole beside it to the outside.
    """
    shapes = shapely.set_precision(shapes, _GRID_M, mode="pointwise")
    points = shapely.points(np.unique(shapely.get_coordinates(shapes), axis=0))
    edges = shapely.boundary(shapes)
    owner, point = shapely.STRtree(points).query(edges, predicate="dwithin", distance=_GRID_M)
    counts = np.bincount(owner, minlength=len(shapes))
    rows = np.flatnonzero(counts > shapely.get_num_coordinates(shapes) - _rings(shapes))
    asked = np.isin(owner, rows)
    order = np.argsort(owner[asked], kind="stable")
    place = np.searchsorted(rows, owner[asked][order])
    corners = shapely.multipoints(points[point[asked][order]], indices=place)
    shapes[rows] = shapely.snap(shapes[rows], corners, _GRID_M)
    return shapes


def _rings(shapes: Objects) -> Ints:
    parts, owner = shapely.get_parts(shapes, return_index=True)
    holes = shapely.get_num_interior_rings(parts)
    rings: Ints = np.bincount(owner, weights=holes + 1, minlength=len(shapes)).astype(np.int64)
    return rings


def _gaps(
    given: CheckInput, applied: AppliedRule, rows: Ints, found: list[Found]
) -> Iterator[Batch]:
    clear = np.ones(len(rows), dtype=bool)
    for one in found:
        if one.other is None or one.shape is None or one.value is None:
            continue
        kept = ~thin(one.shape)[0]
        first, second = one.parcel[kept], one.other[kept]
        clear[first] = clear[second] = False
        rule = given.book.rules.get(one.code, applied)
        pairs = rows[np.concatenate([first, second])], rows[np.concatenate([second, first])]
        yield _between(given.parcels, rule, pairs, np.concatenate([one.shape[kept]] * 2))
    yield _said(applied, rows[clear], "pass", "gaps_none")


def _between(
    parcels: Parcels, applied: AppliedRule, pairs: tuple[Ints, Ints], shapes: Objects
) -> Batch:
    order = np.lexsort((pairs[1], pairs[0]))
    own, other, shapes = pairs[0][order], pairs[1][order], shapes[order]
    is_gap = applied.id == _RULE
    return Batch(
        check=CHECK.id,
        rule=applied.id,
        parcel=own,
        outcome="warning",
        reason="gap_found" if is_gap else "gap_sliver",
        measured=np.round(shapely.area(shapes) * parcels.scale[np.minimum(own, other)], DECIMALS),
        limit=applied.limit if is_gap else None,
        op=applied.rule.op if is_gap else "",
        unit="m2",
        other=np.array(parcels.ids, dtype=object)[other],
        values={"row": other + 1},
        evidence=lambda at: to_lonlat(shapes[at], parcels.plane),
    )


def _not_measured(parcels: Parcels, applied: AppliedRule, chosen: Bools) -> Iterator[Batch]:
    placed = parcels.sound & np.isfinite(parcels.accuracy_m)
    yield _uncertain(
        applied, np.flatnonzero(chosen & placed), "gaps_uncertain", "geometry_uncertain"
    )
    yield _uncertain(
        applied, np.flatnonzero(chosen & ~placed), "gaps_without_place", "geometry_missing"
    )


def _uncertain(applied: AppliedRule, rows: Ints, reason: str, cause: str) -> Batch:
    return Batch(
        check=CHECK.id,
        rule=applied.id,
        parcel=rows,
        outcome="unknown",
        reason=reason,
        cause=cause,
        needs=("geometry",),
    )


def _said(applied: AppliedRule, rows: Ints, outcome: Outcome, reason: str) -> Batch:
    return Batch(check=CHECK.id, rule=applied.id, parcel=rows, outcome=outcome, reason=reason)


CHECK = Check(id="gaps", run=run)
