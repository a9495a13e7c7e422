"""Between geometries of shapely and flat rings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.overlap.arrays import Rings

if TYPE_CHECKING:
    from geo.overlap.arrays import Flat, Integers

_POLYGON, _MULTIPOLYGON = 3, 6


def rings_of_shapes(shapes: Any) -> Rings:
    """Take the rings out of geometries.

    Parameters
    ----------
    shapes : array of geometry or None, shape (n,)
        Whatever is no polygon or multipolygon has no rings.
    """
    shapes = np.atleast_1d(np.asarray(shapes, dtype=object))
    rows = np.flatnonzero(np.isin(shapely.get_type_id(shapes), (_POLYGON, _MULTIPOLYGON)))
    parts, row = shapely.get_parts(shapes[rows], return_index=True)
    filled = ~shapely.is_empty(parts)
    parts, row = parts[filled], rows[row[filled]]
    rings, part = shapely.get_rings(parts, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    shells = np.ones(len(rings), np.bool_)
    shells[1:] = part[1:] != part[:-1]
    return Rings(
        rings_of=_starts(row[part], len(shapes)),
        vertices_of=_starts(ring, len(rings)),
        xy=np.ascontiguousarray(xy),
        shells=shells,
    )


def shapes_of_flat(flat: Flat, rows: Integers, origin: tuple[float, float] = (0, 0)) -> Any:
    """Make new geometries of some polygons.

    Parameters
    ----------
    flat : Flat
    rows : int array, shape (m,)
    origin : (float, float)
        Taken from all coordinates: overlays of numbers near 0 keep more digits.

    Returns
    -------
    array of Polygon, MultiPolygon or None, shape (m,)
        None where there are no rings.
    """
    ring, row = _members(flat.rings_of, rows)
    vertex, of_ring = _members(flat.vertices_of, ring)
    rings = shapely.linearrings(flat.xy[vertex] - origin, indices=of_ring)
    part = np.cumsum(flat.shells[ring]) - 1
    parts = shapely.polygons(rings, indices=part)
    row_of_part = np.zeros(len(parts), np.int64)
    row_of_part[part] = row
    shapes = np.full(len(rows), None, dtype=object)
    several = np.bincount(row_of_part, minlength=len(rows)) > 1
    single = ~several[row_of_part]
    shapes[row_of_part[single]] = parts[single]
    if several.any():
        joined = row_of_part[~single]
        numbers = np.unique(joined, return_inverse=True)
        shapes[numbers[0]] = shapely.multipolygons(parts[~single], indices=numbers[1])
    return shapes


def _starts(owner: Integers, owners: int) -> Integers:
    """Turn the owner of each member, in order, into where the members of each owner begin."""
    counts = np.bincount(owner, minlength=owners)
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int64)


def _members(starts: Integers, owners: Integers) -> tuple[Integers, Integers]:
    """List the members of some owners, and for each the place of its owner in ``owners``."""
    counts = starts[owners + 1] - starts[owners]
    place = np.repeat(np.arange(len(owners)), counts)
    first = np.cumsum(counts) - counts
    return starts[owners][place] + np.arange(len(place)) - first[place], place
