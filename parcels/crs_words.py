"""Coordinate systems in the words of land bureaus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.systems import LONLAT, read_system
from parcels.export_systems import system_text

if TYPE_CHECKING:
    from geo.survey.model import CrsDecision


def crs_text(lang: str, crs: CrsDecision) -> str:
    """Name the system of a survey: zone, prefix and code where it is one of CGCS2000.

    Parameters
    ----------
    lang : str
        ``zh`` or ``en``.
    crs : CrsDecision
        Of a survey.

    Returns
    -------
    str
        The system's own name where it is no zone of CGCS2000 and not its longitude and latitude.
    """
    if crs.epsg is None:
        return crs.name
    system = read_system(f"EPSG:{crs.epsg}")
    is_named = system.zone is not None or system.epsg == LONLAT.epsg
    return system_text(lang, system) if is_named else f"{crs.name} (EPSG:{crs.epsg})"
