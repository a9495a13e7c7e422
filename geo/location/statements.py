"""Every way of naming sides, brought to plain bounds with the help of the map.

A crossing's corner and the order of two roads with land between them are not in the
words: which road runs east to west, and which lies to the north, is seen in the network.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.location.course import Vector, main_axis
from geo.location.gather import is_line
from geo.location.reading import Bound, Crossing, Direction, Distance, Name, Part

if TYPE_CHECKING:
    from geo.location.anchors import Anchors
    from geo.location.course import Axis

_NEAR_CROSSING_M = 1_000.0
_TOO_SHORT_M = 1.0
_NO_CROSSING_M = 300.0
_CLEARLY = 0.1
_BEYOND_DOUBT = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """What a part says about its sides.

    Attributes
    ----------
    bounds : tuple of Bound
        Stated in words, and worked out from crossings and pairs.
    circles : tuple of (Point, Distance)
        Distances from crossings; metres.
    settled : bool
        False: a corner or an order stays open.
    notes : tuple of str
    """

    bounds: tuple[Bound, ...]
    circles: tuple[tuple[Any, Distance], ...]
    settled: bool
    notes: tuple[str, ...]


def statements(part: Part, anchors: Anchors) -> Statements:
    """Collect the bounds of a part."""
    bounds, circles, notes = list(part.bounds), [], []
    settled = True
    for crossing in part.crossings:
        found, why = _corner(crossing, anchors)
        bounds += found
        notes += why
        settled &= bool(found) or crossing.distance is not None
        point = _crossing_point(crossing, anchors)
        if point is not None and crossing.distance is not None:
            circles.append((point, crossing.distance))
    for pair in part.between:
        ordered = _facing(pair, anchors)
        bounds += ordered
        settled &= bool(ordered)
        if not ordered and _shapes(pair, anchors):
            notes.append("between_order_unknown")
    return Statements(
        bounds=tuple(bounds), circles=tuple(circles), settled=settled, notes=tuple(notes)
    )


def _corner(crossing: Crossing, anchors: Anchors) -> tuple[list[Bound], list[str]]:
    if crossing.direction is None:
        return [], ["corner_not_said"]
    ordered = _east_west_first(crossing, anchors)
    if ordered is None:
        return [], ["corner_not_determined"]
    east_west, north_south = ordered
    bounds = [
        Bound(name=name, direction=letter)
        for name, letters in ((east_west, "NS"), (north_south, "EW"))
        for letter in _letters(crossing.direction)
        if letter in letters
    ]
    notes = [] if len(bounds) > 1 else ["crossing_gives_one_side"]
    return bounds, notes + _distance_notes(crossing, anchors)


def _letters(direction: Direction) -> tuple[Direction, ...]:
    single: tuple[Direction, ...] = ("N", "E", "S", "W")
    return tuple(letter for letter in single if letter in direction)


def _distance_notes(crossing: Crossing, anchors: Anchors) -> list[str]:
    shapes = _shapes(crossing.names, anchors)
    if shapes is None or shapely.distance(*shapes) <= _NO_CROSSING_M:
        return []
    return ["roads_do_not_cross"]


def _east_west_first(crossing: Crossing, anchors: Anchors) -> tuple[Name, Name] | None:
    first, second = crossing.names
    difference = _more_eastward(crossing, anchors)
    if abs(difference) < _CLEARLY:
        difference = _said_east_west(first) - _said_east_west(second)
    if abs(difference) < _CLEARLY:
        return None
    return (first, second) if difference > 0 else (second, first)


def _more_eastward(crossing: Crossing, anchors: Anchors) -> float:
    """Compare how far two roads run east to west: as a whole, and in doubt at the crossing."""
    positions = [anchors.position(name) for name in crossing.names]
    courses = [None if at is None else anchors.network.courses[at] for at in positions]
    axes = [course.axis for course in courses if course is not None]
    shapes = _shapes(crossing.names, anchors)
    if shapes is None or len(axes) < len(courses):
        return 0.0
    overall = _eastness(axes[0]) - _eastness(axes[1])
    if abs(overall) > _BEYOND_DOUBT:
        return overall
    near = shapely.buffer(_meeting_point(shapes), _NEAR_CROSSING_M)
    local = [shapely.intersection(shape, near) for shape in shapes]
    if min(map(shapely.length, local)) < _TOO_SHORT_M:
        return overall
    at_crossing = _eastness(main_axis(local[0])) - _eastness(main_axis(local[1]))
    return at_crossing if abs(at_crossing) >= _CLEARLY else overall


def _eastness(axis: Axis) -> float:
    return abs(float(axis.direction[0]))


def _said_east_west(name: Name) -> float:
    """In a numbered grid 纬 roads run east to west and 经 roads north to south."""
    return float("纬" in name.text) - float("经" in name.text)


def _crossing_point(crossing: Crossing, anchors: Anchors) -> Any:
    shapes = _shapes(crossing.names, anchors)
    return None if shapes is None else _meeting_point(shapes)


def _meeting_point(shapes: tuple[Any, Any]) -> Any:
    """Middle of the shortest connection: the crossing itself when the roads cross."""
    return shapely.centroid(shapely.shortest_line(*shapes))


def _shapes(names: tuple[Name, Name], anchors: Anchors) -> tuple[Any, Any] | None:
    first, second = (anchors.position(name) for name in names)
    if first is None or second is None:
        return None
    return anchors.network.shapes[first], anchors.network.shapes[second]


def _facing(pair: tuple[Name, Name], anchors: Anchors) -> list[Bound]:
    """Bound the land between two features on opposite sides; empty when the order is open."""
    shapes = _shapes(pair, anchors)
    across = None if shapes is None else _across(shapes)
    if shapes is None or across is None:
        return []
    first, second = (shapely.get_coordinates(shapely.centroid(shape))[0] for shape in shapes)
    lower, higher = pair if (second - first) @ across > 0 else pair[::-1]
    upward: Direction = "N" if across[1] > abs(across[0]) else "E"
    downward: Direction = "S" if upward == "N" else "W"
    return [Bound(name=higher, direction=downward), Bound(name=lower, direction=upward)]


def _across(shapes: tuple[Any, Any]) -> Vector | None:
    """Direction from one feature to the other, to the north or east; None if lines cross."""
    normals = [_turned(main_axis(shape).direction) for shape in shapes if is_line(shape)]
    if not normals:
        first, second = (shapely.get_coordinates(shapely.centroid(shape))[0] for shape in shapes)
        step = second - first
        vertical = abs(step[1]) >= abs(step[0])
        return np.array([0.0, 1.0]) if vertical else np.array([1.0, 0.0])
    likeness = float(normals[0] @ normals[-1])
    if abs(likeness) < np.sqrt(0.5):
        return None
    mean: Vector = normals[0] + np.sign(likeness) * normals[-1]
    return mean if mean[np.abs(mean).argmax()] > 0 else -mean


def _turned(axis: Vector) -> Vector:
    return np.array([-axis[1], axis[0]])
