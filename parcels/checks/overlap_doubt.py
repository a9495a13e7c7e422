"""Parcels whose place is known roughly: whom they overlap for sure, and whom they may overlap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import shapely

from parcels.checks.over_layers.pairs import thin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.checks.subject import Floats, Objects, Parcels

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
_CHUNK = 256
_MOST_NAMED = 9


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Doubts:
    """What rough drawings leave open and what they prove.

    Attributes
    ----------
    first, second : int array, shape (m,)
        Pairs that share ground wherever they truly lie, ``first < second``, sorted.
    least_m2 : float array, shape (m,)
        What they share at least.
    cores : object array, shape (n,)
        Outlines drawn in by their accuracy: ground that is the parcel's for sure; None for others.
    count : int array, shape (n,)
        How many others a parcel may overlap.
    partners : tuple of tuple of int, length n
        The first nine of them.
    """

    first: Ints
    second: Ints
    least_m2: Floats
    cores: Objects
    count: Ints
    partners: tuple[tuple[int, ...], ...]


def doubts(parcels: Parcels, measured: Bools) -> Doubts:
    """Compare rough drawings with all others.

    Parameters
    ----------
    parcels : Parcels
    measured : bool array, shape (n,)
        Outlines that are judged by their areas; pairs of them are not looked at.

    Returns
    -------
    Doubts
        Drawings farther apart than both may be off are nobody's partners. What has no place, no
        stated accuracy or a broken outline may lie anywhere: everybody's partner.
    """
    located = parcels.sound & np.isfinite(parcels.accuracy_m)
    rough, anywhere = located & ~measured, np.flatnonzero(~located)
    first, second = _meeting(parcels, rough, located)
    cores = _cores(parcels, np.unique([first, second]))
    first, second, least = _certain(cores, first, second)
    certain = set(zip(first.tolist(), second.tolist(), strict=True))
    count = np.full(len(parcels), len(anywhere), dtype=np.int64)
    partners = [tuple(anywhere[: _MOST_NAMED + 1].tolist())] * len(parcels)
    for asked, others in ((rough, located), (measured & located, rough)):
        for own, found in _near_each(parcels, asked, others):
            open_ones = [at for at in found if (min(own, at), max(own, at)) not in certain]
            count[own] += len(open_ones)
            partners[own] = (*open_ones[:_MOST_NAMED], *partners[own])
    count[anywhere] = len(parcels) - 1
    for own in anywhere.tolist():
        partners[own] = tuple(range(min(len(parcels), _MOST_NAMED + 1)))
    return Doubts(
        first=first,
        second=second,
        least_m2=least,
        cores=cores,
        count=count,
        partners=tuple(
            tuple(at for at in named if at != own)[:_MOST_NAMED]
            for own, named in enumerate(partners)
        ),
    )


def _meeting(parcels: Parcels, rough: Bools, located: Bools) -> tuple[Ints, Ints]:
    """Pair outlines that are drawn on each other, at least one of them rough."""
    outlined = located & parcels.has_shape
    asked, there = np.flatnonzero(outlined & rough), np.flatnonzero(outlined)
    tree = shapely.STRtree(parcels.in_plane[there])
    found, other = tree.query(parcels.in_plane[asked], predicate="intersects")
    both = np.sort(np.stack([asked[found], there[other]], axis=1), axis=1)
    first, second = np.unique(both[both[:, 0] < both[:, 1]], axis=0).T
    return first, second


def _cores(parcels: Parcels, rows: Ints) -> Objects:
    cores = np.full(len(parcels), None, dtype=object)
    cores[rows] = shapely.buffer(parcels.in_plane[rows], -parcels.accuracy_m[rows])
    return cores


def _certain(cores: Objects, first: Ints, second: Ints) -> tuple[Ints, Ints, Floats]:
    """Keep the pairs whose cores share more than a sliver, with that area."""
    shared = shapely.intersection(cores[first], cores[second])
    kept = ~thin(shared)[1]
    return first[kept], second[kept], shapely.area(shared[kept])


def _near_each(parcels: Parcels, asked: Bools, others: Bools) -> Iterator[tuple[int, list[int]]]:
    """Give for each parcel asked about the others that are not apart for sure."""
    rows, there = np.flatnonzero(asked), np.flatnonzero(others)
    if not len(rows) or not len(there):
        return
    drawn, off = parcels.drawn, parcels.accuracy_m
    tree, farthest = shapely.STRtree(drawn[there]), off[there].max()
    for start in range(0, len(rows), _CHUNK):
        some = rows[start : start + _CHUNK]
        found, other = tree.query(drawn[some], predicate="dwithin", distance=off[some] + farthest)
        own, other = some[found], there[other]
        near = shapely.distance(drawn[own], drawn[other]) <= off[own] + off[other]
        near &= own != other
        own, other = own[near], other[near]
        order = np.lexsort((other, own))
        own, other = own[order], other[order]
        begins = np.flatnonzero(np.diff(own, prepend=-1))
        for group in np.split(np.arange(len(own)), begins[1:]) if len(own) else ():
            yield int(own[group[0]]), other[group].tolist()
