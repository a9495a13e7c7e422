"""Searches a packed tree of boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.overlap.kernels.compiled import kernel, step
from geo.overlap.tree import NODE

if TYPE_CHECKING:
    from geo.overlap.arrays import Box, Integers, Places, Tree

DEEPEST = 8
"""Levels above the lowest of a tree of 2³¹ boxes."""


@step
def search(tree: Tree, box: Box, found: Places, waiting: Integers) -> int:
    """Find the polygons whose boxes meet ``box``, touching included.

    ``found`` has room for all polygons of the tree, ``waiting`` the shape (NODE * DEEPEST, 2).
    """
    boxes = tree.boxes
    west, south, east, north = box
    count = 0
    depth = 0
    if len(tree.items) > 0:
        waiting[0, 0], waiting[0, 1] = len(tree.levels) - 2, 0
        depth = 1
    while depth > 0:
        depth -= 1
        level, node = waiting[depth, 0] - 1, waiting[depth, 1]
        start, end = tree.levels[level] + node * NODE, tree.levels[level + 1]
        for place in range(start, min(start + NODE, end)):
            if not (boxes[place, 0] <= east and boxes[place, 2] >= west):
                continue
            if not (boxes[place, 1] <= north and boxes[place, 3] >= south):
                continue
            if level == 0:
                found[count] = tree.items[place]
                count += 1
            else:
                waiting[depth, 0], waiting[depth, 1] = level, place - tree.levels[level]
                depth += 1
    return count


@kernel
def near(tree: Tree, box: Box) -> Places:
    """Give the polygons whose boxes meet ``box``, in the order of the tree."""
    found = np.empty(len(tree.items), np.int32)
    waiting = np.empty((NODE * DEEPEST, 2), np.int64)
    return found[: search(tree, box, found, waiting)].copy()
