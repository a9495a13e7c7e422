"""Where the coordinates of a file lie: never guessed in silence, refused with candidates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import shapely

from geo.crs import read_crs, to_local, to_lonlat
from geo.errors import PlannerError
from geo.zones import MILLION, NUMBERS, Zone, zone_of_number

CrsHow = Literal["declared", "chosen", "format"]
Geometries = npt.NDArray[np.object_]
Bounds = tuple[float, float, float, float]

LONLAT = "EPSG:4490"
CHINA: Bounds = (73.0, 3.0, 136.0, 54.0)
_EARTH: Bounds = (-180.0, -90.0, 180.0, 90.0)
_NORTHING = (300_000.0, 6_100_000.0)
_EASTING = (100_000.0, 900_000.0)
_BARE = [Zone(width=3, number=number, prefixed=False) for number in NUMBERS[3]]
_BY_MERIDIAN = [
    f"EPSG:{zone.epsg}" for zone in sorted(_BARE, key=lambda zone: abs(zone.meridian - 112.5))
]
_ROUND_TRIP_M = 1.0
_SAME_PLACE_DEGREES = 0.001


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Geometries on CGCS2000.

    Attributes
    ----------
    geometries : array of geometry, shape (n,)
        EPSG:4490, x is longitude and y is latitude.
    inside : bool array, shape (n,)
        False where a coordinate lies outside what the CRS can describe.
    crs : str
        The CRS that was read from.
    how : str
        ``declared`` in the file, ``chosen`` by the user, ``format``: GeoJSON means degrees.
    notes : tuple of str
        ``outside_china``, ``crs_chosen_over_file``.
    """

    geometries: Geometries
    inside: npt.NDArray[np.bool_]
    crs: str
    how: CrsHow
    notes: tuple[str, ...] = ()


def place(
    geometries: Geometries, *, declared: str | None, chosen: str | None, file_format: str
) -> Placed:
    """Bring geometries to CGCS2000 longitude and latitude.

    Parameters
    ----------
    geometries : array of geometry, shape (n,)
        In the file's own coordinates, all finite; n ≥ 1.
    declared, chosen : str, optional
        CRS that the file declares, and that the user chose; the user's wins.
    file_format : str
        GeoJSON without a declaration means degrees, if the numbers can be degrees.

    Returns
    -------
    Placed
        Same order and length.

    Raises
    ------
    PlannerError
        ``crs_missing`` and ``crs_mismatch`` with the sizes seen and ``candidates``,
        ``coordinates_swapped``, ``crs_refused``, ``crs_unreadable``.
    """
    bounds = _bounds(geometries)
    if chosen:
        chosen = f"EPSG:{chosen.strip()}" if chosen.strip().isdecimal() else chosen.strip().upper()
    text = chosen or declared
    if text is None:
        _require_degrees(bounds, file_format)
        inside = np.ones(len(geometries), dtype=bool)
        how: CrsHow = "format"
        text, lonlat = LONLAT, geometries
    else:
        how = "chosen" if chosen else "declared"
        lonlat, inside = _to_lonlat(geometries, text)
    if not inside.any() or _prefix_contradicts(geometries, lonlat, text):
        raise _misplaced(bounds, text)
    notes = _notes(geometries, lonlat[inside], declared=declared, text=text)
    return Placed(geometries=lonlat, inside=inside, crs=text, how=how, notes=notes)


def crs_candidates(bounds: Bounds) -> list[str]:
    """Name the CRSs whose coordinates have this size, the likelier ones first.

    Parameters
    ----------
    bounds : tuple of float
        xmin, ymin, xmax, ymax in the file's own numbers.

    Returns
    -------
    list of str
        ``EPSG:…`` codes; easting is x. Empty: no Chinese CRS has such numbers.
    """
    west, south, east, north = bounds
    if _within(bounds, CHINA):
        return [LONLAT]
    if not (_NORTHING[0] <= south and north <= _NORTHING[1]):
        return []
    zone = zone_of_number(int(west // MILLION), prefixed=True)
    if zone is not None and zone.number == int(east // MILLION):
        return [f"EPSG:{zone.epsg}"]
    return _BY_MERIDIAN if _EASTING[0] <= west and east <= _EASTING[1] else []


def _require_degrees(bounds: Bounds, file_format: str) -> None:
    """Refuse coordinates of no stated CRS, unless they are the degrees that GeoJSON means."""
    _refuse_swapped(bounds)
    if file_format != "geojson" or not _within(bounds, _EARTH):
        raise PlannerError("crs_missing", **_corner(bounds), candidates=crs_candidates(bounds))


def _misplaced(bounds: Bounds, text: str) -> PlannerError:
    _refuse_swapped(bounds)
    return PlannerError(
        "crs_mismatch",
        crs=_short(text),
        **_corner(bounds),
        candidates=crs_candidates(bounds),
    )


def _refuse_swapped(bounds: Bounds) -> None:
    if not crs_candidates(bounds) and crs_candidates(_swapped(bounds)):
        raise PlannerError("coordinates_swapped", **_corner(bounds))


def _prefix_contradicts(geometries: Geometries, lonlat: Geometries, text: str) -> bool:
    """Tell whether the zone prefix of the eastings names another place than the CRS does."""
    candidates = crs_candidates(_bounds(geometries))
    if len(candidates) != 1 or candidates[0] in (LONLAT, text):
        return False
    by_prefix = np.array(_bounds(np.asarray(to_lonlat(geometries, read_crs(candidates[0])))))
    return bool(np.abs(by_prefix - np.array(_bounds(lonlat))).max() > _SAME_PLACE_DEGREES)


def _to_lonlat(geometries: Geometries, text: str) -> tuple[Geometries, npt.NDArray[np.bool_]]:
    """Reproject, and tell which geometries survive the way back."""
    crs = read_crs(text)
    if crs.is_geographic:
        bounds = shapely.bounds(geometries)
        return geometries, (np.abs(bounds) <= np.array([180, 90, 180, 90])).all(axis=1)
    lonlat = np.asarray(to_lonlat(geometries, crs))
    finite = np.isfinite(shapely.bounds(lonlat)).all(axis=1)
    inside = finite.copy()
    back = shapely.bounds(to_local(lonlat[finite], crs))
    drift = np.abs(back - shapely.bounds(geometries[finite]))
    inside[finite] = (drift < _ROUND_TRIP_M).all(axis=1)
    return lonlat, inside


def _notes(
    geometries: Geometries, lonlat: Geometries, *, declared: str | None, text: str
) -> tuple[str, ...]:
    notes = []
    if declared is not None and declared != text:
        notes.append("crs_chosen_over_file")
    west, south, east, north = _bounds(lonlat)
    if west > CHINA[2] or east < CHINA[0] or south > CHINA[3] or north < CHINA[1]:
        _refuse_swapped(_bounds(geometries))
        notes.append("outside_china")
    return tuple(notes)


def _bounds(geometries: Geometries) -> Bounds:
    west, south, east, north = shapely.total_bounds(geometries)
    return float(west), float(south), float(east), float(north)


def _within(inner: Bounds, outer: Bounds) -> bool:
    return (
        outer[0] <= inner[0]
        and outer[1] <= inner[1]
        and inner[2] <= outer[2]
        and inner[3] <= outer[3]
    )


def _swapped(bounds: Bounds) -> Bounds:
    return bounds[1], bounds[0], bounds[3], bounds[2]


def _corner(bounds: Bounds) -> dict[str, Any]:
    return {"x": f"{bounds[0]:.10g}", "y": f"{bounds[1]:.10g}"}


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"  # noqa: PLR2004
