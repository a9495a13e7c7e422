"""Findings about one separation distance: what is too near, what may be, what is not known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from geo.crs import to_lonlat
from parcels.checks.over_layers.ground import Ground
from parcels.findings import Batch
from parcels.rules.judge import breach_outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from shapely.geometry.base import BaseGeometry

    from parcels.checks.keeping_away.pairs import Nearness
    from parcels.checks.keeping_away.tasks import Task
    from parcels.checks.over_layers.uncertain import Bools, Ints
    from parcels.findings import Column
    from parcels.rules.load import AppliedRule

CHECK_ID = "separation"
_CASE = re.compile(r"（[^）]*）| \([^)]*\)")
NAMED = 20
"""So many are named where very many may lie near."""


class Said(NamedTuple):
    """What a batch says of parcels of a task."""

    outcome: str
    reason: str
    cause: Column = ""
    needs: Column = ()


def said(task: Task, rows: Ints, what: Said, **values: Column) -> Batch:
    """Say one thing of some parcels; ``limit`` is the distance that they must keep."""
    return Batch(
        check=CHECK_ID,
        rule=task.rule.id,
        parcel=rows,
        outcome=what.outcome,
        reason=what.reason,
        limit=task.limits_m[rows],
        op=">=",
        unit="m",
        cause=what.cause,
        needs=what.needs,
        values=_names(task) | values,
    )


def too_near(task: Task, near: Nearness) -> Iterator[Batch]:
    """Give a finding for each piece of land that is too near for sure, by its rule."""
    rules = np.array(near.rule, dtype=object)
    for one in task.rules:
        kept = np.flatnonzero(near.certain & (rules == one.id))
        yield Batch(
            check=CHECK_ID,
            rule=one.id,
            parcel=near.parcel[kept],
            outcome=breach_outcome(one.rule),
            reason="separation_too_near",
            measured=near.drawn_m[kept],
            limit=near.limit_m[kept],
            op=">=",
            unit="m",
            other=[near.targets.names[int(at)] for at in near.target[kept]],
            values=_titles([one]),
            evidence=_between(task, near, kept),
        )


def maybe_near(task: Task, near: Nearness) -> Iterator[Batch]:
    """Sum up for each parcel what may be too near, by what is open first: place, class, other."""
    left = ~near.certain
    for reason, cause, some in (
        ("separation_place_uncertain", "geometry_uncertain", near.place_open),
        ("separation_class_open", "class_open", near.own_open),
        ("separation_capacity_open", "input_missing", near.number_open),
        ("separation_other_open", "input_missing", near.other_open),
    ):
        kept = np.flatnonzero(left & some)
        left &= ~some
        parcels, start = np.unique(near.parcel[kept], return_index=True)
        groups = np.split(kept, start[1:]) if len(kept) else []
        nearest = [one[np.argmin(near.drawn_m[one])] for one in groups]
        batch = said(
            task,
            parcels,
            Said("unknown", reason, cause, [_needs(task, near, one) for one in groups]),
            others=[
                [near.targets.names[int(at)] for at in near.target[one[:NAMED]]] for one in groups
            ],
            count=[len(one) for one in groups],
            nearest_m=[float(near.drawn_m[at]) for at in nearest],
            accuracy_m=[float(near.off_m[at]) for at in nearest],
        )
        yield batch


def uncovered(task: Task, rows: Ints) -> Iterator[tuple[Batch, Ints]]:
    """Say where layers are missing, do not reach or are not complete, with the parcels in each."""
    layers = task.given.overlays
    missing = tuple(f"layer:{kind}" for kind in task.kinds if kind not in layers)
    rough = _rough(task)
    if missing:
        needs = [missing + (("geometry",) if rough[at] else ()) for at in rows]
        what = Said("unknown", "separation_layer_missing", "layer_missing", needs)
        yield said(task, rows, what), rows
    for kind in task.kinds:
        if kind not in layers:
            continue
        beyond = rows[_beyond(task, kind)[rows]]
        needs = [(f"extent:{kind}", *(("geometry",) if rough[at] else ())) for at in beyond]
        what = Said("unknown", "separation_out_of_extent", "layer_out_of_extent", needs)
        yield said(task, beyond, what, layer=layers[kind].title), beyond
        if not layers[kind].complete:
            complete = (f"complete:{kind}",)
            what = Said("unknown", "separation_incomplete", "layer_incomplete", complete)
            yield said(task, rows, what, layer=layers[kind].title), rows


def _rough(task: Task) -> Bools:
    parcels = task.given.parcels
    return ~parcels.has_shape | ~np.isfinite(parcels.accuracy_m)


def _beyond(task: Task, kind: str) -> Bools:
    """Tell around which parcels a layer does not speak as far as the distance asks, shape (n,)."""
    beyond = np.zeros(len(task.given.parcels), dtype=bool)
    for limit in np.unique(task.limits_m[np.isfinite(task.limits_m)]):
        ground = Ground(
            parcels=task.given.parcels, overlay=task.given.overlays[kind], margin_m=float(limit)
        )
        here = task.limits_m == limit
        beyond[here] = ground.unspoken[here]
    return beyond


def _needs(task: Task, near: Nearness, rows: Ints) -> tuple[str, ...]:
    wanted = {
        "geometry": near.place_open[rows].any(),
        "class": near.own_open[rows].any(),
        task.own_need: near.number_open[rows].any(),
        near.targets.doubt: near.other_open[rows].any(),
    }
    return tuple(need for need, is_wanted in wanted.items() if is_wanted)


def _names(task: Task) -> dict[str, Column]:
    return _titles(task.rules)


def _titles(rules: Sequence[AppliedRule]) -> dict[str, Column]:
    """Name a distance; what sets cases apart is left out, since the class of the other chooses."""
    titles = [one.rule.title for one in rules]
    about = {"zh": [one.zh for one in titles], "en": [one.en for one in titles]}
    return {"distance": {lang: _without_cases(some) for lang, some in about.items()}}


def _without_cases(titles: list[str]) -> str:
    return " / ".join(dict.fromkeys(_CASE.sub("", title) for title in titles))


def _between(task: Task, near: Nearness, kept: Ints) -> Callable[[int], BaseGeometry]:
    """Draw the shortest line between a parcel and what is too near; inside, what both share."""

    def line(row: int) -> BaseGeometry:
        at = kept[row]
        here = near.shapes[near.parcel[at]]
        there = near.targets.land.shapes[near.target[at]]
        drawn = shapely.shortest_line(here, there)
        if drawn.length == 0:
            drawn = shapely.intersection(here, there)
        moved: BaseGeometry = to_lonlat(drawn, task.given.parcels.plane)
        return moved

    return line
