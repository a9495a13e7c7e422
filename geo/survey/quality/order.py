"""Direction and start of rings: clockwise from the north-west, as surveys are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.survey.quality.finding import Found
from geo.survey.quality.vertices import flat_vertices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.survey.quality.vertices import Bools, Ints, Shapes, Vertices

_SAME_M = 1e-6  # distances nearer than this are equal: coordinates have millimetres


@dataclass(frozen=True, slots=True, kw_only=True)
class Normalised:
    """Polygons in the order in which surveys are written.

    Attributes
    ----------
    geometries : array of Polygon, MultiPolygon or None, shape (n,)
        Outer rings clockwise on the map, inner ones counter-clockwise, each from its
        north-west vertex; the numbers untouched.
    order : int array, shape (v,)
        For each point written its old place, over all geometries, closing points left out:
        ``names[order]`` are the names of the points.
    """

    geometries: Shapes
    order: Ints


def normalise(geometries: Shapes | Sequence[Any]) -> Normalised:
    """Turn and start the rings as `Q_ORIENT` and `Q_START` of the data ask for.

    Parameters
    ----------
    geometries : array of Polygon, MultiPolygon or None, shape (n,)
        Any plane system, x east, y north.

    Returns
    -------
    Normalised
    """
    given = np.asarray(geometries, dtype=object)
    vertices = flat_vertices(given)
    begin = north_west(vertices) - vertices.first
    step = np.where(wrongly_turned(vertices), -1, 1)
    place = np.arange(len(vertices.xy)) - vertices.first[vertices.ring]
    turned = begin[vertices.ring] + step[vertices.ring] * place
    order = vertices.first[vertices.ring] + turned % vertices.count[vertices.ring]
    rings = shapely.linearrings(vertices.xy[order], indices=vertices.ring)
    polygons = shapely.polygons(rings, indices=vertices.part)
    return Normalised(geometries=_rebuilt(given, vertices, polygons), order=order)


def _rebuilt(given: Shapes, vertices: Vertices, polygons: Shapes) -> Shapes:
    """Put polygons back where they came from, several parts as a MultiPolygon again."""
    of_part = vertices.parcel[vertices.is_shell]
    rebuilt = given.copy()
    rebuilt[of_part] = polygons
    several = shapely.get_type_id(given) == shapely.GeometryType.MULTIPOLYGON
    several &= np.bincount(of_part, minlength=len(given)) > 0
    joined = several[of_part]
    rebuilt[several] = shapely.multipolygons(
        polygons[joined], indices=(np.cumsum(several) - 1)[of_part[joined]]
    )
    return rebuilt


def order_findings(vertices: Vertices) -> list[Found]:
    """Count rings that turn the wrong way; tell where J1 should be when it is elsewhere.

    Returns
    -------
    list of Found
        ``Q_ORIENT``, value: number of rings; ``Q_START``, the first such ring and the point in it
        that lies north-west, value: number of rings.
    """
    parcels, turned = np.unique(vertices.parcel[wrongly_turned(vertices)], return_counts=True)
    start = north_west(vertices)
    other = np.flatnonzero(start != vertices.first)
    starts, first, late = np.unique(vertices.parcel[other], return_index=True, return_counts=True)
    vertex = start[other[first]]
    _, ring, point = vertices.place(vertex)
    return [
        Found("Q_ORIENT", parcels, value=turned.astype(float)),
        Found(
            "Q_START",
            starts,
            ring=ring,
            point=point,
            value=late.astype(float),
            shape=shapely.points(vertices.xy[vertex]),
        ),
    ]


def wrongly_turned(vertices: Vertices) -> Bools:
    """Mark outer rings counter-clockwise on the map and inner ones clockwise."""
    area = vertices.signed_areas()
    wrong: Bools = np.where(vertices.is_shell, area > 0, area < 0)
    return wrong


def north_west(vertices: Vertices) -> Ints:
    """Return the vertex of each ring nearest to (Emin, Nmax) of the ring.

    Equally near ones: the northernmost, then the westernmost, then the first written.
    """
    east, north = vertices.xy.T
    west = np.minimum.reduceat(east, vertices.first)[vertices.ring]
    top = np.maximum.reduceat(north, vertices.first)[vertices.ring]
    away = np.hypot(east - west, north - top)
    nearest = np.minimum.reduceat(away, vertices.first)[vertices.ring]
    near = np.flatnonzero(away <= nearest + _SAME_M)
    order = near[np.lexsort((east[near], -north[near], vertices.ring[near]))]
    chosen: Ints = order[np.diff(vertices.ring[order], prepend=-1) > 0]
    return chosen
