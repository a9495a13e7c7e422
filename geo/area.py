"""Areas on the ellipsoid of polygons whose edges are straight in a transverse Mercator."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS

from geo.area_survey import geodesic_area, sum_of_rings
from geo.crs import meridian_tm, to_local
from geo.errors import PlannerError

_Floats = npt.NDArray[np.float64]
_WIDEST_DEGREES = 3.0


def ellipsoidal_area(geometries: Any, crs: CRS) -> _Floats:
    """Measure polygons on the ellipsoid, right to 1e-9 within 350 km of the central meridian.

    The definition is that of the plane: edges are straight lines of the projection ``crs``. The
    plane area counts every point with 1/k², k being the scale of the projection there; by Green's
    theorem that is a sum over the edges. Winding does not matter, holes are taken away.

    Parameters
    ----------
    geometries : geometry or array of geometry, shape (n,)
        Valid polygons in ``crs``; anything that is no polygon has area 0.
    crs : CRS
        A transverse Mercator in metres, east before north, with or without zone prefix.

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
    return sum_of_rings(geometries, lambda rings: _signed_areas(rings, projection))


def lonlat_area(geometries: Any) -> _Floats:
    """Measure polygons of longitude and latitude on the ellipsoid.

    The definition: vertices are projected to the transverse Mercator of CGCS2000 whose central
    meridian is the whole degree nearest to the middle of the polygon, edges are straight there,
    and 1/k² is integrated as in `ellipsoidal_area`. Polygons wider than 3° are measured by
    `geo.area_survey.geodesic_area`.

    Parameters
    ----------
    geometries : geometry or array of geometry, shape (n,)
        Valid polygons in EPSG:4490; anything that is no polygon has area 0.

    Returns
    -------
    float array, shape (n,)
        Square metres; shape () for a single geometry.
    """
    flat = np.atleast_1d(np.asarray(geometries, dtype=object))
    bounds = shapely.bounds(flat)
    total = np.zeros(len(flat))
    known = np.isfinite(bounds).all(axis=1)
    wide = known & ~(bounds[:, 2] - bounds[:, 0] <= _WIDEST_DEGREES)
    total[wide] = geodesic_area(flat[wide])
    meridians = np.where(known, np.rint((bounds[:, 0] + bounds[:, 2]) / 2), np.nan)
    for meridian in np.unique(meridians[known & ~wide]):
        group = (meridians == meridian) & ~wide
        plane = meridian_tm(float(meridian))
        total[group] = ellipsoidal_area(to_local(flat[group], plane), plane)
    return total.reshape(np.shape(geometries))


def areas_from_moments(areas: _Floats, moments: _Floats, crs: CRS) -> _Floats:
    """Measure polygons on the ellipsoid by their plane areas and moments, as `ellipsoidal_area`.

    1/k² is averaged over each polygon by its expansion about the centroid up to the second
    moments, right to 1e-10 for polygons up to 20 km across, 350 km from the central meridian.

    Parameters
    ----------
    areas : float array, shape (n,)
        Square metres of the plane.
    moments : float array, shape (n, 4)
        East and north of the centroid in metres; second moments about it, east by east and east
        by north, in m⁴.
    crs : CRS
        A transverse Mercator in metres, east before north, with or without zone prefix.

    Returns
    -------
    float array, shape (n,)
        Square metres.

    Raises
    ------
    PlannerError
        ``crs_not_transverse_mercator``.
    """
    east, north, east_east, east_north = moments.T
    at_centre, bend, twist = _projection(crs.srs).areal_scale(east, north)
    measured: _Floats = areas * at_centre + bend * east_east / 2 + twist * east_north
    return measured


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
        """Integrate 1/k² from the central meridian to ``east`` of it, per metre of ``north``."""
        x = east / self.scale_0
        latitude = self._foot_latitude((north - self.north_0) / self.scale_0)
        squeeze = 1 - self.eccentricity_2 * np.sin(latitude) ** 2
        eta_2 = self.eccentricity_2 * np.cos(latitude) ** 2 / (1 - self.eccentricity_2)
        radii = self.semi_major**2 * (1 - self.eccentricity_2) / squeeze**2
        u = x**2 / radii
        series = 1 - u / 3 + u**2 * (2 - eta_2) / 15 - u**3 * 17 / 315
        areas: _Floats = x * series / self.scale_0
        return areas

    def areal_scale(self, east: _Floats, north: _Floats) -> tuple[_Floats, _Floats, _Floats]:
        """Give 1/k² and its derivatives, twice by east, and by east and north.

        The derivative of `areas_left_of`. That by north twice is left out: below 1e-11 over 20 km.
        """
        x = (east - self.east_0) / self.scale_0
        latitude = self._foot_latitude((north - self.north_0) / self.scale_0)
        sine, cosine = np.sin(latitude), np.cos(latitude)
        squeeze = 1 - self.eccentricity_2 * sine**2
        shrink = 1 - self.eccentricity_2
        curvature = (squeeze / self.semi_major) ** 2 / shrink
        u = x**2 * curvature
        second = (2 - self.eccentricity_2 * cosine**2 / shrink) / 3
        value = 1 - u + second * u**2 - u**3 * 17 / 45
        bend = curvature * (12 * second * u - 2 - u**2 * 34 / 3)
        steepening = -4 * self.eccentricity_2 * sine * cosine * curvature / squeeze
        meridian_radius = self.semi_major * shrink / squeeze**1.5
        twist = 2 * x * (4 * second * u - 1) * steepening / meridian_radius
        square = self.scale_0**2
        return value / square, bend / square**2, twist / square**2

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
    is_metric = all(axis.unit_conversion_factor == 1 for axis in crs.axis_info)
    known = operation is not None and operation.method_name == "Transverse Mercator"
    if not ellipsoid or not operation or not known or not is_metric:
        raise PlannerError("crs_not_transverse_mercator", value=crs.name)
    given = {parameter.name: float(parameter.value) for parameter in operation.params}
    major, minor = ellipsoid.semi_major_metre, ellipsoid.semi_minor_metre
    return _Projection(
        semi_major=major,
        eccentricity_2=1 - (minor / major) ** 2,
        third_flattening=(major - minor) / (major + minor),
        latitude_0=np.radians(given.get("Latitude of natural origin", 0.0)),
        scale_0=given.get("Scale factor at natural origin", 1.0),
        east_0=given.get("False easting", 0.0),
        north_0=given.get("False northing", 0.0),
    )


def _signed_areas(rings: Any, projection: _Projection) -> _Floats:
    """Integrate along each edge with two Gauss points per edge."""
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    xy = xy - (projection.east_0, 0.0)  # exact: halves of a prefixed easting would be rounded
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
