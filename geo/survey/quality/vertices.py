"""Polygons as flat arrays: every vertex once, ring after ring, with its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]
Shapes = npt.NDArray[np.object_]
_FLAT = 1e-9  # a line, seen through the rounding of doubles


@dataclass(frozen=True, slots=True, kw_only=True)
class Loops:
    """Rings of at least one vertex as flat arrays; the closing points are left out.

    Attributes
    ----------
    xy : float array, shape (v, 2)
        x east, y north.
    ring : int array, shape (v,)
        Ring of each vertex.
    first, count : int array, shape (r,)
        First vertex and number of vertices of each ring.
    """

    xy: Floats
    ring: Ints
    first: Ints
    count: Ints

    def following(self) -> Ints:
        """Return the vertex after each vertex, around the ring."""
        after = np.arange(1, len(self.xy) + 1)
        after[self.first + self.count - 1] = self.first
        return after

    def edges(self) -> Floats:
        """Return the length of the edge that starts at each vertex."""
        lengths: Floats = np.hypot(*(self.xy[self.following()] - self.xy).T)
        return lengths

    def edge_sums(self) -> Floats:
        """Return the length of each ring."""
        lengths: Floats = np.add.reduceat(self.edges(), self.first)
        return lengths

    def only(self, kept: Bools) -> tuple[Loops, Ints]:
        """Keep some vertices, and of the rings those of which some are left.

        Returns
        -------
        loops : Loops
        vertex : int array
            Old index of each vertex.
        """
        vertex = np.flatnonzero(kept)
        rings, ring = np.unique(self.ring[vertex], return_inverse=True)
        count = np.bincount(ring, minlength=len(rings))
        first = np.cumsum(count) - count
        return Loops(xy=self.xy[vertex], ring=ring, first=first, count=count), vertex

    def signed_areas(self) -> Floats:
        """Return the area of each ring, positive where it runs counter-clockwise on the map."""
        local = self.xy - self.xy[self.first][self.ring]
        after = local[self.following()]
        areas: Floats = np.add.reduceat(cross(local, after), self.first) / 2
        return areas

    def flat(self) -> Bools:
        """Tell which rings are lines by their sums: also lobes that cancel each other."""
        lines: Bools = lines_only(self.signed_areas(), self.edge_sums())
        return lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Vertices(Loops):
    """Rings of n parcels, ring after ring.

    Attributes
    ----------
    number : int array, shape (r,)
        Number of the ring in its parcel, from 1: shell, its holes, next shell …
    part : int array, shape (r,)
        Polygon of each ring, counted over all parcels.
    is_shell : bool array, shape (r,)
    parcel : int array, shape (r,)
        Position of the ring's parcel.
    """

    number: Ints
    part: Ints
    is_shell: Bools
    parcel: Ints

    def place(self, vertex: Ints) -> tuple[Ints, Ints, Ints]:
        """Return parcel, ring and point (both from 1) of vertices."""
        ring = self.ring[vertex]
        return self.parcel[ring], self.number[ring], vertex - self.first[ring] + 1


def lines_only(areas: Floats, perimeters: Floats) -> Bools:
    """Tell which areas are nothing beside the square of the perimeter."""
    nothing: Bools = np.abs(areas) <= _FLAT * perimeters**2
    return nothing


def cross(first: Floats, second: Floats) -> Floats:
    """Return the cross products of two arrays of vectors, shape (k, 2)."""
    product: Floats = first[:, 0] * second[:, 1] - first[:, 1] * second[:, 0]
    return product


def flat_vertices(geometries: Shapes | Sequence[Any]) -> Vertices:
    """Lay out the rings of polygons; anything else (None, empty) has none.

    Parameters
    ----------
    geometries : array of Polygon, MultiPolygon or None, shape (n,)

    Returns
    -------
    Vertices
    """
    parts, owner = shapely.get_parts(np.asarray(geometries, dtype=object), return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    filled = ~shapely.is_empty(rings)
    rings, part = rings[filled], part[filled]
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    count = shapely.get_num_coordinates(rings) - 1
    closing = np.cumsum(count + 1) - 1
    xy, ring = np.delete(xy, closing, axis=0), np.delete(ring, closing)
    parcel = owner[part]
    numbers = np.arange(len(rings))
    begins = np.diff(parcel, prepend=-1) > 0
    return Vertices(
        xy=xy,
        ring=ring,
        first=np.cumsum(count) - count,
        count=count,
        number=numbers - np.maximum.accumulate(np.where(begins, numbers, 0)) + 1,
        part=part,
        is_shell=np.diff(part, prepend=-1) > 0,
        parcel=parcel,
    )
