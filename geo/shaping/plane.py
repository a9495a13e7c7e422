"""The plane in which drawn shapes are examined, cut and measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.crs import local_tm

if TYPE_CHECKING:
    from pyproj import CRS
    from shapely.geometry.base import BaseGeometry


def drawing_plane(*shapes: BaseGeometry) -> CRS:
    """Give the transverse Mercator of the tenth of a degree nearest to the middle of shapes.

    Parameters
    ----------
    *shapes : geometry
        EPSG:4490; where all are empty the plane is that of 112.5°E, 33.0°N.

    Returns
    -------
    CRS
        Metres, x east, y north. A shape that is edited keeps its plane, and lengths in it are
        right to 1 ppm within some 9 km of the meridian.
    """
    bounds = shapely.total_bounds(shapes)
    if np.isnan(bounds).any():
        return local_tm(112.5, 33.0)
    west, south, east, north = bounds.tolist()
    return local_tm(round((west + east) / 2, 1), round((south + north) / 2, 1))
