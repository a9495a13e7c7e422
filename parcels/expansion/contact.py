"""Where the line of an expansion area runs along the line of the present zone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SNAP_M = 5.0
"""Lines nearer than this count as one."""
SHORTEST_M = 50.0
"""A stretch that runs along for less is a corner that touches or a line that crosses."""
_SAME_PLACE_M = 1e-6


class Frontier:
    """The outline of the present zone, prepared to be asked many times.

    Parameters
    ----------
    zone : geometry
        (Multi)Polygon in metres.
    """

    def __init__(self, zone: Any) -> None:
        edge = shapely.boundary(zone)
        self._rings = shapely.get_parts(edge)
        self._band = shapely.buffer(edge, SNAP_M)
        shapely.prepare(self._band)

    def stretches(self, shape: Any) -> list[tuple[float, Any]]:
        """Find where the outline of a shape runs along.

        Each straight piece counts with its length along the zone's line, so that a side which
        leads away from the zone adds nothing.

        Parameters
        ----------
        shape : geometry
            (Multi)Polygon in the same plane.

        Returns
        -------
        list of (float, geometry)
            Metres along the zone and the line itself, of stretches of at least `SHORTEST_M`.
        """
        rings = shapely.get_parts(shapely.boundary(shape))
        found = [one for ring in rings for one in self._of_ring(ring)]
        return [(length, line) for length, line in found if length >= SHORTEST_M]

    def _of_ring(self, ring: Any) -> list[tuple[float, Any]]:
        corners = shapely.get_coordinates(ring)
        edges = shapely.linestrings(np.stack([corners[:-1], corners[1:]], axis=1))
        near = edges[shapely.intersects(self._band, edges)]
        pieces = [one for edge in near for one in self._pieces(edge)]
        return [
            (sum(self._along(one) for one in group), shapely.multilinestrings(group))
            for group in _joined(pieces)
        ]

    def _pieces(self, edge: Any) -> list[Any]:
        """Cut an edge to what lies near, in the direction of the edge."""
        start = shapely.Point(edge.coords[0])
        cut = shapely.get_parts(shapely.intersection(edge, self._band))
        lines = [one for one in cut if one.geom_type == "LineString" and one.length > 0]
        return sorted(lines, key=lambda one: one.distance(start))

    def _along(self, piece: Any) -> float:
        """Measure how far a piece leads along the nearest ring of the zone."""
        middle = shapely.line_interpolate_point(piece, 0.5, normalized=True)
        ring = self._rings[int(np.argmin(shapely.distance(self._rings, middle)))]
        ends = [shapely.Point(piece.coords[0]), shapely.Point(piece.coords[-1])]
        first, last = shapely.line_locate_point(ring, ends).tolist()
        way = abs(last - first)
        return float(min(piece.length, way, ring.length - way))


def _joined(pieces: Sequence[Any]) -> Iterator[list[Any]]:
    """Gather pieces of a ring that follow each other, the last with the first too."""
    groups: list[list[Any]] = []
    for piece in pieces:
        if groups and _meet(groups[-1][-1], piece):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    if len(groups) > 1 and _meet(groups[-1][-1], groups[0][0]):
        groups[0] = groups.pop() + groups[0]
    yield from groups


def _meet(before: Any, after: Any) -> bool:
    gap = np.subtract(before.coords[-1], after.coords[0])
    return bool(np.hypot(*gap) <= _SAME_PLACE_M)
