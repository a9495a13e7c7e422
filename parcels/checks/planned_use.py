"""The use of parcels against master plan and detailed plan, class by class."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.crs import to_lonlat
from parcels.checks.model import Check
from parcels.checks.over_layers.ground import Ground
from parcels.checks.over_layers.pairs import (
    LEAST_M2,
    MOST_OF_IT,
    THIN_M2,
    shared_land,
    thin,
    total_by_group,
    total_by_parcel,
)
from parcels.checks.over_layers.plan import VERDICTS, read_plan
from parcels.checks.over_layers.rules import ruled_kinds, unruled, within_uses
from parcels.checks.over_layers.uncertain_plan import rough_plan_findings
from parcels.checks.over_layers.unknown import layer_missing, unproven
from parcels.findings import Batch
from parcels.rules.judge import breach_outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from shapely.geometry.base import BaseGeometry

    from parcels.checks.model import CheckInput
    from parcels.checks.over_layers.pairs import Pairs
    from parcels.checks.over_layers.plan import Plan, Verdict
    from parcels.checks.over_layers.uncertain import Bools, Ints
    from parcels.checks.subject import Floats
    from parcels.findings import Cause, Outcome
    from parcels.rules.load import AppliedRule

KINDS = {"master_plan": "OV_MASTER", "detailed_plan": "OV_DETAIL"}
_REASONS: dict[Verdict, tuple[str, Cause | None, str]] = {
    "match": ("plan_match", None, ""),
    "accommodated": ("plan_accommodated", None, ""),
    "differs": ("plan_differs", None, ""),
    "local": ("plan_local", "value_set_locally", "local:{rule}"),
    "blank": ("plan_blank", "value_set_locally", "local:{rule}"),
    "class_open": ("plan_class_open", "class_open", "class"),
    "use_unknown": ("plan_use_unknown", "class_unknown", "class"),
    "use_without_scheme": ("plan_use_without_scheme", "class_unknown", "scheme"),
    "plan_unknown": ("plan_code_unknown", "class_unknown", "input:plan_code"),
}
"""Reason, cause of an unknown and what would settle it."""


def run(given: CheckInput) -> Iterator[Batch]:
    """Compare the use of each parcel with every class that the plans show on it."""
    yield from unruled(given, CHECK.id, KINDS)
    for kind, applied in ruled_kinds(given, CHECK.id):
        yield from within_uses(given, applied, _plan_findings(given, applied, kind))


def _plan_findings(given: CheckInput, applied: AppliedRule, kind: str) -> Iterator[Batch]:
    overlay = given.overlays.get(kind)
    if overlay is None:
        yield from layer_missing(given, applied, kind)
        return
    ground = Ground(parcels=given.parcels, overlay=overlay)
    plan = read_plan(given.parcels, overlay)
    pairs = shared_land(ground)
    yield from _by_class(ground, applied, plan, pairs)
    yield from _rest(ground, applied, total_by_parcel(ground, pairs))
    yield from rough_plan_findings(ground, applied, plan)
    yield from unproven(
        ground, applied, ~given.parcels.sound, np.zeros(len(given.parcels), dtype=bool)
    )


def _by_class(ground: Ground, applied: AppliedRule, plan: Plan, pairs: Pairs) -> Iterator[Batch]:
    """Give one finding for each class on each parcel, land under several features once."""
    key = pairs.parcel * max(len(plan.classes), 1) + plan.class_of[pairs.feature]
    keys, first, row = np.unique(key, return_index=True, return_inverse=True)
    area = total_by_group(ground, pairs, row, len(keys))
    sliver = np.ones(len(keys), dtype=bool)
    sliver[row[~pairs.sliver]] = False
    parcel, of_class = pairs.parcel[first], plan.class_of[pairs.feature[first]]
    said = plan.verdicts[plan.use_of[parcel], of_class]
    for one in VERDICTS:
        some = np.flatnonzero((said == one) & ~sliver)
        if len(some):
            yield _class_batch(
                ground, applied, plan, (parcel[some], of_class[some]), area[some], one
            )
    some = np.flatnonzero(sliver)
    if len(some):
        yield _class_batch(ground, applied, plan, (parcel[some], of_class[some]), area[some], None)


def _class_batch(
    ground: Ground,
    applied: AppliedRule,
    plan: Plan,
    at: tuple[Ints, Ints],
    area: Floats,
    said: Verdict | None,
) -> Batch:
    """Make the findings of one verdict; None: slivers, which decide nothing."""
    parcel, of_class = at
    reason, cause, need = _REASONS[said] if said else ("plan_sliver", None, "")
    classes = [plan.classes[one] for one in of_class]
    return Batch(
        check=applied.rule.check,
        rule=applied.id,
        parcel=parcel,
        outcome=_outcome(applied, said, cause),
        reason=reason,
        measured=np.round(area, 4),
        op=applied.rule.op,
        unit="m2",
        share=np.minimum(area / ground.parcels.area_m2[parcel], 1.0),
        other=[one.code for one in classes],
        cause=cause or "",
        needs=(need.format(rule=applied.id),) if need else (),
        values={
            "layer": ground.words,
            "title": ground.overlay.title,
            "planned": [f"{one.code} {one.name}".strip() or "—" for one in classes],
            "use": [_use_words(ground, int(one)) for one in parcel],
        },
        evidence=_drawn(ground, plan, parcel, of_class),
    )


def _outcome(applied: AppliedRule, said: Verdict | None, cause: str | None) -> Outcome:
    if said is None:
        return "warning"
    if said == "differs":
        return breach_outcome(applied.rule)
    return "unknown" if cause else "pass"


def _rest(ground: Ground, applied: AppliedRule, covered: Floats) -> Iterator[Batch]:
    """Tell how much of each parcel the plan says nothing about."""
    rows = np.flatnonzero(ground.measured)
    rest = ground.parcels.area_m2[rows] - covered[rows]
    touch, sliver = np.zeros(len(rows), dtype=bool), np.zeros(len(rows), dtype=bool)
    small = np.flatnonzero((rest > LEAST_M2) & (rest < THIN_M2))
    if len(small):
        pieces = [_uncovered(ground, int(rows[at])) for at in small]
        touch[small], sliver[small] = thin(np.array(pieces, dtype=object))
    sliver &= rest < MOST_OF_IT * ground.parcels.area_m2[rows]
    left = (rest > LEAST_M2) & ~touch
    beyond = ground.unspoken[rows]
    kinds: tuple[tuple[Bools, Outcome, str, str, str], ...] = (
        (left & sliver, "warning", "plan_rest_sliver", "", ""),
        (left & ~sliver & beyond, "unknown", "plan_rest", "layer_out_of_extent", "extent:{kind}"),
        (left & ~sliver & ~beyond, "unknown", "plan_rest", "layer_incomplete", "complete:{kind}"),
    )
    for some, outcome, reason, cause, need in kinds:
        parcel = rows[some]
        yield Batch(
            check=applied.rule.check,
            rule=applied.id,
            parcel=parcel,
            outcome=outcome,
            reason=reason,
            measured=np.round(rest[some], 4),
            op=applied.rule.op,
            unit="m2",
            share=np.clip(rest[some] / ground.parcels.area_m2[parcel], 0.0, 1.0),
            cause=cause,
            needs=(need.format(kind=ground.overlay.kind),) if need else (),
            values={"layer": ground.words, "title": ground.overlay.title},
        )


def _use_words(ground: Ground, parcel: int) -> str:
    use = ground.parcels.uses[parcel]
    return " ".join(part for part in (use.code, use.text) if part) or "—"


def _uncovered(ground: Ground, parcel: int) -> BaseGeometry:
    shape = ground.parcels.in_plane[parcel]
    met = shapely.STRtree(ground.land).query(shape, predicate="intersects")
    return shapely.difference(shape, shapely.union_all(ground.land[met]))


def _drawn(
    ground: Ground, plan: Plan, parcel: Ints, of_class: Ints
) -> Callable[[int], BaseGeometry | None]:
    def draw(at: int) -> BaseGeometry | None:
        land = ground.land[plan.class_of == of_class[at]]
        shape = ground.parcels.in_plane[parcel[at]]
        met = land[shapely.STRtree(land).query(shape, predicate="intersects")]
        shared = shapely.intersection(shape, shapely.union_all(met))
        return None if shared.is_empty else to_lonlat(shared, ground.parcels.plane)

    return draw


CHECK = Check(id="planned_use", run=run)
