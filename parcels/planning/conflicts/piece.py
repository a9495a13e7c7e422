"""Land that a sketch shares with one other outline, as a conflict."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import shapely

from geo.area import ellipsoidal_area
from geo.crs import to_local
from parcels.checks.over_layers.rules import kind_words
from parcels.checks.subject import EXACT_M
from parcels.findings import Finding
from parcels.messages import LANGUAGES, text
from parcels.planning.conflicts.model import Conflict
from parcels.planning.conflicts.subject import accuracy_of, plane_for
from parcels.rules.judge import breach_outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyproj import CRS
    from shapely.geometry.base import BaseGeometry

    from geo.overlap.polygons import Polygons
    from parcels.planning.ground.prepared import Ground
    from parcels.planning.model import Element
    from parcels.rules.load import AppliedRule


class Asked(NamedTuple):
    """An element taken apart once: in its plane, as flat arrays, with its areas."""

    element: Element
    land: BaseGeometry
    here: BaseGeometry
    plane: CRS
    flat: Polygons
    area_m2: float
    scale: float
    is_exact: bool


def take_apart(element: Element, land: BaseGeometry, ground: Ground) -> Asked:
    """Bring an element to the plane in which it is measured, once for all that it is asked."""
    from geo.overlap.polygons import Polygons

    plane = plane_for(land, ground)
    here = to_local(land, plane)
    area = float(ellipsoidal_area(here, plane))
    return Asked(
        element=element,
        land=land,
        here=here,
        plane=plane,
        flat=Polygons.from_shapes([here]),
        area_m2=area,
        scale=area / here.area,
        is_exact=accuracy_of(element) <= EXACT_M,
    )


class Piece(NamedTuple):
    """Shared land: with what, how much, whether it is a sliver and whether it is certain."""

    other: str
    area: float
    sliver: bool
    sure: bool
    drawn: BaseGeometry | None


def conflict_of(
    asked: Asked, layer: tuple[str, Mapping[str, str]], applied: AppliedRule, piece: Piece
) -> Conflict:
    """Say what land is shared: a breach, a sliver, or open where nothing is certain."""
    outcome, reason = breach_outcome(applied.rule), "sketch_shares"
    if not piece.sure:
        outcome, reason = "unknown", "sketch_may_share"
    elif piece.sliver:
        outcome, reason = "warning", "sketch_sliver"
    finding = Finding(
        parcel=0,
        check=applied.rule.check,
        rule=applied.id,
        outcome=outcome,
        reason=reason,
        measured=piece.area,
        unit="m2",
        share=min(piece.area / asked.area_m2, 1.0),
        other=piece.other,
        cause="" if piece.sure else "geometry_uncertain",
        needs=() if piece.sure else ("geometry",),
        values={"layer": layer[1]},
    )
    return Conflict(element=asked.element.id, layer=layer[0], finding=finding, shape=piece.drawn)


def words_of(layer: str) -> dict[str, str]:
    """Return the title of a layer of land in each language."""
    if layer in {"parcels", "elements"}:
        return {lang: text(lang, f"sketch_layer.{layer}") for lang in LANGUAGES}
    return kind_words(layer)


def land_in(piece: BaseGeometry) -> BaseGeometry:
    """Keep the land of a piece: where outlines touch, lines come with it."""
    if piece.geom_type in {"Polygon", "MultiPolygon"}:
        return piece
    parts = shapely.get_parts(piece)
    land: BaseGeometry = shapely.multipolygons(parts[shapely.area(parts) > 0])
    return land
