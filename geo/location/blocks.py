"""The faces that roads, rivers and railways cut the land into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

_FRAME_M = 0.5
_MOST_CROSSINGS = 200_000
_SAMPLE = 200
_LOCAL_M = 1_000.0
_POLYGON = 3
_SLIVER_M2 = 1e-4


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Faces:
    """Faces of a network inside a frame; metres.

    Attributes
    ----------
    closed : array of Polygon
        Bounded by the network's own lines on all sides.
    open_ : array of Polygon
        Cut off by the frame, so that their true extent is not known: few, and large.
    """

    closed: npt.NDArray[np.object_]
    open_: npt.NDArray[np.object_]
    _tree: Any

    @classmethod
    def cut(
        cls, lines: npt.NDArray[np.object_], frame: Any, gaps_m: npt.NDArray[np.float64]
    ) -> Faces:
        """Node the lines and the frame, closing gaps at loose ends up to ``gaps_m`` per line."""
        border = shapely.get_exterior_ring(frame)
        pieces, owner = shapely.get_parts(lines, return_index=True)
        noded = shapely.union_all([*pieces, *_closed_gaps(pieces, gaps_m[owner], border), border])
        polygons = shapely.get_parts(shapely.polygonize([noded]))
        inner = shapely.bounds(frame) + np.array([1, 1, -1, -1]) * _FRAME_M
        bounds = shapely.bounds(polygons)
        inside = (bounds[:, :2] >= inner[:2]).all(axis=1) & (bounds[:, 2:] <= inner[2:]).all(axis=1)
        closed = polygons[inside]
        return cls(closed=closed, open_=polygons[~inside], _tree=shapely.STRtree(closed))

    def at(self, place: Any) -> npt.NDArray[np.object_]:
        """Find the closed faces that a geometry meets, in stable order."""
        found: npt.NDArray[np.object_] = self.closed[
            np.sort(self._tree.query(place, predicate="intersects"))
        ]
        return found


class Blocks:
    """Faces on demand: all at once in ordinary networks, around a place in huge ones.

    Parameters
    ----------
    lines : array of LineString or MultiLineString
        Roads, rivers, canals, railways; metres.
    frame : Polygon
        The network's window.
    gaps_m : array of float
        Per line: how far a loose end may miss the line that it is meant to meet.
    """

    def __init__(
        self, lines: npt.NDArray[np.object_], frame: Any, gaps_m: npt.NDArray[np.float64]
    ) -> None:
        self._lines = lines
        self._gaps_m = gaps_m
        self._frame = frame
        self._tree = shapely.STRtree(lines)
        self._all: Faces | None = None
        sample = lines[:: max(1, len(lines) // _SAMPLE)]
        hits = self._tree.query(sample).shape[1] if len(lines) else 0
        self._huge = hits * len(lines) > 2 * _MOST_CROSSINGS * max(1, len(sample))

    @property
    def complete(self) -> bool:
        """Tell whether `near` gives the faces of the whole network."""
        return not self._huge

    def near(self, place: Any, margin: float = _LOCAL_M) -> Faces:
        """Faces around a place; those that reach beyond the margin may come out as not closed."""
        if not self._huge:
            if self._all is None:
                self._all = Faces.cut(self._lines, self._frame, self._gaps_m)
            return self._all
        around = shapely.box(*(np.array(shapely.bounds(place)) + margin * np.array([-1, -1, 1, 1])))
        frame = shapely.envelope(shapely.intersection(around, self._frame))
        found = self._tree.query(frame)
        inside = shapely.intersection(self._lines[found], frame)
        lines = shapely.get_dimensions(inside) == 1
        return Faces.cut(inside[lines], frame, self._gaps_m[found][lines])


def polygonal(geometry: Any) -> Any:
    """Keep the polygons of a geometry, without points, lines and slivers of mere contact."""
    if shapely.get_type_id(geometry) == _POLYGON:
        return geometry
    parts = shapely.get_parts(shapely.get_parts(geometry))
    kept = parts[shapely.area(parts) > _SLIVER_M2]
    return kept[0] if kept.size == 1 else shapely.multipolygons(kept)


def _closed_gaps(
    pieces: npt.NDArray[np.object_], gaps_m: npt.NDArray[np.float64], border: Any
) -> npt.NDArray[np.object_]:
    """Connect loose ends, but not those where the frame cuts a line, to the nearest other line."""
    ends = np.concatenate([shapely.get_point(pieces, 0), shapely.get_point(pieces, -1)])
    own = np.tile(np.arange(len(pieces)), 2)
    end, line = shapely.STRtree(pieces).query(
        ends, predicate="dwithin", distance=np.tile(gaps_m, 2)
    )
    other = (own[end] != line) & (shapely.distance(ends, border)[end] > _FRAME_M)
    end, line = end[other], line[other]
    gap = shapely.distance(ends[end], pieces[line])
    order = np.lexsort((line, gap, end))
    nearest = order[np.diff(end[order], prepend=-1) > 0]
    loose = nearest[gap[nearest] > 0]
    bridges: npt.NDArray[np.object_] = shapely.shortest_line(ends[end[loose]], pieces[line[loose]])
    return bridges
