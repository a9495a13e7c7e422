"""Packs bounding boxes into a tree: sorted into tiles, so no box is ever inserted or moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.overlap.arrays import Tree, freeze

if TYPE_CHECKING:
    from geo.overlap.arrays import Floats, Integers

NODE = 16
"""Boxes to a node."""


def pack(boxes: Floats) -> Tree:
    """Build the tree by the sort-tile-recursive method (Leutenegger, Lopez, Edgington 1997).

    Parameters
    ----------
    boxes : float array, shape (n, 4)
        West, south, east, north; rows of NaN are left out.
    """
    items = np.flatnonzero(np.isfinite(boxes[:, 0]))
    items = items[_tile_order(boxes[items])]
    levels = [boxes[items]]
    while len(levels) == 1 or len(levels[-1]) > 1:
        levels.append(_enclosing(levels[-1]))
    starts = np.cumsum([0, *map(len, levels)]).astype(np.int64)
    tree = Tree(items.astype(np.int32), np.concatenate(levels), starts)
    freeze(tree)
    return tree


def _tile_order(boxes: Floats) -> Integers:
    """Order boxes by upright slices of about equal number, from south to north in each."""
    middle = boxes[:, :2] + boxes[:, 2:]
    slices = max(1, int(np.sqrt(len(boxes) / NODE)))
    depth = -(-len(boxes) // (slices * NODE)) * NODE
    by_east = np.argsort(middle[:, 0], kind="stable")
    strip = np.arange(len(boxes)) // max(depth, 1)
    order: Integers = by_east[np.lexsort((middle[by_east, 1], strip))]
    return order


def _enclosing(boxes: Floats) -> Floats:
    """Give one box around each run of `NODE` boxes."""
    if not len(boxes):
        return boxes
    starts = np.arange(0, len(boxes), NODE)
    low = np.minimum.reduceat(boxes[:, :2], starts)
    high = np.maximum.reduceat(boxes[:, 2:], starts)
    return np.concatenate((low, high), axis=1)
