"""Land that measured parcels share with the features of a layer: areas, touches, slivers.

A touch is no overlap. A sliver is too small or too thin to be meant: it is told, and it decides
nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from parcels.checks.over_layers.ground import Ground
    from parcels.checks.over_layers.uncertain import Bools, Ints
    from parcels.checks.subject import Floats, Objects

LEAST_M2 = 1e-4
DECIMALS = 4
"""Square centimetres, to which the closed form and GEOS agree."""
_NONE = np.empty(0, dtype=np.int64)
SLIVER_M2 = 1.0
THIN_M2 = 50.0
THIN_COMPACTNESS = 0.05
MOST_OF_IT = 0.5
"""What takes half of a parcel is meant, however small or thin the parcel is."""
TOUCH_WIDTH_M = 0.0005
"""Survey files carry millimetres: what is thinner than half of one on average is a touch."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pairs:
    """Parcels and the features that they share land with, m of them, sorted.

    Attributes
    ----------
    parcel, feature : int array, shape (m,)
    area_m2 : float array, shape (m,)
        Shared area on the ellipsoid.
    sliver : bool array, shape (m,)
    """

    parcel: Ints
    feature: Ints
    area_m2: Floats
    sliver: Bools

    def __len__(self) -> int:
        """Count the pairs."""
        return len(self.parcel)


def shared_land(ground: Ground) -> Pairs:
    """Measure what parcels share with the features of a layer; touches are left out.

    Only of parcels whose areas decide (`Ground.measured`) and features that are land.
    """
    found = touching_land(ground)
    parcel, feature, area = found.parcel, found.feature, found.area_m2
    shapes, land = ground.parcels.in_plane, ground.land
    kept, sliver = _judge_slivers(shapes, land, parcel, feature, area)
    parcel, feature, area, sliver = parcel[kept], feature[kept], area[kept], sliver[kept]
    sliver &= ~_joined(shapes, land, parcel, feature, sliver)
    sliver &= area < MOST_OF_IT * ground.parcels.area_m2[parcel]
    return Pairs(parcel=parcel, feature=feature, area_m2=area, sliver=sliver)


def thin(pieces: Objects) -> tuple[Bools, Bools]:
    """Tell which pieces of land are touches and which are slivers or less, shape (k,) each.

    Of a piece in several parts the most substantial part counts.
    """
    parts, owner = shapely.get_parts(pieces, return_index=True)
    area, around = shapely.area(parts), shapely.length(parts)
    with np.errstate(invalid="ignore", divide="ignore"):
        touch = (area <= LEAST_M2) | (2 * area / around < TOUCH_WIDTH_M)
        slim = 4 * np.pi * area / around**2 < THIN_COMPACTNESS
    sliver = touch | (area < SLIVER_M2) | (slim & (area < THIN_M2))
    return _all_of(touch, owner, len(pieces)), _all_of(sliver, owner, len(pieces))


def total_by_parcel(ground: Ground, pairs: Pairs) -> Floats:
    """Sum the shared land of each parcel, land under several features counted once, shape (n,)."""
    return total_by_group(ground, pairs, pairs.parcel, len(ground.parcels))


def total_by_group(ground: Ground, pairs: Pairs, group: Ints, count: int) -> Floats:
    """Sum the shared land of groups of pairs, land under several features counted once.

    Parameters
    ----------
    group : int array, shape (m,)
        Group of each pair, 0 to ``count`` - 1; all pairs of a group are of one parcel.

    Returns
    -------
    float array, shape (count,)
    """
    total = np.zeros(count)
    np.add.at(total, group, pairs.area_m2)
    order = np.argsort(group, kind="stable")
    several = np.bincount(group, minlength=count) > 1
    doubled = np.unique(group[_stacked(ground, pairs) & several[group]])
    starts = np.searchsorted(group[order], doubled)
    ends = np.searchsorted(group[order], doubled, side="right")
    for one, start, end in zip(doubled, starts, ends, strict=True):
        rows = order[start:end]
        at = int(pairs.parcel[rows[0]])
        land = shapely.union_all(ground.land[pairs.feature[rows]])
        shared = shapely.area(shapely.intersection(ground.parcels.in_plane[at], land))
        total[one] = shared * ground.scale[at]
    return np.round(total, DECIMALS)


