"""The plain twin: the same areas by GEOS, and the truth that the kernels are tested against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.overlap import threads
from geo.overlap.pairs import Pairs, sorted_pairs

if TYPE_CHECKING:
    from geo.overlap.arrays import Floats, Integers, Places
    from geo.overlap.polygons import Polygons

    Found = tuple[Places, Places, Floats]


class PlainBase:
    """Geometries and their tree, made once; threads may share them, for none is ever prepared."""

    def __init__(self, polygons: Polygons) -> None:
        self._polygons = polygons
        self._origin = _middle(polygons.boxes)
        self._shapes = polygons.shapes(np.arange(len(polygons)), self._origin)
        self._tree = shapely.STRtree(self._shapes)

    def join(self, first: Polygons, *, own: bool, least_m2: float) -> Pairs:
        """Join all polygons of ``first`` with those of the base; see `geo.overlap.join`."""

        def job(start: int, stop: int) -> Found:
            return self._join(first, np.arange(start, stop), own=own, least_m2=least_m2)

        jobs = threads.shares(len(first), lambda: np.ones(len(first)))
        return sorted_pairs(threads.each(jobs, job))

    def _join(self, first: Polygons, rows: Integers, *, own: bool, least_m2: float) -> Found:
        """Join some rows by geometries of this thread alone: prepared ones must not be shared."""
        shapes = first.shapes(rows, self._origin)
        place, other = self._tree.query(shapes)
        if own:
            once = rows[place] < other
            place, other = place[once], other[once]
        shapely.prepare(shapes)
        areas = self._shared_areas(shapes[place], other)
        kept = np.flatnonzero(areas > least_m2)
        return rows[place[kept]].astype(np.int32), other[kept].astype(np.int32), areas[kept]

    def _shared_areas(self, shapes: Any, other: Integers) -> Floats:
        """Share areas pair by pair: covered and touching ones need no geometry."""
        others = self._shapes[other]
        covered = shapely.covers(shapes, others)
        areas = np.where(covered, self._polygons.areas[other], 0.0)
        rest = np.flatnonzero(~covered)
        rest = rest[shapely.intersects(shapes[rest], others[rest])]
        rest = rest[~shapely.touches(shapes[rest], others[rest])]
        areas[rest] = shapely.area(shapely.intersection(shapes[rest], others[rest]))
        return areas

    def near(self, box: tuple[float, float, float, float]) -> Integers:
        """List in order the rows whose boxes meet a box: west, south, east, north."""
        east, north = self._origin
        place = shapely.box(box[0] - east, box[1] - north, box[2] - east, box[3] - north)
        rows: Integers = np.sort(self._tree.query(place))
        return rows


def _middle(boxes: Floats) -> tuple[float, float]:
    """Give a place amid boxes, in whole metres so that taking it off rounds nothing."""
    known = boxes[np.isfinite(boxes[:, 0])]
    if not len(known):
        return 0.0, 0.0
    east, north = np.rint((known.min(axis=0)[:2] + known.max(axis=0)[2:]) / 2)
    return float(east), float(north)
