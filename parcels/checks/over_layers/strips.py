"""Parcels beside lines: what lies in the zone for sure, what may lie in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from parcels.checks.over_layers.pairs import (
    LEAST_M2,
    SLIVER_M2,
    THIN_M2,
    TOUCH_WIDTH_M,
    thin,
)

if TYPE_CHECKING:
    from parcels.checks.over_layers.grades import Zones
    from parcels.checks.over_layers.ground import Ground
    from parcels.checks.over_layers.uncertain import Bools, Ints
    from parcels.checks.subject import Floats, Objects

_ARC_STEPS = 16
_LONG = 16
_FEW = 1000
"""Fewer pairs are intersected one by one; of more the areas are joined at once."""


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
    parcel, feature, distance = _near(ground, zones)
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


def _near(ground: Ground, zones: Zones) -> tuple[Ints, Ints, Floats]:
    """Return parcels, lines and their distances wherever a zone may reach, sorted."""
    bounded = np.isfinite(zones.possible)
    rows = np.flatnonzero(ground.parcels.sound & np.isfinite(ground.reach))
    farthest = float(zones.possible[bounded].max(initial=0.0))
    piece, owner = _pieces(ground.land, np.flatnonzero(bounded))
    found, at = shapely.STRtree(piece).query(
        ground.parcels.drawn[rows], predicate="dwithin", distance=ground.reach[rows] + farthest
    )
    distance = shapely.distance(ground.parcels.drawn[rows[found]], piece[at])
    order = np.lexsort((distance, owner[at], found))
    found, feature, distance = found[order], owner[at[order]], distance[order]
    nearest = np.ones(len(found), dtype=bool)
    nearest[1:] = (np.diff(found) != 0) | (np.diff(feature) != 0)
    return rows[found[nearest]], feature[nearest], distance[nearest]


def _pieces(land: Objects, features: Ints) -> tuple[Objects, Ints]:
    """Cut long lines into short ones, which are found and measured much quicker."""
    parts, owner = shapely.get_parts(land[features], return_index=True)
    long = (shapely.get_dimensions(parts) == 1) & (shapely.get_num_points(parts) > _LONG)
    pieces, owners = [parts[~long]], [features[owner[~long]]]
    for line, feature in zip(parts[long], features[owner[long]], strict=True):
        points = shapely.get_coordinates(line)
        starts = range(0, len(points) - 1, _LONG - 1)
        cut = [shapely.LineString(points[start : start + _LONG]) for start in starts]
        pieces.append(np.array(cut, dtype=object))
        owners.append(np.full(len(cut), feature))
    return np.concatenate(pieces), np.concatenate(owners)


def _sure_strips(
    ground: Ground, zones: Zones, parcel: Ints, feature: Ints
) -> tuple[Floats, Bools, Bools]:
    """Return area of the strip, whether it is a touch or nothing, and whether it is a sliver.

    The zone of a line is drawn with round ends by chords, which lie inside it: less than 0.5 % of
    its width is lost there. A place counts only where the zone covers all of it.
    """
    shapes = ground.parcels.drawn[parcel]
    metres = zones.sure[feature] - ground.reach[parcel]
    zone, which = _zones_drawn(ground.land, feature, metres)
    area = _shared(ground.parcels.drawn, parcel, zone, which)
    touch, sliver = area <= LEAST_M2, np.zeros(len(area), dtype=bool)
    small = np.flatnonzero(~touch & (area < THIN_M2))
    touch[small], sliver[small] = thin(shapely.intersection(shapes[small], zone[which[small]]))
    place = np.flatnonzero(ground.parcels.has_place[parcel])
    area[place[~shapely.covers(zone[which[place]], shapes[place])]] = 0.0
    return np.round(area * ground.scale[parcel], 4), touch, sliver


def _shared(shapes: Objects, parcel: Ints, zone: Objects, which: Ints) -> Floats:
    """Measure what each parcel shares with the zone of its pair, shape (m,)."""
    from geo.overlap.join import overlap_areas
    from geo.overlap.polygons import Polygons

    rows, row = np.unique(parcel, return_inverse=True)
    if len(parcel) < _FEW:
        return np.asarray(shapely.area(shapely.intersection(shapes[parcel], zone[which])))
    found = overlap_areas(Polygons.from_shapes(shapes[rows]), Polygons.from_shapes(zone))
    keys = found.first.astype(np.int64) * len(zone) + found.second
    asked = row * len(zone) + which
    at = np.minimum(np.searchsorted(keys, asked), max(len(keys) - 1, 0))
    shared = np.zeros(len(asked))
    if len(keys):
        shared = np.where(keys[at] == asked, found.area[at], 0.0)
    return shared


def _zones_drawn(land: Objects, feature: Ints, metres: Floats) -> tuple[Objects, Ints]:
    """Buffer each line once for each distance that is asked for; say which is whose."""
    asked, which = np.unique(np.column_stack([feature, metres]), axis=0, return_inverse=True)
    drawn: Objects = shapely.buffer(
        land[asked[:, 0].astype(np.int64)], asked[:, 1], quad_segs=_ARC_STEPS
    )
    return drawn, np.ravel(which)
