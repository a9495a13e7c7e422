"""Shapes that were drawn to meet, brought together exactly: where a point was snapped to an edge.

A point that the browser snapped to the middle of an edge lies on the straight line of the web
map. In the plane of the survey that line is a bow, so that the point misses the edge by up to
L² tan(φ) / 8R: 1 cm on an edge of 1 km. Without care a cut that was drawn from edge to edge would
leave a film of ground, and a line would stop short of dividing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.shaping.paths import edge_lines, paths_of, with_paths

if TYPE_CHECKING:
    import numpy.typing as npt
    from shapely.geometry.base import BaseGeometry

    _Floats = npt.NDArray[np.float64]

SAME_M = 0.001
"""Points nearer than the last digit of a survey are one."""
BOW_PER_M = 1.08e-7
"""Bow over the product of the distances to both ends: tan(φ) / 2R at 54°N, the north of China."""


def meet(shape: BaseGeometry, tool: BaseGeometry) -> tuple[BaseGeometry, BaseGeometry]:
    """Give both shapes the points in which they meet, so that overlays find no film between.

    Points of the tool within 1 mm of a point of the shape move there. Those within 1 mm of an
    edge, or within the bow that the edge has on a web map (`BOW_PER_M` a b; a, b to its ends),
    move onto it and become points of it. Edges of the tool are led through points of the shape
    within 1 mm.

    Parameters
    ----------
    shape, tool : geometry
        Polygons or lines in the same plane, metres.

    Returns
    -------
    shape, tool : geometry
        The shape has more points, its edges stay; as they were given where that would break one.
    """
    if shape.is_empty or tool.is_empty:
        return shape, tool
    moved = with_paths(tool, lambda xy: _onto(xy, shape))
    met = _led_through(shape, moved), _led_through(moved, shape)
    return met if all(one.is_valid for one in met) else (shape, tool)


def _onto(xy: _Floats, shape: BaseGeometry) -> _Floats:
    """Move points to those of a shape, or onto its edges, where they are near."""
    edges = np.concatenate([edge_lines(path) for path in paths_of(shape)])
    points, moved = shapely.points(xy), xy.copy()
    longest = float(shapely.length(edges).max())
    widest = SAME_M + BOW_PER_M * longest**2 / 4
    at, edge = shapely.STRtree(edges).query(points, predicate="dwithin", distance=widest)
    away = shapely.distance(points[at], edges[edge])
    along = shapely.line_locate_point(edges[edge], points[at])
    bow = BOW_PER_M * along * (shapely.length(edges[edge]) - along)
    foot = shapely.get_coordinates(shapely.line_interpolate_point(edges[edge], along))
    order = np.argsort(-away)  # the nearest edge last, so that it stays
    order = order[(away <= SAME_M + bow)[order]]
    moved[at[order]] = foot[order]
    corners = shapely.get_coordinates(shape)
    near = shapely.STRtree(shapely.points(corners))
    at, corner = near.query(shapely.points(moved), predicate="dwithin", distance=SAME_M)
    moved[at] = corners[corner]
    return moved


def _led_through(shape: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    """Add the points of another shape that lie on the edges."""
    corners = np.unique(shapely.get_coordinates(other), axis=0)
    tree = shapely.STRtree(shapely.points(corners))
    return with_paths(shape, lambda xy: _with_points(xy, corners, tree))


def _with_points(xy: _Floats, corners: _Floats, tree: Any) -> _Floats:
    """Add points to the edge of a path that each is nearest to: beside a tip two are near."""
    edges = edge_lines(xy)
    edge, corner = tree.query(edges, predicate="dwithin", distance=SAME_M)
    points = shapely.points(corners[corner])
    away = shapely.distance(edges[edge], points)
    along = shapely.line_locate_point(edges[edge], points)
    nearest = np.full(len(corners), np.inf)
    np.minimum.at(nearest, corner, away)
    inside = (along > SAME_M) & (along < shapely.length(edges[edge]) - SAME_M)
    inside &= away == nearest[corner]
    edge, corner, along = edge[inside], corner[inside], along[inside]
    order = np.lexsort((along, edge))
    more: _Floats = np.insert(xy, edge[order] + 1, corners[corner[order]], axis=0)
    return more
