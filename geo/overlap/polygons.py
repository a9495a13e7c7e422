"""Polygons of a metric plane as flat arrays that threads can share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from geo.area import areas_from_moments, ellipsoidal_area
from geo.overlap.engine import kernels_for
from geo.overlap.measure import measured
from geo.overlap.shapes import rings_of_shapes, shapes_of_flat
from geo.overlap.wkb import rings_of_wkb

if TYPE_CHECKING:
    import pyarrow as pa
    from pyproj import CRS

    from geo.overlap.arrays import Flat, Floats, Integers

_WIDE_M = 20_000
"""Polygons wider than this are measured edge by edge, not by moments."""


class Polygons:
    """A layer of polygons, read-only.

    The polygons must be valid: rings closed, not crossing themselves or each other, either
    winding. That is checked where data enters; here a place counts as often as a ring winds
    around it, so a self-crossing ring has a wrong area without a word. Coordinates are metres of
    one projection, east before north; a zone prefix costs no digits that the numbers hold.

    Attributes
    ----------
    flat : Flat
        The arrays that the kernels read.
    """

    __slots__ = ("flat",)

    def __init__(self, flat: Flat) -> None:
        self.flat = flat

    @classmethod
    def from_shapes(cls, shapes: Any) -> Polygons:
        """Take polygons out of geometries.

        Parameters
        ----------
        shapes : array of geometry or None, shape (n,)
            Whatever is no Polygon or MultiPolygon has area 0 and overlaps nothing; heights are
            not used.

        Raises
        ------
        PlannerError
            ``overlap_coordinate``: NaN, or beyond 10⁹ m. Values: ``row`` from 1, ``count``.
        """
        return cls(measured(rings_of_shapes(shapes), kernels_for("auto")))

    @classmethod
    def from_wkb(cls, column: pa.Array | pa.ChunkedArray) -> Polygons:
        """Take polygons out of a column of well-known binary, without making geometries.

        Parameters
        ----------
        column : Arrow binary array, shape (n,)
            As `geopandas` writes it to GeoParquet and `pyogrio.read_arrow` gives it. Null rows
            and whatever is no Polygon or MultiPolygon have area 0 and overlap nothing.

        Raises
        ------
        PlannerError
            ``overlap_wkb``, ``overlap_coordinate``.
        """
        kernels = kernels_for("auto")
        return cls(measured(rings_of_wkb(column, kernels), kernels))

    def __len__(self) -> int:
        """Count the rows, those without area included."""
        return len(self.flat.areas)

    @property
    def boxes(self) -> Floats:
        """West, south, east and north in metres, shape (n, 4); NaN where there is no polygon."""
        return self.flat.boxes

    @property
    def areas(self) -> Floats:
        """Square metres of the plane, shape (n,); holes are taken away, for either winding."""
        return self.flat.areas

    def ellipsoidal_areas(self, crs: CRS) -> Floats:
        """Measure on the ellipsoid: the definition of `geo.area.ellipsoidal_area`, to 1e-9.

        Parameters
        ----------
        crs : CRS
            The transverse Mercator that the coordinates are in.

        Returns
        -------
        float array, shape (n,)
            Square metres: plane area times 1/k², averaged over the polygon by its moments.

        Raises
        ------
        PlannerError
            ``crs_not_transverse_mercator``.
        """
        areas = areas_from_moments(self.areas, self.flat.moments, crs)
        boxes = self.boxes
        wide = np.flatnonzero((boxes[:, 2:] - boxes[:, :2]).max(axis=1) > _WIDE_M)
        if len(wide):
            areas[wide] = ellipsoidal_area(self.shapes(wide), crs)
        return areas

    def shapes(self, rows: Integers, origin: tuple[float, float] = (0, 0)) -> Any:
        """Make new geometries of some rows; see `geo.overlap.shapes.shapes_of_flat`."""
        return shapes_of_flat(self.flat, rows, origin)
