"""Findings of rules that want parcels to lie inside the land of a layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.crs import to_lonlat
from parcels.checks.over_layers.ground import Ground
from parcels.checks.over_layers.pairs import (
    LEAST_M2,
    MOST_OF_IT,
    SLIVER_M2,
    THIN_M2,
    thin,
    total_by_parcel,
    touching_land,
)
from parcels.checks.over_layers.uncertain import inside_for_sure, near, outside_for_sure
from parcels.checks.over_layers.unknown import layer_missing, no_limit, unproven
from parcels.findings import Batch
from parcels.rules.judge import breach_outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from shapely.geometry.base import BaseGeometry

    from parcels.checks.model import CheckInput
    from parcels.checks.over_layers.uncertain import Bools, Ints
    from parcels.checks.subject import Floats
    from parcels.findings import Outcome
    from parcels.rules.load import AppliedRule


def inside_findings(
    given: CheckInput, applied: AppliedRule, kind: str, *, everywhere: bool = False
) -> Iterator[Batch]:
    """Judge whether parcels lie inside a layer, one finding for each.

    Being inside is proven by what the layer shows. Being outside is proven only where the layer
    speaks and is complete; ``everywhere`` as in `Ground`.
    """
    limit, overlay = applied.limit, given.overlays.get(kind)
    if isinstance(limit, bool) or not isinstance(limit, (int, float)):
        yield no_limit(given, applied, kind)
        return
    if overlay is None:
        yield from layer_missing(given, applied, kind)
        return
    ground = Ground(parcels=given.parcels, overlay=overlay, everywhere=everywhere)
    inside, breach, batches = _measured(ground, applied, float(limit))
    sure_in, sure_out, estimates = _estimated(ground, applied, float(limit))
    silent = ground.unspoken | (not overlay.complete)
    settled = inside | sure_in | (breach & ~silent) | (sure_out & ~silent)
    for batch in (*batches, *estimates):
        yield batch.only(settled[batch.parcel])
    uncertain = ground.estimated & ~sure_in & ~sure_out
    yield from unproven(ground, applied, ~settled, uncertain)


def _measured(
    ground: Ground, applied: AppliedRule, limit: float
) -> tuple[Bools, Bools, list[Batch]]:
    """Return which parcels keep the limit and which lack land, with the findings of both."""
    rows = np.flatnonzero(ground.measured)
    pairs = touching_land(ground)
    area = ground.parcels.area_m2[rows]
    within = np.minimum(total_by_parcel(ground, pairs)[rows], area)
    lacking = limit * area - within
    touch, sliver = _slight(ground, rows, lacking, whole=limit >= 1)
    keeps = (lacking <= LEAST_M2) | touch
    part, nothing = ~keeps & ~sliver, within <= 0
    kinds: tuple[tuple[Bools, Outcome, str], ...] = (
        (keeps, "pass", "inside_kept"),
        (~keeps & sliver, "warning", "inside_sliver"),
        (part & ~nothing, breach_outcome(applied.rule), "inside_part"),
        (part & nothing, breach_outcome(applied.rule), "inside_nothing"),
    )
    batches = [
        _share_batch(ground, applied, rows[some], within[some], outcome=outcome, reason=reason)
        for some, outcome, reason in kinds
    ]
    return _flags(ground, rows[keeps]), _flags(ground, rows[~keeps]), batches


def _slight(ground: Ground, rows: Ints, lacking: Floats, *, whole: bool) -> tuple[Bools, Bools]:
    """Tell where what lies outside is a touch, and where it is a sliver or less."""
    touch = np.zeros(len(rows), dtype=bool)
    sliver = (lacking < SLIVER_M2) & (not whole)
    small = np.flatnonzero((lacking > LEAST_M2) & (lacking < THIN_M2) & whole)
    if len(small):
        outside = [_outside(ground, int(rows[at])) for at in small]
        touch[small], sliver[small] = thin(np.array(outside, dtype=object))
    sliver &= lacking < MOST_OF_IT * ground.parcels.area_m2[rows]
    return touch, sliver


def _share_batch(
    ground: Ground,
    applied: AppliedRule,
    parcel: Ints,
    within: Floats,
    *,
    outcome: Outcome,
    reason: str,
) -> Batch:
    area = ground.parcels.area_m2[parcel]
    return Batch(
        check=applied.rule.check,
        rule=applied.id,
        parcel=parcel,
        outcome=outcome,
        reason=reason,
        measured=within / area,
        limit=applied.limit,
        op=applied.rule.op,
        unit="ratio",
        share=within / area,
        values={
            "layer": ground.words,
            "title": ground.overlay.title,
            "inside_m2": within,
            "outside_m2": area - within,
        },
        evidence=_outside_of(ground, parcel),
    )


def _estimated(
    ground: Ground, applied: AppliedRule, limit: float
) -> tuple[Bools, Bools, list[Batch]]:
    """Return which parcels lie inside for sure and which lack land for sure, with findings."""
    drawings = ground.drawings
    row, feature = near(drawings, ground.land)
    inside = inside_for_sure(drawings, ground.land, row, feature)
    area = shapely.area(drawings.shapes)
    beyond = outside_for_sure(drawings, ground.land, row, feature)
    allowed = np.where(drawings.is_place, 0.0, (1 - limit) * area)
    outside = beyond - allowed > SLIVER_M2
    kinds: tuple[tuple[Bools, Outcome, str], ...] = (
        (inside, "pass", "inside_for_sure"),
        (outside, breach_outcome(applied.rule), "outside_for_sure"),
    )
    batches = []
    for some, outcome, reason in kinds:
        parcel = ground.rows[some]
        batches.append(
            Batch(
                check=applied.rule.check,
                rule=applied.id,
                parcel=parcel,
                outcome=outcome,
                reason=reason,
                limit=applied.limit,
                op=applied.rule.op,
                unit="ratio",
                values={
                    "layer": ground.words,
                    "title": ground.overlay.title,
                    "accuracy_m": ground.reach[parcel],
                },
                evidence=_outside_of(ground, parcel),
            )
        )
    return _flags(ground, ground.rows[inside]), _flags(ground, ground.rows[outside]), batches


def _outside(ground: Ground, parcel: int) -> BaseGeometry:
    shape = ground.parcels.drawn[parcel]
    met = shapely.STRtree(ground.land).query(shape, predicate="intersects")
    return shapely.difference(shape, shapely.union_all(ground.land[met]))


def _outside_of(ground: Ground, parcel: Ints) -> Callable[[int], BaseGeometry | None]:
    """Return what draws the part of a parcel that lies outside, in EPSG:4490."""

    def draw(at: int) -> BaseGeometry | None:
        outside = _outside(ground, int(parcel[at]))
        return None if outside.is_empty else to_lonlat(outside, ground.parcels.plane)

    return draw


def _flags(ground: Ground, parcel: Ints) -> Bools:
    flags = np.zeros(len(ground.parcels), dtype=bool)
    flags[parcel] = True
    return flags
