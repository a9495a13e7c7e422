"""Whether the main roads of the zone go on into an expansion area."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import shapely

from parcels.expansion.model import Detail, Measured
from parcels.expansion.placement import over_placements

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcels.expansion.connection import Connection
    from parcels.expansion.surroundings import Road, Surroundings

REACH_M = 50.0
"""A road reaches the common line if it comes this near; it counts on a side of the line if at
least so much of it lies there."""
_NEEDS = ("layer:main_road",)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Link:
    name: str
    goes_on: bool


def road_share(connection: Connection, around: Surroundings) -> Measured:
    """Measure main roads that go on into the area / main roads that reach the common line.

    A road goes on by itself or by a road that the scenario draws at its end. Roads of which
    the class is not known are listed, and settle nothing.
    """
    roads = _in_plane(connection, around.roads)
    drawn = [connection.site.bring(one) for one in around.drawn_roads]
    accuracy = max(connection.zone.accuracy_m or 0.0, around.roads_accuracy_m or 0.0)
    found = over_placements(
        connection.site,
        accuracy,
        lambda shape: _share(_links(connection, shape, roads, drawn)),
        needs=("layer:zone", *_NEEDS),
    )
    links = _links(connection, connection.site.shape, roads, drawn)
    details = tuple(
        Detail(kind="road_goes_on" if one.goes_on else "road_ends", name=one.name) for one in links
    )
    if not around.roads_are_main:
        return Measured(
            value=found.value,
            cause="class_unknown",
            needs=_NEEDS,
            reason="road_class_unknown",
            details=details,
        )
    if found.value is None and not found.cause:
        return Measured(cause="geometry_uncertain", needs=_NEEDS, reason="no_road_reaches")
    return replace(found, details=details)


def _in_plane(connection: Connection, roads: Sequence[Road]) -> list[tuple[str, Any]]:
    return [(road.name, connection.site.bring(road.shape)) for road in roads]


def _share(links: Sequence[_Link]) -> float | None:
    return sum(one.goes_on for one in links) / len(links) if links else None


def _links(
    connection: Connection, shape: Any, roads: Sequence[tuple[str, Any]], drawn: Sequence[Any]
) -> list[_Link]:
    """Give the roads that come out of the zone to the line that a shape shares with it."""
    lines = [line for _, line in connection.frontier.stretches(shape)]
    if not lines:
        return []
    common = shapely.buffer(shapely.union_all(lines), REACH_M)
    inner = shapely.difference(connection.land, common)
    links = []
    for name, road in roads:
        reaches = shapely.intersects(common, road)
        if not reaches or shapely.intersection(road, inner).length < REACH_M:
            continue
        near = shapely.buffer(shapely.intersection(road, common), REACH_M)
        going = shapely.union_all([road, *(one for one in drawn if shapely.intersects(near, one))])
        goes_on = _length_in(going, shape) >= REACH_M
        links.append(_Link(name=name, goes_on=goes_on))
    return links


def _length_in(roads: Any, shape: Any) -> float:
    """Measure what of roads lies inside a shape; of surfaces half of the outline."""
    inside = shapely.intersection(roads, shape)
    parts = shapely.get_parts(inside)
    return float(sum(one.length / (2 if one.geom_type == "Polygon" else 1) for one in parts))
