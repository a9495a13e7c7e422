"""Edges that two parcels share exactly: where all are shared, no ground is shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.survey.quality.order import wrongly_turned
from geo.survey.quality.vertices import flat_vertices

if TYPE_CHECKING:
    import numpy.typing as npt

    from geo.survey.quality.vertices import Bools, Ints, Shapes, Vertices

    _Hashes = npt.NDArray[np.uint64]

# Odd numbers without a pattern: the product spreads the bits of a coordinate over all places.
_OF_X, _OF_Y = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
_OF_START, _HALF = np.uint64(0x165667B19E3779F9), np.uint64(32)


def misfits(shapes: Shapes, tree: shapely.STRtree, gap: float) -> Bools:
    """Mark polygons that share ground with another, or leave a gap narrower than ``gap``.

    The same answer as `shapely.coverage_invalid_edges`, which costs more than all the rest of an
    examination: how many polygons lie on a place changes only at edges that are not one polygon's
    on the left and another's on the right. So it is enough to ask about the polygons with such
    edges and those whose boxes meet theirs; if they fit, all fit.

    Parameters
    ----------
    shapes : array of Polygon or MultiPolygon, shape (m,)
        Valid, not empty, no two the same.
    tree : STRtree
        Of ``shapes``.
    gap : float
        Metres.

    Returns
    -------
    bool array, shape (m,)
    """
    near = np.zeros(len(shapes), dtype=bool)
    asked, met = tree.query(_boxes(shapes, gap))
    near[asked[asked != met]] = True
    lonely = np.zeros(len(shapes), dtype=bool)
    lonely[np.flatnonzero(near)[_has_single_edge(shapes[near])]] = True
    doubtful = lonely.copy()
    doubtful[met[lonely[asked]]] = True
    found = np.zeros(len(shapes), dtype=bool)
    rows = np.flatnonzero(doubtful & near)
    if len(rows) and _unfit(shapes[rows], gap).any():
        rows = np.flatnonzero(near)
        found[rows] = _unfit(shapes[rows], gap)
    return found


def _boxes(shapes: Shapes, gap: float) -> Shapes:
    west, south, east, north = shapely.bounds(shapes).T
    boxes: Shapes = shapely.box(west - gap, south - gap, east + gap, north + gap)
    return boxes


def _unfit(shapes: Shapes, gap: float) -> Bools:
    edges = shapely.coverage_invalid_edges(shapes, gap_width=gap)
    unfit: Bools = ~(shapely.is_empty(edges) | shapely.is_missing(edges))
    return unfit


def _has_single_edge(shapes: Shapes) -> Bools:
    """Mark polygons with an edge that is not on the other side of exactly one other's."""
    single = np.zeros(len(shapes), dtype=bool)
    vertices = flat_vertices(shapes)
    if len(vertices.xy):
        single[vertices.parcel[vertices.ring[~_paired(vertices)]]] = True
    return single


def _paired(vertices: Vertices) -> Bools:
    """Mark the vertices whose edge runs once the one way and once the other."""
    after = vertices.following()
    hashes = _hashes(vertices)
    key, forward = _edge_keys(hashes, hashes[after])
    forward ^= wrongly_turned(vertices)[vertices.ring]
    order = np.argsort(key)
    key = key[order]
    begins = np.concatenate([[True], key[1:] != key[:-1], [True]])
    first = np.flatnonzero(begins[:-2] & ~begins[1:-1] & begins[2:])
    one, other = order[first], order[first + 1]
    opposite = forward[one] != forward[other]
    opposite &= _same_edge(vertices, after, one, other)
    paired = np.zeros(len(after), dtype=bool)
    paired[one[opposite]] = paired[other[opposite]] = True
    return paired


def _hashes(vertices: Vertices) -> _Hashes:
    bits = (vertices.xy + 0.0).view(np.uint64)  # of -0 the same as of 0
    mixed = bits[:, 0] * _OF_X + bits[:, 1] * _OF_Y
    hashes: _Hashes = (mixed ^ (mixed >> _HALF)) * _OF_X
    return hashes


def _edge_keys(start: _Hashes, end: _Hashes) -> tuple[_Hashes, Bools]:
    """Give a number that is the same in both directions, and which direction it is."""
    return np.minimum(start, end) * _OF_START + np.maximum(start, end), start < end


def _same_edge(vertices: Vertices, after: Ints, one: Ints, other: Ints) -> Bools:
    """Compare the ends of edges, since different ones may have the same number."""
    xy = vertices.xy
    crossed = (xy[one] == xy[after[other]]) & (xy[after[one]] == xy[other])
    along = (xy[one] == xy[other]) & (xy[after[one]] == xy[after[other]])
    same: Bools = crossed.all(axis=1) | along.all(axis=1)
    return same
