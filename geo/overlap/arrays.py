"""The flat arrays that hold polygons and their search tree, as plain tuples of arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Iterable

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Places = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Box = tuple[float, float, float, float]
"""West, south, east, north."""

BLOCK = 16
"""Edges of a ring that share one bounding box."""


class Rings(NamedTuple):
    """Rings of n polygons, one after the other.

    Attributes
    ----------
    rings_of : int array, shape (n + 1,)
        Polygon i has the rings ``rings_of[i]`` up to ``rings_of[i + 1]``; none: it has no area.
    vertices_of : int array, shape (rings + 1,)
        The same from ring to vertex; the first vertex of a ring is repeated at its end.
    xy : float array, shape (vertices, 2)
        East and north in metres.
    shells : bool array, shape (rings,)
        Whether the ring is an outer one; a polygon of several parts has several, each followed
        by its holes.
    """

    rings_of: Integers
    vertices_of: Integers
    xy: Floats
    shells: Flags


class Flat(NamedTuple):
    """Rings with all that the kernels ask of them; every array is read-only.

    Attributes
    ----------
    rings_of, vertices_of, xy, shells
        As in `Rings`.
    blocks_of : int array, shape (rings + 1,)
        The same from ring to block of `BLOCK` edges.
    blocks : float array, shape (blocks, 4)
        West, south, east and north of each block.
    signs : float array, shape (rings,)
        1 or -1, so that signed areas of the rings add up to the area of the polygon.
    boxes : float array, shape (n, 4)
        West, south, east and north; NaN without area.
    areas : float array, shape (n,)
        Square metres of the plane.
    moments : float array, shape (n, 4)
        East and north of the centroid; second moments about it, east by east and east by north,
        in m⁴.
    most_vertices : int
        Vertices of the polygon that has most.
    """

    rings_of: Integers
    vertices_of: Integers
    xy: Floats
    shells: Flags
    blocks_of: Integers
    blocks: Floats
    signs: Floats
    boxes: Floats
    areas: Floats
    moments: Floats
    most_vertices: int


class Tree(NamedTuple):
    """A packed tree of bounding boxes: `NODE` boxes to a node, nodes to a level, up to one root.

    Attributes
    ----------
    items : int32 array, shape (m,)
        The polygon behind each box of the lowest level.
    boxes : float array, shape (all boxes, 4)
        Boxes of all levels, the lowest first, the root last.
    levels : int array, shape (levels + 1,)
        Where each level begins in ``boxes``.
    """

    items: Places
    boxes: Floats
    levels: Integers


def freeze(arrays: Iterable[object]) -> None:
    """Forbid writing: threads share the arrays, and the kernels are compiled for read-only ones."""
    for array in arrays:
        if isinstance(array, np.ndarray):
            array.setflags(write=False)


def most_vertices(rings_of: Integers, vertices_of: Integers) -> int:
    """Count the vertices of the polygon that has most."""
    return int(np.diff(vertices_of[rings_of]).max(initial=0))
