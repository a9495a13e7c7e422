"""What is wrong with a shape that somebody drew: named, with its place, never mended."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.crs import to_lonlat
from geo.errors import PlannerError
from geo.shaping.paths import edge_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pyproj import CRS
    from shapely.geometry.base import BaseGeometry

    from geo.shaping.paths import Floats

NO_WIDTH_M = 1e-4
"""Ground that is narrower in the mean is noise of the computation: a tenth of a millimetre."""

_FEWEST = {"LinearRing": 3, "LineString": 2}
_PLACE = re.compile(r"([^\[]+)\[(\S+) (\S+)\]")
_OF_A_RING = {"Ring Self-intersection": "shape_touches_itself"}
_SAME_PLACE_M = 1e-6  # GEOS tells places with fifteen digits
_DECIMALS = 9
_NO_LENGTH_M = 1e-100  # GEOS measures no distance to an edge as short as that


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong with a shape.

    Attributes
    ----------
    code : str
        ``shape_…``; the sentence is ``error.<code>``.
    place : Point or None
        Where it shows, in the plane of the shape.
    values : mapping
        What the sentence names beside the place: ring, edges (all from 1).
    """

    code: str
    place: shapely.Point | None = None
    values: Mapping[str, Any] = field(default_factory=dict)

    def error(self, crs: CRS) -> PlannerError:
        """Make the error that names the place as longitude and latitude.

        Parameters
        ----------
        crs : CRS
            Of the shape.
        """
        if self.place is None:
            return PlannerError(self.code, **self.values)
        place = to_lonlat(self.place, crs)
        where = {"lon": round(place.x, _DECIMALS), "lat": round(place.y, _DECIMALS)}
        return PlannerError(self.code, **self.values, **where)


def refuse_unsound(shape: BaseGeometry, crs: CRS) -> None:
    """Refuse a shape that `problems_of` finds something in, by the first.

    Raises
    ------
    PlannerError
        One of the codes of `problems_of`, with ``lon`` and ``lat`` where it has a place.
    """
    for problem in problems_of(shape):
        raise problem.error(crs)


def problems_of(shape: BaseGeometry) -> tuple[Problem, ...]:
    """Find what is wrong with a shape in the plane.

    Rings are counted through the whole shape, the outer ring of a part before its holes; edge 1
    begins at the first point. A line may cross itself: roads do.

    Parameters
    ----------
    shape : (Multi)Polygon or (Multi)LineString
        Finite metres, x east, y north.

    Returns
    -------
    tuple of Problem
        Empty: the shape is valid and has ground (a line: length). ``shape_too_few_points``
        (``ring``, ``count``), ``shape_crosses_itself`` and ``shape_touches_itself`` (``ring``,
        ``one``, ``other``: the edges), ``shape_no_area`` (``ring``), one a ring; with sound rings
        ``shape_hole_outside``, ``shape_hole_crosses``, ``shape_holes_overlap`` (``ring``,
        ``other``), ``shape_divided_by_holes``, one a part; with sound parts
        ``shape_parts_overlap`` (``one``, ``other``: the parts).
    """
    if shape.is_empty:
        return (Problem(code="shape_too_few_points", values={"ring": 1, "count": 0}),)
    parts = shapely.get_parts(shape).tolist()
    if parts[0].geom_type == "LineString":
        return tuple(_of_lines(parts))
    return tuple(_of_rings(parts)) or tuple(_of_holes(parts)) or tuple(_of_parts(parts))


def different_points(xy: Floats) -> int:
    """Count different points, three and more as 3."""
    if not len(xy):
        return 0
    second = xy[(xy != xy[0]).any(axis=1)]
    if not len(second):
        return 1
    return 2 + bool((second != second[0]).any())


def _of_lines(lines: list[Any]) -> Iterator[Problem]:
    for number, line in enumerate(lines, 1):
        count = different_points(shapely.get_coordinates(line))
        if count < _FEWEST["LineString"]:
            values = {"ring": number, "count": count}
            yield Problem(code="shape_too_few_points", place=_first(line), values=values)