def touching_land(ground: Ground) -> Pairs:
    """Measure what parcels share with features, as `shared_land`, slivers and touches unjudged."""
    from geo.overlap.join import overlap_areas
    from geo.overlap.polygons import Polygons

    if not ground.measured.any() or not len(ground.land):
        return Pairs(parcel=_NONE, feature=_NONE, area_m2=np.empty(0), sliver=_NONE.astype(bool))
    features = _around(ground.parcels.drawn[ground.measured], ground.land)
    shared = overlap_areas(
        ground.parcels.polygons, Polygons.from_shapes(ground.land[features]), least_m2=LEAST_M2
    )
    parcel = shared.first.astype(np.int64)
    area = shared.area * ground.scale[parcel]
    return Pairs(
        parcel=parcel,
        feature=features[shared.second],
        area_m2=np.round(area, DECIMALS),
        sliver=np.zeros(len(parcel), dtype=bool),
    )


def _around(shapes: Objects, land: Objects) -> Ints:
    """Return the features whose boxes meet the box of all shapes: few shapes need few features."""
    west, south, east, north = shapely.total_bounds(shapes)
    boxes = shapely.bounds(land)
    near = (boxes[:, 0] <= east) & (boxes[:, 2] >= west)
    return np.flatnonzero(near & (boxes[:, 1] <= north) & (boxes[:, 3] >= south))


def is_land(shapes: Objects) -> Bools:
    """Tell which shapes are polygons, shape (k,)."""
    found: Bools = shapely.get_dimensions(shapes) == 2  # noqa: PLR2004
    return found


def only(shapes: Objects, kept: Bools) -> Objects:
    """Return the shapes with None in place of those that are not kept, shape (k,)."""
    left = shapes.copy()
    left[~kept] = None
    return left


def _judge_slivers(
    shapes: Objects, land: Objects, parcel: Ints, feature: Ints, area: Floats
) -> tuple[Bools, Bools]:
    """Return which pairs are more than touches, and which of them are slivers."""
    kept = np.ones(len(parcel), dtype=bool)
    sliver = np.zeros(len(parcel), dtype=bool)
    small = np.flatnonzero(area < THIN_M2)
    touch, thin_ones = thin(shapely.intersection(shapes[parcel[small]], land[feature[small]]))
    kept[small] = ~touch
    sliver[small] = thin_ones
    return kept, sliver


def _joined(shapes: Objects, land: Objects, parcel: Ints, feature: Ints, sliver: Bools) -> Bools:
    """Tell which slivers make up more than a sliver together: land may be cut in many features."""
    joined = np.zeros(len(parcel), dtype=bool)
    counted = np.bincount(parcel[sliver], minlength=int(parcel.max(initial=0)) + 1)
    for at in np.flatnonzero(counted > 1):
        rows = _rows_of(parcel, int(at))
        rows = rows[sliver[rows]]
        pieces = shapely.intersection(shapes[at], land[feature[rows]])
        _, still = thin(np.array([shapely.union_all(pieces)], dtype=object))
        joined[rows] = not still[0]
    return joined


def _stacked(ground: Ground, pairs: Pairs) -> Bools:
    """Tell which pairs are of features that overlap others, shape (m,)."""
    from geo.overlap.join import own_overlap_areas
    from geo.overlap.polygons import Polygons

    used, row = np.unique(pairs.feature, return_inverse=True)
    shared = own_overlap_areas(Polygons.from_shapes(ground.land[used]), least_m2=LEAST_M2)
    piled = np.zeros(len(used), dtype=bool)
    piled[shared.first] = piled[shared.second] = True
    return np.asarray(piled[row], dtype=bool)


def _rows_of(parcel: Ints, at: int) -> Ints:
    first, last = np.searchsorted(parcel, [at, at + 1])
    return np.arange(first, last)


def _all_of(flags: Bools, owner: Ints, count: int) -> Bools:
    """Tell of each owner whether all its parts are flagged; an owner without parts is."""
    whole = np.ones(count, dtype=bool)
    whole[owner[~flags]] = False
    return whole
