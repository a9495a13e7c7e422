"""Pieces of land near each other: how far apart at least and at most, and whether they touch.

Distances are edge to edge in one metric plane. Land touches where it shares a line of more than
1 m: a corner is no contact.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from parcels.checks.side_by_side.readings import Situation, reach_m

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcels.checks.over_layers.uncertain import Ints
    from parcels.checks.side_by_side.readings import Bools, UseSet
    from parcels.checks.subject import Floats, Objects

CONTACT_M = 1.0
"""Land that shares a line longer than this touches (the plan's definition)."""
CLOSE_M = 0.2
"""Surveyed neighbours differ by centimetres: a line so near counts as shared."""
_EXACTLY_M = 0.001
_ENDS = 4
"""A line found within a tolerance is longer than the shared one by so many tolerances at most."""
_BATCH = 20_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Land:
    """Drawn pieces of land, k of them.

    Attributes
    ----------
    shapes : object array, shape (k,)
        Valid, in a metric plane.
    is_place : bool array, shape (k,)
        Only the land inside which the piece lies is known.
    off_m : float array, shape (k,)
        Metres by which the drawing may be off; 0 where it decides.
    piece : int array, shape (k,)
        Number of the piece: the same wherever it stands, and no other piece's.
    use : int array, shape (k,)
        Positions in ``uses``.
    uses : tuple of UseSet
    """

    shapes: Objects
    is_place: Bools
    off_m: Floats
    piece: Ints
    use: Ints
    uses: tuple[UseSet, ...]

    def __len__(self) -> int:
        """Count the pieces."""
        return len(self.shapes)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Meetings:
    """Pieces of land that lie near each other, m pairs sorted by first, then second.

    Attributes
    ----------
    first, second : int array, shape (m,)
        Positions in the land that asks and in the land around it.
    drawn_m : float array, shape (m,)
        Distance of the drawings.
    lies : Situation
    rough : bool array, shape (m,)
        One of both has no outline.
    """

    first: Ints
    second: Ints
    drawn_m: Floats
    lies: Situation
    rough: Bools

    def __len__(self) -> int:
        """Count the pairs."""
        return len(self.first)

    def only(self, kept: Any) -> Meetings:
        """Return some of the pairs, by mask or positions."""
        lies = self.lies
        return Meetings(
            first=self.first[kept],
            second=self.second[kept],
            drawn_m=self.drawn_m[kept],
            lies=Situation(
                least_m=lies.least_m[kept],
                most_m=lies.most_m[kept],
                may_touch=lies.may_touch[kept],
                touches=lies.touches[kept],
            ),
            rough=self.rough[kept],
        )


def meetings(asking: Land, around: Land, band_m: float) -> Meetings:
    """Find all pairs that may concern each other by their uses.

    Parameters
    ----------
    asking, around : Land
        In the same plane. A piece that stands in both meets itself: the caller leaves it out.
    band_m : float
        See `neighbours_verdict.reach_m`.
    """
    found = list(_pairs(asking, around, band_m))
    first = np.concatenate([np.zeros(0, np.int64), *(one[0] for one in found)])
    second = np.concatenate([np.zeros(0, np.int64), *(one[1] for one in found)])
    order = np.lexsort((second, first))
    return _measured(asking, around, first[order], second[order])


def shared_lines(
    asking: Land, around: Land, first: Ints, second: Ints, within_m: float = CLOSE_M
) -> Objects:
    """Return the line, maybe empty, along which each pair lies side by side."""
    used, back = np.unique(second, return_inverse=True)
    grown = shapely.buffer(around.shapes[used], within_m, quad_segs=2)
    edges = shapely.boundary(asking.shapes[first])
    lines: Objects = shapely.intersection(edges, grown[back])
    return lines


def _pairs(asking: Land, around: Land, band_m: float) -> Iterator[tuple[Ints, Ints]]:
    """Query a tree for each reach that two uses may have, in batches that bound memory."""
    for own in np.unique(asking.use):
        rows = np.flatnonzero(asking.use == own)
        reaches = _reaches(asking.uses[own], around, band_m)
        for reach in np.unique(reaches):
            targets = np.flatnonzero(np.isin(around.use, np.flatnonzero(reaches == reach)))
            if not len(targets):
                continue
            tree = shapely.STRtree(around.shapes[targets])
            slack = CLOSE_M + float(around.off_m[targets].max())
            for start in range(0, len(rows), _BATCH):
                some = rows[start : start + _BATCH]
                found = tree.query(
                    asking.shapes[some],
                    predicate="dwithin",
                    distance=reach + slack + asking.off_m[some],
                )
                yield some[found[0]], targets[found[1]]


def _reaches(own: UseSet, around: Land, band_m: float) -> Floats:
    return np.array([reach_m(own, other, band_m) for other in around.uses])


def apart(
    asking: Land, around: Land, first: Ints, second: Ints
) -> tuple[Floats, Floats, Floats, Bools]:
    """Measure how far apart pairs lie.

    Returns
    -------
    drawn, least, most : float array, shape (m,)
        Distance of the drawings, and the ends between which the true one lies.
    rough : bool array, shape (m,)
        One of both has no outline.
    """
    here, there = asking.shapes[first], around.shapes[second]
    drawn = shapely.distance(here, there)
    off = asking.off_m[first] + around.off_m[second]
    rough = asking.is_place[first] | around.is_place[second]
    most = drawn + off
    most[rough] = _farthest(here[rough], there[rough]) + off[rough]
    return drawn, np.maximum(drawn - off, 0.0), most, rough


def _measured(asking: Land, around: Land, first: Ints, second: Ints) -> Meetings:
    drawn, least, most, rough = apart(asking, around, first, second)
    decided = ~rough & (asking.off_m[first] + around.off_m[second] == 0)
    touches = np.zeros(len(first), dtype=bool)
    close = np.flatnonzero(decided & (drawn <= CLOSE_M))
    touches[close] = _in_contact(asking, around, first[close], second[close])
    may_touch = touches | (~decided & (least <= CLOSE_M))
    return Meetings(
        first=first,
        second=second,
        drawn_m=drawn,
        lies=Situation(least_m=least, most_m=most, may_touch=may_touch, touches=touches),
        rough=rough,
    )


def _in_contact(asking: Land, around: Land, first: Ints, second: Ints) -> Bools:
    """Tell which close pairs share a line; of two pieces that meet both ways once.

    Where one piece overlaps the other the line may be on either one's boundary.
    """
    one, two = asking.piece[first], around.piece[second]
    least = min(one.min(initial=0), two.min(initial=0))
    span = max(one.max(initial=0), two.max(initial=0)) - least + 1
    both = (np.minimum(one, two) - least) * span + np.maximum(one, two) - least
    _, once, back = np.unique(both, return_index=True, return_inverse=True)
    first, second = first[once], second[once]
    touches = np.zeros(len(first), dtype=bool)
    beside = _common_extent(asking.shapes[first], around.shapes[second]) > CONTACT_M
    for within in (_EXACTLY_M, CLOSE_M):
        left = np.flatnonzero(beside & ~touches)
        lines = shared_lines(asking, around, first[left], second[left], within)
        touches[left] = shapely.length(lines) > CONTACT_M + _ENDS * within
    left = np.flatnonzero(beside & ~touches)
    lines = shared_lines(around, asking, second[left], first[left], _EXACTLY_M)
    touches[left] = shapely.length(lines) > CONTACT_M + _ENDS * _EXACTLY_M
    return touches[back]


def _common_extent(here: Objects, there: Objects) -> Floats:
    """Measure the diagonal of what two boxes share: at a corner it is nearly nothing."""
    one, two = shapely.bounds(here), shapely.bounds(there)
    sides = np.minimum(one[:, 2:], two[:, 2:]) - np.maximum(one[:, :2], two[:, :2])
    across: Floats = np.hypot(*np.maximum(sides, 0.0).T)
    return across


def _farthest(here: Objects, there: Objects) -> Floats:
    """Bound the distance of any point of one shape to any point of the other, by their boxes."""
    one, two = shapely.bounds(here), shapely.bounds(there)
    across = np.maximum(np.abs(two[:, 2:] - one[:, :2]), np.abs(one[:, 2:] - two[:, :2]))
    apart: Floats = np.hypot(across[:, 0], across[:, 1])
    return apart


def use_sets(uses: Sequence[UseSet]) -> tuple[Ints, tuple[UseSet, ...]]:
    """Return for each entry its position among the distinct ones, and those."""
    distinct = {use: at for at, use in enumerate(dict.fromkeys(uses))}
    return np.array([distinct[use] for use in uses], dtype=np.int64), tuple(distinct)
