"""What a hand does to a shape: cut, pierce, divide, unite, widen. All in plane metres."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.errors import PlannerError
from geo.shaping.meeting import SAME_M, meet
from geo.shaping.sides import FARTHEST_M
from geo.shaping.soundness import NO_WIDTH_M
from geo.shaping.squaring import squared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

_MITRE_LIMIT = 2.0


def cut(shape: BaseGeometry, cutter: BaseGeometry) -> BaseGeometry:
    """Take the ground of a polygon away.

    Parameters
    ----------
    shape : (Multi)Polygon or (Multi)LineString
        Valid, metres; of a line the part under the cutter goes.
    cutter : (Multi)Polygon
        Valid, same plane.

    Returns
    -------
    geometry
        In several parts where the cutter goes through; empty where it covers all; ``shape`` itself
        where the two share no ground: a touch takes nothing.
    """
    met, cutter = meet(shape, cutter)
    if _of_its_kind(shapely.intersection(met, cutter), met).is_empty:
        return shape
    return _of_its_kind(shapely.difference(met, cutter), met)


def hole(shape: BaseGeometry, ring: BaseGeometry) -> BaseGeometry:
    """Pierce a polygon.

    Parameters
    ----------
    shape : (Multi)Polygon
        Valid, metres.
    ring : Polygon
        The hole's outline; along the outer ring it may run, beyond it may not.

    Raises
    ------
    PlannerError
        ``shape_hole_beyond`` (``area_m2`` of the ring outside the shape), ``shape_vanishes``:
        nothing would be left.
    """
    met, ring = meet(shape, ring)
    beyond = _of_its_kind(shapely.difference(ring, met), ring)
    if beyond.area > SAME_M * ring.length:
        raise PlannerError("shape_hole_beyond", area_m2=beyond.area)
    left = _of_its_kind(shapely.difference(met, ring), met)
    if left.is_empty:
        raise PlannerError("shape_vanishes")
    return left


def split(shape: BaseGeometry, line: BaseGeometry) -> tuple[BaseGeometry, ...]:
    """Divide a shape along a line.

    Parameters
    ----------
    shape : (Multi)Polygon or (Multi)LineString
        Valid, metres.
    line : LineString
        From outside to outside, or from edge to edge; it may bend.

    Returns
    -------
    tuple of Polygon or LineString
        The largest first; equal ones from west to east, then from south to north.

    Raises
    ------
    PlannerError
        ``shape_not_divided``: the line does not go through.
    """
    shape, line = meet(shape, line)
    pieces = _pieces(shape, line)
    if len(pieces) <= shapely.get_num_geometries(shape):
        raise PlannerError("shape_not_divided")
    return tuple(sorted(pieces, key=_rank))


def merge(shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    """Unite shapes.

    Parameters
    ----------
    shapes : sequence of geometry
        All polygons or all lines, valid, in the same plane; at least two.

    Returns
    -------
    geometry
        Shapes that are apart or touch in a point stay parts of one shape: it is a MultiPolygon.

    Raises
    ------
    PlannerError
        ``shape_kinds_differ``; ``shape_merge_alone``: fewer than two.
    """
    if len(shapes) < 2:  # noqa: PLR2004
        raise PlannerError("shape_merge_alone", count=len(shapes))
    if len({shapely.get_dimensions(one) for one in shapes}) > 1:
        raise PlannerError("shape_kinds_differ")
    whole = shapes[0]
    for one in shapes[1:]:
        whole = shapely.union(*meet(whole, one))
    if shapely.get_dimensions(whole) == 1:
        whole = shapely.line_merge(whole)
    return whole


def buffer(shape: BaseGeometry, metres: float) -> BaseGeometry:
    """Widen a shape, or narrow it, with mitred corners.

    A corner sharper than 60° is cut off at twice the distance (mitre limit 2); ends of lines are
    flat.

    Parameters
    ----------
    shape : (Multi)Polygon or (Multi)LineString
        Valid, metres.
    metres : float
        Outwards; negative: inwards.

    Raises
    ------
    PlannerError
        ``shape_distance_unusable`` (``value``, ``most``): zero, not finite, or beyond
        `FARTHEST_M`; ``shape_vanishes_inwards`` (``value``): nothing would be left.
    """
    if not math.isfinite(metres) or metres == 0 or abs(metres) > FARTHEST_M:
        raise PlannerError("shape_distance_unusable", value=metres, most=FARTHEST_M)
    wide = shapely.buffer(
        shape, metres, cap_style="flat", join_style="mitre", mitre_limit=_MITRE_LIMIT
    )
    if wide.is_empty:
        raise PlannerError("shape_vanishes_inwards", value=metres)
    return wide


def square(shape: BaseGeometry) -> BaseGeometry:
    """Give a polygon right angles: `geo.shaping.squaring.squared` without how far points moved."""
    return squared(shape).shape


def simplify(shape: BaseGeometry, tolerance_m: float) -> BaseGeometry:
    """Leave out points so that the outline moves by no more than a distance; it stays valid.

    Raises
    ------
    PlannerError
        ``shape_distance_unusable``: negative, zero, not finite, or beyond `FARTHEST_M`.
    """
    if not 0 < tolerance_m <= FARTHEST_M:
        raise PlannerError("shape_distance_unusable", value=tolerance_m, most=FARTHEST_M)
    return shapely.simplify(shape, tolerance_m, preserve_topology=True)


def _pieces(shape: BaseGeometry, line: BaseGeometry) -> list[BaseGeometry]:
    if shapely.get_dimensions(shape) == 1:
        return _parts_of_kind(shapely.difference(shape, line), shape)
    edges = shapely.union(shapely.boundary(shape), line)
    faces = shapely.get_parts(shapely.polygonize([edges]))
    inside = faces[shapely.covers(shape, shapely.point_on_surface(faces))]
    return [one for one in inside.tolist() if _is_ground(one)]


def _of_its_kind(made: BaseGeometry, like: BaseGeometry) -> BaseGeometry:
    """Keep the parts of a result that are polygons (of lines: lines) and no noise."""
    parts = _parts_of_kind(made, like)
    if len(parts) == 1:
        return parts[0]
    line = shapely.get_dimensions(like) == 1
    return shapely.MultiLineString(parts) if line else shapely.MultiPolygon(parts)


def _parts_of_kind(made: BaseGeometry, like: BaseGeometry) -> list[BaseGeometry]:
    parts = shapely.get_parts(made)
    parts = parts[shapely.get_dimensions(parts) == shapely.get_dimensions(like)]
    return [one for one in parts.tolist() if _is_ground(one)]


def _is_ground(part: BaseGeometry) -> bool:
    """Tell a part from the noise of the computation; of a line: from a point."""
    if shapely.get_dimensions(part) == 1:
        return bool(part.length > SAME_M)
    return bool(2 * part.area > NO_WIDTH_M * part.length)


def _rank(piece: BaseGeometry) -> tuple[float, float, float]:
    west, south = np.round(piece.bounds[:2], 3).tolist()
    size = piece.area if shapely.get_dimensions(piece) == 2 else piece.length  # noqa: PLR2004
    return (-round(size, 3), west, south)
