"""Parcels beside lines: what lies in the zone for sure, what may lie in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from parcels.checks.overlaying_pairs import SLIVER_M2, TOUCH_WIDTH_M, thin

if TYPE_CHECKING:
    from parcels.checks.overlaying import Ground
    from parcels.checks.overlaying_grades import Zones
    from parcels.checks.subject import Floats, Objects
    from parcels.checks.uncertain import Bools, Ints

_ARC_STEPS = 16


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Strips:
    """Pairs of a parcel and a line whose zone it may meet, m of them, sorted.

    Attributes
    ----------
    parcel, feature : int array, shape (m,)
    distance_m : float array, shape (m,)
        From the drawn parcel to what is drawn of the line, edge to edge.
    strip_m2 : float array, shape (m,)
        Area of the parcel that lies in the zone for sure.
    hit, sliver : bool array, shape (m,)
        It shares land with the zone for sure; hardly any. Where neither, it may.
    """

    parcel: Ints
    feature: Ints
    distance_m: Floats
    strip_m2: Floats
    hit: Bools
    sliver: Bools


def strips(ground: Ground, zones: Zones) -> Strips:
    """Find every parcel that the zone of a line reaches, or may reach.

    Parcels whose accuracy is not stated are left out, as are lines whose zone has no bound.
    """
    parcel, feature = _near(ground, zones)
    shapes, lines = ground.parcels.drawn[parcel], ground.land[feature]
    distance = shapely.distance(shapes, lines)
    reach, sure = ground.reach[parcel], zones.sure[feature]
    open_to = np.maximum(zones.possible[feature] + reach - TOUCH_WIDTH_M, sure)
    itself = zones.itself[feature]
    close = (distance < open_to) | (itself & (distance <= reach))
    parcel, feature, distance = parcel[close], feature[close], distance[close]
    area, touch, sliver = _sure_strips(ground, zones, parcel, feature)
    may = (zones.possible - zones.sure)[feature] > TOUCH_WIDTH_M
    measured = ground.measured[parcel]
    hit = np.where(measured, ~touch & ~sliver, area > SLIVER_M2)
    sliver = measured & sliver & ~touch & ~may
    kept = hit | sliver | may | ~measured
    return Strips(
        parcel=parcel[kept],
        feature=feature[kept],
        distance_m=distance[kept],
        strip_m2=area[kept],
        hit=hit[kept],
        sliver=sliver[kept],
    )


def strip_of(ground: Ground, zones: Zones, parcel: int, feature: int) -> shapely.Geometry:
    """Return the land of a parcel that the zone takes for sure, in the plane."""
    metres = zones.sure[feature] - ground.reach[parcel]
    zone = shapely.buffer(ground.land[feature], metres, quad_segs=_ARC_STEPS)
    return shapely.intersection(ground.parcels.drawn[parcel], zone)


def _near(ground: Ground, zones: Zones) -> tuple[Ints, Ints]:
    bounded = np.isfinite(zones.possible)
    rows = np.flatnonzero(ground.parcels.sound & np.isfinite(ground.reach))
    if not bounded.any() or not len(rows):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    farthest = float(zones.possible[bounded].max())
    lines = ground.land.copy()
    lines[~bounded] = None
    found, feature = shapely.STRtree(lines).query(
        ground.parcels.drawn[rows], predicate="dwithin", distance=ground.reach[rows] + farthest
    )
    order = np.lexsort((feature, found))
    return rows[found[order]], feature[order]


def _sure_strips(
    ground: Ground, zones: Zones, parcel: Ints, feature: Ints
) -> tuple[Floats, Bools, Bools]:
    """Return area of the strip, whether it is a touch or nothing, and whether it is a sliver.

    The zone of a line is drawn with round ends by chords, which lie inside it: less than 0.5 % of
    its width is lost there. A place counts only where the zone covers all of it.
    """
    shapes = ground.parcels.drawn[parcel]
    metres = zones.sure[feature] - ground.reach[parcel]
    zone = _zones_drawn(ground.land, feature, metres)
    pieces = shapely.intersection(shapes, zone)
    touch, sliver = thin(pieces)
    area = shapely.area(pieces)
    place = ground.parcels.has_place[parcel]
    area[place & ~shapely.covers(zone, shapes)] = 0.0
    return np.round(area * ground.scale[parcel], 4), touch, sliver


def _zones_drawn(land: Objects, feature: Ints, metres: Floats) -> Objects:
    """Buffer each line once for each distance that is asked for."""
    asked, which = np.unique(np.column_stack([feature, metres]), axis=0, return_inverse=True)
    drawn: Objects = shapely.buffer(
        land[asked[:, 0].astype(np.int64)], asked[:, 1], quad_segs=_ARC_STEPS
    )
    return drawn[np.ravel(which)]
