"""The CGCS2000 systems in which parcels of a place may be handed on."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geo.systems import LONLAT, System, zone_system
from geo.zones import NUMBERS, Zone
from parcels.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterable

_NEIGHBOUR_DEGREES = 0.75  # a survey near the seam may be kept in either zone


def export_systems(lon: float) -> tuple[System, ...]:
    """List the systems for a place, the likelier ones first.

    Parameters
    ----------
    lon : float
        Longitude on CGCS2000, degrees.

    Returns
    -------
    tuple of System
        The 3-degree zone of the place with prefix and without, that of its neighbour where the
        seam is near, longitude and latitude, and the 6-degree zones in the same way.
    """
    three, six = (tuple(zone_system(zone) for zone in _zones(lon, width)) for width in (3, 6))
    return (*three, LONLAT, *six)


def system_text(lang: str, system: System) -> str:
    """Name a system for people."""
    zone = system.zone
    if zone is None:
        return text(lang, "report.system_lonlat")
    return text(
        lang,
        f"report.system_{'prefix' if zone.prefixed else 'meridian'}",
        width=zone.width,
        zone=zone.number,
        meridian=zone.meridian,
        epsg=zone.epsg,
    )


def _zones(lon: float, width: int) -> Iterable[Zone]:
    near = {_number(lon + step, width) for step in (-_NEIGHBOUR_DEGREES, 0, _NEIGHBOUR_DEGREES)}
    bare = [Zone(width=width, number=n, prefixed=False) for n in near if n in NUMBERS[width]]
    for zone in sorted(bare, key=lambda one: abs(one.meridian - lon)):
        yield Zone(width=width, number=zone.number, prefixed=True)
        yield zone


def _number(lon: float, width: int) -> int:
    shift = width / 2 if width == 3 else width  # noqa: PLR2004
    return math.floor((lon + shift) / width)
