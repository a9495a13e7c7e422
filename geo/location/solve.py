"""From a phrase to the land it names on a network."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.area import ellipsoidal_area
from geo.crs import to_lonlat
from geo.errors import PlannerError
from geo.location.anchors import Anchors
from geo.location.corner import block_of, near_lines
from geo.location.describe import described, distinct, trouble
from geo.location.envelope import Land, land_of, may_overlap
from geo.location.fitting import fit
from geo.location.location import LocatedPart, Location, LocationClass
from geo.location.names import is_nameless
from geo.location.phrases import area_in, parse
from geo.location.reading import SIDES
from geo.location.statements import Statements, statements

if TYPE_CHECKING:
    from pyproj import CRS

    from geo.location.network import Network
    from geo.location.reading import Bound, Part, Reading

_LONGEST_EDGE_M = 2_000.0
# Land that comes out empty for one of these is no contradiction in the words.
_NOT_THE_WORDS = frozenset({"direction_along_road", "roads_do_not_enclose"})


def solve(phrase: str, network: Network, *, area_m2: float | None = None) -> Location:
    """Read a phrase and locate what it names.

    Parameters
    ----------
    phrase : str
        For example 信臣路以南、热电厂以西.
    network : Network
    area_m2 : float, optional
        Wanted ellipsoidal area of the parcel, for a candidate inside the land. Without it, the
        area that the phrase itself states is used, if it speaks of one piece of land.

    Returns
    -------
    Location
        Geometries in EPSG:4490, longitude before latitude.

    Raises
    ------
    PlannerError
        ``phrase_too_long``, from `parse`; ``area_not_positive``.
    """
    reading = parse(phrase, network.gazetteer)
    if area_m2 is None and len(reading.parts) == 1:
        area_m2 = area_in(phrase)
    return locate(reading, network, area_m2=area_m2)


def locate(reading: Reading, network: Network, *, area_m2: float | None = None) -> Location:
    """Locate a phrase that is already read; see `solve`."""
    if area_m2 is not None and not 0 < area_m2 < np.inf:
        raise PlannerError("area_not_positive", value=area_m2)
    parts = tuple(_located(part, network, area_m2) for part in reading.parts)
    return Location(phrase=reading.phrase, parts=parts)


def _located(part: Part, network: Network, area_m2: float | None) -> LocatedPart:
    anchors = Anchors.of(part, network)
    stated = statements(part, anchors)
    answer = described(part, stated, anchors, area_m2)
    part, stated, left_out = _on_map(part, stated, anchors)
    if left_out:
        answer = replace(answer, notes=distinct(answer.notes, left_out))
    why_not = trouble(part, stated, anchors)
    if why_not is not None:
        class_, notes = why_not
        return replace(answer, class_=class_, notes=distinct(answer.notes, notes))
    land = land_of(part, stated, anchors)
    if land.region is not None and shapely.is_empty(land.region):
        doubt = ["within_accuracy_of_anchors"] if may_overlap(land, anchors) else []
        return _empty(replace(answer, notes=distinct(answer.notes, land.notes, doubt)), part)
    return _drawn(answer, part, land, anchors)


def _on_map(
    part: Part, stated: Statements, anchors: Anchors
) -> tuple[Part, Statements, tuple[str, ...]]:
    """Leave out bounds that name nothing (西至空地): no map can show where they are."""

    def named(bound: Bound) -> bool:
        return anchors.matches[bound.name].status != "unknown" or not is_nameless(bound.name.text)

    if all(map(named, stated.bounds)):
        return part, stated, ()
    return (
        replace(part, bounds=tuple(filter(named, part.bounds))),
        replace(stated, bounds=tuple(filter(named, stated.bounds))),
        ("bound_without_name",),
    )


def _empty(answer: LocatedPart, part: Part) -> LocatedPart:
    if _NOT_THE_WORDS & set(answer.notes):
        return replace(answer, class_="ambiguous")
    if part.straddles:
        return replace(
            answer, class_="straddling", notes=distinct(answer.notes, ["no_land_along_road"])
        )
    notes = distinct(answer.notes, ["bounds_exclude_each_other"])
    return replace(answer, class_="contradictory", notes=notes)


def _drawn(answer: LocatedPart, part: Part, land: Land, anchors: Anchors) -> LocatedPart:
    """Add class, envelope, block and candidate."""
    block = None if land.region is None else block_of(part, land, anchors)
    candidate, why = None, None
    notes = [*answer.notes, *land.notes]
    if block is None and land.open_ and (part.straddles or len(land.sides) > 1):
        notes.append("no_closed_block")
    if answer.area_m2 is not None:
        candidate, why = _candidate(part, land, block, answer.area_m2, anchors)
    envelope, block, candidate = _in_degrees([land.region, block, candidate], anchors.network.crs)
    bounds, missing = answer.bounds, answer.missing
    if land.enclosure is not None:
        taken = list(zip(land.enclosure.sides, part.enclosed, strict=True))
        bounds = {
            side: distinct(bounds[side], [name.text for own, name in taken if own == side])
            for side in SIDES
        }
        missing = ()
    return replace(
        answer,
        class_=_class(part, land),
        bounds=bounds,
        missing=missing,
        envelope=envelope,
        block=block,
        candidate=candidate,
        notes=distinct(notes, [why] if why else []),
    )


def _class(part: Part, land: Land) -> LocationClass:
    if "direction_along_road" in land.notes:
        return "ambiguous"
    if part.straddles:
        return "straddling"
    if land.enclosure is not None or len(land.sides) == len(SIDES):
        return "closed"
    if land.sides:
        return "one_sided" if len(land.sides) == 1 else "half_open"
    return "within"


def _candidate(
    part: Part, land: Land, block: Any, area_m2: float, anchors: Anchors
) -> tuple[Any, str | None]:
    """Cut a piece of the wanted area from the block, or from the envelope if it needs more."""
    lines = near_lines(part, land, anchors)
    if land.region is None or (land.open_ and not lines):
        return None, "area_without_place"
    crs = anchors.network.crs
    if ellipsoidal_area(land.region, crs) < area_m2:
        return None, "area_does_not_fit"
    if block is not None and ellipsoidal_area(block, crs) >= area_m2:
        return fit(block, lines, area_m2, crs), None
    return fit(land.region, lines, area_m2, crs), None if block is None else "area_exceeds_block"


def _in_degrees(shapes: list[Any], crs: CRS) -> Any:
    """Bring geometries to EPSG:4490; long edges get vertices so that they stay in place."""
    dense = shapely.segmentize(np.array(shapes, dtype=object), _LONGEST_EDGE_M)
    lonlat = to_lonlat(dense, crs)
    broken = ~(shapely.is_valid(lonlat) | shapely.is_missing(lonlat))
    if broken.any():  # rounding can make a ring touch itself
        lonlat[broken] = shapely.make_valid(lonlat[broken], method="structure")
    return lonlat
