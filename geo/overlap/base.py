"""A layer prepared once and asked many times, such as what one drawn polygon overlaps."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.errors import PlannerError
from geo.overlap.engine import Engine, kernels_for
from geo.overlap.join import LEAST_M2, join_compiled
from geo.overlap.plain import PlainBase
from geo.overlap.polygons import Polygons
from geo.overlap.storage import open_arrays, save_arrays
from geo.overlap.tree import pack

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geo.overlap.arrays import Floats, Integers, Tree
    from geo.overlap.pairs import Pairs


class Base:
    """A layer with its search tree, read-only; any thread may ask it.

    Parameters
    ----------
    polygons : Polygons
    engine : Engine
        "auto" is "compiled" as soon as the kernels are loaded. The plain twin makes geometries
        of the whole layer when it is first asked, some seconds for a million polygons.
    tree : Tree, optional
        The boxes of the polygons when they are packed already.
    """

    __slots__ = ("_engine", "_lock", "_plain", "_tree", "polygons")

    def __init__(
        self, polygons: Polygons, *, engine: Engine = "auto", tree: Tree | None = None
    ) -> None:
        self.polygons = polygons
        self._engine: Engine = engine
        self._tree = pack(polygons.boxes) if tree is None else tree
        self._plain: PlainBase | None = None
        self._lock = Lock()

    @classmethod
    def open(cls, folder: Path, *, engine: Engine = "auto") -> Base:
        """Map a saved layer into memory; processes that open the same folder share the pages.

        Raises
        ------
        PlannerError
            ``overlap_base_unreadable``.
        """
        flat, tree = open_arrays(folder)
        return cls(Polygons(flat), engine=engine, tree=tree)

    def save(self, folder: Path) -> None:
        """Write the layer to a new folder, whole or not at all; only this machine can open it.

        Raises
        ------
        PlannerError
            ``overlap_base_exists``.
        """
        save_arrays(folder, self.polygons.flat, self._tree)

    def __len__(self) -> int:
        """Count the rows, those without area included."""
        return len(self.polygons)

    def overlaps_of(self, polygon: BaseGeometry | Polygons, *, least_m2: float = LEAST_M2) -> Pairs:
        """Find what a polygon shares with those of the layer.

        Parameters
        ----------
        polygon : Polygon, MultiPolygon or Polygons
            Valid, in the plane of the layer. Ask several layers with one `Polygons`: the polygon
            is then taken apart once.
        least_m2 : float
            Shared areas up to this size are left out.

        Returns
        -------
        Pairs
            ``first`` is 0 for a geometry, ``second`` the row in the layer.
        """
        first = polygon if isinstance(polygon, Polygons) else Polygons.from_shapes([polygon])
        kernels = kernels_for(self._engine)
        if kernels is None:
            return self._by_geos().join(first, own=False, least_m2=least_m2)
        return join_compiled(
            kernels, first, self.polygons, self._tree, own=False, least_m2=least_m2
        )

    def within(self, polygon: BaseGeometry, distance_m: float) -> tuple[Integers, Floats]:
        """Find the polygons of the layer within a distance of a geometry.

        Parameters
        ----------
        polygon : geometry
            Of any type, in the plane of the layer.
        distance_m : float
            From edge to edge, metres of the plane, inclusive.

        Returns
        -------
        rows : int array, shape (k,)
            In order.
        distances : float array, shape (k,)
            Metres; 0 for those that touch or overlap.

        Raises
        ------
        PlannerError
            ``overlap_distance``: no number from 0 on. Values: ``value``.
        """
        if not 0 <= distance_m < np.inf:
            raise PlannerError("overlap_distance", value=distance_m)
        rows = self._near(polygon, distance_m)
        shapes = self.polygons.shapes(rows)
        own = shapely.from_wkb(shapely.to_wkb(polygon))  # preparing the caller's would be seen
        shapely.prepare(own)
        near = shapely.dwithin(own, shapes, distance_m)
        return rows[near], shapely.distance(own, shapes[near])

    def _near(self, polygon: BaseGeometry, distance_m: float) -> Integers:
        """List in order the rows whose boxes may be within the distance."""
        west, south, east, north = polygon.bounds
        reach = distance_m * (1 + 1e-9) + 1e-6
        box = (west - reach, south - reach, east + reach, north + reach)
        kernels = kernels_for(self._engine)
        if kernels is None:
            return self._by_geos().near(box)
        rows: Integers = np.sort(kernels.near(self._tree, box)).astype(np.int64)
        return rows

    def _by_geos(self) -> PlainBase:
        with self._lock:
            if self._plain is None:
                self._plain = PlainBase(self.polygons)
            return self._plain
