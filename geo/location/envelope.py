"""The land that satisfies a part: all points, as far as the words enclose any."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from typing import TYPE_CHECKING, Any

import shapely

from geo.location.blocks import polygonal
from geo.location.enclosure import Enclosure, enclosed_by
from geo.location.frontage import along, fronting_faces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.location.anchors import Anchors
    from geo.location.halves import Half
    from geo.location.reading import Bound, Distance, Name, Part, Side
    from geo.location.statements import Statements

_ABOUT = 1.25
_NOTHING_M2 = 1.0
_SIDE_BY_SIDE_M = 50.0
_OPPOSITE_SIDES: list[set[Side]] = [
    {"N", "S"},
    {"E", "W"},
]  # with features along the first and the second axis
_ALL_SIDES = 4


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Land:
    """Where the parcel may lie; metres.

    Attributes
    ----------
    region : Polygon, MultiPolygon or None
        None: the words do not enclose anything. Empty: they exclude each other.
    open_ : bool
        The window cuts the land off where the words leave it open.
    halves : tuple of (Bound, Half)
    sides : frozenset of Side
        The parcel's sides that words bound.
    enclosure : Enclosure or None
        The face of a 围合 list.
    notes : tuple of str
    """

    region: Any
    open_: bool
    halves: tuple[tuple[Bound, Half], ...]
    sides: frozenset[Side]
    enclosure: Enclosure | None
    notes: tuple[str, ...]


def land_of(part: Part, stated: Statements, anchors: Anchors) -> Land:
    """Draw the land of a part whose bounding names all have a place.

    Parameters
    ----------
    part : Part
    stated : Statements
        Its bounds, from `geo.location.statements.statements`.
    anchors : Anchors

    Returns
    -------
    Land
    """
    halves = tuple(
        (bound, anchors.network.half(anchors.place(bound.name), bound.direction))
        for bound in stated.bounds
    )
    inside, outside, notes = _limits(part, stated, anchors)
    notes += [note for _, half in halves for note in half.notes]
    enclosure = enclosed_by([anchors.place(name) for name in part.enclosed], anchors.network)
    if enclosure is not None:
        inside.append(enclosure.face)
    elif part.enclosed:
        notes.append("roads_do_not_enclose")
        inside.append(shapely.Polygon())
    sides = frozenset(side for bound, _ in halves for side in bound.sides)
    if not inside and not part.straddles and len(sides) <= 1:
        region, open_ = None, True
    else:
        open_ = bool(part.straddles) or (not inside and len(sides) < _ALL_SIDES)
        inside += [half.region for _, half in halves]
        region, open_, why = _cut(inside, outside, open_, anchors)
        if not _in_order(region, halves, anchors):
            region, why = shapely.Polygon(), []
        notes += why
        for name in part.straddles if region else ():
            region = _fronting_land(anchors.place(name), anchors, region)
    return Land(
        region=region,
        open_=open_,
        halves=halves,
        sides=sides,
        enclosure=enclosure,
        notes=tuple(notes),
    )


def _cut(
    inside: list[Any], outside: list[Any], open_: bool, anchors: Anchors
) -> tuple[Any, bool, list[str]]:
    """Intersect, and cut at the window where the land is open or reaches the horizon."""
    window = anchors.network.window_of(anchors.positions())
    if open_:
        inside = [shapely.clip_by_rect(area, *window.bounds) for area in inside] or [window]
    near = region = reduce(shapely.intersection, inside)
    if outside:
        region = shapely.difference(near, shapely.union_all(outside))
    if not open_ and not anchors.network.horizon.holds(region):
        open_, region = True, shapely.intersection(region, window)
    region = polygonal(region)
    if shapely.area(region) >= _NOTHING_M2:
        return region, open_, ["open_sides_cut_at_window"] if open_ else []
    if outside and shapely.area(near) >= _NOTHING_M2:  # further away than the network reaches
        return None, open_, ["land_outside_window"]
    return shapely.Polygon(), open_, []


def may_overlap(land: Land, anchors: Anchors) -> bool:
    """Tell whether the bounds leave land if each anchor is as far off as its accuracy allows."""
    window = anchors.network.window_of(anchors.positions()).bounds
    moved = []
    for bound, half in land.halves:
        accuracy = anchors.network.features[anchors.place(bound.name)].accuracy_m or 0.0
        moved.append(shapely.buffer(shapely.clip_by_rect(half.region, *window), accuracy))
    overlap = reduce(shapely.intersection, moved) if moved else shapely.Polygon()
    return bool(shapely.area(overlap) >= _NOTHING_M2) and _in_order(overlap, land.halves, anchors)


def _in_order(region: Any, halves: tuple[tuple[Bound, Half], ...], anchors: Anchors) -> bool:
    """Tell whether opposite bounds leave land where both features really are.

    Prolonged far enough, two roads that are not quite parallel leave land on any side of both;
    what counts is their order side by side.
    """
    strips = _side_by_side(halves, anchors)
    return all(
        shapely.area(shapely.clip_by_rect(region, *strip)) >= _NOTHING_M2 for strip in strips
    )


def _side_by_side(halves: tuple[tuple[Bound, Half], ...], anchors: Anchors) -> Iterator[Any]:
    """Yield the strip in which the features of two opposite bounds run beside each other."""
    shapes = anchors.network.shapes
    west, south, east, north = anchors.network.horizon.bounds
    for (first, _), (second, _) in combinations(halves, 2):
        sides = {*first.sides, *second.sides}
        if sides not in _OPPOSITE_SIDES:
            continue
        one, other = (
            shapely.bounds(shapes[anchors.place(bound.name)]) for bound in (first, second)
        )
        axis = _OPPOSITE_SIDES.index(sides)
        low, high = max(one[axis], other[axis]), min(one[axis + 2], other[axis + 2])
        if high - low > _SIDE_BY_SIDE_M:
            yield (low, south, high, north) if axis == 0 else (west, low, east, high)


def _limits(
    part: Part, stated: Statements, anchors: Anchors
) -> tuple[list[Any], list[Any], list[str]]:
    """Areas that the land lies inside or outside of: surroundings and distances."""
    inside, outside, notes = [], [], []
    for name in part.within:
        area, why = _area(name, anchors)
        inside += [] if area is None else [area]
        notes += why
    shapes = anchors.network.shapes
    near = [(name, distance) for name, distance in part.near if distance is not None]
    placed = [item for item in near if anchors.position(item[0]) is not None]
    notes += [] if len(placed) == len(near) else ["near_not_used"]
    distances = [
        *((shapes[anchors.place(bound.name)], bound.distance) for bound in stated.bounds),
        *((shapes[anchors.place(name)], distance) for name, distance in placed),
        *stated.circles,
    ]
    for shape, distance in distances:
        if distance is None:
            continue
        if distance.kind == "beyond":
            outside.append(shapely.buffer(shape, distance.metres))
        else:
            inside.append(shapely.buffer(shape, _reach(distance)))
        notes += ["distance_approximate"] if distance.kind == "at" else []
    notes += [] if all(distance for _, distance in part.near) else ["near_without_distance"]
    return inside, outside, notes


def _reach(distance: Distance) -> float:
    return distance.metres * (_ABOUT if distance.kind == "at" else 1.0)


def _area(name: Name, anchors: Anchors) -> tuple[Any, list[str]]:
    """Area of a surrounding place: its polygon, or what a ring road encloses."""
    position = anchors.position(name)
    if position is None:
        return None, ["within_not_used"]
    shape, course = anchors.network.shapes[position], anchors.network.courses[position]
    if shapely.get_dimensions(shape) == 2:  # noqa: PLR2004
        return shape, []
    if course is not None and course.ring is not None:
        return shapely.make_valid(shapely.polygons(course.ring), method="structure"), []
    return None, ["within_has_no_area"]


def _fronting_land(position: int, anchors: Anchors, land: Any) -> Any:
    closed, cut_off = fronting_faces(position, anchors.network, land)
    fronting = shapely.intersection(shapely.union_all([*closed, *cut_off]), land)
    return along(position, anchors.network, fronting)
