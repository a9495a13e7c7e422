"""Overlap areas of two layers, or of a layer with itself: closed form or GEOS, without shapes.

The closed form: a polygon is the signed sum of the strips below its edges, so the area that two
polygons share is the signed sum, over all pairs of edges, of what lies below both. Nothing is
intersected, shared and collinear edges cancel, and there is no tolerance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.overlap import threads
from geo.overlap.engine import Engine, Kernels, kernels_for
from geo.overlap.pairs import Pairs, sorted_pairs
from geo.overlap.plain import PlainBase
from geo.overlap.tree import pack

if TYPE_CHECKING:
    from geo.overlap.arrays import Floats, Places, Tree
    from geo.overlap.polygons import Polygons

__all__ = ["LEAST_M2", "Engine", "Pairs", "overlap_areas", "own_overlap_areas"]

LEAST_M2 = 1e-4
"""Areas up to a square centimetre are rounding, not overlap."""


def overlap_areas(
    first: Polygons, second: Polygons, *, least_m2: float = LEAST_M2, engine: Engine = "auto"
) -> Pairs:
    """Find what polygons of one layer share with those of another.

    Parameters
    ----------
    first, second : Polygons
        Valid polygons in one metric plane.
    least_m2 : float
        Shared areas up to this size are left out; polygons that only touch share about 1e-9 m².
    engine : Engine
        "auto" is "compiled" as soon as the kernels are loaded, else "plain".

    Returns
    -------
    Pairs
        Rows of ``first`` and ``second``.

    Raises
    ------
    PlannerError
        ``overlap_not_compiled``.
    """
    return _joined(first, second, own=False, least_m2=least_m2, engine=engine)


def own_overlap_areas(
    polygons: Polygons, *, least_m2: float = LEAST_M2, engine: Engine = "auto"
) -> Pairs:
    """Find what polygons of one layer share with each other.

    Parameters and errors as in `overlap_areas`.

    Returns
    -------
    Pairs
        Each pair once, ``first < second``.
    """
    return _joined(polygons, polygons, own=True, least_m2=least_m2, engine=engine)


def join_compiled(
    kernels: Kernels, first: Polygons, second: Polygons, tree: Tree, *, own: bool, least_m2: float
) -> Pairs:
    """Join by the kernels; ``tree`` holds the boxes of ``second``."""

    def job(start: int, stop: int) -> tuple[Places, Places, Floats]:
        found: tuple[Places, Places, Floats] = kernels.join(
            first.flat, second.flat, tree, start, stop, own, float(least_m2)
        )
        return found

    jobs = threads.shares(len(first), lambda: _weights(first, tree))
    return sorted_pairs(threads.each(jobs, job))


def _joined(
    first: Polygons, second: Polygons, *, own: bool, least_m2: float, engine: Engine
) -> Pairs:
    kernels = kernels_for(engine)
    if kernels is None:
        return PlainBase(second).join(first, own=own, least_m2=least_m2)
    tree = pack(second.boxes)
    return join_compiled(kernels, first, second, tree, own=own, least_m2=least_m2)


def _weights(first: Polygons, tree: Tree) -> Floats:
    """Guess the work of each row: how many boxes of the tree its own one may meet."""
    own = first.boxes[:, 2:] - first.boxes[:, :2]
    lowest = tree.boxes[: len(tree.items)]
    mean = (lowest[:, 2:] - lowest[:, :2]).mean(axis=0) if len(lowest) else np.ones(2)
    work: Floats = np.nan_to_num(((own + mean) / mean).prod(axis=1))
    return work
