"""GCJ-02 and BD-09: how Chinese web maps move places, and back.

The shift is not published by its makers; these are the constants that open libraries agree on
(coordtransform, eviltransform, gcoord). Places move by 100 to 700 m, neighbours 1 km apart by
about a metre more or less than each other: nothing for a survey.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Callable

_Floats = npt.NDArray[np.float64]

_SEMI_MAJOR_M = 6_378_245.0  # of Krassowsky's ellipsoid, on which the shift is defined
_ECCENTRICITY_2 = 0.00669342162296594323
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271  # nothing is moved outside
_EAST_TERMS = ((20.0, 1.0), (40.0, 1 / 3), (150.0, 1 / 12), (300.0, 1 / 30))
_NORTH_TERMS = ((20.0, 1.0), (40.0, 1 / 3), (160.0, 1 / 12), (320.0, 1 / 30))
_COMMON_TERMS = ((20.0, 6.0), (20.0, 2.0))
_BAIDU_EAST, _BAIDU_NORTH = 0.0065, 0.006
_BAIDU_WAVE = np.pi * 3000 / 180
_STEPS = 12
_CLOSE_DEGREES = 1e-11


def to_gcj02(lonlat: _Floats) -> _Floats:
    """Move places as GCJ-02 shows them.

    Parameters
    ----------
    lonlat : float array, shape (n, 2)
        Degrees on CGCS2000 or WGS 84, longitude first.

    Returns
    -------
    float array, shape (n, 2)
        Degrees in GCJ-02; unchanged outside China's rectangle.
    """
    lon, lat = lonlat[:, 0], lonlat[:, 1]
    x, y = lon - 105.0, lat - 35.0
    common = _waves(x, _COMMON_TERMS)
    root = np.sqrt(np.abs(x))
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north = north + common + _waves(y, _NORTH_TERMS)
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east = east + common + _waves(x, _EAST_TERMS)
    latitude = np.radians(lat)
    squeeze = 1 - _ECCENTRICITY_2 * np.sin(latitude) ** 2
    meridional = _SEMI_MAJOR_M * (1 - _ECCENTRICITY_2) / squeeze**1.5
    parallel = _SEMI_MAJOR_M / np.sqrt(squeeze) * np.cos(latitude)
    shift = np.degrees(np.column_stack([east / parallel, north / meridional]))
    inside = (lon > _WEST) & (lon < _EAST) & (lat > _SOUTH) & (lat < _NORTH)
    return lonlat + np.where(inside[:, np.newaxis], shift, 0.0)


def from_gcj02(gcj: _Floats) -> _Floats:
    """Bring GCJ-02 back to CGCS2000, to 1e-9 degrees: the inverse of `to_gcj02`."""
    return _inverse(to_gcj02, gcj)


def to_bd09(lonlat: _Floats) -> _Floats:
    """Move places as BD-09 (Baidu) shows them; arrays as in `to_gcj02`."""
    gcj = to_gcj02(lonlat)
    lon, lat = gcj[:, 0], gcj[:, 1]
    radius = np.hypot(lon, lat) + 2e-5 * np.sin(lat * _BAIDU_WAVE)
    angle = np.arctan2(lat, lon) + 3e-6 * np.cos(lon * _BAIDU_WAVE)
    return np.column_stack(
        [radius * np.cos(angle) + _BAIDU_EAST, radius * np.sin(angle) + _BAIDU_NORTH]
    )


def from_bd09(bd: _Floats) -> _Floats:
    """Bring BD-09 back to CGCS2000, to 1e-9 degrees: the inverse of `to_bd09`."""
    return _inverse(to_bd09, bd)


def _waves(value: _Floats, terms: tuple[tuple[float, float], ...]) -> _Floats:
    total = np.zeros_like(value)
    for size, frequency in terms:
        total += size * np.sin(value * frequency * np.pi)
    return total * 2 / 3


def _inverse(forward: Callable[[_Floats], _Floats], shifted: _Floats) -> _Floats:
    """Solve ``forward(place) == shifted``: each step leaves about 1/1000 of the error."""
    place = shifted.copy()
    for _ in range(_STEPS):
        step = shifted - forward(place)
        place += step
        if not len(step) or np.abs(step).max() < _CLOSE_DEGREES:
            break
    return place
