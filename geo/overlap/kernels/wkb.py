"""Reads polygons from well-known binary, straight from the bytes of a column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from geo.overlap.kernels.compiled import kernel, step

if TYPE_CHECKING:
    from geo.overlap.arrays import Flags, Integers, Rings

Bytes = npt.NDArray[np.uint8]

_POLYGON = 3
_MULTIPOLYGON = 6
_HEADER = 5
_COUNT = 4
_POINT = 16
_SMALLEST_RING = 4
_UNREADABLE = (-1, 0, 0)
"""Where the next bytes begin, rings, vertices: of bytes that are no polygon as we read it."""


@kernel
def count_wkb(data: Bytes, offsets: Integers, known: Flags) -> tuple[Integers, Integers, int]:
    """Count rings and vertices of each row; null rows have none.

    Gives the counts and the first row that is not a little-endian polygon or multipolygon of two
    dimensions with closed rings, -1 if there is none.
    """
    rows = len(known)
    rings, vertices = np.zeros(rows, np.int64), np.zeros(rows, np.int64)
    for row in range(rows):
        if known[row]:
            end, rings[row], vertices[row] = _walk(data, offsets[row], offsets[row + 1])
            if end != offsets[row + 1]:
                return rings, vertices, row
    return rings, vertices, -1


@kernel
def fill_wkb(
    data: Bytes, offsets: Integers, known: Flags, into: Rings, row: int, ring: int
) -> None:
    """Copy rows that `count_wkb` has read; ``row`` and ``ring`` are the first ones to fill.

    ``vertices_of[ring]`` must be set; what follows is filled in.
    """
    for place in range(len(known)):
        if known[place]:
            ring = _fill(data, offsets[place], into, ring)
        into.rings_of[row + place + 1] = ring


@step
def _kind(data: Bytes, start: int, end: int) -> int:
    """Read the header of a little-endian geometry; -1 for another byte order or more flags."""
    if end - start < _HEADER + _COUNT or data[start] != 1:
        return -1
    if data[start + 2] != 0 or data[start + 3] != 0 or data[start + 4] != 0:
        return -1
    return int(data[start + 1])


@step
def _number(data: Bytes, start: int) -> int:
    value = 0
    for byte in range(_COUNT):
        value |= int(data[start + byte]) << (8 * byte)
    return value


@step
def _walk(data: Bytes, start: int, end: int) -> tuple[int, int, int]:
    """Find the end of a geometry that must not go beyond ``end``, its rings and its vertices."""
    kind = _kind(data, start, end)
    if kind == _POLYGON:
        return _walk_rings(data, start + _HEADER, end)
    if kind != _MULTIPOLYGON:
        return _UNREADABLE
    parts = _number(data, start + _HEADER)
    place = start + _HEADER + _COUNT
    rings, vertices = 0, 0
    for _ in range(parts):
        if _kind(data, place, end) != _POLYGON:
            return _UNREADABLE
        place, more_rings, more_vertices = _walk_rings(data, place + _HEADER, end)
        if place < 0:
            return _UNREADABLE
        rings += more_rings
        vertices += more_vertices
    return place, rings, vertices


@step
def _walk_rings(data: Bytes, start: int, end: int) -> tuple[int, int, int]:
    rings = _number(data, start)
    place = start + _COUNT
    vertices = 0
    for _ in range(rings):
        if end - place < _COUNT:
            return _UNREADABLE
        points = _number(data, place)
        place += _COUNT
        if points < _SMALLEST_RING or (end - place) // _POINT < points:
            return _UNREADABLE
        last = place + _POINT * (points - 1)
        for byte in range(_POINT):
            if data[place + byte] != data[last + byte]:
                return _UNREADABLE
        place = last + _POINT
        vertices += points
    return place, rings, vertices


@step
def _fill(data: Bytes, start: int, into: Rings, ring: int) -> int:
    """Copy the rings of a geometry; gives the number of the next ring."""
    if data[start + 1] == _POLYGON:
        return _fill_rings(data, start + _HEADER, into, ring)[1]
    place = start + _HEADER + _COUNT
    for _ in range(_number(data, start + _HEADER)):
        place, ring = _fill_rings(data, place + _HEADER, into, ring)
    return ring


@step
def _fill_rings(data: Bytes, start: int, into: Rings, ring: int) -> tuple[int, int]:
    raw = into.xy.reshape(-1).view(np.uint8)
    first = ring
    place = start + _COUNT
    for _ in range(_number(data, start)):
        points = _number(data, place)
        size = _POINT * points
        place += _COUNT
        begin = _POINT * into.vertices_of[ring]
        raw[begin : begin + size] = data[place : place + size]
        place += size
        into.shells[ring] = ring == first
        into.vertices_of[ring + 1] = into.vertices_of[ring] + points
        ring += 1
    return place, ring
