"""What a plan says for sure about parcels whose drawing may be off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from parcels.checks.over_layers.pairs import SLIVER_M2
from parcels.checks.over_layers.uncertain import inside_for_sure, near, shared_for_sure
from parcels.checks.over_layers.unknown import unproven
from parcels.findings import Batch
from parcels.rules.judge import breach_outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.checks.over_layers.ground import Ground
    from parcels.checks.over_layers.plan import Plan
    from parcels.checks.over_layers.uncertain import Bools, Ints
    from parcels.findings import Outcome
    from parcels.rules.load import AppliedRule

_FIT = ("match", "accommodated")
_CLASS = ("class_open", "use_unknown")


def rough_plan_findings(ground: Ground, applied: AppliedRule, plan: Plan) -> Iterator[Batch]:
    """Judge rough parcels: only a class that holds wherever the parcel truly lies decides.

    A use fits for sure where all the land that the parcel may take is planned for it; it breaches
    the plan for sure where some of that land never can be anything else.
    """
    if not len(ground.rows):
        return
    row, feature = near(ground.drawings, ground.land)
    said = plan.verdicts[plan.use_of[ground.rows[row]], plan.class_of[feature]]
    inside = np.zeros(len(ground.rows), dtype=bool)
    taken = np.zeros(len(ground.rows))
    use_of_pair = plan.use_of[ground.rows[row]]
    for use in np.unique(use_of_pair):  # what fits one use is not what fits another
        fits = (use_of_pair == use) & np.isin(said, _FIT)
        inside |= inside_for_sure(ground.drawings, ground.land, row[fits], feature[fits])
        other = (use_of_pair == use) & (said == "differs")
        taken += shared_for_sure(ground.drawings, ground.land, row[other], feature[other])
    breaks = taken > SLIVER_M2
    inside[row[~np.isin(said, _FIT)]] = False  # classes may lie on one another
    yield _batch(ground, applied, inside & ~breaks, "pass", "plan_match_for_sure")
    outcome = breach_outcome(applied.rule)
    yield _batch(ground, applied, breaks, outcome, "plan_differs_for_sure")
    left = np.zeros(len(ground.parcels), dtype=bool)
    left[ground.rows[~inside & ~breaks]] = True
    met = _flags(ground, row) | (left & ~np.isfinite(ground.reach) & (len(ground.land) > 0))
    lacking = {
        "class": _flags(ground, row[np.isin(said, _CLASS)]),
        "scheme": _flags(ground, row[said == "use_without_scheme"]),
        "input:plan_code": _flags(ground, row[said == "plan_unknown"]),
        f"local:{applied.id}": _flags(ground, row[np.isin(said, ("local", "blank"))]),
    }
    bare = left & ~met & ~ground.unspoken & ground.overlay.complete
    yield _bare(ground, applied, np.flatnonzero(bare))
    yield from unproven(ground, applied, left & ~bare, met, lacking)


def _bare(ground: Ground, applied: AppliedRule, parcel: Ints) -> Batch:
    """Say that the plan shows no class near a parcel although it speaks there."""
    return Batch(
        check=applied.rule.check,
        rule=applied.id,
        parcel=parcel,
        outcome="unknown",
        reason="plan_nothing_near",
        cause="layer_incomplete",
        needs=(f"complete:{ground.overlay.kind}",),
        values={"layer": ground.words, "title": ground.overlay.title},
    )


def _batch(
    ground: Ground, applied: AppliedRule, some: Bools, outcome: Outcome, reason: str
) -> Batch:
    parcel = ground.rows[some]
    return Batch(
        check=applied.rule.check,
        rule=applied.id,
        parcel=parcel,
        outcome=outcome,
        reason=reason,
        op=applied.rule.op,
        values={
            "layer": ground.words,
            "title": ground.overlay.title,
            "accuracy_m": ground.reach[parcel],
            "use": [
                ground.parcels.uses[one].text or ground.parcels.uses[one].code for one in parcel
            ],
        },
    )


def _flags(ground: Ground, row: Ints) -> Bools:
    flags = np.zeros(len(ground.parcels), dtype=bool)
    flags[ground.rows[row]] = True
    return flags
