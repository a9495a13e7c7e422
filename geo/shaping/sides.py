"""A side of a polygon that moves parallel to itself while its neighbours stay on their lines.

What dragging a side does. Every point moves in proportion to the distance, so that the plane area
is a quadratic in it; docs/sketch_geometry.md has the formula.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.errors import PlannerError
from geo.shaping.soundness import problems_of

if TYPE_CHECKING:
    import numpy.typing as npt
    from shapely.geometry.base import BaseGeometry

    _Floats = npt.NDArray[np.float64]

STRAIGHT = math.cos(math.radians(1))
"""Neighbouring edges that turn away from the side by less than 1° move with it."""
SHORTEST_M = 0.01
"""No edge becomes shorter: two points of a survey would be one."""
FARTHEST_M = 20_000.0
"""Farther than the zone is long is a slip of the finger."""

_STEPS = 60


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Side:
    """A side and how the points of its ring move with it.

    Attributes
    ----------
    shape : Polygon or MultiPolygon
    part : int
        Position of the part with the side.
    xy : float array, shape (n, 2)
        Points of its outer ring, the first not repeated.
    pace : float array, shape (n, 2)
        Metres that each point moves by a metre outwards.
    """

    shape: BaseGeometry
    part: int
    xy: _Floats
    pace: _Floats

    def moved(self, distance: float) -> BaseGeometry:
        """Give the shape after the side moved; valid or not."""
        parts: list[Any] = shapely.get_parts(self.shape).tolist()
        holes = parts[self.part].interiors
        parts[self.part] = shapely.Polygon(self.xy + distance * self.pace, holes)
        return parts[0] if self.shape.geom_type == "Polygon" else shapely.MultiPolygon(parts)

    def plane_change(self) -> tuple[float, float]:
        """Give a, b of the change of plane area, a d² + b d, when the side moves by d outwards."""
        after, pace_after = np.roll(self.xy, -1, axis=0), np.roll(self.pace, -1, axis=0)
        turning = 1.0 if _twice_area(self.xy) > 0 else -1.0
        middle = self.xy[0]
        linear = _cross(self.xy - middle, pace_after) + _cross(self.pace, after - middle)
        return (
            turning * float(_cross(self.pace, pace_after).sum()) / 2,
            turning * float(linear.sum()) / 2,
        )

    def ends(self) -> tuple[float, float]:
        """Give how far the side can go inwards (negative) and outwards until an edge is nothing."""
        edges = np.roll(self.xy, -1, axis=0) - self.xy
        lengths = np.hypot(*edges.T)
        growth = (edges * (np.roll(self.pace, -1, axis=0) - self.pace)).sum(axis=1) / lengths
        room = np.maximum(lengths - SHORTEST_M, 0.0)
        outwards = room[growth < 0] / -growth[growth < 0]
        inwards = -room[growth > 0] / growth[growth > 0]
        return float(inwards.max(initial=-math.inf)), float(outwards.min(initial=math.inf))

    def can_reach(self, distance: float) -> bool:
        """Tell whether the side can go there: no edge is lost on the way, the shape stays sound."""
        inmost, outmost = self.ends()
        return inmost <= distance <= outmost and not problems_of(self.moved(distance))

    def farthest(self, distance: float) -> float:
        """Give how far the side can go towards a distance that it cannot reach, by bisection."""
        inmost, outmost = self.ends()
        good, bad = 0.0, min(max(distance, inmost), outmost)
        if self.can_reach(bad):
            return bad
        for _ in range(_STEPS):
            middle = (good + bad) / 2
            good, bad = (middle, bad) if self.can_reach(middle) else (good, middle)
        return good


def slide(shape: BaseGeometry, side: int, distance: float) -> BaseGeometry:
    """Move one side of a polygon parallel to itself; its neighbours stay on their lines.

    Parameters
    ----------
    shape : (Multi)Polygon
        Valid, metres.
    side : int
        Edge of the outer rings, from 0, part after part: edge i begins at point i.
    distance : float
        Metres outwards; negative: inwards.

    Returns
    -------
    Polygon or MultiPolygon
        The points keep their number and order.

    Raises
    ------
    PlannerError
        ``shape_side_unknown`` (``value`` from 1, ``count``); ``shape_distance_unusable``;
        ``shape_side_stops`` (``value`` from 1, ``distance``, ``farthest``): an edge would shrink
        to nothing or the outline cross itself.
    """
    if not abs(distance) <= FARTHEST_M:
        raise PlannerError("shape_distance_unusable", value=distance, most=FARTHEST_M)
    found = side_of(shape, side)
    if not found.can_reach(distance):
        farthest = found.farthest(distance)
        raise PlannerError("shape_side_stops", value=side + 1, distance=distance, farthest=farthest)
    return found.moved(distance)


def side_of(shape: BaseGeometry, side: int) -> Side:
    """Find a side and the pace of the points that move with it.

    Raises
    ------
    PlannerError
        ``shape_side_unknown``: no such edge, or not a polygon.
    """
    parts = shapely.get_parts(shape)
    rings = shapely.get_exterior_ring(parts[shapely.get_dimensions(parts) == 2])  # noqa: PLR2004
    first = 0
    for part, ring in enumerate(rings):
        xy = shapely.get_coordinates(ring)[:-1]
        if 0 <= side - first < len(xy):
            return Side(shape=shape, part=part, xy=xy, pace=_pace(xy, side - first))
        first += len(xy)
    raise PlannerError("shape_side_unknown", value=side + 1, count=first)


def _pace(xy: _Floats, edge: int) -> _Floats:
    """Give how each point moves when an edge moves by a metre outwards."""
    count = len(xy)
    way = _unit(np.roll(xy, -1, axis=0) - xy)
    normal = np.array([way[edge, 1], -way[edge, 0]])
    normal = normal if _twice_area(xy) > 0 else -normal
    first, last = edge, edge
    while way[first - 1] @ way[edge] > STRAIGHT:
        first -= 1
    while way[(last + 1) % count] @ way[edge] > STRAIGHT:
        last += 1
    pace = np.zeros_like(xy)
    pace[np.arange(first + 1, last + 1) % count] = normal
    pace[first % count] = _along(way[first - 1], way[first % count], normal)
    pace[(last + 1) % count] = _along(way[(last + 1) % count], way[last % count], normal)
    return pace


def _along(neighbour: _Floats, edge: _Floats, shift: _Floats) -> _Floats:
    """Give the step along a neighbour's line that keeps a point on an edge moved by ``shift``."""
    return neighbour * float(_cross(shift, edge) / _cross(neighbour, edge))


def _unit(vectors: _Floats) -> _Floats:
    units: _Floats = vectors / np.hypot(vectors[:, 0], vectors[:, 1])[:, None]
    return units


def _cross(one: _Floats, other: _Floats) -> Any:
    return one[..., 0] * other[..., 1] - one[..., 1] * other[..., 0]


def _twice_area(xy: _Floats) -> float:
    offset = xy - xy[0]
    return float(_cross(offset, np.roll(offset, -1, axis=0)).sum())
