"""Points into rings: by ring number, and where a ring closes although its number goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import shapely

if TYPE_CHECKING:
    from geo.read.txt.points import Points

_Ints = npt.NDArray[np.intp]
_Bools = npt.NDArray[np.bool_]
_LEAST = 3
_MOST_DEGREES = 180.0
_METRES_PER_DEGREE = 111_320.0  # of longitude on the equator


@dataclass(frozen=True, slots=True, kw_only=True)
class Rings:
    """Rings in the order of the file.

    Attributes
    ----------
    first, last : int array, shape (k,)
        Positions of the first and the last point.
    group : int array, shape (k,)
        Parcel of the ring.
    number : int array, shape (k,)
        From 1 in each parcel.
    closed : bool array, shape (k,)
        The last point repeats the first.
    short : bool array, shape (k,)
        There are fewer than three different points.
    misses : float array, shape (k,)
        Metres (degrees roughly) from the first point to a last one of the same name; else 0.
    """

    first: _Ints
    last: _Ints
    group: _Ints
    number: _Ints
    closed: _Bools
    short: _Bools
    misses: npt.NDArray[np.float64]


def ring_starts(points: Points, group: _Ints) -> tuple[_Bools, _Bools]:
    """Find where rings begin.

    Parameters
    ----------
    points : Points
        n points.
    group : int array, shape (n,)
        Parcel of each.

    Returns
    -------
    starts : bool array, shape (n,)
        The first point of each ring.
    split : bool array, shape (n,)
        Those of them where the parcel and the ring number go on: a ring was closed before, or
        the names of the points begin again.
    """
    starts = _changes(group) | _changes(points.ring)
    first = np.flatnonzero(starts)
    ends = np.append(first[1:], len(group))
    split = np.zeros(len(group), dtype=bool)
    if len(first):
        for run in np.flatnonzero(_repeats(points, first, ends)):
            for cut in _cuts(points, int(first[run]), int(ends[run])):
                split[cut] = True
    return starts | split, split


def _changes(codes: _Ints) -> _Bools:
    return np.concatenate([np.ones(min(len(codes), 1), bool), codes[1:] != codes[:-1]])


def _repeats(points: Points, first: _Ints, ends: _Ints) -> _Bools:
    """Whether the first point of a run, or its name, comes back before the last one."""
    of_point = np.repeat(first, ends - first)
    place = np.arange(len(of_point))
    inside = (place - of_point >= _LEAST) & (place < np.repeat(ends, ends - first) - 1)
    same = (points.x == points.x[of_point]) & (points.y == points.y[of_point])
    named = (points.name == points.name[of_point]) & (points.name >= 0)
    found: _Bools = np.logical_or.reduceat((same | named) & inside, first)
    return found


def _cuts(points: Points, start: int, end: int) -> list[int]:
    """Find where new rings begin within points of one number."""
    xy = list(zip(points.x[start:end].tolist(), points.y[start:end].tolist(), strict=True))
    name = points.name[start:end].tolist()
    cuts, first, place, size = [], 0, _LEAST, end - start
    while place < size - 1:
        if xy[place] == xy[first]:
            if _goes_back(xy, first, place):
                break
            first = place + 1
        elif name[place] == name[first] >= 0 and name[place + 1] == name[first + 1] != name[first]:
            first = place
        else:
            place += 1
            continue
        cuts.append(start + first)
        place = first + _LEAST
    return cuts


def _goes_back(xy: list[tuple[float, float]], first: int, place: int) -> bool:
    """Whether the rest is no ring of its own: it ends where the closed ring began."""
    if xy[place + 1] == xy[first]:
        return all(point == xy[first] for point in xy[place + 1 :])
    return xy[-1] == xy[first]


def measure_rings(points: Points, group: _Ints, starts: _Bools) -> Rings:
    """Say of every ring whether it is closed and large enough; points as in `ring_starts`."""
    first = np.flatnonzero(starts)
    last = np.append(first[1:], len(group))[: len(first)] - 1
    x, y = points.x, points.y
    same = (x[first] == x[last]) & (y[first] == y[last])
    owner = group[first]
    begins = np.flatnonzero(_changes(owner))
    number = np.arange(len(first)) - np.repeat(begins, np.diff(np.append(begins, len(first)))) + 1
    named = (points.name[first] == points.name[last]) & (points.name[first] >= 0)
    second = np.minimum(first + 1, last)
    named &= (points.name[second] != points.name[first]) & (last - first >= _LEAST)
    in_degrees = (np.abs(x[first]) <= _MOST_DEGREES) & (np.abs(y[first]) <= _MOST_DEGREES)
    metres = np.where(in_degrees, _METRES_PER_DEGREE, 1.0)
    gaps = np.hypot(x[first] - x[last], y[first] - y[last]) * metres
    misses = np.where(named & ~same, gaps, 0.0)
    return Rings(
        first=first,
        last=last,
        group=owner,
        number=number,
        closed=same & (last > first),
        short=_few_points(points, first, last),
        misses=np.nan_to_num(misses),
    )


def _few_points(points: Points, first: _Ints, last: _Ints) -> _Bools:
    if not len(first):
        return np.zeros(0, dtype=bool)
    size = last - first + 1
    x, y = points.x, points.y
    of_point = np.repeat(first, size)
    other = (x != x[of_point]) | (y != y[of_point])
    place = np.where(other, np.arange(len(x)), len(x) - 1)
    second = np.repeat(np.minimum.reduceat(place, first), size)
    third = other & ((x != x[second]) | (y != y[second]))
    return ~np.logical_or.reduceat(third, first)


def ring_shapes(
    xy: npt.NDArray[np.float64], group: _Ints, starts: _Bools
) -> npt.NDArray[np.object_]:
    """Draw the rings of each parcel.

    Parameters
    ----------
    xy : float array, shape (n, 2)
        Finite; every ring has two points at least. The number that is written first is x.
    group : int array, shape (n,)
        Parcel, 0 to k-1 without a gap.
    starts : bool array, shape (n,)
        From `ring_starts`.

    Returns
    -------
    array of MultiLineString, shape (k,)
        x is the number that is written first.
    """
    if not len(group):
        return np.zeros(0, dtype=object)
    lines = shapely.linestrings(xy, indices=np.cumsum(starts) - 1)
    shapes: npt.NDArray[np.object_] = shapely.multilinestrings(lines, indices=group[starts])
    return shapes
