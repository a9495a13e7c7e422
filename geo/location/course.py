"""The course of a road or river: its main axis, and its pieces joined to one line."""

from __future__ import annotations

from dataclasses import dataclass
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
    chain : LineString or None
        All pieces joined in order; None when pieces run side by side (carriageways, forks).
    ring : array of coordinates or None
        Closed line or outline of a long area, without the repeated last point.
    pieces : array of LineString
    """

    axis: Axis
    chain: Any
    ring: Vector | None
    pieces: npt.NDArray[np.object_]


def main_axis(lines: Any) -> Axis:
    """Find the principal axis of lines, each metre of line counting the same."""
    xy, owner = shapely.get_coordinates(shapely.get_parts(lines), return_index=True)
    inside = owner[1:] == owner[:-1]
    start, end = xy[:-1][inside], xy[1:][inside]
    step = end - start
    weight = np.hypot(step[:, 0], step[:, 1])
    middle = (start + end) / 2
    offset = middle - weight @ middle / weight.sum()
    spread = (offset.T * weight) @ offset + (step.T * weight) @ step / 12
    difference = spread[0, 0] - spread[1, 1]
    angle = 0.5 * np.arctan2(2 * spread[0, 1], difference)
    half_gap = np.hypot(difference / 2, spread[0, 1])
    mean = (spread[0, 0] + spread[1, 1]) / 2
    elongation = np.sqrt((mean + half_gap) / max(mean - half_gap, 1e-12 * mean))
    return Axis(direction=np.array([np.cos(angle), np.sin(angle)]), elongation=float(elongation))


def course_of(shape: Any) -> Course | None:
    """Describe a line, or the outline of an area that is long enough to be one (a river)."""
    if shapely.get_dimensions(shape) == 1:
        axis = main_axis(shape)
        pieces = shapely.get_parts(shapely.line_merge(shape))
        chain = _chain(pieces, axis.direction)
        ring = None if chain is None or not _is_closed(chain) else _outline(chain)
        return Course(axis=axis, chain=chain, ring=ring, pieces=pieces)
    if shapely.get_type_id(shape) != 3:  # noqa: PLR2004
        return None
    outline = shapely.get_exterior_ring(shape)
    axis = main_axis(outline)
    if axis.elongation < _ELONGATED:
        return None
    return Course(axis=axis, chain=outline, ring=_outline(outline), pieces=np.array([outline]))


def is_elongated(course: Course) -> bool:
    """Tell a long thin outline (joined carriageways, a river) from a ring road."""
    return course.axis.elongation >= _ELONGATED


def heading(line: Any) -> Vector:
    """Direction in which a line leaves at its last vertex: the axis of its last stretch.

    The stretch (300 m, in long lines 20 % up to 1 km) smooths the last wiggle away.
    """
    length = shapely.length(line)
    stretch = min(length, max(_END_M[0], min(_END_SHARE * length, _END_M[1])))
    points = shapely.line_interpolate_point(line, length - np.linspace(stretch, 0, 13))
    xy = shapely.get_coordinates(points)
    way = main_axis(shapely.linestrings(xy)).direction
    return way if way @ (xy[-1] - xy[0]) >= 0 else -way


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
