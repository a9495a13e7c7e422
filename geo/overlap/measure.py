"""Turns rings into `Flat`: boxes, signs, areas and moments, compiled or by numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.errors import PlannerError
from geo.overlap import threads
from geo.overlap.arrays import BLOCK, Flat, Rings, freeze, most_vertices

if TYPE_CHECKING:
    from geo.overlap.arrays import Floats, Integers
    from geo.overlap.engine import Kernels

_FARTHEST_M = 1e9
"""No projection of the Earth in metres reaches this far; beyond it areas lose their digits."""


def measured(rings: Rings, kernels: Kernels | None) -> Flat:
    """Measure polygons of a metric plane.

    Raises
    ------
    PlannerError
        ``overlap_coordinate``: a coordinate is no finite number of metres. Values: ``row`` from 1.
    """
    flat = _blank(rings)
    if kernels is None:
        with np.errstate(over="ignore", invalid="ignore"):  # astray coordinates: refused below
            measure(flat)
    else:
        vertices = rings.vertices_of[rings.rings_of]
        jobs = threads.shares(len(flat.areas), lambda: np.diff(vertices).astype(float))
        threads.each(jobs, lambda start, stop: kernels.measure(flat, start, stop))
    _require_finite(flat)
    freeze(flat)
    return flat


def measure(flat: Flat) -> None:
    """Fill in all that is not known of the polygons, as `geo.overlap.kernels.measure` does."""
    rows = np.flatnonzero(np.diff(flat.rings_of))
    flat.boxes[:] = np.nan
    flat.areas[:] = 0.0
    flat.moments[:] = 0.0
    if not len(rows):
        return
    first_rings = flat.rings_of[rows]
    first_blocks = flat.blocks_of[first_rings]
    _set_blocks(flat)
    flat.boxes[rows, :2] = np.minimum.reduceat(flat.blocks[:, :2], first_blocks)
    flat.boxes[rows, 2:] = np.maximum.reduceat(flat.blocks[:, 2:], first_blocks)
    origin = flat.xy[flat.vertices_of[first_rings]]
    sums = _ring_sums(flat, np.repeat(origin, np.diff(flat.rings_of)[rows], axis=0))
    flat.signs[:] = np.where((sums[:, 0] > 0) == flat.shells, 1.0, -1.0)
    total = np.add.reduceat(sums * flat.signs[:, np.newaxis], first_rings)
    area = total[:, 0] / 2
    centre = total[:, 1:3] / 6 / np.where(area > 0, area, np.inf)[:, np.newaxis]
    flat.areas[rows] = area
    flat.moments[rows, :2] = origin + centre
    flat.moments[rows, 2] = total[:, 3] / 12 - area * centre[:, 0] ** 2
    flat.moments[rows, 3] = total[:, 4] / 24 - area * centre[:, 0] * centre[:, 1]


def _blank(rings: Rings) -> Flat:
    """Make room for all that is measured."""
    edges = np.diff(rings.vertices_of) - 1
    blocks_of = np.concatenate(([0], np.cumsum(-(-edges // BLOCK)))).astype(np.int64)
    rows = len(rings.rings_of) - 1
    return Flat(
        rings_of=rings.rings_of,
        vertices_of=rings.vertices_of,
        xy=rings.xy,
        shells=rings.shells,
        blocks_of=blocks_of,
        blocks=np.empty((blocks_of[-1], 4)),
        signs=np.empty(len(edges)),
        boxes=np.empty((rows, 4)),
        areas=np.empty(rows),
        moments=np.empty((rows, 4)),
        most_vertices=most_vertices(rings.rings_of, rings.vertices_of),
    )


def _require_finite(flat: Flat) -> None:
    has_rings = np.diff(flat.rings_of) > 0
    with np.errstate(invalid="ignore"):
        near = (np.abs(flat.boxes) < _FARTHEST_M).all(axis=1) & np.isfinite(flat.areas)
    astray = np.flatnonzero(has_rings & ~near)
    if len(astray):
        raise PlannerError("overlap_coordinate", row=int(astray[0]) + 1, count=len(astray))


def _set_blocks(flat: Flat) -> None:
    """Box each run of `BLOCK` edges."""
    of_ring = np.diff(flat.blocks_of)
    within = np.arange(flat.blocks_of[-1]) - np.repeat(flat.blocks_of[:-1], of_ring)
    first_edges = np.repeat(flat.vertices_of[:-1], of_ring) + BLOCK * within
    seams = flat.vertices_of[1:-1] - 1  # from the end of a ring to the next one: no edges
    low = np.minimum(flat.xy[:-1], flat.xy[1:])
    high = np.maximum(flat.xy[:-1], flat.xy[1:])
    low[seams], high[seams] = np.inf, -np.inf
    flat.blocks[:, :2] = np.minimum.reduceat(low, first_edges)
    flat.blocks[:, 2:] = np.maximum.reduceat(high, first_edges)


def _ring_sums(flat: Flat, origins: Floats) -> Floats:
    """Sum cross products and their moments along each ring, about the origin of its polygon."""
    starts: Integers = flat.vertices_of[:-1]
    xy = flat.xy - np.repeat(origins, np.diff(flat.vertices_of), axis=0)
    (x0, y0), (x1, y1) = xy[:-1].T, xy[1:].T
    cross = x0 * y1 - x1 * y0
    cross[flat.vertices_of[1:-1] - 1] = 0.0
    terms = (
        cross,
        cross * (x0 + x1),
        cross * (y0 + y1),
        cross * (x0 * x0 + x0 * x1 + x1 * x1),
        cross * (2 * (x0 * y0 + x1 * y1) + x0 * y1 + x1 * y0),
    )
    return np.stack([np.add.reduceat(term, starts) for term in terms], axis=1)
