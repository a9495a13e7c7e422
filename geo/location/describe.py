"""What the words of a part say, and whether that is enough to draw it."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from geo.location.anchors import Anchors, bounding_names
from geo.location.location import LocatedPart, LocationClass
from geo.location.reading import SIDES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.location.reading import Part
    from geo.location.statements import Statements


def described(
    part: Part, stated: Statements, anchors: Anchors, area_m2: float | None
) -> LocatedPart:
    """Write down what the words say; nothing is drawn yet.

    Returns
    -------
    LocatedPart
        Of class ``within`` until more is known.
    """
    bounds = {
        side: distinct(bound.name.text for bound in stated.bounds if side in bound.sides)
        for side in SIDES
    }
    told = bool(stated.bounds or part.straddles or part.crossings or part.between)
    silent = not (told or part.within or part.near or part.enclosed)
    distances = [
        *((bound.name, bound.distance) for bound in part.bounds),
        *((name, crossing.distance) for crossing in part.crossings for name in crossing.names),
        *part.near,
    ]
    return LocatedPart(
        class_="within",
        bounds=bounds,
        straddles=distinct(name.text for name in part.straddles),
        within=distinct(name.text for name in part.within),
        between=tuple((first.text, second.text) for first, second in part.between),
        distance_m={name.text: distance.metres for name, distance in distances if distance},
        missing=tuple(side for side in SIDES if (told or silent) and not bounds[side]),
        anchors=anchors.described(),
        area_m2=area_m2,
        accuracy_m=anchors.worst_accuracy(),
        notes=distinct(part.notes, stated.notes),
    )


def distinct(*groups: Iterable[str]) -> tuple[str, ...]:
    """Put texts together, each once, in order of first appearance."""
    return tuple(dict.fromkeys(chain.from_iterable(groups)))


def trouble(
    part: Part, stated: Statements, anchors: Anchors
) -> tuple[LocationClass, tuple[str, ...]] | None:
    """Say why a part cannot be drawn at all.

    Returns
    -------
    (LocationClass, tuple of str) or None
        Class and notes; None when every name that bounds the land has one place.
    """
    if _contradicts_itself(stated, anchors):
        return "contradictory", ("same_feature_on_opposite_sides",)
    needed = bounding_names(part) or tuple(name for name, distance in part.near if distance)
    if not needed and any(anchors.position(name) is not None for name in part.within):
        return None
    needed = needed or part.within
    statuses = {anchors.matches[name].status for name in needed}
    if not needed or "unknown" in statuses:
        return "unresolved", () if needed or not part.near else ("near_without_distance",)
    if "ambiguous" in statuses:
        return "ambiguous", ()
    if any(anchors.position(name) is None for name in needed):
        return "unresolved", ("anchor_without_geometry",)
    return None if stated.settled else ("ambiguous", ())


def _contradicts_itself(stated: Statements, anchors: Anchors) -> bool:
    by_side = {
        side: {anchors.identity(bound.name) for bound in stated.bounds if side in bound.sides}
        for side in SIDES
    }
    return bool(by_side["N"] & by_side["S"] or by_side["E"] & by_side["W"])
