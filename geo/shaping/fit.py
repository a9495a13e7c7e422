"""A polygon that is given an area: by one side that moves, or by its scale."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import shapely.affinity

from geo.area import ellipsoidal_area
from geo.errors import PlannerError
from geo.shaping.sides import side_of
from geo.shaping.soundness import refuse_unsound

if TYPE_CHECKING:
    from pyproj import CRS
    from shapely.geometry.base import BaseGeometry

    from geo.shaping.sides import Side

LARGEST_M2 = 1e10
"""10,000 km²: more is no area of a plan."""

_STEPS = 8
_CLOSE = 1e-14


def fit_area(shape: BaseGeometry, area_m2: float, *, side: int | None, crs: CRS) -> BaseGeometry:
    """Give a polygon the area that is wanted on the ellipsoid.

    With a side, that side moves parallel to itself and its neighbours stay on their lines
    (`geo.shaping.sides`), by the nearer solution of a quadratic. Without, the shape is scaled
    about its centroid, holes and gaps with it. The plane area is corrected by the error of the
    ellipsoidal one until that is gone.

    Parameters
    ----------
    shape : (Multi)Polygon
        Valid, in ``crs``.
    area_m2 : float
        Square metres on the ellipsoid (`geo.area.ellipsoidal_area`).
    side : int or None
        Edge of the outer rings, from 0, part after part; None: scale.
    crs : CRS
        A transverse Mercator in metres.

    Returns
    -------
    Polygon or MultiPolygon
        Its area is the target to 1e-12 of it, and to the noise of its coordinates.

    Raises
    ------
    PlannerError
        ``shape_area_unusable`` (``value``, ``most``); ``shape_not_polygon``;
        ``shape_side_unknown``; ``shape_side_cannot`` (``value`` from 1, ``area_m2``,
        ``nearest_m2``: what the side comes to at most or least).
    """
    if not 0 < area_m2 <= LARGEST_M2:
        raise PlannerError("shape_area_unusable", value=area_m2, most=LARGEST_M2)
    if shape.area == 0:
        raise PlannerError("shape_not_polygon", value=shape.geom_type)
    if side is None:
        return _scaled(shape, area_m2, crs)
    return _by_side(side_of(shape, side), side, area_m2, crs)


def _scaled(shape: BaseGeometry, area_m2: float, crs: CRS) -> BaseGeometry:
    centre, factor, made = shape.centroid, 1.0, shape
    for _ in range(_STEPS):
        measured = float(ellipsoidal_area(made, crs))
        if abs(measured / area_m2 - 1) <= _CLOSE:
            break
        factor *= math.sqrt(area_m2 / measured)
        made = shapely.affinity.scale(shape, factor, factor, origin=centre)
    refuse_unsound(made, crs)
    return made


def _by_side(found: Side, side: int, area_m2: float, crs: CRS) -> BaseGeometry:
    measured = float(ellipsoidal_area(found.shape, crs))
    distance = _distance(found, area_m2, measured, crs)
    if distance is not None and found.can_reach(distance):
        return found.moved(distance)
    end = found.ends()[int(area_m2 > measured)]
    nearest = found.moved(found.farthest(end if distance is None else distance))
    raise PlannerError(
        "shape_side_cannot",
        value=side + 1,
        area_m2=area_m2,
        nearest_m2=float(ellipsoidal_area(nearest, crs)),
    )


def _distance(found: Side, area_m2: float, measured: float, crs: CRS) -> float | None:
    """Solve for the distance, corrected by what the ellipsoid adds; None: there is none."""
    change, distance = area_m2 - measured, 0.0
    for _ in range(_STEPS):
        nearer = _nearer_root(found, change)
        if nearer is None:
            return None
        distance = nearer
        rest = area_m2 - float(ellipsoidal_area(found.moved(distance), crs))
        if abs(rest) <= _CLOSE * area_m2:
            break
        change += rest
    return distance


def _nearer_root(found: Side, change: float) -> float | None:
    """Solve a d² + b d = change for the d nearer to 0.

    The other one is -b/a - d: there the side has passed the place where it is a point (at -b/2a)
    and is turned round, so that it never is an answer.
    """
    square, linear = found.plane_change()
    inside = linear**2 + 4 * square * change
    return None if inside < 0 else 2 * change / (linear + math.sqrt(inside))
