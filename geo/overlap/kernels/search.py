"""Searches a packed tree of boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.overlap.kernels.compiled import kernel, step
from geo.overlap.tree import NODE

if TYPE_CHECKING:
    from geo.overlap.arrays import Floats, Integers, Places, Tree

DEEPEST = 8
"""Levels above the lowest of a tree of 2³¹ boxes."""


@step
def search(tree: Tree, box: Floats, found: Places, waiting: Integers) -> int:
    """Find the polygons whose boxes meet ``box``, touching included.

    ``found`` has room for all polygons of the tree, ``waiting`` the shape (NODE * DEEPEST, 2).
    """
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
            other = tree.boxes[place]
            if not (other[0] <= box[2] and other[2] >= box[0]):
                continue
            if not (other[1] <= box[3] and other[3] >= box[1]):
                continue
            if level == 0:
                found[count] = tree.items[place]
                count += 1
            else:
                waiting[depth, 0], waiting[depth, 1] = level, place - tree.levels[level]
                depth += 1
    return count


@kernel
def near(tree: Tree, box: Floats) -> Places:
    """Give the polygons whose boxes meet ``box``, in the order of the tree."""
    found = np.empty(len(tree.items), np.int32)
    waiting = np.empty((NODE * DEEPEST, 2), np.int64)
    return found[: search(tree, box, found, waiting)].copy()
