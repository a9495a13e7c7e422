"""Separation distances: what a parcel's use must keep away from, edge to edge.

GB/T 39499 measures a hygiene distance from the production unit to the sensitive area. A parcel has
no units yet, so its line stands in, which is cautious, and is said. A parcel passes a distance only
if every layer that could hold the other side is loaded, complete and reaches far enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from parcels.checks.keeping_away.findings import (
    CHECK_ID,
    NAMED,
    Said,
    maybe_near,
    said,
    too_near,
    uncovered,
)
from parcels.checks.keeping_away.pairs import nearness
from parcels.checks.keeping_away.targets import may_be
from parcels.checks.keeping_away.tasks import tasks
from parcels.checks.model import Check
from parcels.checks.rule_choice import unjudged
from parcels.checks.side_by_side.land import located
from parcels.checks.side_by_side.unread import unread_uses
from parcels.findings import Batch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.checks.keeping_away.pairs import Nearness
    from parcels.checks.keeping_away.tasks import Task
    from parcels.checks.model import CheckInput
    from parcels.checks.over_layers.uncertain import Bools, Ints

_DEFINITION = "SEP_HYG_RULE"


def run(given: CheckInput) -> Iterator[Batch]:
    """Give findings for each distance that a parcel's use must keep."""
    yield from unjudged(given, CHECK_ID)
    asked = tasks(given)
    if not asked:
        return
    yield from unread_uses(given.parcels, CHECK_ID, asked[0].rule.id)
    concerned = np.zeros(len(given.parcels), dtype=bool)
    for task in asked:
        concerned |= task.applies[1]
        yield from _judged(task)
    yield from _definition(given)
    read = np.array([bool(use.groups) for use in given.parcels.uses], dtype=bool)
    yield Batch(
        check=CHECK_ID,
        rule=asked[0].rule.id,
        parcel=np.flatnonzero(read & ~concerned),
        outcome="not_applicable",
        reason="separation_no_role",
    )


def _judged(task: Task) -> Iterator[Batch]:
    rows = np.flatnonzero(task.applies[1])
    numbered = np.isfinite(task.limits_m[rows])
    yield from _without_number(task, rows[~numbered])
    rows = rows[numbered]
    nothing = task.limits_m[rows] == 0
    yield said(task, rows[nothing], Said("pass", "separation_nothing_to_keep"))
    rows = rows[~nothing]
    drawn = np.isin(rows, located(task.given.parcels))
    yield _lost(task, rows[~drawn])
    rows = rows[drawn]
    open_rows: list[Ints] = []
    for batch, told in uncovered(task, rows):
        open_rows.append(told)
        yield batch
    for near in _near(task, rows):
        open_rows.append(near.parcel)
        yield from too_near(task, near)
        yield from maybe_near(task, near)
    unplaced = _unplaced(task, rows)
    open_rows.append(unplaced.parcel)
    yield unplaced
    kept = np.setdiff1d(rows, np.concatenate([np.zeros(0, np.int64), *open_rows]))
    yield said(task, kept, Said("pass", "separation_kept"))


def _near(task: Task, rows: Ints) -> Iterator[Nearness]:
    for targets in task.targets(located(task.given.parcels)):
        if len(targets) and len(rows):
            yield nearness(task, rows, targets)


def _without_number(task: Task, rows: Ints) -> Iterator[Batch]:
    """Say where no number is known: it is local, or a study that is not given or unreadable."""
    if task.inputs is None:
        needs = (f"local:{task.rule.id}",)
        what = Said("unknown", "separation_value_local", "value_set_locally", needs)
        yield said(task, rows, what)
        return
    cells = task.inputs[1]
    empty = np.array([not cells[at] for at in rows], dtype=bool)
    need = f"input:{task.input_name}"
    sure = task.applies[0]
    missing = [(need,) if sure[at] else (need, "class") for at in rows[empty]]
    what = Said("unknown", "separation_input_missing", "input_missing", missing)
    yield said(task, rows[empty], what)
    what = Said("unknown", "separation_input_unusable", "input_unusable", (need,))
    typed = [cells[at] for at in rows[~empty]]
    yield said(task, rows[~empty], what, typed=typed)


def _lost(task: Task, rows: Ints) -> Batch:
    """Say which parcels have no drawing, or none that says how far it may be off."""
    sound = task.given.parcels.sound[rows]
    kinds = [kind for kind in task.kinds if kind not in task.given.overlays]
    needs = (*(f"layer:{kind}" for kind in kinds), "geometry")
    cause = np.where(sound, "geometry_uncertain", "geometry_missing")
    return said(task, rows, Said("unknown", "separation_without_place", cause, needs))


def _unplaced(task: Task, rows: Ints) -> Batch:
    """Say which parcels may lie too near to another of the set that has no reliable place."""
    parcels = task.given.parcels
    lost = np.setdiff1d(np.arange(len(parcels)), located(parcels))
    others = [parcels.ids[at] for at in lost if task.others[at]]
    told = rows if others else rows[:0]
    what = Said("unknown", "separation_unplaced", "geometry_missing", ("geometry",))
    return said(task, told, what, others=[others[:NAMED]] * len(told), count=len(others))


def _definition(given: CheckInput) -> Iterator[Batch]:
    """Say from where a hygiene distance is measured, to those whom it concerns."""
    applied = given.book.rules.get(_DEFINITION)
    if applied is None:
        return
    uses = frozenset(applied.rule.uses)
    rows: Bools = np.array(
        [bool(use.groups) and may_be(use.groups, uses) for use in given.parcels.uses], dtype=bool
    )
    yield Batch(
        check=CHECK_ID,
        rule=_DEFINITION,
        parcel=np.flatnonzero(rows),
        outcome="not_applicable",
        reason="separation_definition",
    )


CHECK = Check(id=CHECK_ID, run=run)
