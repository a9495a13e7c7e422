"""The area ledger of a scenario: gross − roads − green and water − setbacks = net.

Land is counted once: what is road is not green, what is either is no setback. The parts are
disjoint pieces of the gross land, so they add up. What is not known is not taken off in silence:
the line is open, the net area with it, and only its upper limit is told.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from geo.area import ellipsoidal_area
from geo.crs import to_local
from geo.errors import PlannerError
from geo.units import parse_length
from parcels.checks.subject import EXACT_M
from parcels.planning.conflicts.subject import land_of, strip
from parcels.planning.plane import plane_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyproj import CRS
    from shapely.geometry.base import BaseGeometry

    from parcels.planning.ground.prepared import Backdrop
    from parcels.planning.model import State

GROSS = ("extension", "parcel")
SETBACK, WIDTHS = "setback_m", "road_widths"
"""Settings of a scenario: a length, or one from ``road`` and one from ``boundary``; widths of
reference roads by name."""
_DECIMALS = 2
_WIDEST_M = 10_000.0
_REACH_M = 50.0
"""A road this near may reach into the land with its reserve; main roads are up to 100 m wide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What is missing; ``ui.sketch_ledger.<code>`` says it. ``value`` is named as typed."""

    code: str
    name: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Areas on the ellipsoid in m², to a square decimetre; all known parts and net add up to gross.

    Attributes
    ----------
    gross_m2 : float
        Land of all extension areas and parcels, counted once.
    road_m2, setback_m2, net_m2 : float or None
        None: not known, or, of setbacks, not asked for.
    green_m2 : float
    road_known_m2 : float
        Roads of known width alone.
    net_at_most_m2 : float
        Gross less all that is known.
    elements : mapping of part to tuple of str
        Ids behind ``gross``, ``road``, ``green``; names of reference roads as they are.
    needs : tuple of Need
    """

    gross_m2: float
    road_m2: float | None
    green_m2: float
    setback_m2: float | None
    net_m2: float | None
    road_known_m2: float
    net_at_most_m2: float
    elements: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    needs: tuple[Need, ...] = ()


class _Roads(NamedTuple):
    """Land of roads in the plane, whose it is, and what is not known of others."""

    land: list[BaseGeometry]
    names: list[str]
    needs: list[Need]


def ledger_of(
    state: State, settings: Mapping[str, Any], backdrops: Sequence[Backdrop] = ()
) -> Ledger:
    """Settle the areas of what stands.

    Parameters
    ----------
    state : dict of str to Element
    settings : mapping
        Of the scenario: `SETBACK`, `WIDTHS`.
    backdrops : sequence of Backdrop
        Those of kind ``road`` cross the land too; where their width is not known the roads' line
        is open.
    """
    whole = [one for one in state.values() if one.kind in GROSS]
    if not whole:
        return _settled((0.0, 0.0, 0.0, None), _Roads([], [], []), {})
    plane = plane_of([one.shape for one in whole])
    gross = shapely.union_all([to_local(one.shape, plane) for one in whole])
    roads = _roads(state, settings, backdrops, gross, plane)
    green = [one for one in state.values() if one.kind == "green"]
    distances, unusable = _setbacks(settings)
    roads.needs.extend(unusable)
    road = shapely.intersection(gross, shapely.union_all(roads.land))
    planted = shapely.union_all([to_local(land, plane) for one in green if (land := land_of(one))])
    left = shapely.difference(gross, road)
    grown = shapely.intersection(left, planted)
    left = shapely.difference(left, grown)
    kept_free = None
    if distances is not None:
        kept_free = shapely.intersection(left, _free(gross, road, distances))
    pieces = [gross, road, grown, kept_free]
    areas = tuple(None if one is None else _area(one, plane) for one in pieces)
    behind = {
        "gross": tuple(one.id for one in whole),
        "road": tuple(roads.names),
        "green": tuple(one.id for one in green),
    }
    return _settled(areas, roads, behind, from_roads=bool(distances and distances[0]))


def _settled(
    areas: tuple[float | None, ...],
    roads: _Roads,
    behind: Mapping[str, tuple[str, ...]],
    *,
    from_roads: bool = False,
) -> Ledger:
    """Round once; the net area takes the rest, so that the lines add up as printed."""
    gross, road, green, setback = (None if one is None else round(one, _DECIMALS) for one in areas)
    known = [one or 0.0 for one in (road, green, setback)]
    most = max(round((gross or 0.0) - sum(known), _DECIMALS), 0.0)
    open_roads = any(one.code.startswith("road") for one in roads.needs)
    open_setback = any(one.code.startswith("setback_un") for one in roads.needs)
    open_setback |= open_roads and from_roads
    return Ledger(
        gross_m2=gross or 0.0,
        road_m2=None if open_roads else road or 0.0,
        green_m2=green or 0.0,
        setback_m2=None if open_setback else setback,
        net_m2=None if open_roads or open_setback else most,
        road_known_m2=road or 0.0,
        net_at_most_m2=most,
        elements=dict(behind),
        needs=tuple(roads.needs),
    )


