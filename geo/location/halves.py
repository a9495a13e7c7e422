"""The land on one side of a feature.

A road or river divides the plane along its own course, prolonged at both ends; a
landmark or area divides it along the meridian and the parallel of its outermost edge.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.crs import to_local, to_lonlat
from geo.location.course import Course, Vector, headings, is_elongated

if TYPE_CHECKING:
    from pyproj import CRS

    from geo.location.reading import Direction

_DIAGONAL = np.sqrt(0.5)
COMPASS: dict[Direction, Vector] = {
    "N": np.array([0.0, 1.0]),
    "NE": np.array([_DIAGONAL, _DIAGONAL]),
    "E": np.array([1.0, 0.0]),
    "SE": np.array([_DIAGONAL, -_DIAGONAL]),
    "S": np.array([0.0, -1.0]),
    "SW": np.array([-_DIAGONAL, -_DIAGONAL]),
    "W": np.array([-1.0, 0.0]),
    "NW": np.array([-_DIAGONAL, _DIAGONAL]),
}
_ALONG = np.sin(np.radians(20))
_STEP_DEGREES = 0.02
_CIRCLE = 16
_CORNERS = np.array([(math.cos(a), math.sin(a)) for a in np.arange(_CIRCLE) * 2 * np.pi / _CIRCLE])
_SAME_END_M = 100.0
_OUTWARD = 0.5
_FLAT_M = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Horizon:
    """A square far larger than the network, in which every side of a feature is drawn.

    Attributes
    ----------
    crs : CRS
        Local transverse Mercator of all metric geometries.
    middle : array, shape (2,)
        Centre of the network, metres.
    radius : float
        Metres; no named place is farther from the middle than a third of it.
    west, south, east, north : float
        The square in degrees.
    """

    crs: CRS
    middle: Vector
    radius: float
    west: float
    south: float
    east: float
    north: float

    @property
    def box(self) -> Any:
        """Give the square in metres."""
        return shapely.box(*self.bounds)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Give the square's west, south, east and north in metres."""
        x, y = self.middle.tolist()
        return x - self.radius, y - self.radius, x + self.radius, y + self.radius

    def holds(self, geometry: Any) -> bool:
        """Tell whether a geometry stays inside the square (an empty one does)."""
        bounds = np.array(shapely.bounds(geometry)).reshape(2, 2)
        return not bool((np.abs(bounds - self.middle) > self.radius * (1 - 1e-9)).any())

    @classmethod
    def around(cls, crs: CRS, bounds: tuple[float, float, float, float]) -> Horizon:
        """Make the horizon of a network with these metric bounds."""
        low, high = np.array(bounds[:2]), np.array(bounds[2:])
        middle, radius = (low + high) / 2, 1.5 * float(np.hypot(*(high - low)))
        square = shapely.box(*(middle - radius), *(middle + radius))
        west, south, east, north = shapely.bounds(to_lonlat(square, crs))
        return cls(
            crs=crs, middle=middle, radius=radius, west=west, south=south, east=east, north=north
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Half:
    """The land on one side of a feature, and the line that divides it from the rest; metres."""

    region: Any
    edge: Any
    notes: tuple[str, ...] = ()


def half_of(lonlat: Any, course: Course | None, direction: Direction, horizon: Horizon) -> Half:
    """Cut the land that lies in one direction of a feature.

    Parameters
    ----------
    lonlat : geometry
        The feature in EPSG:4490.
    course : Course or None
        From `course_of`; None for landmarks and compact areas.
    direction : Direction
        Of the land seen from the feature.
    horizon : Horizon

    Returns
    -------
    Half
        With the note ``direction_along_road`` when the direction runs along the line, so that
        the line itself cannot divide; ``ring_road`` when the land outside a ring is meant.
    """
    if course is None:
        return _beyond_outermost(lonlat, direction, horizon, ())
    wanted = COMPASS[direction]
    round_ring = course.ring is not None and not is_elongated(course)
    along = np.array([-wanted[1], wanted[0]]) if round_ring else course.axis.direction
    across = np.array([-along[1], along[0]])
    if abs(across @ wanted) < _ALONG:
        return _beyond_outermost(lonlat, direction, horizon, ("direction_along_road",))
    across = across if across @ wanted > 0 else -across
    notes = ("ring_road",) if round_ring else ()
    half = None
    if course.ring is not None:
        half = _beside_ring(course.ring, along, across, horizon, notes)
    elif course.leaving is not None:
        xy = shapely.get_coordinates(course.chain)
        half = _closed_far_away(xy, *course.leaving, across, horizon)
    return half or _swept(course, across, horizon, notes)


def _beyond_outermost(
    lonlat: Any, direction: Direction, horizon: Horizon, notes: tuple[str, ...]
) -> Half:
    """Bound by the meridian and the parallel through the outermost point of a feature."""
    west, south, east, north = shapely.bounds(lonlat)
    low_lon, high_lon = horizon.west, horizon.east
    low_lat, high_lat = horizon.south, horizon.north
    edge = []
    if "N" in direction or "S" in direction:
        lat = north if "N" in direction else south
        low_lat, high_lat = (lat, high_lat) if "N" in direction else (low_lat, lat)
    if "E" in direction or "W" in direction:
        lon = east if "E" in direction else west
        low_lon, high_lon = (lon, high_lon) if "E" in direction else (low_lon, lon)
    sides = {
        "N": [(low_lon, low_lat), (high_lon, low_lat)],
        "S": [(low_lon, high_lat), (high_lon, high_lat)],
        "E": [(low_lon, low_lat), (low_lon, high_lat)],
        "W": [(high_lon, low_lat), (high_lon, high_lat)],
    }
    edge = shapely.multilinestrings([sides[letter] for letter in direction])
    box = shapely.box(low_lon, low_lat, high_lon, high_lat)
    region, edge = to_local(shapely.segmentize([box, edge], _STEP_DEGREES), horizon.crs)
    return Half(region=region, edge=edge, notes=notes)


def _beside_ring(
    ring: Vector, along: Vector, across: Vector, horizon: Horizon, notes: tuple[str, ...]
) -> Half | None:
    """Take the outer arc of a ring on one side, between its extreme points across that side."""
    way = ring @ along
    first, last = int(way.argmin()), int(way.argmax())
    forward = np.roll(ring, -first, axis=0)[: (last - first) % len(ring) + 1]
    backward = np.roll(ring[::-1], first + 1, axis=0)[: (first - last) % len(ring) + 1]
    outer = max(forward, backward, key=lambda arc: float((arc @ across).max()))
    half = _closed_far_away(outer, -along, along, across, horizon)
    return half and Half(region=half.region, edge=half.edge, notes=notes)


def _closed_far_away(
    xy: Vector, first_way: Vector, last_way: Vector, across: Vector, horizon: Horizon
) -> Half | None:
    """Close a prolonged line along the far circle; None if it crosses itself."""
    reach = 4 * horizon.radius
    ends = xy[:1] + reach * first_way, xy[-1:] + reach * last_way
    first, last, side = (_turns(way) for way in (first_way, last_way, across))
    onward = (side - last) % _CIRCLE < (first - last) % _CIRCLE
    arc = _between(last, first) if onward else _between(first, last)[::-1]
    far = horizon.middle + 3 * reach * _CORNERS[arc]
    around = np.concatenate([ends[0], xy, ends[1], far])
    edge = around[: len(xy) + 2]
    region = shapely.polygons(around)
    # A line that never turns back cannot cross itself; looking is cheaper than proving.
    onward_only = bool((np.diff(edge @ (last_way - first_way)) > 0).all())
    if not onward_only and not shapely.is_valid(region):
        return None
    return Half(region=region, edge=shapely.linestrings(edge))


def _turns(way: Vector) -> float:
    """Angle of a direction in steps of the far circle."""
    return math.atan2(way[1], way[0]) / (2 * math.pi) * _CIRCLE % _CIRCLE


def _between(low: float, high: float) -> list[int]:
    """Corners of the far circle that are passed when turning left from one angle to another."""
    high += _CIRCLE if high < low else 0
    return [turn % _CIRCLE for turn in range(math.ceil(low), math.floor(high) + 1)]


def _swept(course: Course, across: Vector, horizon: Horizon, notes: tuple[str, ...]) -> Half:
    """Leave out all land from which some piece of the road still lies further ``across``.

    For carriageways, forks and lines that cross themselves: the land beyond all of them.
    """
    along = np.array([across[1], -across[0]])
    xy, owner = shapely.get_coordinates(_bridged(course.pieces, along, horizon), return_index=True)
    inside = owner[1:] == owner[:-1]
    start, end = xy[:-1][inside], xy[1:][inside]
    far = -4 * horizon.radius * across
    quads = np.stack([start, end, end + far, start + far], axis=1)
    wide = np.abs((end - start) @ along) > _FLAT_M
    behind = shapely.union_all(shapely.polygons(quads[wide]))
    region = shapely.difference(horizon.box, behind)
    edge = shapely.intersection(region.boundary, behind.boundary)
    return Half(region=region, edge=edge, notes=notes)


def _bridged(pieces: Any, along: Vector, horizon: Horizon) -> list[Any]:
    """Add the stretches that are missing between pieces and beyond both ends."""
    lines = [shapely.get_coordinates(piece) for piece in pieces]
    lines = [xy if xy[-1] @ along >= xy[0] @ along else xy[::-1] for xy in lines]
    lines.sort(key=lambda xy: float((xy @ along).min()))
    bridges = [*pieces]
    tip = lines[0][(lines[0] @ along).argmax()]
    for xy in lines[1:]:
        way = xy @ along
        if way.min() > tip @ along:
            bridges.append(shapely.linestrings([tip, xy[way.argmin()]]))
        if way.max() > tip @ along:
            tip = xy[way.argmax()]
    for way, oriented in ((along, lines), (-along, [xy[::-1] for xy in lines])):
        outermost = max(float((xy @ way).max()) for xy in oriented)
        bridges += [
            _prolonged(xy, way, 4 * horizon.radius)
            for xy in oriented
            if (xy @ way).max() > outermost - _SAME_END_M
        ]
    return bridges


def _prolonged(xy: Vector, way: Vector, reach: float) -> Any:
    leaving = headings(np.array([shapely.linestrings(xy)]))[0]
    end = xy[(xy @ way).argmax()]
    return shapely.linestrings([end, end + reach * (leaving if leaving @ way > _OUTWARD else way)])
