"""Parcels that share ground: overlapping, equal, one inside another, or by a sliver."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.survey.quality.finding import Found, finding_table
from geo.survey.quality.gaps import gap_findings
from geo.survey.quality.layer import Layer
from geo.survey.quality.slivers import classify
from geo.survey.quality.tolerance import rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from geo.survey.quality.vertices import Bools, Floats, Ints, Shapes

_INTERIORS_MEET = "T********"
_SLIVERS = ("Q_SLIVER_ROUNDING", "Q_SLIVER_CHORD", "Q_SLIVER_DIGITISING", "Q_OVERLAP")
_MOST_SHARED = 40_000
_SMALL_SHARE = 0.01


def compare(geometries: Shapes | Sequence[Any]) -> pa.Table:
    """Compare every parcel with its neighbours; touching is no overlap.

    Parameters
    ----------
    geometries : array of Polygon, MultiPolygon or None, shape (n,)
        Metres. What is not valid is left out: its ground is not known.

    Returns
    -------
    pyarrow.Table
        `FINDINGS`, one row a pair, ``value`` in square metres and ``wkb`` the ground shared:
        ``Q_EQUAL`` (``other``: the first such parcel), ``Q_NESTED`` (``other`` contains
        ``parcel``), ``Q_OVERLAP``, ``Q_SLIVER_…`` (``parcel`` before ``other``);
        ``Q_UNCOMPARED``: with how many later parcels it was not compared, from 100,000 doubtful
        or 40,000 overlapping pairs of the layer on.
    """
    return finding_table(overlap_findings(Layer(geometries)))


def neighbour_findings(geometries: Shapes | Sequence[Any]) -> pa.Table:
    """Find overlaps as `compare` and gaps as `geo.survey.quality.gaps.gaps`, at the cost of one."""
    layer = Layer(geometries)
    return finding_table([*overlap_findings(layer), *gap_findings(layer)])


def overlap_findings(layer: Layer) -> list[Found]:
    """Find the pairs of a layer that share ground; see `compare`."""
    left, right, left_out = layer.pairs()
    meets = shapely.relate_pattern(layer.shapes[left], layer.shapes[right], _INTERIORS_MEET)
    left, right = left[meets], right[meets]
    left_out += np.bincount(left[_MOST_SHARED:], minlength=len(left_out))
    left, right = left[:_MOST_SHARED], right[:_MOST_SHARED]
    shared = _ground(shapely.intersection(layer.shapes[left], layer.shapes[right]))
    kind = _gravest(shared)
    in_left, in_right = (_is_all(layer.shapes[side], shared) & (kind > 0) for side in (left, right))
    found = [
        _exact_twins(layer),
        _pairs("Q_EQUAL", layer, right, left, shared, in_left & in_right),
        _pairs("Q_NESTED", layer, left, right, shared, in_left & ~in_right),
        _pairs("Q_NESTED", layer, right, left, shared, in_right & ~in_left),
    ]
    apart = ~in_left & ~in_right
    for number, code in enumerate(_SLIVERS, start=1):
        found.append(_pairs(code, layer, left, right, shared, apart & (kind == number)))
    rest = np.flatnonzero(left_out)
    uncompared = Found("Q_UNCOMPARED", layer.position[rest], value=left_out[rest].astype(float))
    return [*found, uncompared]


def _exact_twins(layer: Layer) -> Found:
    parcel, other = layer.same.T
    shapes = layer.shapes[np.searchsorted(layer.position, other)]
    return Found("Q_EQUAL", parcel, value=shapely.area(shapes), other=other, shape=shapes)


def _pairs(
    code: str, layer: Layer, parcel: Ints, other: Ints, shared: Shapes, chosen: Bools
) -> Found:
    return Found(
        code,
        layer.position[parcel[chosen]],
        value=shapely.area(shared[chosen]),
        other=layer.position[other[chosen]],
        shape=shared[chosen],
    )


def _ground(shapes: Shapes) -> Shapes:
    """Keep the polygons of what two parcels share, not the lines and points."""
    ground = shapes.copy()
    mixed = shapely.get_type_id(shapes) == shapely.GeometryType.GEOMETRYCOLLECTION
    for place in np.flatnonzero(mixed):
        parts = shapely.get_parts(shapes[place])
        polygons = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
        ground[place] = shapely.multipolygons(polygons)
    return ground


def _gravest(shared: Shapes) -> Ints:
    """Return for each shape the gravest kind of its pieces; 0: no ground at all."""
    pieces, owner = shapely.get_parts(shared, return_index=True)
    polygons = shapely.get_type_id(pieces) == shapely.GeometryType.POLYGON
    polygons &= shapely.area(pieces) > 0
    kind = np.zeros(len(shared), dtype=np.intp)
    np.maximum.at(kind, owner[polygons], classify(pieces[polygons]))
    return kind


def _is_all(shapes: Shapes, shared: Shapes) -> Bools:
    """Tell whether the ground shared is all of a shape, but for rounding along its boundary."""
    area: Floats = shapely.area(shapes)
    rounding = rule("sliver", "rounding", "width_m") * shapely.length(shapes)
    all_of_it: Bools = area - shapely.area(shared) <= np.minimum(rounding, _SMALL_SHARE * area)
    return all_of_it