def _roads(
    state: State,
    settings: Mapping[str, Any],
    backdrops: Sequence[Backdrop],
    gross: BaseGeometry,
    plane: CRS,
) -> _Roads:
    """Gather the land of drawn roads, then of reference roads that cross the gross land."""
    found = _Roads([], [], [])
    for one in state.values():
        if one.kind != "road":
            continue
        land = land_of(one)
        if land is not None:
            found.land.append(to_local(land, plane))
            found.names.append(one.id)
        elif shapely.dwithin(to_local(one.shape, plane), gross, _REACH_M):
            found.needs.append(Need(code="road_width", name=one.name or one.id[:8]))
    widths = settings.get(WIDTHS)
    typed = widths if isinstance(widths, Mapping) else {}
    for layer in backdrops:
        if layer.kind == "road":
            _cross(layer, typed, gross, plane, found)
    return found


def _cross(
    layer: Backdrop, typed: Mapping[str, Any], gross: BaseGeometry, plane: CRS, found: _Roads
) -> None:
    """Add the reference roads of a layer: of known width their land, of others what is missing."""
    shapes = np.asarray(to_local(layer.shapes, plane))
    apart = shapely.distance(gross, shapes)
    for at in np.flatnonzero(apart <= _REACH_M).tolist():
        name, shape = layer.names[at], shapes[at]
        width = _width(layer, at, typed)
        if isinstance(width, Need):
            found.needs.append(width)
        elif apart[at] <= width / 2:
            is_land = shape.geom_type in {"Polygon", "MultiPolygon"}
            found.land.append(shape if is_land else strip(shape, width))
            found.names.append(name)
    rough = (apart > _REACH_M) & (layer.accuracy_m > EXACT_M) & (apart <= layer.accuracy_m)
    if rough.any():
        found.needs.append(Need(code="place_of_roads", value=str(int(rough.sum()))))


def _width(layer: Backdrop, at: int, typed: Mapping[str, Any]) -> float | Need:
    """Give the width of a reference road, 0 for one that is drawn as land, or what is missing."""
    name = layer.names[at]
    if layer.shapes[at].geom_type in {"Polygon", "MultiPolygon"}:
        return 0.0
    if name in typed:
        read = _length(typed[name])
        if read is None or read == 0:
            return Need(code="road_width_unusable", name=name, value=_as_typed(typed[name]))
        return read
    width = float(layer.width_m[at])
    return Need(code="road_width", name=name) if math.isnan(width) else width


def _area(land: BaseGeometry, plane: CRS) -> float:
    """Measure the land of a shape: where outlines touch, lines come with it."""
    parts = shapely.get_parts(land)
    return float(ellipsoidal_area(parts, plane).sum()) if len(parts) else 0.0


def _setbacks(settings: Mapping[str, Any]) -> tuple[tuple[float, float] | None, Iterable[Need]]:
    """Read the setbacks from roads and from the boundary; None: none asked for, or unreadable."""
    typed = settings.get(SETBACK)
    if _is_blank(typed):
        return None, (Need(code="setback_not_set"),)
    given = typed if isinstance(typed, Mapping) else {"road": typed}
    unusable = [
        Need(code="setback_unusable", value=_as_typed(said))
        for side, said in given.items()
        if side not in {"road", "boundary"} or (not _is_blank(said) and _length(said) is None)
    ]
    if unusable:
        return None, unusable
    road, boundary = (_length(given.get(side)) or 0.0 for side in ("road", "boundary"))
    return (road, boundary), ()


def _free(gross: BaseGeometry, road: BaseGeometry, distances: tuple[float, float]) -> BaseGeometry:
    """Give the land within the setbacks of roads and of the boundary of the gross land."""
    from_road, from_edge = distances
    strips = list(_strips(gross, road, from_road, from_edge))
    free: BaseGeometry = shapely.union_all(strips)
    return free


def _strips(
    gross: BaseGeometry, road: BaseGeometry, from_road: float, from_edge: float
) -> Iterator[BaseGeometry]:
    if from_road and not road.is_empty:
        yield shapely.buffer(road, from_road)
    if from_edge:
        yield shapely.difference(gross, shapely.buffer(gross, -from_edge))


def _length(typed: Any) -> float | None:
    """Read a length in metres; None for what is none, negative or absurd."""
    if isinstance(typed, bool) or typed is None:
        return None
    try:
        metres = parse_length(str(typed))
    except PlannerError:
        return None
    return metres if 0 <= metres <= _WIDEST_M else None


def _is_blank(typed: Any) -> bool:
    return typed is None or typed == ""


def _as_typed(value: Any) -> str:
    return str(value)[:40]
