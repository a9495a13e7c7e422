"""All indices of an expansion area, in the order in which they are shown."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Literal

from geo.errors import PlannerError
from geo.shaping.compact import COARSE_M
from parcels.expansion import shape_indices as shapes
from parcels.expansion.connection import CLOSED_M, Connection
from parcels.expansion.contact import SHORTEST_M, SNAP_M
from parcels.expansion.functional_areas import farthest
from parcels.expansion.judging import judged
from parcels.expansion.land import Land
from parcels.expansion.model import INDEX_IDS, Measured
from parcels.expansion.placement import Site
from parcels.expansion.road_links import REACH_M, road_share
from parcels.expansion.stock import idle_share
from parcels.expansion.whole_units import KIND as UNITS
from parcels.expansion.whole_units import SLACK_M, whole_units

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from shapely.geometry.base import BaseGeometry

    from parcels.expansion.model import Index, IndexId
    from parcels.expansion.surroundings import Surroundings
    from parcels.rules.load import RuleBook

Measure = Literal["E_PP", "E_BATTY"]
_OF_THE_ZONE = {"E_SHARED", "E_GAP", "E_UNION_PARTS", "E_SOUTH", "E_ROADS"}
METHODS: Mapping[str, Mapping[str, float]] = {
    "E_SHARED": {"snap_m": SNAP_M, "shortest_m": SHORTEST_M},
    "E_GAP": {"snap_m": SNAP_M},
    "E_UNION_PARTS": {"closed_m": CLOSED_M},
    "E_PP": {"simplified_m": COARSE_M},
    "E_BATTY": {"simplified_m": COARSE_M},
    "E_WHOLE_UNITS": {"slack_m": SLACK_M},
    "E_ROADS": {"reach_m": REACH_M},
}


def indices(
    extension: BaseGeometry | None,
    around: Surroundings,
    book: RuleBook,
    *,
    perimeter_measure: Measure = "E_PP",
) -> tuple[Index, ...]:
    """Measure an expansion area and put every figure beside its bands.

    Parameters
    ----------
    extension : geometry or None
        (Multi)Polygon, EPSG:4490, valid; None or empty: nothing is drawn yet, and everything
        about it is unknown.
    around : Surroundings
        What it is compared with; whatever is missing there is unknown, never a pass.
    book : RuleBook
        Bands are the rules of the check ``expansion`` in it; without any the figures stand
        alone.
    perimeter_measure : {"E_PP", "E_BATTY"}
        Which of the two is shown: one is the square root of the other.

    Returns
    -------
    tuple of Index
        In the order of `INDEX_IDS`, without the perimeter measure that was not asked for. Never
        summed up.

    Raises
    ------
    PlannerError
        ``expansion_needs_area`` where the geometry is no land or not valid.
    """
    asked = [one for one in INDEX_IDS if one not in {"E_PP", "E_BATTY"} - {perimeter_measure}]
    measures = _measures(extension, around)
    return tuple(judged(one, measures[one](), book, method=METHODS.get(one, {})) for one in asked)


def _measures(
    extension: BaseGeometry | None, around: Surroundings
) -> Mapping[IndexId, Callable[[], Measured]]:
    stock = partial(idle_share, around.stock)
    if extension is None or extension.is_empty:
        nothing = Measured(cause="geometry_missing", needs=("geometry",), reason="no_extension")
        return {one: lambda: nothing for one in INDEX_IDS} | {"E_INTENSITY": stock}
    if extension.geom_type not in {"Polygon", "MultiPolygon"} or not extension.is_valid:
        raise PlannerError("expansion_needs_area", type=extension.geom_type)
    site = Site.of(extension)
    land = Land(site=site, overlays=around.overlays)
    return {
        "E_AREA": partial(shapes.area, site),
        **_of_the_zone(site, around),
        "E_PARTS": partial(shapes.largest_part, site),
        "E_PP": partial(shapes.polsby_popper, site),
        "E_REOCK": partial(shapes.reock, site),
        "E_HULL": partial(shapes.hull_ratio, site),
        "E_BATTY": partial(shapes.batty, site),
        "E_HOLES": partial(shapes.hole_share, site),
        "E_WHOLE_UNITS": partial(whole_units, site, around.overlays.get(UNITS)),
        "E_FUNCTION": partial(farthest, site, around.areas),
        "E_USABLE": land.usable,
        "E_PBF": land.farmland,
        "E_CHUNK": land.chunks,
        "E_INTENSITY": stock,
    }


def _of_the_zone(site: Site, around: Surroundings) -> Mapping[IndexId, Callable[[], Measured]]:
    """Give the indices that rest on the outline of the present zone."""
    if around.zone is None:
        missing = Measured(cause="layer_missing", needs=("layer:zone",), reason="no_zone")
        return {one: lambda: missing for one in INDEX_IDS if one in _OF_THE_ZONE}
    connection = Connection.of(site, around.zone)
    measures: dict[IndexId, Callable[[], Measured]] = {
        "E_SHARED": connection.shared_boundary,
        "E_GAP": connection.gap,
        "E_UNION_PARTS": connection.more_parts,
        "E_SOUTH": connection.bearing,
        "E_ROADS": partial(road_share, connection, around),
    }
    if around.zone.is_whole:
        return measures
    return {one: partial(_in_part, measure) for one, measure in measures.items()}


def _in_part(measure: Callable[[], Measured]) -> Measured:
    """Keep the figure of a zone of which not everything was read, and conclude nothing."""
    needs, reason = ("complete:zone",), "zone_in_part"
    return replace(
        measure(), low=None, high=None, cause="layer_incomplete", needs=needs, reason=reason
    )
