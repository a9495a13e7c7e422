"""The face that a list of roads encloses (围合), and which side each of them takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.location.blocks import Faces
from geo.location.halves import COMPASS
from geo.location.reading import SIDES, Side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.location.network import Network

_TOUCH_M = 1.0
_LEAST_M2 = 100.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Enclosure:
    """A face and, for each road of the list, the parcel's side that it bounds."""

    face: Any
    sides: tuple[Side, ...]


def enclosed_by(positions: Sequence[int], network: Network) -> Enclosure | None:
    """Find the face between prolonged roads that touches all of them.

    Parameters
    ----------
    positions : sequence of int
        Roads in ``network.features``.
    network : Network

    Returns
    -------
    Enclosure or None
        Of several faces the one that lies most along the roads as they are drawn, not as they
        are prolonged. None when no face touches all, or when one of them is no line.
    """
    edges = [_prolonged(position, network) for position in positions]
    if not edges or None in edges:
        return None
    frame = network.horizon.box
    lines = shapely.intersection(np.array(edges, dtype=object), frame)
    faces = Faces.cut(lines, frame, np.zeros(len(lines)))
    candidates = faces.closed[shapely.area(faces.closed) > _LEAST_M2]
    touching = [face for face in candidates if (shapely.distance(face, edges) < _TOUCH_M).all()]
    if not touching:
        return None
    drawn = shapely.buffer(shapely.union_all([network.shapes[at] for at in positions]), _TOUCH_M)
    face = max(touching, key=lambda face: _share_along(face, drawn))
    return Enclosure(face=face, sides=tuple(_side(face, edge) for edge in edges))


def _prolonged(position: int, network: Network) -> Any:
    course = network.courses[position]
    if course is None:
        return None
    east_west = abs(course.axis.direction[0]) > abs(course.axis.direction[1])
    return network.half(position, "N" if east_west else "E").edge


def _share_along(face: Any, drawn: Any) -> float:
    boundary = shapely.boundary(face)
    shared = shapely.length(shapely.intersection(boundary, drawn))
    return float(shared / shapely.length(boundary))


def _side(face: Any, edge: Any) -> Side:
    """Side of the face on which it meets an edge."""
    shared = shapely.intersection(shapely.boundary(face), shapely.buffer(edge, _TOUCH_M))
    middle, own = shapely.centroid(shared), shapely.centroid(face)
    way = np.array([middle.x - own.x, middle.y - own.y])
    return max(SIDES, key=lambda side: float(COMPASS[side] @ way))
