"""Cuts the edges of a polygon to a window.

A polygon is the signed sum of the strips below its edges: below an upper edge counts 1, below a
lower edge -1. Of the part inside a window only three kinds of edges matter: those that cross the
window, cut to it; those above it, which act like a flat edge along its roof; and none of those
left, right or below. A run of edges above the window becomes one flat edge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geo.overlap.arrays import BLOCK
from geo.overlap.kernels.compiled import step

if TYPE_CHECKING:
    from geo.overlap.arrays import Box, Flat, Floats

THINNEST = 1e-12
"""Metres: edges that span less from west to east have no area below them."""

PIECES = 3
"""Most pieces that an edge can leave: a flat one, a sloping one, and the end of a run above."""


class Edges(NamedTuple):
    """Edges from left to right; metres from the lower left corner of the window.

    Attributes
    ----------
    left, right, height, slope, sign : float array
        ``height`` is that of the left end; ``sign`` is 1 for an upper edge, -1 for a lower one.
    """

    left: Floats
    right: Floats
    height: Floats
    slope: Floats
    sign: Floats


Run = tuple[int, float, float]
"""Edges kept so far; where the present run above the window begins and ends (NaN: no run)."""


@step
def cut(flat: Flat, row: int, window: Box, edges: Edges) -> int:
    """Cut a polygon to a window; ``edges`` has room for `PIECES` per edge. Gives their number."""
    west, south, east, north = window
    blocks = flat.blocks
    count = 0
    for ring in range(flat.rings_of[row], flat.rings_of[row + 1]):
        sign = flat.signs[ring]
        run = (count, np.nan, np.nan)
        vertex, last = flat.vertices_of[ring], flat.vertices_of[ring + 1] - 1
        for block in range(flat.blocks_of[ring], flat.blocks_of[ring + 1]):
            stop = min(vertex + BLOCK, last)
            if blocks[block, 0] < east and blocks[block, 2] > west and blocks[block, 3] > south:
                if blocks[block, 1] >= north:
                    run = _above(run, (flat.xy[vertex, 0], flat.xy[stop, 0]), window, sign, edges)
                else:
                    run = _cut_block(flat.xy, (vertex, stop), window, sign, edges, run)
            vertex = stop
        count = _end_run(run, north - south, sign, edges)
    return count


@step
def _cut_block(
    xy: Floats, span: tuple[int, int], window: Box, sign: float, edges: Edges, run: Run
) -> Run:
    """Cut the edges from one vertex to another."""
    west, south, east, north = window
    size = (east - west, north - south)
    for vertex in range(span[0], span[1]):
        x0, y0, x1, y1 = xy[vertex, 0], xy[vertex, 1], xy[vertex + 1, 0], xy[vertex + 1, 1]
        if abs(x1 - x0) <= THINNEST or max(x0, x1) <= west or min(x0, x1) >= east:
            continue
        if max(y0, y1) <= south:
            continue
        if min(y0, y1) >= north:
            run = _above(run, (x0, x1), window, sign, edges)
        elif x0 < x1:
            edge = (x0 - west, y0 - south, x1 - west, y1 - south)
            run = (_cut_edge(edge, size, -sign, edges, run[0]), run[1], run[2])
        else:
            edge = (x1 - west, y1 - south, x0 - west, y0 - south)
            run = (_cut_edge(edge, size, sign, edges, run[0]), run[1], run[2])
    return run


@step
def _cut_edge(edge: Box, size: tuple[float, float], sign: float, edges: Edges, count: int) -> int:
    """Cut one edge, given from left to right, at the sides, the floor and the roof."""
    left, low, right, high = edge  # heights of the left and the right end
    width, roof = size
    slope = (high - low) / (right - left)
    if left < 0.0:
        left, low = 0.0, low - slope * left
    if right > width:
        right, high = width, high - slope * (right - width)
    if low <= 0.0 and high <= 0.0:
        return count
    if low < 0.0:
        left, low = min(left - low / slope, right), 0.0
    elif high < 0.0:
        right, high = max(right - high / slope, left), 0.0
    if low >= roof and high >= roof:
        return _keep(edges, count, (left, right), roof, 0.0, sign)
    if low > roof:
        crossing = min(left + (roof - low) / slope, right)
        count = _keep(edges, count, (left, crossing), roof, 0.0, sign)
        left, low = crossing, roof
    elif high > roof:
        crossing = max(right + (roof - high) / slope, left)
        count = _keep(edges, count, (crossing, right), roof, 0.0, sign)
        right = crossing
    return _keep(edges, count, (left, right), low, slope, sign)


@step
def _above(run: Run, ends: tuple[float, float], window: Box, sign: float, edges: Edges) -> Run:
    """Lengthen the run above the window, or end it and begin another."""
    west, south, east, north = window
    begin = min(max(ends[0], west), east) - west
    end = min(max(ends[1], west), east) - west
    if begin == run[2]:
        return (run[0], run[1], end)
    return (_end_run(run, north - south, sign, edges), begin, end)


@step
def _end_run(run: Run, roof: float, sign: float, edges: Edges) -> int:
    """Keep the run above the window as one flat edge along its roof."""
    count, begin, end = run
    if begin < end:
        return _keep(edges, count, (begin, end), roof, 0.0, -sign)
    if begin > end:
        return _keep(edges, count, (end, begin), roof, 0.0, sign)
    return count


@step
def _keep(
    edges: Edges, count: int, ends: tuple[float, float], height: float, slope: float, sign: float
) -> int:
    """Add an edge unless it has no width."""
    if ends[1] <= ends[0]:
        return count
    edges.left[count], edges.right[count] = ends
    edges.height[count] = height
    edges.slope[count] = slope
    edges.sign[count] = sign
    return count + 1
