"""The overlap join: for each polygon of one layer, the areas that it shares with another's."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geo.overlap.kernels.compiled import kernel, stage, step
from geo.overlap.kernels.cut import PIECES, Edges, cut
from geo.overlap.kernels.search import DEEPEST, search
from geo.overlap.kernels.strips import area_below, area_below_both
from geo.overlap.tree import NODE

if TYPE_CHECKING:
    from geo.overlap.arrays import Box, Flat, Floats, Integers, Places, Tree

_FIRST_ROOM = 256
_ROUNDING = 1e-12


class Room(NamedTuple):
    """Working memory of one job, ample for any polygon of the two layers."""

    found: Places
    waiting: Integers
    outer: Edges
    inner: Edges


@kernel
def join(
    first: Flat, second: Flat, tree: Tree, start: int, stop: int, own: bool, least: float
) -> tuple[Places, Places, Floats]:
    """Join the polygons from ``start`` to ``stop`` of ``first`` with all of ``second``.

    ``tree`` holds the boxes of ``second``. With ``own`` the layers are the same one, and each pair
    comes once, the smaller number first. Gives pairs that share more than ``least`` m².
    """
    room = _room(first, second, len(tree.items))
    pairs = np.empty((_FIRST_ROOM, 2), np.int32)
    areas = np.empty(_FIRST_ROOM)
    count = 0
    for row in range(start, stop):
        for place in range(search(tree, _box(first, row), room.found, room.waiting)):
            other = room.found[place]
            if own and other <= row:
                continue
            area = _shared(first, row, second, other, room)
            if area > least:
                if count == len(areas):
                    pairs = np.concatenate((pairs, np.empty_like(pairs)))
                    areas = np.concatenate((areas, np.empty_like(areas)))
                pairs[count, 0], pairs[count, 1] = row, other
                areas[count] = area
                count += 1
    return pairs[:count, 0].copy(), pairs[:count, 1].copy(), areas[:count].copy()


@step
def _shared(first: Flat, row: int, second: Flat, other: int, room: Room) -> float:
    """Give the area that two polygons share.

    The one with the larger box is cut first: where it covers the window or leaves nothing there,
    the answer is known without looking at the other.
    """
    a, b = _box(first, row), _box(second, other)
    window = (max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3]))
    if not (window[0] < window[2] and window[1] < window[3]):
        return 0.0
    if (a[2] - a[0]) * (a[3] - a[1]) >= (b[2] - b[0]) * (b[3] - b[1]):
        return _shared_inside(first, row, second, other, window, room)
    return _shared_inside(second, other, first, row, window, room)


@stage
def _shared_inside(
    large: Flat, outer: int, small: Flat, inner: int, window: Box, room: Room
) -> float:
    """Give the area that two polygons share inside the window that their boxes share."""
    outers = cut(large, outer, window, room.outer)
    if outers == 0:
        return 0.0
    covered = _covers(room.outer, outers, window)
    if covered and _box(small, inner) == window:
        return float(small.areas[inner])
    inners = cut(small, inner, window, room.inner)
    if covered:
        return area_below(room.inner, inners)
    return area_below_both(room.outer, outers, room.inner, inners, window[2] - window[0])


@step
def _covers(edges: Edges, count: int, window: Box) -> bool:
    """Tell whether the edges all lie along the roof of the window, from side to side together."""
    west, south, east, north = window
    width, roof = east - west, north - south
    covered = 0.0
    for i in range(count):
        if edges.slope[i] != 0.0 or edges.height[i] != roof:
            return False
        covered += edges.sign[i] * (edges.right[i] - edges.left[i])
    return abs(covered - width) <= _ROUNDING * width


@step
def _box(flat: Flat, row: int) -> Box:
    """Give a box as numbers: a view of the array would count its users, and threads would wait."""
    boxes = flat.boxes
    return boxes[row, 0], boxes[row, 1], boxes[row, 2], boxes[row, 3]


@step
def _room(first: Flat, second: Flat, items: int) -> Room:
    pieces = PIECES * max(first.most_vertices, second.most_vertices)
    return Room(
        np.empty(items, np.int32),
        np.empty((NODE * DEEPEST, 2), np.int64),
        _edges(pieces),
        _edges(pieces),
    )


@step
def _edges(room: int) -> Edges:
    return Edges(np.empty(room), np.empty(room), np.empty(room), np.empty(room), np.empty(room))
