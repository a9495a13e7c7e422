"""Thresholds of the land law about how much arable and other land a parcel takes.

What is not measured is bounded: no parcel takes more land of any kind than its own area.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from parcels.checks.over_layers.ground import Ground
from parcels.checks.over_layers.pairs import total_by_parcel, touching_land
from parcels.checks.over_layers.uncertain import near, shared_for_sure
from parcels.checks.over_layers.unknown import layer_missing, no_limit, unproven
from parcels.findings import Batch
from parcels.rules.judge import breach_outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.checks.model import CheckInput
    from parcels.checks.over_layers.uncertain import Bools
    from parcels.checks.subject import Floats, Parcels
    from parcels.findings import Outcome
    from parcels.rules.load import AppliedRule

ARABLE = "arable"
_HECTARE_M2 = 10_000.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bounds:
    """Least and most land of one kind inside each parcel, m², shape (n,) each."""

    low: Floats
    high: Floats


def threshold_findings(given: CheckInput, applied: AppliedRule) -> Iterator[Batch]:
    """Compare arable or other land of each parcel with a threshold in hectares.

    Where the layer of arable land is not loaded or does not speak, the area of the parcel bounds
    both: a parcel smaller than the threshold keeps it whatever it takes.
    """
    limit, overlay = applied.limit, given.overlays.get(ARABLE)
    if isinstance(limit, bool) or not isinstance(limit, (int, float)):
        yield no_limit(given, applied, ARABLE)
        return
    ground = None if overlay is None else Ground(parcels=given.parcels, overlay=overlay)
    whole = _whole(given.parcels)
    bounds = arable_bounds(ground, whole)
    if applied.rule.metric != "arable_ha":
        known = np.where(np.isfinite(whole), whole, 0.0)
        bounds = Bounds(
            low=np.maximum(known - bounds.high, 0.0), high=np.maximum(whole - bounds.low, 0.0)
        )
    low, high = bounds.low / _HECTARE_M2, bounds.high / _HECTARE_M2
    keeps, breaks = high <= limit, low > limit
    yield _batch(applied, bounds, keeps, high, outcome="pass")
    yield _batch(applied, bounds, breaks, low, outcome=breach_outcome(applied.rule))
    left = ~keeps & ~breaks
    if ground is None:
        yield from layer_missing(given, applied, ARABLE, left)
    else:
        yield from unproven(ground, applied, left, ground.estimated)


def arable_bounds(ground: Ground | None, whole: Floats) -> Bounds:
    """Bound the arable land inside parcels.

    Parameters
    ----------
    ground : Ground or None
        Parcels over the layer of arable land; None: it is not loaded.
    whole : float array, shape (n,)
        Most land that a parcel can have; infinite without a drawing.
    """
    low, high = np.zeros(len(whole)), whole.copy()
    if ground is None:
        return Bounds(low=low, high=high)
    measured = total_by_parcel(ground, touching_land(ground))
    low[ground.measured] = np.minimum(measured, whole)[ground.measured]
    drawings = ground.drawings
    row, feature = near(drawings, ground.land)
    low[ground.rows] = np.where(
        drawings.is_place, 0.0, shared_for_sure(drawings, ground.land, row, feature)
    )
    clear = np.isfinite(drawings.reach)
    clear[row] = False
    settled = ground.measured.copy()
    settled[ground.rows[clear]] = True
    if ground.overlay.complete:
        settled &= ~ground.unspoken
        high[settled] = low[settled]
    return Bounds(low=low, high=high)


def _whole(parcels: Parcels) -> Floats:
    """Return the area of the outline or of the extent; infinite without a sound drawing."""
    area = np.where(parcels.has_shape, parcels.area_m2, shapely.area(parcels.places_in_plane))
    return np.where(parcels.sound, area, np.inf)


def _batch(
    applied: AppliedRule, bounds: Bounds, some: Bools, measured: Floats, *, outcome: Outcome
) -> Batch:
    keeps = outcome == "pass"
    arable = applied.rule.metric == "arable_ha"
    kept = "arable_within_threshold" if arable else "other_land_within_threshold"
    broken = "arable_above_threshold" if arable else "other_land_above_threshold"
    return Batch(
        check=applied.rule.check,
        rule=applied.id,
        parcel=np.flatnonzero(some),
        outcome=outcome,
        reason=kept if keeps else broken,
        measured=measured[some],
        limit=applied.limit,
        op=applied.rule.op,
        unit=applied.rule.unit,
        values={"least_m2": bounds.low[some], "most_m2": bounds.high[some]},
    )
