"""Boxes, signs, areas and moments of polygons in one pass over their vertices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.overlap.arrays import BLOCK
from geo.overlap.kernels.compiled import kernel, step

if TYPE_CHECKING:
    from geo.overlap.arrays import Flat, Floats


@kernel
def measure(flat: Flat, start: int, stop: int) -> None:
    """Fill in all that is not known of the polygons from ``start`` to ``stop``.

    The twin of `geo.overlap.measure.measure`, with the same results but for rounding.
    """
    sums = np.empty(5)
    for row in range(start, stop):
        first, last = flat.rings_of[row], flat.rings_of[row + 1]
        if first == last:
            flat.boxes[row] = np.nan
            flat.moments[row] = 0.0
            flat.areas[row] = 0.0
            continue
        origin = flat.xy[flat.vertices_of[first]]
        total = np.zeros(5)
        for ring in range(first, last):
            _measure_ring(flat, ring, origin, sums)
            flat.signs[ring] = 1.0 if (sums[0] > 0.0) == flat.shells[ring] else -1.0
            total += flat.signs[ring] * sums
        _set_box(flat, row)
        _set_moments(flat, row, origin, total)


@step
def _measure_ring(flat: Flat, ring: int, origin: Floats, sums: Floats) -> None:
    """Sum the moments of a ring about ``origin`` and set its blocks."""
    xy = flat.xy
    sums[:] = 0.0
    vertex, last = flat.vertices_of[ring], flat.vertices_of[ring + 1] - 1
    x0, y0 = xy[vertex, 0] - origin[0], xy[vertex, 1] - origin[1]
    for block in range(flat.blocks_of[ring], flat.blocks_of[ring + 1]):
        west = east = xy[vertex, 0]
        south = north = xy[vertex, 1]
        stop = min(vertex + BLOCK, last)
        for end in range(vertex + 1, stop + 1):
            west, east = min(west, xy[end, 0]), max(east, xy[end, 0])
            south, north = min(south, xy[end, 1]), max(north, xy[end, 1])
            x1, y1 = xy[end, 0] - origin[0], xy[end, 1] - origin[1]
            cross = x0 * y1 - x1 * y0
            sums[0] += cross
            sums[1] += cross * (x0 + x1)
            sums[2] += cross * (y0 + y1)
            sums[3] += cross * (x0 * x0 + x0 * x1 + x1 * x1)
            sums[4] += cross * (2.0 * (x0 * y0 + x1 * y1) + x0 * y1 + x1 * y0)
            x0, y0 = x1, y1
        flat.blocks[block, 0], flat.blocks[block, 1] = west, south
        flat.blocks[block, 2], flat.blocks[block, 3] = east, north
        vertex = stop


@step
def _set_box(flat: Flat, row: int) -> None:
    """Unite the boxes of all blocks of a polygon."""
    first = flat.blocks_of[flat.rings_of[row]]
    last = flat.blocks_of[flat.rings_of[row + 1]]
    flat.boxes[row] = flat.blocks[first]
    for block in range(first + 1, last):
        flat.boxes[row, 0] = min(flat.boxes[row, 0], flat.blocks[block, 0])
        flat.boxes[row, 1] = min(flat.boxes[row, 1], flat.blocks[block, 1])
        flat.boxes[row, 2] = max(flat.boxes[row, 2], flat.blocks[block, 2])
        flat.boxes[row, 3] = max(flat.boxes[row, 3], flat.blocks[block, 3])


@step
def _set_moments(flat: Flat, row: int, origin: Floats, total: Floats) -> None:
    """Turn the sums about ``origin`` into the area and the moments about the centroid."""
    area = 0.5 * total[0]
    east = total[1] / 6.0 / area if area > 0.0 else 0.0
    north = total[2] / 6.0 / area if area > 0.0 else 0.0
    flat.areas[row] = area
    flat.moments[row, 0] = origin[0] + east
    flat.moments[row, 1] = origin[1] + north
    flat.moments[row, 2] = total[3] / 12.0 - area * east * east
    flat.moments[row, 3] = total[4] / 24.0 - area * east * north
