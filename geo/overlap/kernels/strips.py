"""Areas from cut edges, by integrals that need no geometry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.overlap.kernels.compiled import stage, step

if TYPE_CHECKING:
    from geo.overlap.arrays import Integers
    from geo.overlap.kernels.cut import Edges

_MANY_PAIRS = 2048
"""From here on it pays to sort edges into strips; fewer pairs are all looked at."""


@step
def area_below(edges: Edges, count: int) -> float:
    """Give the area of a cut polygon: the signed sum of the strips below its edges."""
    total = 0.0
    for i in range(count):
        width = edges.right[i] - edges.left[i]
        total += edges.sign[i] * width * (edges.height[i] + 0.5 * edges.slope[i] * width)
    return total


@step
def area_below_both(first: Edges, firsts: int, second: Edges, seconds: int, width: float) -> float:
    """Give the area that two polygons share, cut to a window of some width.

    The signed sum, over all pairs of edges, of what lies below both. What is common to both
    outlines adds and takes away the same numbers.
    """
    if firsts * seconds > _MANY_PAIRS:
        return _area_by_strips(first, firsts, second, seconds, width)
    total = 0.0
    for i in range(firsts):
        below = 0.0
        for j in range(seconds):
            below += second.sign[j] * _below_pair(first, i, second, j)
        total += first.sign[i] * below
    return total


@step
def _below_pair(first: Edges, i: int, second: Edges, j: int) -> float:
    """Give the area below two edges.

    Over their common width it is the mean of the lower heights at both ends, and if the edges
    cross in between, a triangle more.
    """
    start = max(first.left[i], second.left[j])
    width = min(first.right[i], second.right[j]) - start
    if width <= 0.0:
        return 0.0
    p0 = first.height[i] + first.slope[i] * (start - first.left[i])
    p1 = p0 + first.slope[i] * width
    q0 = second.height[j] + second.slope[j] * (start - second.left[j])
    q1 = q0 + second.slope[j] * width
    lower = min(p0, q0) + min(p1, q1)
    d0, d1 = p0 - q0, p1 - q1
    if d0 * d1 < 0.0:
        lower += abs(d0 * d1) / (abs(d0) + abs(d1))
    return float(0.5 * width * lower)


@stage
def _area_by_strips(first: Edges, firsts: int, second: Edges, seconds: int, width: float) -> float:
    """Add up only the pairs of edges that meet in some upright strip of the window."""
    starts, members, scale = _in_strips(second, seconds, width)
    last = len(starts) - 2
    total = 0.0
    for i in range(firsts):
        below = 0.0
        for strip in range(
            _strip(first.left[i], scale, last), _strip(first.right[i], scale, last) + 1
        ):
            for place in range(starts[strip], starts[strip + 1]):
                j = members[place]
                begin = max(first.left[i], second.left[j])
                if _strip(begin, scale, last) == strip:  # a pair counts where it begins
                    below += second.sign[j] * _below_pair(first, i, second, j)
        total += first.sign[i] * below
    return total


@step
def _strip(x: float, scale: float, last: int) -> int:
    """Give the strip that a place lies in."""
    return min(int(x * scale), last)


@step
def _in_strips(edges: Edges, count: int, width: float) -> tuple[Integers, Integers, float]:
    """List for each strip the edges that reach into it; strips are as wide as an edge on average.

    Gives where the list of each strip begins, the lists, and strips per metre. No more than
    twice as many entries as edges, however the edges lie.
    """
    covered = 0.0
    for i in range(count):
        covered += edges.right[i] - edges.left[i]
    strips = max(1, min(count, int(width * count / covered)))
    scale = strips / width
    starts = np.zeros(strips + 2, np.int64)
    for i in range(count):
        for strip in range(
            _strip(edges.left[i], scale, strips - 1), _strip(edges.right[i], scale, strips - 1) + 1
        ):
            starts[strip + 2] += 1
    for strip in range(2, strips + 2):
        starts[strip] += starts[strip - 1]
    members = np.empty(starts[strips + 1], np.int64)
    for i in range(count):
        for strip in range(
            _strip(edges.left[i], scale, strips - 1), _strip(edges.right[i], scale, strips - 1) + 1
        ):
            members[starts[strip + 1]] = i
            starts[strip + 1] += 1
    return starts[: strips + 1], members, scale
