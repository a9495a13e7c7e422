"""Rings inside of rings: a drawing knows no holes, a survey of parcels does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import shapely

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_Ints = npt.NDArray[np.intp]
_Shapes = npt.NDArray[np.object_]
_APART = ("FF*FF****", "FF*F0****")  # nothing in common, or points of the boundary alone
_INSIDE = ("T*F*FF***", "T*F*0F***")  # within, and no piece of the boundary in common


def nest_rings(polygons: Mapping[int, shapely.Polygon], layers: Sequence[str]) -> dict[int, int]:
    """Find for each ring the innermost ring of the same layer around it.

    Parameters
    ----------
    polygons : mapping of int to Polygon
        The rings that can be read, by position; may cross themselves.
    layers : sequence of str
        Layer of each ring.

    Returns
    -------
    dict of int to int
        Ring inside, ring around it. Left out are rings that cross or equal others, that share
        a piece of boundary with the ring around them, and all rings inside of a ring in which
        two of them touch along a line or overlap: that one is a frame around parcels.
    """
    rows = np.array(list(polygons), dtype=np.intp)
    shapes = np.array(list(polygons.values()), dtype=object)
    names = np.unique([layers[row] for row in rows], return_inverse=True)[1]
    inner, outer = _pairs(shapes, names)
    if not len(inner):
        return {}
    frames = np.zeros(len(rows), dtype=bool)
    while True:
        parent = _parents(inner, outer, frames)
        crowded = _crowded(shapes, parent)
        if not len(crowded):
            break
        frames[crowded] = True
    nested = np.flatnonzero(parent >= 0)
    return dict(zip(rows[nested].tolist(), rows[parent[nested]].tolist(), strict=True))


def holes_of(around: Mapping[int, int]) -> dict[int, int]:
    """Take of `nest_rings` the holes, and the ring that each is cut out of.

    Parameters
    ----------
    around : mapping of int to int
        Ring inside, ring around it.

    Returns
    -------
    dict of int to int
        Rings inside of an odd number of rings: what lies in a hole is ground again.
    """
    return {ring: shell for ring, shell in around.items() if _depth(ring, around) % 2}


def regions_of(
    polygons: Mapping[int, shapely.Polygon], around: Mapping[int, int]
) -> dict[int, shapely.Polygon]:
    """Cut out of each ring the rings directly inside of it."""
    inside: dict[int, list[shapely.LinearRing]] = {}
    for ring, shell in around.items():
        inside.setdefault(shell, []).append(polygons[ring].exterior)
    return {
        ring: shapely.Polygon(polygon.exterior, inside[ring]) if ring in inside else polygon
        for ring, polygon in polygons.items()
    }


def _depth(ring: int, around: Mapping[int, int]) -> int:
    depth = 0
    while ring in around:
        ring, depth = around[ring], depth + 1
    return depth


def _pairs(shapes: _Shapes, names: npt.NDArray[np.intp]) -> tuple[_Ints, _Ints]:
    """Pair the rings inside with all rings around them; boxes tell most of them apart."""
    bounds = shapely.bounds(shapes).reshape(-1, 4)
    boxes = shapely.box(*bounds.T)
    inner, outer = shapely.STRtree(boxes).query(boxes, predicate="within")
    apart = (inner != outer) & (names[inner] == names[outer])
    inner, outer = inner[apart], outer[apart]
    doubtful = np.unique(np.concatenate([inner, outer]))
    broken = doubtful[~shapely.is_valid(shapes[doubtful])]
    shapes[broken] = shapely.make_valid(shapes[broken], method="structure")
    kept = _match(shapes[inner], shapes[outer], _INSIDE)
    return inner[kept], outer[kept]


def _parents(inner: _Ints, outer: _Ints, frames: npt.NDArray[np.bool_]) -> _Ints:
    """Give the ring around each: the one that lies in all others around it; -1: none."""
    usable = ~frames[outer]
    inner, outer = inner[usable], outer[usable]
    depth = np.bincount(inner, minlength=len(frames))
    direct = depth[outer] == depth[inner] - 1
    parent = np.full(len(frames), -1, dtype=np.intp)
    parent[inner[direct]] = outer[direct]
    return parent


def _crowded(shapes: _Shapes, parent: _Ints) -> _Ints:
    """Find the rings whose holes would touch along a line or overlap."""
    around = {ring: int(parent[ring]) for ring in map(int, np.flatnonzero(parent >= 0))}
    holes = np.array(sorted(holes_of(around)), dtype=np.intp)
    one, other = shapely.STRtree(shapes[holes]).query(shapes[holes], predicate="intersects")
    first, second = holes[one], holes[other]
    siblings = (first < second) & (parent[first] == parent[second])
    first, second = first[siblings], second[siblings]
    return np.unique(parent[first[~_match(shapes[first], shapes[second], _APART)]])


def _match(one: _Shapes, other: _Shapes, patterns: tuple[str, str]) -> npt.NDArray[np.bool_]:
    first, second = (shapely.relate_pattern(one, other, pattern) for pattern in patterns)
    return np.asarray(first | second, dtype=bool)