def _of_rings(parts: list[Any]) -> Iterator[Problem]:
    for number, ring in enumerate(shapely.get_rings(parts), 1):
        count = different_points(shapely.get_coordinates(ring))
        if count < _FEWEST["LinearRing"]:
            values = {"ring": number, "count": count}
            yield Problem(code="shape_too_few_points", place=_first(ring), values=values)
        elif 2 * ring.convex_hull.area < NO_WIDTH_M * ring.length:
            yield Problem(code="shape_no_area", place=_first(ring), values={"ring": number})
        else:
            yield from _crossing(ring, number)


def _crossing(ring: Any, number: int) -> Iterator[Problem]:
    told, place = _reason(shapely.Polygon(ring))
    if place is None:
        return
    one, other = _edges_at(shapely.get_coordinates(ring), place)
    yield Problem(
        code=_OF_A_RING.get(told, "shape_crosses_itself"),
        place=place,
        values={"ring": number, "one": one, "other": other},
    )


def _reason(shape: BaseGeometry) -> tuple[str, shapely.Point | None]:
    """Return why a shape is not valid, as GEOS names it, and where; no place: it is valid."""
    told = _PLACE.fullmatch(shapely.is_valid_reason(shape))
    return (told[1], shapely.Point(float(told[2]), float(told[3]))) if told else ("", None)


def _edges_at(xy: Floats, place: shapely.Point) -> tuple[int, int]:
    """Give the numbers, from 1, of two edges that meet at a place; neighbours if no others do."""
    steps = np.hypot(*np.diff(xy, axis=0).T)
    kept = np.concatenate([[True], steps > _NO_LENGTH_M])
    away = shapely.distance(edge_lines(xy[kept]), place)
    number = np.flatnonzero(kept)[:-1] + 1
    near = np.flatnonzero(away <= np.partition(away, 1)[1] + _SAME_PLACE_M)
    last = len(away) - 1
    apart = [
        (one, other)
        for one, other in combinations(near.tolist(), 2)
        if other - one > 1 and (one, other) != (0, last)
    ]
    one, other = apart[0] if apart else near[:2].tolist()
    return int(number[one]), int(number[other])


def _of_holes(parts: list[Any]) -> Iterator[Problem]:
    first = 1
    for part in parts:
        yield from _of_one_part(part, first)
        first += 1 + len(part.interiors)


def _of_one_part(part: Any, first: int) -> Iterator[Problem]:
    """Tell what holes of one part do; ``first`` is the number of its outer ring."""
    told, place = _reason(part)
    if place is None:
        return
    if told == "Interior is disconnected":
        yield Problem(code="shape_divided_by_holes", place=place)
        return
    rings = shapely.get_rings(part)
    near = np.flatnonzero(shapely.distance(rings, place) <= _SAME_PLACE_M)
    if told == "Holes are nested":
        around = shapely.contains_xy(shapely.polygons(rings[1:]), place.x, place.y)
        near = np.concatenate([np.flatnonzero(around) + 1, near])
    one, other = near.min(), near.max()
    if told == "Hole lies outside shell":
        code, one = "shape_hole_outside", 0
    else:
        code = "shape_holes_overlap" if one else "shape_hole_crosses"
    values = {"ring": first + int(other), "other": first + int(one)}
    yield Problem(code=code, place=place, values=values)


def _of_parts(parts: list[Any]) -> Iterator[Problem]:
    """Tell which parts share ground or an edge; a point they may share."""
    place = _reason(shapely.MultiPolygon(parts))[1]
    if place is not None:
        one, other = np.flatnonzero(shapely.distance(parts, place) <= _SAME_PLACE_M)[:2].tolist()
        values = {"one": one + 1, "other": other + 1}
        yield Problem(code="shape_parts_overlap", place=place, values=values)


def _first(shape: Any) -> shapely.Point:
    return shapely.Point(shapely.get_coordinates(shape)[0])
