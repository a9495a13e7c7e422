"""The only place that changes a coordinate reference system.

Geometries travel as CGCS2000 longitude and latitude (EPSG:4490). Distances, buffers
and overlays are computed in a transverse Mercator on CGCS2000 centred on the project,
where lengths are right to 1 ppm within 9 km of the central meridian and to 10 ppm within 28 km.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from pyproj import CRS, Transformer
from pyproj.crs import ProjectedCRS
from pyproj.crs.coordinate_operation import TransverseMercatorConversion
from pyproj.exceptions import CRSError, ProjError

from geo.batches import transform_rows
from geo.errors import PlannerError
from geo.zones import FALSE_EASTING, NUMBERS, Zone

if TYPE_CHECKING:
    from collections.abc import Callable

CGCS2000 = CRS.from_epsg(4490)

_SEMI_MAJOR_M = 6_378_137.0
_CRS_TEXT = re.compile(r"(EPSG:)?\d{4,6}$|OGC:CRS(84|83)$|[A-Z]\w+\s*\[", re.IGNORECASE)


@lru_cache(maxsize=64)
def local_tm(lon: float, lat: float) -> CRS:
    """Make a transverse Mercator on CGCS2000 centred on one place.

    Parameters
    ----------
    lon, lat : float
        Centre in degrees; the origin of the projected coordinates, scale 1.

    Returns
    -------
    CRS
        Metres, x to the east and y to the north.

    Raises
    ------
    PlannerError
        ``coordinate_out_of_range`` when the centre is not a place on Earth.
    """
    _require_degrees(lon, lat)
    return ProjectedCRS(
        conversion=TransverseMercatorConversion(
            latitude_natural_origin=lat, longitude_natural_origin=lon
        ),
        name="CGCS2000 / local transverse Mercator",
        geodetic_crs=CGCS2000,
    )


def meridian_tm(meridian: float, false_easting: float = FALSE_EASTING) -> CRS:
    """Make the Gauss-Krüger projection of any central meridian on CGCS2000.

    Parameters
    ----------
    meridian : float
        Degrees east, such as 112.5: some cities survey on a meridian of their own.
    false_easting : float
        Metres.

    Returns
    -------
    CRS
        Metres, x to the east and y to the north from the equator, scale 1; it has no EPSG code.
    """
    return ProjectedCRS(
        conversion=TransverseMercatorConversion(
            latitude_natural_origin=0.0,
            longitude_natural_origin=meridian,
            false_easting=false_easting,
            false_northing=0.0,
        ),
        name=f"CGCS2000 / Gauss-Kruger CM {meridian:.10g}E, {false_easting:.0f} m",
        geodetic_crs=CGCS2000,
    )


def to_local(geometries: Any, crs: CRS) -> Any:
    """Project longitude and latitude on CGCS2000 to a metric CRS.

    Parameters
    ----------
    geometries : geometry or array of geometry
        EPSG:4490, x is longitude and y is latitude.
    crs : CRS
        Usually from `local_tm`.

    Returns
    -------
    geometry or array of geometry
        Same shape, x is east and y is north, in metres.
    """
    return transform_rows(geometries, _changer(CGCS2000, crs))


def to_lonlat(geometries: Any, crs: CRS) -> Any:
    """Bring geometries of any CRS to EPSG:4490; the inverse of `to_local`.

    Degrees from Greenwich stay as they are: the datums that `read_crs` lets pass agree.
    """
    if is_lonlat(crs):
        return geometries
    return transform_rows(geometries, _changer(crs, CGCS2000))


def is_lonlat(crs: CRS) -> bool:
    """Tell whether coordinates of the CRS are degrees from Greenwich and the equator."""
    meridian = crs.prime_meridian
    return bool(
        crs.is_geographic
        and (meridian is None or meridian.longitude == 0)
        and all(axis.unit_name == "degree" for axis in crs.axis_info[:2])
    )


def gauss_kruger(lon: float, lat: float, zone: int | None = None) -> tuple[int, float, float]:
    """Give the 3-degree Gauss-Krüger coordinates that survey files carry.

    Parameters
    ----------
    lon, lat : float
        Degrees on CGCS2000.
    zone : int, optional
        3-degree zone 25 to 45; default: the zone of ``lon`` (112.5°E begins zone 38).

    Returns
    -------
    zone : int
        Number of the zone.
    north_x, east_y : float
        Metres; X is north, Y is east with the zone as prefix.

    Raises
    ------
    PlannerError
        ``coordinate_out_of_range``, or ``outside_zones`` when no zone 25 to 45 fits.
    """
    _require_degrees(lon, lat)
    number = int((lon + 1.5) // 3) if zone is None else zone
    if number not in NUMBERS[3]:
        raise PlannerError("outside_zones", value=number)
    survey = CRS.from_epsg(Zone(width=3, number=number, prefixed=True).epsg)
    east, north = _transformer(CGCS2000.srs, survey.srs).transform(lon, lat)
    return number, float(north), float(east)


def read_crs(text: str) -> CRS:
    """Read the coordinate reference system that a file or a user names.

    Parameters
    ----------
    text : str
        ``EPSG:4547``, ``4547``, ``OGC:CRS84`` or WKT; never a link, a path or a PROJ pipeline.

    Returns
    -------
    CRS
        Geographic or projected, on CGCS2000 or a datum that agrees with it (WGS 84).

    Raises
    ------
    PlannerError
        ``crs_unreadable``, or ``crs_refused`` for another datum (Xi'an 80, Beijing 54): moving
        it to CGCS2000 takes local parameters that nobody but the survey office has.
    """
    text = text.strip()
    if not _CRS_TEXT.match(text) or "nadgrids" in text.lower():
        raise PlannerError("crs_unreadable", crs=text[:80])
    try:
        crs = _flat(CRS.from_user_input(f"EPSG:{text}" if text.isdecimal() else text))
    except CRSError as error:
        raise PlannerError("crs_unreadable", crs=text[:80]) from error
    if not (crs.is_geographic or crs.is_projected) or crs.ellipsoid is None:
        raise PlannerError("crs_unreadable", crs=text[:80])
    if abs(crs.ellipsoid.semi_major_metre - _SEMI_MAJOR_M) > 1:
        raise PlannerError("crs_refused", crs=crs.name)
    try:
        _transformer(crs.srs, CGCS2000.srs)
    except ProjError as error:  # a definition that reads well and computes nothing
        raise PlannerError("crs_unreadable", crs=text[:80]) from error
    return crs


def _flat(crs: CRS) -> CRS:
    """Take the horizontal part: no heights, no TOWGS84 (a datum that agrees needs none)."""
    if crs.is_compound:
        crs = crs.sub_crs_list[0]
    if crs.is_bound and crs.source_crs is not None:
        crs = crs.source_crs
    return crs.to_2d() if len(crs.axis_info) > 2 else crs  # noqa: PLR2004


def _require_degrees(lon: float, lat: float) -> None:
    if not (abs(lon) <= 180 and abs(lat) <= 90):  # noqa: PLR2004
        raise PlannerError("coordinate_out_of_range", lon=lon, lat=lat)


def _changer(
    source: CRS, target: CRS
) -> Callable[[npt.NDArray[np.float64]], npt.NDArray[np.float64]]:
    transform = _transformer(source.srs, target.srs).transform
    return lambda xy: np.column_stack(transform(xy[:, 0], xy[:, 1]))


@lru_cache(maxsize=64)
def _transformer(source: str, target: str) -> Transformer:
    """Keyed by the definitions as text: hashing a CRS costs more than the change itself."""
    return Transformer.from_crs(source, target, always_xy=True)
