"""What the preview of a dropped file shows: its parcels, its repairs, where it could lie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.systems import read_system
from layers.scene import LayerGroup, MapFeature, MapLayer, Selection
from parcels.map_scene import PARCELS, Chosen
from parcels.messages import text
from parcels.set_scene import CHOSEN_PARCEL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.survey.model import Survey
    from parcels.map_scene import Lang
    from parcels.parcel_sets import ParcelSet

CANDIDATES = "candidates"
REPAIRS = "repairs"
MOST_REPAIRS = 200  # drawn; the cards and the tables have all
_SMALLEST_DEGREES = 0.0005  # about 50 m: what has no area is drawn as a dot of this size
_PLANAR = 2


def letter(position: int) -> str:
    """Name a candidate by its place: A, B, C and so on."""
    return chr(ord("A") + position)


def candidate_group(candidates: Sequence[Mapping[str, Any]], lang: Lang) -> LayerGroup:
    """Draw where the numbers of a file could lie, lettered in the order of the candidates.

    Parameters
    ----------
    candidates : sequence of mapping
        With ``outline``, pairs [lon, lat] (`geo.survey.place.candidates`).
    """
    features = tuple(
        MapFeature(
            id=letter(position),
            geometry=candidate_shape(candidate),
            number=letter(position),
            tooltip=letter(position),
            geometry_class="digitized",
        )
        for position, candidate in enumerate(candidates)
    )
    title = text(lang, "ui.import.possible_places")
    layer = MapLayer(id=CANDIDATES, title=title, kind="parcel", features=features)
    return LayerGroup(id=CANDIDATES, title=title, layers=(layer,))


def candidate_shape(candidate: Mapping[str, Any]) -> BaseGeometry:
    """Return the outline of a candidate in EPSG:4490; a dot where it has no area."""
    corners = candidate.get("outline") or [[candidate["lon"], candidate["lat"]]]
    hull = shapely.convex_hull(shapely.multipoints(np.asarray(corners, dtype=float)))
    return hull if shapely.get_dimensions(hull) == _PLANAR else hull.buffer(_SMALLEST_DEGREES)


def repair_group(survey: Survey, lang: Lang) -> LayerGroup | None:
    """Draw what rejected features would become; None where there is nothing to repair."""
    open_ = [one for one in survey.repairs if not one.applied][:MOST_REPAIRS]
    if not open_:
        return None
    features = tuple(
        MapFeature(
            id=str(one.row),
            geometry=shapely.from_wkb(one.after),
            tooltip=text(lang, "ui.import.feature_number", number=one.row + 1),
            geometry_class="solved_from_text",
        )
        for one in open_
    )
    title = text(lang, "ui.import.to_repair")
    layer = MapLayer(id=REPAIRS, title=title, kind="parcel", features=features)
    return LayerGroup(id=REPAIRS, title=title, layers=(layer,))


def whole_of(survey: Survey, held: ParcelSet | None) -> BaseGeometry | None:
    """Return the box of all that a file puts on the map; None: nothing."""
    boxes = [shapely.box(*held.bounds)] if held is not None and len(held) else []
    boxes += [shapely.from_wkb(one.after) for one in survey.repairs[:MOST_REPAIRS]]
    return shapely.box(*shapely.total_bounds(boxes)) if boxes else None


def chosen_parcel(held: ParcelSet, position: int, serial: int, *, large: bool) -> Chosen:
    """Mark a parcel and look at it."""
    layer = CHOSEN_PARCEL if large else PARCELS
    return Chosen(
        selection=Selection(layer=layer, id=str(position + 1)),
        place=held.shapes[position],
        focus_serial=serial,
    )


def chosen_repair(survey: Survey, row: int, serial: int) -> Chosen | None:
    """Mark what a rejected feature would become; None: no repair is proposed for it."""
    found = next((one for one in survey.repairs if one.row == row), None)
    if found is None:
        return None
    selection = None if found.applied else Selection(layer=REPAIRS, id=str(row))
    return Chosen(selection=selection, place=shapely.from_wkb(found.after), focus_serial=serial)


def ground_in_doubt(survey: Survey, position: int) -> BaseGeometry | None:
    """Return the areas that findings about a parcel name (an overlap, a gap), EPSG:4490."""
    findings = survey.findings
    own = np.flatnonzero(findings.column("parcel").to_numpy() == position)
    places = findings.column("wkb").take(own).to_pylist()
    shapes = shapely.from_wkb([place for place in places if place is not None])
    areas = [shape for shape in shapes if shapely.get_dimensions(shape) == _PLANAR]
    if not areas:
        return None
    found: BaseGeometry = read_system(survey.crs.definition).to_lonlat(shapely.union_all(areas))
    return found
