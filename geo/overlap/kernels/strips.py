"""Areas from cut edges, by integrals that need no geometry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.overlap.kernels.compiled import step

if TYPE_CHECKING:
    from geo.overlap.kernels.cut import Edges


@step
def area_below(edges: Edges, count: int) -> float:
    """Give the area of a cut polygon: the signed sum of the strips below its edges."""
    total = 0.0
    for i in range(count):
        width = edges.right[i] - edges.left[i]
        total += edges.sign[i] * width * (edges.height[i] + 0.5 * edges.slope[i] * width)
    return total


@step
def area_below_both(first: Edges, firsts: int, second: Edges, seconds: int) -> float:
    """Give the area that two cut polygons share: the signed sum over all pairs of edges.

    Two strips share what lies below the lower one of their edges, over their common width: there
    the mean of the lower heights at both ends, and if the edges cross, a triangle more. What is
    common to both outlines adds and takes away the same numbers.
    """
    total = 0.0
    for i in range(firsts):
        left, right = first.left[i], first.right[i]
        height, slope = first.height[i], first.slope[i]
        below = 0.0
        for j in range(seconds):
            start = max(left, second.left[j])
            width = min(right, second.right[j]) - start
            if width <= 0.0:
                continue
            p0 = height + slope * (start - left)
            p1 = p0 + slope * width
            q0 = second.height[j] + second.slope[j] * (start - second.left[j])
            q1 = q0 + second.slope[j] * width
            lower = min(p0, q0) + min(p1, q1)
            d0, d1 = p0 - q0, p1 - q1
            if d0 * d1 < 0.0:
                lower += abs(d0 * d1) / (abs(d0) + abs(d1))
            below += second.sign[j] * width * lower
        total += first.sign[i] * below
    return 0.5 * total
