"""Verdicts about pairs of neighbours, and the words that go with equal ones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from parcels.checks.side_by_side.readings import (
    CONDITION,
    CONFLICT,
    FITS,
    NEEDS_EIA,
    SILENT,
    UNKNOWN,
    Situation,
    judge,
    pairings,
)
from parcels.checks.side_by_side.setting import use_words

if TYPE_CHECKING:
    from parcels.checks.over_layers.uncertain import Ints
    from parcels.checks.side_by_side.meeting import Land, Meetings
    from parcels.checks.side_by_side.readings import Bools, UseSet

_SHOWN = {
    SILENT: "silent_if",
    FITS: "fits_if",
    CONDITION: "condition_if",
    NEEDS_EIA: "eia_if",
    CONFLICT: "conflict_if",
}
Words = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Verdicts:
    """Pairs with their verdicts, columns of length m.

    Attributes
    ----------
    met : Meetings
    verdict, worst : int array
    own_open, other_open, place_open : bool array
        See `neighbours_verdict.Judged`.
    unread : bool array
        Nobody knows the neighbour's use.
    words : tuple of dict
        What the sentences name, for each pair; pairs of equal uses and readings share one.
    """

    met: Meetings
    verdict: Ints
    worst: Ints
    own_open: Bools
    other_open: Bools
    place_open: Bools
    unread: Bools
    words: tuple[Words, ...]


def verdicts(asking: Land, around: Land, met: Meetings, band_m: float) -> Verdicts:
    """Judge pairs, all of equal uses at once."""
    count = len(met)
    numbers = np.zeros((2, count), dtype=np.int64)
    flags = np.zeros((4, count), dtype=bool)
    words: list[Words] = [{}] * count
    kinds = asking.use[met.first] * len(around.uses) + around.use[met.second]
    for kind in np.unique(kinds):
        rows = np.flatnonzero(kinds == kind)
        own, other = asking.uses[kind // len(around.uses)], around.uses[kind % len(around.uses)]
        lies = met.only(rows).lies
        found = judge(own, other, lies, band_m)
        numbers[:, rows] = found.verdict, found.worst
        flags[:3, rows] = found.own_open, found.other_open, found.place_open
        flags[3, rows] = not other.groups
        texts, at = _shared_words(own, other, found.nearest.reshape(-1, len(rows)))
        for row, text in zip(rows.tolist(), at.tolist(), strict=True):
            words[row] = texts[text]
    return Verdicts(
        met=met, verdict=numbers[0], worst=numbers[1], own_open=flags[0], other_open=flags[1],
        place_open=flags[2], unread=flags[3], words=tuple(words),
    )  # fmt: skip


def _shared_words(
    own: UseSet, other: UseSet, levels: npt.NDArray[np.int64]
) -> tuple[list[Words], Ints]:
    """Make words once for all pairs whose readings, a row each, come to the same levels."""
    digits = np.cumprod([1, *[UNKNOWN] * len(levels)])[:-1]
    _, first, at = np.unique(digits @ levels, return_index=True, return_inverse=True)
    return [_words(own, other, tuple(levels[:, one].tolist())) for one in first], at


def side_by_side(own: UseSet, other: UseSet, band_m: float) -> tuple[int, tuple[bool, bool], Words]:
    """Judge uses that touch for sure; `UNKNOWN` where their classes decide.

    Returns
    -------
    verdict : int
    open : (bool, bool)
        Whether the class of the parcel and that of the neighbour decide.
    words : dict
    """
    beside, yes = np.zeros(1), np.ones(1, dtype=bool)
    lies = Situation(least_m=beside, most_m=beside, may_touch=yes, touches=yes)
    found = judge(own, other, lies, band_m)
    words = _words(own, other, tuple(found.nearest.ravel().tolist()))
    return int(found.verdict[0]), (bool(found.own_open[0]), bool(found.other_open[0])), words


@cache
def _words(own: UseSet, other: UseSet, levels: tuple[int, ...]) -> Words:
    """Return what sentences about two uses name, where their readings come to these levels."""
    readings = [one for row in pairings(own, other) for one in row]
    judged = list(zip(readings, levels, strict=True))
    worst = max(levels, default=SILENT)
    decisive = [one for one, level in judged if level == worst]
    conditions = dict.fromkeys(
        (one.condition["zh"], one.condition["en"]) for one in decisive if one.condition["zh"]
    )
    gap = max((one.gap_m for one in decisive), default=0.0)
    return {
        "own": use_words(own),
        "theirs": use_words(other),
        "condition": {
            "zh": "；".join(zh for zh, _ in conditions) or "表中没有写明",
            "en": "; ".join(en for _, en in conditions) or "the table names none",
        },
        "remark": bool(conditions),
        "basis": list(dict.fromkeys(one.basis for one in decisive)),
        "mark": list(dict.fromkeys(one.mark for one in decisive)),
        "gap_m": gap,
        "nearness": {
            "zh": f"在筛查间距 {gap:g} m 以内" if gap else "相接",
            "en": f"within the screening gap of {gap:g} m" if gap else "they touch",
        },
        **{name: _readings_at(judged, level, own, other) for level, name in _SHOWN.items()},
    }


def _readings_at(judged: Any, level: int, own: UseSet, other: UseSet) -> list[str]:
    """Name the readings that come to a level by the class that is open."""
    if len(other.groups) == 1:
        return [one.own for one, at in judged if at == level]
    if len(own.groups) == 1:
        return [one.other for one, at in judged if at == level]
    return [f"{one.own}–{one.other}" for one, at in judged if at == level]
