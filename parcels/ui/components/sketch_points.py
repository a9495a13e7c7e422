"""The points of an element as a survey lists them: X north, Y east with the zone before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.crs import gauss_kruger
from parcels.planning.plane import Frame
from parcels.point_table import RingPoints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

MOST_POINTS = 1_000


def element_points(shape: BaseGeometry) -> tuple[int, tuple[RingPoints, ...]]:
    """List the points of a shape in the 3-degree zone of its middle.

    Parameters
    ----------
    shape : geometry
        EPSG:4490, areas or lines of at most `MOST_POINTS` points.

    Returns
    -------
    zone : int
    rings : tuple of RingPoints
        Metres; lengths are those on the ground, in the plane of the shape.
    """
    middle = shape.centroid
    zone = gauss_kruger(middle.x, middle.y)[0]
    frame = Frame([shape])
    rings, begun = [], 0
    for is_hole, ring in _rings(shape):
        lonlat = shapely.get_coordinates(ring)
        closed = bool(ring.is_closed) and len(lonlat) > 1
        shown = lonlat[:-1] if closed else lonlat
        survey = np.array([gauss_kruger(lon, lat, zone)[1:] for lon, lat in shown.tolist()])
        steps = np.diff(shapely.get_coordinates(frame.into(ring)), axis=0)
        lengths = np.hypot(*steps.T)
        rings.append(
            RingPoints(
                is_hole=is_hole,
                names=[f"J{begun + step}" for step in range(1, len(shown) + 1)],
                north=survey[:, 0],
                east=survey[:, 1],
                lengths=lengths if closed else np.append(lengths, np.nan),
            )
        )
        begun += len(shown)
    return zone, tuple(rings)


def point_count(shape: BaseGeometry) -> int:
    """Count the points as a survey does: a ring's first point is not counted again as its last."""
    rings = sum(bool(part.is_closed) for _, part in _rings(shape))
    return int(shapely.get_num_coordinates(shape) - rings)


def _rings(shape: BaseGeometry) -> Iterator[tuple[bool, BaseGeometry]]:
    for part in shapely.get_parts(shape):
        if part.geom_type != "Polygon":
            yield False, part
            continue
        for at, ring in enumerate(shapely.get_rings(part)):
            yield at > 0, ring
