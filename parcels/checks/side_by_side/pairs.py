"""Findings about pairs of neighbours: one for each, with condition, gap and basis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from geo.crs import to_lonlat
from parcels.checks.side_by_side.readings import CONDITION, CONFLICT, FITS, NEEDS_EIA, UNKNOWN
from parcels.checks.side_by_side.setting import CHECK_ID, MATRIX, NAMED
from parcels.findings import Batch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from shapely.geometry.base import BaseGeometry

    from parcels.checks.over_layers.uncertain import Ints
    from parcels.checks.side_by_side.meeting import Land
    from parcels.checks.side_by_side.readings import Bools
    from parcels.checks.side_by_side.setting import Setting
    from parcels.checks.side_by_side.verdicts import Verdicts

_SETTLED = {
    CONDITION: ("warning", "neighbour_condition"),
    NEEDS_EIA: ("warning", "neighbour_needs_eia"),
    CONFLICT: ("fail", "neighbour_conflict"),
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Source:
    """Where pairs come from, to name and to draw them.

    Attributes
    ----------
    rows : int array
        Position among all parcels of each piece of the asking land.
    others : sequence of str
        Name of each piece around.
    asking, around : Land
    """

    rows: Ints
    others: Sequence[str]
    asking: Land
    around: Land


class Said(NamedTuple):
    """What a batch says of all its rows."""

    outcome: str
    reason: str
    cause: str = ""
    needs: Any = ()


def pair_batches(setting: Setting, source: Source, found: Verdicts) -> Iterator[Batch]:
    """Give a finding for each pair that matters, of outlines; rough places are summed up apart."""
    for level, (outcome, reason) in _SETTLED.items():
        kept = np.flatnonzero(found.verdict == level)
        yield _batch(setting, source, found, kept, Said(outcome, reason))
    fits = np.flatnonzero(found.verdict == FITS)
    remark = np.array([found.words[at]["remark"] for at in fits], dtype=bool)
    for kept, reason in (
        (fits[~remark], "neighbour_fits"),
        (fits[remark], "neighbour_fits_remark"),
    ):
        yield _batch(setting, source, found, kept, Said("pass", reason))
    unknown = (found.verdict == UNKNOWN) & ~found.met.rough
    for reason, cause, some in _unknowns(found):
        kept = np.flatnonzero(unknown & some)
        needs = _needs(found.place_open[kept], found.own_open[kept], found.other_open[kept])
        yield _batch(setting, source, found, kept, Said("unknown", reason, cause, needs))


def possible_batches(source: Source, found: Verdicts) -> Iterator[Batch]:
    """Sum up for each parcel whom it may conflict with while either is placed only roughly."""
    unknown = (found.verdict == UNKNOWN) & found.met.rough
    for reason, some in (
        ("may_conflict", found.worst == CONFLICT),
        ("may_need_conditions", found.worst < CONFLICT),
    ):
        kept = np.flatnonzero(unknown & some)
        parcels, start = np.unique(found.met.first[kept], return_index=True)
        groups = np.split(kept, start[1:]) if len(kept) else []
        yield Batch(
            check=CHECK_ID,
            rule=MATRIX,
            parcel=source.rows[parcels],
            outcome="unknown",
            reason=reason,
            cause="geometry_uncertain",
            needs=_needs(
                *(
                    np.array([column[group].any() for group in groups], dtype=bool)
                    for column in (found.place_open, found.own_open, found.other_open)
                )
            ),
            values={
                "others": [
                    [source.others[at] for at in found.met.second[one[:NAMED]]] for one in groups
                ],
                "count": [len(one) for one in groups],
                "own": [found.words[one[0]]["own"] for one in groups],
                "accuracy_m": [
                    float(source.asking.off_m[found.met.first[one[0]]]) for one in groups
                ],
            },
        )


def _unknowns(found: Verdicts) -> Iterator[tuple[str, str, Bools]]:
    yield "neighbour_class_unknown", "class_unknown", found.unread
    yield "neighbour_place_uncertain", "geometry_uncertain", found.place_open & ~found.unread
    yield "neighbour_class_open", "class_open", ~found.place_open & ~found.unread


def _needs(place: Bools, own: Bools, other: Bools) -> list[tuple[str, ...]]:
    """Name what is missing for each row: every combination once."""
    names = ("geometry", "class", "neighbours")
    sets = [
        tuple(name for bit, name in enumerate(names) if number >> bit & 1) for number in range(8)
    ]
    return [sets[number] for number in (place + 2 * own + 4 * other).tolist()]


def _batch(setting: Setting, source: Source, found: Verdicts, kept: Ints, said: Said) -> Batch:
    first, second = found.met.first[kept], found.met.second[kept]
    words = [found.words[at] for at in kept]
    shown = {name: [one[name] for one in words] for name in (words[0] if words else ())}
    gap = np.array([one["gap_m"] for one in words], dtype=float)
    return Batch(
        check=CHECK_ID,
        rule=MATRIX,
        parcel=source.rows[first],
        outcome=said.outcome,
        reason=said.reason,
        measured=found.met.drawn_m[kept],
        limit=np.where(gap > 0, gap, np.nan),
        op=">=",
        unit="m",
        other=[source.others[at] for at in second],
        cause=said.cause,
        needs=said.needs,
        values={
            **shown,
            "band_m": setting.band_m,
            "accuracy_m": source.asking.off_m[first] + source.around.off_m[second],
        },
        evidence=_between(setting, source, first, second),
    )


def _between(
    setting: Setting, source: Source, first: Ints, second: Ints
) -> Callable[[int], BaseGeometry | None]:
    """Draw the shortest line between a pair, or the line along which it lies side by side."""

    def line(row: int) -> BaseGeometry | None:
        here, there = source.asking.shapes[first[row]], source.around.shapes[second[row]]
        drawn = shapely.shortest_line(here, there)
        if drawn.length == 0:
            shared = shapely.intersection(shapely.boundary(here), there)
            drawn = drawn if shapely.is_empty(shared) else shared
        moved: BaseGeometry = to_lonlat(drawn, setting.given.parcels.plane)
        return moved

    return line
