"""Areas by the other definitions in use, to compare with: geodesics, and survey trapezoids.

Three definitions of the area of a parcel given by its corners: edges straight in the projection
(`geo.area`), edges that are geodesics, and the trapezoids of the national land survey, between
each edge and a meridian. They differ by the slivers between the edges only: nothing for short
edges, up to about 2e-6 of the area for edges of some kilometres.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Geod

if TYPE_CHECKING:
    from collections.abc import Callable

_Floats = npt.NDArray[np.float64]
_POLYGON = 3
_SEMI_MAJOR_M, _FLATTENING = 6_378_137.0, 1 / 298.257222101  # CGCS2000, GB/T 22021
_GEOD = Geod(a=_SEMI_MAJOR_M, f=_FLATTENING)
_ECCENTRICITY_2 = _FLATTENING * (2 - _FLATTENING)


def geodesic_area(geometries: Any) -> _Floats:
    """Measure polygons whose edges are geodesics of the ellipsoid of CGCS2000.

    The definition of GeographicLib (C. Karney, Algorithms for geodesics, 2013). Winding does not
    matter: every ring counts with its positive size, holes are taken away.

    Parameters
    ----------
    geometries : geometry or array of geometry, shape (n,)
        Polygons in EPSG:4490; anything that is no polygon has area 0.

    Returns
    -------
    float array, shape (n,)
        Square metres; shape () for a single geometry.
    """
    return sum_of_rings(geometries, _geodesic_rings)


def trapezoid_area(geometries: Any) -> _Floats:
    """Measure polygons by the trapezoids of the national land survey (椭球面积).

    The definition of TD/T 1055-2019 (第三次全国国土调查技术规程): under each edge lies a piece of
    the ellipsoid between its two parallels, as wide as the mean difference of longitude of its
    ends from a meridian; the signed pieces add up. Any meridian gives the same sum; here it is
    that of the first vertex of each ring. The series in sines of odd multiples of half the
    difference of latitude runs to e⁸.

    Parameters
    ----------
    geometries : geometry or array of geometry, shape (n,)
        Polygons in EPSG:4490; anything that is no polygon has area 0.

    Returns
    -------
    float array, shape (n,)
        Square metres; shape () for a single geometry.
    """
    return sum_of_rings(geometries, _trapezoid_rings)


def sum_of_rings(geometries: Any, measure: Callable[[Any], _Floats]) -> _Floats:
    """Add up ring sizes to polygons: shells count, holes are taken away.

    Parameters
    ----------
    geometries : geometry or array of geometry, shape (n,)
        Anything that is no polygon has area 0.
    measure : callable
        Takes an array of linear rings and gives their sizes, of any sign.

    Returns
    -------
    float array, shape (n,)
        Shape () for a single geometry.
    """
    flat = np.atleast_1d(np.asarray(geometries, dtype=object))
    parts, owner = shapely.get_parts(flat, return_index=True)
    is_polygon = shapely.get_type_id(parts) == _POLYGON
    parts, owner = parts[is_polygon], owner[is_polygon]
    rings, polygon = shapely.get_rings(parts, return_index=True)
    is_shell = np.diff(polygon, prepend=-1) > 0
    size = np.abs(measure(rings))
    total = np.zeros(len(flat))
    np.add.at(total, owner[polygon], np.where(is_shell, size, -size))
    return total.reshape(np.shape(geometries))


def _geodesic_rings(rings: Any) -> _Floats:
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    pieces = np.split(xy, np.flatnonzero(np.diff(ring)) + 1) if len(xy) else []
    areas = [_GEOD.polygon_area_perimeter(one[:, 0], one[:, 1])[0] for one in pieces]
    return np.array(areas, dtype=np.float64)


def _trapezoid_rings(rings: Any) -> _Floats:
    degrees, ring = shapely.get_coordinates(rings, return_index=True)
    first = np.flatnonzero(np.diff(ring, prepend=-1))
    lon = np.radians(degrees[:, 0] - degrees[first, 0][ring])
    lat = np.radians(degrees[:, 1])
    width = (lon[:-1] + lon[1:]) / 2
    half, middle = (lat[1:] - lat[:-1]) / 2, (lat[1:] + lat[:-1]) / 2
    height = np.zeros(len(width))
    for odd, factor in zip((1, 3, 5, 7, 9), _trapezoid_factors(), strict=True):
        height += factor * np.sin(odd * half) * np.cos(odd * middle)
    pieces = 2 * _SEMI_MAJOR_M**2 * (1 - _ECCENTRICITY_2) * width * height
    areas = np.zeros(len(rings))
    within_ring = ring[:-1] == ring[1:]
    np.add.at(areas, ring[:-1], np.where(within_ring, pieces, 0.0))
    return areas


def _trapezoid_factors() -> tuple[float, float, float, float, float]:
    """Give A, -B, C, -D, E of the series in the regulation's annex."""
    e2 = _ECCENTRICITY_2
    e4, e6, e8 = e2**2, e2**3, e2**4
    return (
        1 + e2 * 3 / 6 + e4 * 30 / 80 + e6 * 35 / 112 + e8 * 630 / 2304,
        -(e2 * 1 / 6 + e4 * 15 / 80 + e6 * 21 / 112 + e8 * 420 / 2304),
        e4 * 3 / 80 + e6 * 7 / 112 + e8 * 180 / 2304,
        -(e6 * 1 / 112 + e8 * 45 / 2304),
        e8 * 5 / 2304,
    )
