"""The course of a road or river: its main axis, and its pieces joined to one line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

Vector = npt.NDArray[np.float64]

_ELONGATED = 4.0
_NEARLY_CLOSED = 0.2
_OVERLAP_M = 20.0
_END_M = (300.0, 1_000.0)
_END_SHARE = 0.2
_STATIONS = np.linspace(1, 0, 13)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Axis:
    """Direction of greatest extent (a unit vector) and extent along it over extent across."""

    direction: Vector
    elongation: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Course:
    """What a line feature needs to divide the plane; metres, local projection.

    Attributes
    ----------
    axis : Axis
    pieces : array of LineString
    chain : LineString or None
        All pieces joined in order; None when pieces run side by side (carriageways, forks).
    leaving : (array, array) or None
        Directions in which the chain leaves at its first and last vertex.
    ring : array of coordinates or None
        Closed line or outline of a long area, without the repeated last point.
    """

    axis: Axis
    pieces: npt.NDArray[np.object_]
    chain: Any = None
    leaving: tuple[Vector, Vector] | None = None
    ring: Vector | None = None


def main_axis(lines: Any) -> Axis:
    """Find the principal axis of lines, each metre of line counting the same."""
    return _axes(np.array([lines], dtype=object))[0]


def courses_of(shapes: npt.NDArray[np.object_]) -> list[Course | None]:
    """Describe lines, and the outlines of areas that are long enough to be one (a river).

    Parameters
    ----------
    shapes : array of geometry, shape (n,)
        Metres.

    Returns
    -------
    list of Course or None
        None for points and for areas that are not long.
    """
    lines = shapely.get_dimensions(shapes) == 1
    outlines = np.where(lines, shapes, shapely.get_exterior_ring(shapes))
    drawn = np.flatnonzero(~shapely.is_missing(outlines))
    axes = _axes(outlines[drawn])
    merged = shapely.line_merge(outlines[drawn])
    courses: list[Course | None] = [None] * len(shapes)
    for position, axis, line in zip(drawn, axes, merged, strict=True):
        if lines[position] or axis.elongation >= _ELONGATED:
            courses[position] = _course(shapely.get_parts(line), axis, closed=not lines[position])
    return _with_headings(courses)


def headings(lines: npt.NDArray[np.object_]) -> Vector:
    """Directions in which lines leave at their last vertex: the axis of the last stretch.

    The stretch (300 m, in long lines 20 % up to 1 km) smooths the last wiggle away.

    Returns
    -------
    array, shape (n, 2)
        Unit vectors.
    """
    length = shapely.length(lines)
    stretch = np.minimum(length, np.clip(_END_SHARE * length, *_END_M))
    away = length[:, None] - stretch[:, None] * _STATIONS
    stations = shapely.line_interpolate_point(lines[:, None], away)
    xy = shapely.get_coordinates(stations).reshape(len(lines), len(_STATIONS), 2)
    ways = np.array([axis.direction for axis in _axes(shapely.linestrings(xy))]).reshape(-1, 2)
    onward = np.einsum("ij,ij->i", ways, xy[:, -1] - xy[:, 0]) >= 0
    return np.where(onward[:, None], ways, -ways)


def is_elongated(course: Course) -> bool:
    """Tell a long thin outline (joined carriageways, a river) from a ring road."""
    return course.axis.elongation >= _ELONGATED


def _axes(lines: npt.NDArray[np.object_]) -> list[Axis]:
    """Principal axes from the second moments of all segments."""
    parts, line = shapely.get_parts(lines, return_index=True)
    xy, part = shapely.get_coordinates(parts, return_index=True)
    inside = part[1:] == part[:-1]
    start, end, owner = xy[:-1][inside], xy[1:][inside], line[part[1:][inside]]
    step, middle = end - start, (start + end) / 2
    weight = np.hypot(step[:, 0], step[:, 1])

    def total(values: Any) -> Any:
        return np.bincount(owner, weight * values, minlength=len(lines))

    mean = np.column_stack([total(middle[:, 0]), total(middle[:, 1])]) / total(1.0)[:, None]
    offset = middle - mean[owner]
    xx, xy_, yy = (
        total(offset[:, i] * offset[:, j] + step[:, i] * step[:, j] / 12)
        for i, j in ((0, 0), (0, 1), (1, 1))
    )
    angle = 0.5 * np.arctan2(2 * xy_, xx - yy)
    half, gap = (xx + yy) / 2, np.hypot((xx - yy) / 2, xy_)
    elongation = np.sqrt((half + gap) / np.maximum(half - gap, 1e-12 * half))
    directions = np.column_stack([np.cos(angle), np.sin(angle)])
    return [
        Axis(direction=direction, elongation=float(long))
        for direction, long in zip(directions, elongation, strict=True)
    ]


def _course(pieces: npt.NDArray[np.object_], axis: Axis, *, closed: bool) -> Course:
    chain = _chain(pieces, axis.direction)
    if chain is not None and (closed or _is_closed(chain)):
        return Course(axis=axis, pieces=pieces, ring=_outline(chain))
    return Course(axis=axis, pieces=pieces, chain=chain)


def _with_headings(courses: list[Course | None]) -> list[Course | None]:
    chains = np.array([course and course.chain for course in courses])
    chained = np.flatnonzero(~shapely.is_missing(chains))
    chains = chains[chained]
    leaving = zip(headings(shapely.reverse(chains)), headings(chains), strict=True)
    for position, ways in zip(chained, leaving, strict=True):
        course = courses[position]
        courses[position] = course and replace(course, leaving=ways)
    return courses


def _chain(pieces: npt.NDArray[np.object_], along: Vector) -> Any:
    """Join pieces in their order along the axis; None if they run side by side."""
    if len(pieces) == 1:
        return pieces[0]
    spans = []
    for piece in pieces:
        xy = shapely.get_coordinates(piece)
        way = xy @ along
        spans.append((way.min(), way.max(), xy if way[0] <= way[-1] else xy[::-1]))
    spans.sort(key=lambda span: (span[0], span[1]))
    for (low, high, _), (next_low, next_high, _) in pairwise(spans):
        if high - next_low > max(_OVERLAP_M, 0.1 * min(high - low, next_high - next_low)):
            return None
    return shapely.linestrings(np.vstack([xy for _, _, xy in spans]))


def _is_closed(chain: Any) -> bool:
    ends = shapely.get_coordinates(chain)[[0, -1]]
    gap = float(np.hypot(*(ends[1] - ends[0])))
    return gap < _NEARLY_CLOSED * float(shapely.length(chain))


def _outline(line: Any) -> Vector:
    xy: Vector = shapely.get_coordinates(line)
    return xy[:-1] if (xy[0] == xy[-1]).all() else xy
