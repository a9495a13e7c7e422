"""Right angles: every edge along one of two directions, every point moved as little as possible."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely
import shapely.affinity

from geo.errors import PlannerError
from geo.shaping.paths import paths_of, with_paths
from geo.shaping.soundness import problems_of

if TYPE_CHECKING:
    import numpy.typing as npt
    from shapely.geometry.base import BaseGeometry

    from geo.shaping.paths import Floats

MOST_OF_A_SIDE = 0.2
"""A point that would move by more than this share of the mean side stands in no right angle."""


class Squared(NamedTuple):
    """What `squared` made, and how far the farthest point moved, in metres."""

    shape: BaseGeometry
    moved_m: float


def squared(shape: BaseGeometry) -> Squared:
    """Give a polygon right angles.

    The direction is the mean of all edges modulo 90°, each metre of edge counting the same. Each
    edge becomes parallel to the direction it is nearer to; points that an edge ties to one line
    get the mean of their places across it, which is the least sum of squares. Points keep their
    number and order.

    Parameters
    ----------
    shape : (Multi)Polygon
        Valid, metres.

    Returns
    -------
    Squared

    Raises
    ------
    PlannerError
        ``shape_not_polygon``; ``shape_not_squarable`` (``ring``, ``point`` from 1, ``moved``,
        ``most``): a point would move too far; ``shape_squared_unsound``: the result would cross
        itself or lose its ground.
    """
    if shape.area == 0:
        raise PlannerError("shape_not_polygon", value=shape.geom_type)
    angle, centre = main_direction(shape), shape.centroid
    turned = shapely.affinity.rotate(shape, -angle, origin=centre, use_radians=True)
    for ring, xy in enumerate(paths_of(turned), 1):
        _refuse_far(ring, xy, _right_angles(xy))
    straight = with_paths(turned, _right_angles)
    if problems_of(straight):
        raise PlannerError("shape_squared_unsound")
    moved = np.hypot(*(shapely.get_coordinates(straight) - shapely.get_coordinates(turned)).T)
    back = shapely.affinity.rotate(straight, angle, origin=centre, use_radians=True)
    return Squared(back, float(moved.max()))


def main_direction(shape: BaseGeometry) -> float:
    """Give the direction of the edges modulo 90°, in radians from east, -π/4 to π/4.

    The angle of the sum of the edges as complex numbers to the fourth power of their direction,
    each with its length.
    """
    edges = np.concatenate([np.diff(xy, axis=0) for xy in paths_of(shape)])
    around = 4 * np.arctan2(edges[:, 1], edges[:, 0])
    length = np.hypot(edges[:, 0], edges[:, 1])
    return math.atan2(float(length @ np.sin(around)), float(length @ np.cos(around))) / 4


def _right_angles(xy: Floats) -> Floats:
    """Move the points of a ring so that each edge runs east or north."""
    points, edges = xy[:-1], np.diff(xy, axis=0)
    level = np.abs(edges[:, 0]) >= np.abs(edges[:, 1])
    made = np.column_stack([_shared(points[:, 0], ~level), _shared(points[:, 1], level)])
    return np.vstack([made, made[:1]])


def _shared(values: Floats, tied: npt.NDArray[np.bool_]) -> Floats:
    """Give points that are tied to the next one (round the ring) their mean."""
    if tied.all():
        return np.full_like(values, values.mean())
    start = int(np.flatnonzero(~tied)[-1]) + 1
    order = np.roll(np.arange(len(values)), -start)
    group = np.cumsum(np.concatenate([[False], ~tied[order][:-1]]))
    means = np.bincount(group, values[order]) / np.bincount(group)
    shared = np.empty_like(values)
    shared[order] = means[group]
    return shared


def _refuse_far(ring: int, xy: Floats, made: Floats) -> None:
    moved = np.hypot(*(made - xy)[:-1].T)
    most = MOST_OF_A_SIDE * float(np.hypot(*np.diff(xy, axis=0).T).mean())
    at = int(moved.argmax())
    if moved[at] > most:
        raise PlannerError(
            "shape_not_squarable", ring=ring, point=at + 1, moved=float(moved[at]), most=most
        )
