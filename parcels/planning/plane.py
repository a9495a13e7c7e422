"""The plane in which sketches are measured and cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from geo.crs import local_tm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyproj import CRS
    from shapely.geometry.base import BaseGeometry


def plane_of(shapes: Iterable[BaseGeometry]) -> CRS:
    """Give the transverse Mercator of the tenth of a degree nearest to the middle of shapes.

    Parameters
    ----------
    shapes : iterable of geometry
        EPSG:4490; at least one that is not empty.

    Returns
    -------
    CRS
        Metres, x east, y north. A sketch that is edited keeps its plane, and lengths in it are
        right to 1 ppm within some 9 km of the meridian.
    """
    west, south, east, north = shapely.total_bounds(list(shapes)).tolist()
    return local_tm(round((west + east) / 2, 1), round((south + north) / 2, 1))
