"""Curved geometries as straight ones: their arcs become chords."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

from geo.read.arcs import CHORD_ERROR, straighten

if TYPE_CHECKING:
    from collections.abc import Callable

_Floats = npt.NDArray[np.float64]
_DEGREES = 180.0
_CHORD_DEGREES = 8e-9  # less than a millimetre
_HEIGHT, _MEASURE, _SRID = 0x80000000, 0x40000000, 0x20000000
_KIND = 0x1FFFFFFF
_LINE, _POLYGON = 2, 3
_ARCS, _COMPOUND, _CURVE_POLYGON, _MULTICURVE, _MULTISURFACE = 8, 9, 10, 11, 12
_CURVES = (_LINE, _ARCS, _COMPOUND)
_SURFACES = (_POLYGON, _CURVE_POLYGON)
_ISO_EXTRA = {1: 1, 2: 1, 3: 2}  # thousands of the code: heights, measures, both
_ARC_POINTS = 3


def straight_shape(blob: bytes) -> tuple[Any, int, int] | None:
    """Read a curved geometry with chords for its arcs.

    Parameters
    ----------
    blob : bytes
        ISO or extended WKB: CircularString, CompoundCurve, CurvePolygon, MultiCurve or
        MultiSurface. Every point that it states stays.

    Returns
    -------
    shape : Geometry
        In two dimensions, at most 1 mm off the arc (numbers up to 180 are taken for degrees).
    arcs, points : int
        Arcs that were replaced, and the points that were added for them. None instead of all
        three when it is no curve, is damaged, or an arc would take too many points.
    """
    reader = _Reader(blob)
    try:
        shape = reader.shape()
    except (struct.error, ValueError, shapely.errors.ShapelyError):
        return None
    return None if shape.is_empty else (shape, reader.arcs, reader.added)


@dataclass(slots=True)
class _Reader:
    blob: bytes
    position: int = 0
    order: str = "<"
    arcs: int = 0
    added: int = 0

    def shape(self) -> Any:
        kind, dimensions = self._head()
        if kind in (_ARCS, _COMPOUND):
            return shapely.LineString(self._curve(kind, dimensions))
        if kind == _CURVE_POLYGON:
            return self._surface(kind, dimensions)
        if kind == _MULTICURVE:
            return shapely.MultiLineString(self._members(_CURVES, self._curve))
        if kind == _MULTISURFACE:
            return shapely.MultiPolygon(self._members(_SURFACES, self._surface))
        raise ValueError(kind)

    def _head(self) -> tuple[int, int]:
        """Give the kind and the number of dimensions of what begins here."""
        self.order = "<" if self.blob[self.position : self.position + 1] == b"\x01" else ">"
        code = struct.unpack_from(f"{self.order}I", self.blob, self.position + 1)[0]
        self.position += 9 if code & _SRID else 5
        extra = bool(code & _HEIGHT) + bool(code & _MEASURE)
        thousands, kind = divmod(code & _KIND, 1000)
        return kind, 2 + extra + _ISO_EXTRA.get(thousands, 0)

    def _count(self) -> int:
        count = struct.unpack_from(f"{self.order}I", self.blob, self.position)[0]
        self.position += 4
        if count > len(self.blob):
            raise ValueError(count)
        return int(count)

    def _members(self, kinds: tuple[int, ...], read: Callable[[int, int], Any]) -> list[Any]:
        found = []
        for _ in range(self._count()):
            kind, dimensions = self._head()
            if kind not in kinds:
                raise ValueError(kind)
            found.append(read(kind, dimensions))
        return found

    def _curve(self, kind: int, dimensions: int) -> _Floats:
        if kind == _COMPOUND:
            pieces = self._members((_LINE, _ARCS), self._curve)
            joined = [pieces[0], *(piece[1:] for piece in pieces[1:])] if pieces else []
            return np.vstack(joined) if joined else np.empty((0, 2))
        points = self._points(dimensions)
        return points if kind == _LINE else self._arcs(points)

    def _surface(self, kind: int, dimensions: int) -> Any:
        if kind == _POLYGON:
            rings = [self._points(dimensions) for _ in range(self._count())]
        else:
            rings = self._members(_CURVES, self._curve)
        if not rings or not all((ring[0] == ring[-1]).all() for ring in rings if len(ring)):
            raise ValueError(kind)
        return shapely.Polygon(rings[0], rings[1:])

    def _points(self, dimensions: int) -> _Floats:
        count = self._count()
        found = np.frombuffer(self.blob, f"{self.order}f8", count * dimensions, self.position)
        self.position += 8 * count * dimensions
        return found.reshape(count, dimensions)[:, :2].astype(np.float64)

    def _arcs(self, points: _Floats) -> _Floats:
        if len(points) < _ARC_POINTS or len(points) % 2 == 0 or not np.isfinite(points).all():
            raise ValueError(len(points))
        degrees = np.abs(points).max() <= _DEGREES
        vertices = np.column_stack([points, _bulges(points)])
        error = _CHORD_DEGREES if degrees else CHORD_ERROR
        drawn = straighten(vertices, closed=False, chord_error=error)
        if drawn is None:
            raise ValueError(len(points))
        self.arcs += len(points) // 2
        self.added += len(drawn[0]) - len(points)
        return drawn[0]


def _bulges(points: _Floats) -> _Floats:
    """Give the tangent of a quarter of the angle of each half of the arcs.

    An arc goes through three points; the angle at one of them is half of the angle of the arc
    between the other two (inscribed angle). First and last point alike: a full circle.
    """
    first, middle, last = points[:-2:2], points[1:-1:2], points[2::2]
    bulges = np.zeros(len(points))
    bulges[:-2:2] = np.tan(_angle(first - last, middle - last) / 2)
    bulges[1:-1:2] = np.tan(_angle(middle - first, last - first) / 2)
    circles = 2 * np.flatnonzero((first == last).all(axis=1))
    bulges[circles] = bulges[circles + 1] = 1.0
    return bulges


def _angle(one: _Floats, other: _Floats) -> _Floats:
    cross = one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]
    return np.asarray(np.arctan2(cross, (one * other).sum(axis=1)))
