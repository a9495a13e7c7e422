"""Findings of rules that forbid or report land shared with a layer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.crs import to_lonlat
from parcels.checks.over_layers.ground import Ground
from parcels.checks.over_layers.lines import crossings
from parcels.checks.over_layers.pairs import SLIVER_M2, shared_land, total_by_parcel
from parcels.checks.over_layers.rules import ruled_kinds, unruled, within_uses
from parcels.checks.over_layers.uncertain import near, shared_for_sure
from parcels.checks.over_layers.unknown import layer_missing, not_hit
from parcels.findings import Batch
from parcels.rules.judge import breach_outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from shapely.geometry.base import BaseGeometry

    from parcels.checks.model import CheckInput
    from parcels.checks.over_layers.pairs import Pairs
    from parcels.checks.over_layers.uncertain import Bools, Ints
    from parcels.rules.load import AppliedRule

_MOST_NAMED = 8
SLIVERS = {"overlay_sliver", "overlay_line_grazes"}


def overlap_findings(
    given: CheckInput, check: str, kinds: Mapping[str, str], protective: Collection[str] = ()
) -> Iterator[Batch]:
    """Judge land shared with the layers of a check; parameters as in `unruled`."""
    yield from unruled(given, check, kinds, protective)
    for kind, applied in ruled_kinds(given, check):
        yield from within_uses(given, applied, layer_findings(given, applied, kind))


def layer_findings(given: CheckInput, applied: AppliedRule, kind: str) -> Iterator[Batch]:
    """Judge land shared with one layer: at least one finding for each parcel.

    Every feature that a parcel shares land with is told, slivers as such; what the layer or the
    drawing cannot prove is unknown.
    """
    overlay = given.overlays.get(kind)
    if overlay is None:
        yield from layer_missing(given, applied, kind)
        return
    ground = Ground(parcels=given.parcels, overlay=overlay)
    hit, uncertain, batches = _estimated(ground, applied)
    grazed = np.zeros(len(given.parcels), dtype=bool)
    for batch in (*_measured(ground, applied), *crossings(ground, applied)):
        (grazed if batch.reason in SLIVERS else hit)[batch.parcel] = True
        yield batch
    yield from batches
    yield from not_hit(ground, applied, open_rows=~hit, uncertain=uncertain, grazed=grazed)


def _measured(ground: Ground, applied: AppliedRule) -> Iterator[Batch]:
    pairs = shared_land(ground)
    if not len(pairs):
        return
    total = total_by_parcel(ground, pairs)
    for sliver in (False, True):
        rows = np.flatnonzero(pairs.sliver == sliver)
        if len(rows):
            yield _pair_batch(ground, applied, pairs, rows, total[pairs.parcel[rows]])


def _pair_batch(
    ground: Ground, applied: AppliedRule, pairs: Pairs, rows: Ints, total: Any
) -> Batch:
    parcel, feature = pairs.parcel[rows], pairs.feature[rows]
    whole = ground.parcels.area_m2[parcel]
    counted = np.bincount(pairs.parcel, minlength=len(ground.parcels))
    sliver = bool(pairs.sliver[rows[0]])
    return Batch(
        check=applied.rule.check,
        rule=applied.id,
        parcel=parcel,
        outcome="warning" if sliver else breach_outcome(applied.rule),
        reason="overlay_sliver" if sliver else "overlay_hit",
        measured=pairs.area_m2[rows],
        limit=no_land(applied),
        op=applied.rule.op,
        unit="m2",
        share=np.minimum(pairs.area_m2[rows] / whole, 1.0),
        other=ground.labels(feature),
        values={
            "layer": ground.words,
            "title": ground.titles(feature),
            "total_m2": total,
            "total_share": np.minimum(total / whole, 1.0),
            "count": counted[parcel],
        },
        evidence=evidence_of(ground, parcel, feature),
    )


def _estimated(ground: Ground, applied: AppliedRule) -> tuple[Bools, Bools, list[Batch]]:
    """Return which parcels share land for sure, which perhaps, and findings of the first."""
    count = len(ground.parcels)
    hit, uncertain = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    drawings = ground.drawings
    row, feature = near(drawings, ground.land)
    sure = shared_for_sure(drawings, ground.land, row, feature)
    proven = np.flatnonzero(sure > SLIVER_M2)
    lost = ~np.isfinite(drawings.reach) & (len(ground.land) > 0)
    uncertain[ground.rows[row]] = uncertain[ground.rows[lost]] = True
    hit[ground.rows[proven]] = True
    batches = [
        batch
        for place in (False, True)
        if len(some := proven[drawings.is_place[proven] == place])
        for batch in [_sure_batch(ground, applied, some, sure[some], (row, feature))]
    ]
    return hit, uncertain & ~hit, batches


def _sure_batch(
    ground: Ground, applied: AppliedRule, some: Ints, sure: Any, pairs: tuple[Ints, Ints]
) -> Batch:
    parcel = ground.rows[some]
    is_place = bool(ground.drawings.is_place[some[0]])
    first, last = np.searchsorted(pairs[0], [some, some + 1])
    features = [pairs[1][start:end] for start, end in zip(first, last, strict=True)]
    area = sure * ground.scale[parcel]
    return Batch(
        check=applied.rule.check,
        rule=applied.id,
        parcel=parcel,
        outcome=breach_outcome(applied.rule),
        reason="overlay_hit_place" if is_place else "overlay_hit_at_least",
        measured=None if is_place else area,
        limit=no_land(applied),
        op=applied.rule.op,
        unit="m2",
        share=1.0 if is_place else np.minimum(area / ground.parcels.area_m2[parcel], 1.0),
        other=[_names(ground, one) for one in features],
        values={
            "layer": ground.words,
            "title": ground.overlay.title,
            "accuracy_m": ground.reach[parcel],
        },
        evidence=lambda at: _shared(ground, int(parcel[at]), features[at]),
    )


def _names(ground: Ground, features: Ints) -> str:
    """Name the first of the features that a rough parcel may meet."""
    named = "、".join(ground.labels(features[:_MOST_NAMED]))
    return named if len(features) <= _MOST_NAMED else f"{named}…"


def no_land(applied: AppliedRule) -> float | None:
    """Return the limit of a rule about shared land: none may be shared where it is forbidden."""
    return 0.0 if applied.rule.op == "no_overlap" else None


def evidence_of(
    ground: Ground, parcel: Ints, feature: Ints
) -> Callable[[int], BaseGeometry | None]:
    """Return what draws the land that a pair shares, in EPSG:4490."""
    return lambda at: _shared(ground, int(parcel[at]), feature[at : at + 1])


def _shared(ground: Ground, parcel: int, features: Ints) -> BaseGeometry | None:
    shape = ground.parcels.drawn[parcel]
    shared = shapely.intersection(shape, shapely.union_all(ground.land[features]))
    return None if shared.is_empty else to_lonlat(shared, ground.parcels.plane)
