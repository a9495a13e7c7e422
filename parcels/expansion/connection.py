"""How an expansion area lies to the present zone: common line, gap, parts together, bearing."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import shapely

from parcels.expansion.contact import SNAP_M, Frontier
from parcels.expansion.model import Detail, Measured
from parcels.expansion.placement import over_placements, placements
from parcels.expansion.shape_indices import parts_of

if TYPE_CHECKING:
    from parcels.expansion.placement import Site
    from parcels.expansion.surroundings import Zone

CLOSED_M = 50.0
"""Roads and canals up to this width do not part land."""
_ROUND_M = 0.001
_CRUMB_M2 = 1.0
_NEEDS = ("layer:zone",)
_FULL_TURN = 360.0
_HALF_TURN = 180.0


@dataclass(frozen=True, kw_only=True, eq=False)
class Connection:
    """An expansion area beside the zone, both in the plane of ``site``."""

    site: Site
    zone: Zone
    land: Any
    frontier: Frontier

    @classmethod
    def of(cls, site: Site, zone: Zone) -> Connection:
        """Bring the zone beside the area."""
        land = site.bring(zone.shape)
        return cls(site=site, zone=zone, land=land, frontier=Frontier(land))

    def shared_boundary(self) -> Measured:
        """Measure the share of the area's perimeter that runs along the zone."""
        found = self._placed(lambda shape: self._shared(shape) / shape.length)
        shared = [
            Detail(kind="shared", figures={"length_m": length})
            for length, _ in self.frontier.stretches(self.site.shape)
        ]
        inside = self.site.area(shapely.intersection(self.site.shape, self.land))
        overlap = [Detail(kind="zone_overlap", figures={"area_m2": inside})]
        perimeter = Detail(
            kind="drawn_perimeter", figures={"perimeter_m": float(self.site.shape.length)}
        )
        details = (*shared, perimeter, *(overlap if inside > _CRUMB_M2 else ()))
        return replace(found, details=details)

    def gap(self) -> Measured:
        """Measure the least distance from the area to the zone, 0 up to the snap distance.

        Lines so near count as one here as in the common line: what is snapped to an edge on a map
        lies some centimetres beside it in the plane.
        """
        found = self._placed(self._gap)
        drawn = float(shapely.distance(self.site.shape, self.land))
        detail = Detail(kind="gap", figures={"metres": f"{drawn:,.2f}"})
        return replace(found, details=(detail,) if drawn > 0 else ())

    def more_parts(self) -> Measured:
        """Count the parts that the area adds to those of the zone, gaps closed."""
        before = len(_closed_parts(self.land))
        found = self._placed(
            lambda shape: float(len(_closed_parts(shapely.union(shape, self.land))) - before)
        )
        together = len(_closed_parts(shapely.union(self.site.shape, self.land)))
        figures = {"zone": str(before), "together": str(together)}
        return replace(found, details=(Detail(kind="union_parts", figures=figures),))

    def bearing(self) -> Measured:
        """Measure the bearing from the zone's centroid to the area's, clockwise from north.

        The ends of an uncertain bearing may lie beyond 0 and 360, so that they enclose it.
        """
        shapes = placements(self.site.shape, self.zone.accuracy_m)
        ways = [self._way(shape) for shape in shapes]
        length, drawn = ways[0]
        if length <= (self.zone.accuracy_m or 0.0) or length <= _ROUND_M:
            return Measured(cause="geometry_uncertain", needs=_NEEDS, reason="no_bearing")
        turns = [_turn(drawn, bearing) for _, bearing in ways]
        detail = Detail(kind="bearing", figures={"length_m": length})
        known = Measured(
            value=drawn, low=drawn + min(turns), high=drawn + max(turns), details=(detail,)
        )
        return known if known.is_certain else self._uncertain(known)

    def _way(self, shape: Any) -> tuple[float, float]:
        start, end = shapely.centroid(self.land), shapely.centroid(shape)
        east, north = end.x - start.x, end.y - start.y
        return math.hypot(east, north), math.degrees(math.atan2(east, north)) % _FULL_TURN

    def _gap(self, shape: Any) -> float:
        distance = float(shapely.distance(shape, self.land))
        return distance if distance > SNAP_M else 0.0

    def _shared(self, shape: Any) -> float:
        return math.fsum(length for length, _ in self.frontier.stretches(shape))

    def _placed(self, measure: Any) -> Measured:
        return over_placements(self.site, self.zone.accuracy_m, measure, needs=_NEEDS)

    def _uncertain(self, found: Measured) -> Measured:
        return replace(
            found,
            cause="geometry_uncertain",
            needs=_NEEDS,
            reason="placement",
            values={"accuracy_m": self.zone.accuracy_m},
        )


def _closed_parts(land: Any) -> list[Any]:
    """Close gaps up to `CLOSED_M` wide and return the parts."""
    radius = CLOSED_M / 2 + _ROUND_M
    closed = shapely.buffer(shapely.buffer(land, radius), -radius)
    return [one for one in parts_of(closed) if one.area > _CRUMB_M2]


def _turn(start: float, end: float) -> float:
    """Give the turn from one bearing to another, −180 to 180 degrees."""
    return (end - start + _HALF_TURN) % _FULL_TURN - _HALF_TURN
