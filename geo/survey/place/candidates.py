"""Where the numbers of a file could lie, drawn, when the file does not say it: for a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from pyproj import Geod

from geo.survey.place.axes import (
    degrees_like,
    fitting,
    metres_like,
    prefix_of,
    web_mercator_like,
)
from geo.systems import BD09, GCJ02, LONLAT, System, read_system, web_map, zone_system
from geo.zones import NUMBERS, Zone, zone_of_number

if TYPE_CHECKING:
    from geo.read.parsed import AxisOrder
    from geo.survey.model import LonLat
    from geo.survey.place.axes import Bools, Floats, Vertices

Candidate = dict[str, Any]
Also = tuple[System, System]
MOST = 8
_OUTLINE_POINTS = 50
_HALF = 0.5
_SOME = 0.05  # of the vertices fit: less is a slip of the pen
# Eastings of web maps (EPSG:3857) between 117°E and 136°E begin with these digits too.
WEB_MERCATOR_PREFIXES = frozenset({13, 14, 15})
_GEOD = Geod(a=6_378_137.0, rf=298.257222101)


def candidates(
    vertices: Vertices,
    *,
    near: LonLat | None,
    axes: AxisOrder | None = None,
    also: tuple[Also, ...] = (),
) -> list[Candidate]:
    """Find the systems that the numbers could be in, the nearest to the project first.

    Parameters
    ----------
    vertices : Vertices
        As the file writes them.
    near : (lon, lat), optional
        The project; without it the order is that of the zones.
    axes : str, optional
        Only this order of the two numbers.
    also : tuple of (System, System)
        Tried first: the system to answer with, and the one to draw the numbers in.

    Returns
    -------
    list of dict
        At most `MOST`: ``crs`` and ``axes`` as `Answers` takes them; ``kind`` (``degrees``,
        ``web_map``, ``gauss``, ``gauss_prefix``, ``other``: sentence ``candidate.<kind>``) with
        ``zone``, ``width``, ``meridian``, ``prefix`` and ``name`` for it;
        ``lon``, ``lat`` of the middle; ``outline``, at most 50 pairs [lon, lat] around the
        features that fit; ``near_km`` or None.
    """
    found = _found(vertices, near, axes, also, wide=False)
    ranked = list((found or _found(vertices, near, axes, also, wide=True)).values())
    if near is not None:
        ranked.sort(key=lambda one: _rank(one, near))
    return ranked[:MOST]


def _rank(candidate: Candidate, near: LonLat) -> tuple[float, float]:
    """Rank by the distance to 10 km, then by the distance of the meridian from the project."""
    meridian = candidate["meridian"]
    off = 0.0 if meridian is None else abs(float(meridian) - near[0])
    return round(float(candidate["near_km"]), -1), off


def _found(
    vertices: Vertices,
    near: LonLat | None,
    axes: AxisOrder | None,
    also: tuple[Also, ...],
    *,
    wide: bool,
) -> dict[tuple[str, AxisOrder], Candidate]:
    found: dict[tuple[str, AxisOrder], Candidate] = {}
    orders: tuple[AxisOrder, ...] = (axes,) if axes else ("en", "ne")
    for order in orders:
        tried = [*also, *((system, system) for system in _systems(vertices, order))]
        for named, drawn in tried:
            key = (named.definition, order)
            fits = fitting(vertices, drawn, order, wide=wide)
            if key not in found and fits.mean() >= _SOME:
                outline = outline_of(vertices, drawn, order, fits)
                found[key] = _candidate(named, order, outline, near)
    return found


def _systems(vertices: Vertices, order: AxisOrder) -> list[System]:
    east, north = vertices.east_north(order)
    if not len(vertices.pairs):
        return []
    if degrees_like(vertices.pairs).mean() > _HALF:
        return [LONLAT, web_map(GCJ02), web_map(BD09)]
    fits = metres_like(east, north)
    if not fits.any():
        is_web = order == "en" and web_mercator_like(vertices)
        return [read_system("EPSG:3857")] if is_web else []
    prefixes = prefix_of(east[fits])
    zones = [zone_of_number(int(one), prefixed=True) for one in np.unique(prefixes[prefixes > 0])]
    if (prefixes == 0).mean() >= _HALF:
        zones += [Zone(width=3, number=number, prefixed=False) for number in NUMBERS[3]]
    web = [read_system("EPSG:3857")] if WEB_MERCATOR_PREFIXES & set(prefixes.tolist()) else []
    return [*(zone_system(zone) for zone in zones if zone), *web]


def _candidate(system: System, order: AxisOrder, outline: Floats, near: LonLat | None) -> Candidate:
    lon, lat = ((outline.min(axis=0) + outline.max(axis=0)) / 2).tolist()
    zone = system.zone
    return {
        "crs": system.definition,
        "axes": order,
        "kind": _kind(system),
        "name": system.name,
        "zone": zone.number if zone else None,
        "width": zone.width if zone else None,
        "meridian": zone.meridian if zone else None,
        "prefix": zone.prefixed if zone else None,
        "lon": round(lon, 7),
        "lat": round(lat, 7),
        "outline": np.round(outline, 7).tolist(),
        "near_km": None if near is None else round(distance_km(near, (lon, lat)), 1),
    }


def _kind(system: System) -> str:
    if system.zone is not None:
        return "gauss_prefix" if system.zone.prefixed else "gauss"
    if system.is_shifted:
        return "web_map"
    return "degrees" if system.is_degrees else "other"


def outline_of(vertices: Vertices, system: System, order: AxisOrder, fits: Bools) -> Floats:
    """Return the hull of the vertices that fit, EPSG:4490, shape (k, 2) with k ≤ 50, closed."""
    east, north = vertices.east_north(order)
    hull = shapely.convex_hull(shapely.multipoints(np.column_stack([east[fits], north[fits]])))
    corners = shapely.get_coordinates(hull)
    if len(corners) > _OUTLINE_POINTS:
        corners = corners[np.linspace(0, len(corners) - 1, _OUTLINE_POINTS).astype(int)]
    return system.lonlat_of(corners)


def distance_km(here: LonLat, there: LonLat) -> float:
    """Return the length of the geodesic between two places in kilometres."""
    return float(_GEOD.inv(*here, *there)[2]) / 1000
