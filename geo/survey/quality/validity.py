"""Why a polygon is none: its first fault by name, ring and place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from geo.survey.quality.finding import Found
from geo.survey.quality.rings import enclose_nothing
from geo.survey.quality.vertices import lines_only

if TYPE_CHECKING:
    from geo.survey.quality.vertices import Bools, Floats, Ints, Shapes

_REASON = re.compile(r"([^\[]+)\[(\S+) (\S+)\]")
_LOBES = 2
_SAME = 1e-9
_SAME_PLACE_M = 1e-6  # places are told with fifteen digits
_CAUSES = {
    "Ring Self-intersection": "Q_TOUCH",
    "Interior is disconnected": "Q_TOUCH",
    "Hole lies outside shell": "Q_HOLE",
    "Holes are nested": "Q_HOLE",
    "Nested shells": "Q_PARTS",
    "Too few points in geometry component": "Q_FLAT",
    "Invalid Coordinate": "Q_FINITE",
}


class Cause(NamedTuple):
    """The first fault of one polygon; ring and point from 1, 0: not known."""

    code: str
    ring: int
    point: int
    place: shapely.Point | None


def validity_findings(shapes: Shapes) -> tuple[Bools, list[Found]]:
    """Find polygons that are none.

    Parameters
    ----------
    shapes : array of Polygon, MultiPolygon or None, shape (n,)

    Returns
    -------
    broken : bool array, shape (n,)
        May not become a parcel without a repair; None is not broken.
    found : list of Found
        One a broken polygon, with the place where it shows and the point there or before it:
        ``Q_SELF``, ``Q_BOWTIE``, ``Q_TOUCH``, ``Q_HOLE``, ``Q_PARTS``, ``Q_FLAT``, ``Q_ZERO``,
        ``Q_FINITE``.
    """
    broken = ~shapely.is_valid(shapes) & ~shapely.is_missing(shapes)
    broken |= lines_only(shapely.area(shapes), shapely.length(shapes)) & ~shapely.is_missing(shapes)
    rows = np.flatnonzero(broken)
    causes = [cause(shape) for shape in shapes[rows]]
    return broken, [_of_code(code, rows, causes) for code in sorted({one.code for one in causes})]


def _of_code(code: str, rows: Ints, causes: list[Cause]) -> Found:
    mine = np.array([one.code == code for one in causes])
    places = np.full(len(causes), None, dtype=object)
    places[:] = [one.place for one in causes]
    rings = np.array([one.ring for one in causes])
    points = np.array([one.point for one in causes])
    return Found(code, rows[mine], ring=rings[mine], point=points[mine], shape=places[mine])


def cause(shape: shapely.Geometry) -> Cause:
    """Name the first fault of a polygon that is broken: not valid, or without area."""
    reason, place = _reason(shape)
    if reason == "Invalid Coordinate":
        return Cause("Q_FINITE", 0, 0, None)
    if shape.is_empty or enclose_nothing(np.array([shape]))[0]:
        return Cause("Q_ZERO", 0, 0, place)
    code = _CAUSES.get(reason) or _crossing(shape)
    return Cause(code, *_spot(shape, place), place)


def _reason(shape: shapely.Geometry) -> tuple[str, shapely.Point | None]:
    """Return the reason as GEOS names it, and where."""
    told = shapely.is_valid_reason(shape)
    match = _REASON.fullmatch(told)
    if not match:
        return told, None
    x, y = float(match[2]), float(match[3])
    return match[1], shapely.Point(x, y) if np.isfinite((x, y)).all() else None


def _crossing(shape: shapely.Geometry) -> str:
    """Tell whether a ring crosses itself, a hole its shell, or a part another part."""
    parts = shapely.get_parts(shape)
    rings = shapely.polygons(shapely.get_rings(parts))
    crossed = rings[~shapely.is_valid(rings)]
    if len(crossed):
        return "Q_BOWTIE" if is_bow_tie(crossed[0]) else "Q_SELF"
    return "Q_PARTS" if shapely.is_valid(parts).all() else "Q_HOLE"


def is_bow_tie(ring: shapely.Polygon) -> bool:
    """Tell whether a ring crosses itself in one point into two lobes of opposite direction."""
    lobes = shapely.get_parts(shapely.make_valid(ring))
    if len(lobes) != _LOBES or set(shapely.get_type_id(lobes)) != {shapely.GeometryType.POLYGON}:
        return False
    one, other = shapely.area(lobes)
    met = shapely.intersection(*lobes)
    return met.geom_type == "Point" and bool(
        abs(ring.area - abs(one - other)) <= _SAME * (one + other)
    )


def _spot(shape: shapely.Geometry, place: shapely.Point | None) -> tuple[int, int]:
    """Return ring and point of a place: the last ring there, its vertex or where its edge begins.

    Both count from 1; 0: the place is not known.
    """
    if place is None:
        return 0, 0
    rings = shapely.get_rings(shapely.get_parts(shape))
    ring = int(_nearest(shapely.distance(rings, place))[-1])
    points = shapely.get_coordinates(rings[ring])
    at = np.array([place.x, place.y])
    to_vertex = np.hypot(*(points[:-1] - at).T)
    if to_vertex.min() <= _SAME_PLACE_M:
        return ring + 1, int(_nearest(to_vertex)[0]) + 1
    edges = shapely.linestrings(np.stack([points[:-1], points[1:]], axis=1))
    return ring + 1, int(_nearest(shapely.distance(edges, place))[0]) + 1


def _nearest(away: Floats) -> Ints:
    return np.flatnonzero(away <= away.min() + _SAME_PLACE_M)
