"""Areas on the ellipsoid of polygons whose edges are straight in a transverse Mercator."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS

from geo.errors import PlannerError

_Floats = npt.NDArray[np.float64]
_POLYGON = 3


def ellipsoidal_area(geometries: Any, crs: CRS) -> _Floats:
    """Measure polygons on the ellipsoid, right to 1e-9 within 150 km of the central meridian.

    The plane area counts every point with 1/k², k being the scale of the projection there;
    by Green's theorem that is a sum over the edges. Winding does not matter, holes are taken away.

    Parameters
    ----------
    geometries : geometry or array of geometry, shape (n,)
        Valid polygons in ``crs``; anything that is no polygon has area 0.
    crs : CRS
        A transverse Mercator in metres, east before north.

    Returns
    -------
    float array, shape (n,)
        Square metres; shape () for a single geometry.

    Raises
    ------
    PlannerError
        ``crs_not_transverse_mercator``.
    """
    projection = _projection(crs.srs)
    flat = np.atleast_1d(np.asarray(geometries, dtype=object))
    parts, owner = shapely.get_parts(flat, return_index=True)
    is_polygon = shapely.get_type_id(parts) == _POLYGON
    parts, owner = parts[is_polygon], owner[is_polygon]
    rings, polygon = shapely.get_rings(parts, return_index=True)
    is_shell = np.diff(polygon, prepend=-1) > 0
    size = np.abs(_signed_areas(rings, projection))
    total = np.zeros(len(flat))
    np.add.at(total, owner[polygon], np.where(is_shell, size, -size))
    return total.reshape(np.shape(geometries))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Projection:
    """The numbers of a transverse Mercator; angles in radians, lengths in metres."""

    semi_major: float
    eccentricity_2: float
    third_flattening: float
    latitude_0: float
    scale_0: float
    east_0: float
    north_0: float

    def areas_left_of(self, east: _Floats, north: _Floats) -> _Floats:
        """Integrate 1/k² from the central meridian to ``east``, per metre of ``north``."""
        x = (east - self.east_0) / self.scale_0
        latitude = self._foot_latitude((north - self.north_0) / self.scale_0)
        squeeze = 1 - self.eccentricity_2 * np.sin(latitude) ** 2
        eta_2 = self.eccentricity_2 * np.cos(latitude) ** 2 / (1 - self.eccentricity_2)
        radii = self.semi_major**2 * (1 - self.eccentricity_2) / squeeze**2
        u = x**2 / radii
        series = 1 - u / 3 + u**2 * (2 - eta_2) / 15 - u**3 * 17 / 315
        areas: _Floats = x * series / self.scale_0
        return areas

    def _foot_latitude(self, y: _Floats) -> _Floats:
        """Latitude on the central meridian, to 1e-8 rad: ample for the radii."""
        n = self.third_flattening
        radius = self.semi_major / (1 + n) * (1 + n**2 / 4)
        start = self.latitude_0 - 1.5 * n * np.sin(2 * self.latitude_0)
        start += 15 / 16 * n**2 * np.sin(4 * self.latitude_0)
        rectifying = start + y / radius
        latitude: _Floats = rectifying + 1.5 * n * np.sin(2 * rectifying)
        latitude += 21 / 16 * n**2 * np.sin(4 * rectifying)
        return latitude


@lru_cache(maxsize=64)
def _projection(definition: str) -> _Projection:
    """Keyed by the definition as text: hashing a CRS is slow."""
    crs = CRS.from_user_input(definition)
    operation, ellipsoid = crs.coordinate_operation, crs.ellipsoid
    if not ellipsoid or not operation or operation.method_name != "Transverse Mercator":
        raise PlannerError("crs_not_transverse_mercator", value=crs.name)
    given = {parameter.name: float(parameter.value) for parameter in operation.params}
    major, minor = ellipsoid.semi_major_metre, ellipsoid.semi_minor_metre
    return _Projection(
        semi_major=major,
        eccentricity_2=1 - (minor / major) ** 2,
        third_flattening=(major - minor) / (major + minor),
        latitude_0=np.radians(given["Latitude of natural origin"]),
        scale_0=given["Scale factor at natural origin"],
        east_0=given["False easting"],
        north_0=given["False northing"],
    )


def _signed_areas(rings: Any, projection: _Projection) -> _Floats:
    """Integrate along each edge with two Gauss points per edge."""
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    start, end = xy[:-1], xy[1:]
    middle, half = (start + end) / 2, (end - start) / 2
    offset = half / np.sqrt(3)
    height = np.zeros(len(start))
    for point in (middle - offset, middle + offset):
        height += projection.areas_left_of(point[:, 0], point[:, 1])
    areas = np.zeros(len(rings))
    within_ring = ring[:-1] == ring[1:]
    np.add.at(areas, ring[:-1], np.where(within_ring, height * half[:, 1], 0.0))
    return areas
