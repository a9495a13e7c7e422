"""What two uses side by side come to, for every reading of them and wherever they may lie."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from parcels.rules.matrix import adjacency

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.checks.subject import Floats

Bools = npt.NDArray[np.bool_]
Groups = tuple[str, ...]
SILENT, FITS, CONDITION, NEEDS_EIA, CONFLICT, UNKNOWN = range(6)
"""Verdicts: nothing to say, may touch, under conditions, evidence of an EIA, conflict, open."""
RESOLUTION_M = 0.001
"""Survey files carry millimetres, and so much a projection may take from a distance."""
_CLEAN, _DISTURBING = "M1", ("M2", "M3", "U2")


@dataclass(frozen=True, slots=True, kw_only=True)
class UseSet:
    """What a piece of land may be used for: one group, several while it is open, none: unknown.

    ``wants_clean``: precision, food and medicine of class M1, disturbed by dirty neighbours.
    """

    groups: Groups
    wants_clean: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """The matrix's answer for one reading of both uses.

    Attributes
    ----------
    own, other : str
        Use groups.
    touch : {"Y", "C", "N"}
    gap_m : float
    condition : dict of language to str
    basis, mark : str
    """

    own: str
    other: str
    touch: str
    gap_m: float
    condition: Mapping[str, str]
    basis: str
    mark: str

    def levels(self, metres: Floats, touching: Bools, band_m: float) -> npt.NDArray[np.int64]:
        """Judge distances in metres; equality keeps a gap."""
        if self.touch == "Y":
            return np.where(touching, FITS, SILENT)
        reached = metres + RESOLUTION_M
        near = touching | (reached < self.gap_m)
        if self.touch == "C":
            return np.where(near, CONDITION, SILENT)
        return np.where(near, CONFLICT, np.where(reached < band_m, NEEDS_EIA, SILENT))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Situation:
    """How two pieces of land lie to each other, k times.

    Attributes
    ----------
    least_m, most_m : float array, shape (k,)
        The distance edge to edge lies between them.
    may_touch, touches : bool array, shape (k,)
        They share a line of more than 1 m possibly, for sure.
    """

    least_m: Floats
    most_m: Floats
    may_touch: Bools
    touches: Bools


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Judged:
    """Verdicts about k situations.

    Attributes
    ----------
    verdict : int array, shape (k,)
        `SILENT` to `UNKNOWN`.
    worst : int array, shape (k,)
        The worst that it may be.
    own_open, other_open, place_open : bool array, shape (k,)
        Whether the class of the parcel, that of its neighbour and the place decide.
    nearest : int array, shape (own, other, k)
        Of each reading, if both lie as near as they may.
    """

    verdict: npt.NDArray[np.int64]
    worst: npt.NDArray[np.int64]
    own_open: Bools
    other_open: Bools
    place_open: Bools
    nearest: npt.NDArray[np.int64]


@cache
def pairings(own: UseSet, other: UseSet) -> tuple[tuple[Pairing, ...], ...]:
    """Return the matrix's answers: a row for each group of the parcel, one for each neighbour's."""
    return tuple(
        tuple(_pairing(one, two, own.wants_clean, other.wants_clean) for two in other.groups)
        for one in own.groups
    )


@cache
def reach_m(own: UseSet, other: UseSet, band_m: float) -> float:
    """Return how far apart two uses may lie and still concern each other; 0: if they touch.

    Parameters
    ----------
    other : UseSet
        Without groups: whatever it may be.
    band_m : float
        Up to this distance uses that must not touch need the evidence of an EIA.
    """
    if not other.groups:
        return reach_of(own, band_m)
    answers = [one for row in pairings(own, other) for one in row]
    return max(max(one.gap_m, band_m if one.touch == "N" else 0.0) for one in answers)


@cache
def reach_of(own: UseSet, band_m: float) -> float:
    """Return how far a use must know its surroundings."""
    from parcels.checks.use_groups import group_ids

    return max(reach_m(own, UseSet(groups=(group,)), band_m) for group in group_ids())


@cache
def may_harm(own: UseSet, other: UseSet) -> bool:
    """Tell whether two uses side by side may come to more than "may touch"."""
    return not other.groups or any(one.touch != "Y" for row in pairings(own, other) for one in row)


@cache
def fits_everywhere(own: UseSet) -> bool:
    """Tell whether the matrix lets a use touch every other."""
    from parcels.checks.use_groups import group_ids

    return not may_harm(own, UseSet(groups=group_ids()))


def judge(own: UseSet, other: UseSet, lies: Situation, band_m: float) -> Judged:
    """Judge two uses in k situations: a verdict stands if every reading and place agrees."""
    count = len(lies.least_m)
    if not other.groups:
        return _unread(lies, reach_of(own, band_m))
    answers = pairings(own, other)
    shape = (len(own.groups), len(other.groups), count)
    near, far = np.empty(shape, dtype=np.int64), np.empty(shape, dtype=np.int64)
    for at, row in enumerate(answers):
        for to, one in enumerate(row):
            near[at, to] = one.levels(lies.least_m, lies.may_touch, band_m)
            far[at, to] = one.levels(lies.most_m, lies.touches, band_m)
    return _agreed(near, far)


def _agreed(near: npt.NDArray[np.int64], far: npt.NDArray[np.int64]) -> Judged:
    """Merge readings; whether land that may touch does touch is no difference."""
    harm_near, harm_far = (np.where(one == FITS, SILENT, one) for one in (near, far))
    both = np.concatenate([harm_near, harm_far], axis=0)
    low, high = both.min(axis=(0, 1)), both.max(axis=(0, 1))
    fits = np.minimum(near, far).min(axis=(0, 1)) == FITS
    settled = np.where((high == SILENT) & fits, FITS, high)
    return Judged(
        verdict=np.where(low == high, settled, UNKNOWN),
        worst=high,
        own_open=_varies(harm_near, 0) | _varies(harm_far, 0),
        other_open=_varies(harm_near, 1) | _varies(harm_far, 1),
        place_open=(harm_near != harm_far).any(axis=(0, 1)),
        nearest=near,
    )


def _varies(levels: npt.NDArray[np.int64], axis: int) -> Bools:
    differs: Bools = (levels.max(axis=axis) != levels.min(axis=axis)).any(axis=0)
    return differs


def _unread(lies: Situation, reach: float) -> Judged:
    """Judge a neighbour whose use nobody knows: within reach it may be anything."""
    count = len(lies.least_m)
    concerns = lies.may_touch | (lies.least_m < reach)
    return Judged(
        verdict=np.where(concerns, UNKNOWN, SILENT),
        worst=np.where(concerns, CONFLICT, SILENT),
        own_open=np.zeros(count, dtype=bool),
        other_open=concerns,
        place_open=concerns & ~(lies.touches | (lies.most_m < reach)),
        nearest=np.zeros((0, 0, count), dtype=np.int64),
    )


def _pairing(own: str, other: str, own_clean: bool, other_clean: bool) -> Pairing:
    answer: Any = adjacency(own, other)
    disturbed = (own_clean and own == _CLEAN and other in _DISTURBING) or (
        other_clean and other == _CLEAN and own in _DISTURBING
    )
    if disturbed and answer.touch == "Y":
        answer = adjacency("M1", "M3")
    return Pairing(
        own=own,
        other=other,
        touch=answer.touch,
        gap_m=answer.gap_m,
        condition=dict(answer.condition),
        basis=answer.basis,
        mark=answer.mark,
    )
