"""Zones and constraints above the parcels: land-use plan, water and protection, road belts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely

from benchmarks.coverage_lattice import CELL_M, CENTRE, Lattice
from benchmarks.coverage_lines import (
    DECIMALS,
    Floats,
    Ints,
    Lines,
    joined,
    places_within,
    rings_of,
    together,
    walked,
    wiggly,
)

ZONE = (4, 6)  # cells: 20 parcels
_REDRAWN, _REDRAWN_POINTS, _REDRAWN_BOW_M = 0.2, 20, 9.0
_BLOBS = 0.05  # of the constraints; the others are belts along roads
_BLOB_POINTS = (300, 8000)
_BLOB_STEP_M = (0.6, 1.6)
_WAVES = ((2, 0.2), (3, 0.12), (5, 0.08), (9, 0.05), (23, 0.02), (61, 0.006))
_ROAD_POINTS, _ROAD_STEP_M, _ROAD_TURN, _ROAD_HALF_M = 100, (12.0, 30.0), 0.06, (4.0, 25.0)


def zones(lattice: Lattice, count: int, random: np.random.Generator) -> npt.NDArray[np.object_]:
    """Draw zones of a plan, most of their sides along the parcels, some drawn anew.

    Parameters
    ----------
    lattice : Lattice
        Rows and columns in multiples of `ZONE`.
    count : int
        Zones from the south-west.
    random : Generator

    Returns
    -------
    array of Polygon, shape (count,)
        A partition.
    """
    down, across = lattice.rows // ZONE[0], lattice.columns // ZONE[1]
    flat, upright = _sides(lattice, down, across)
    lines = together(*(_partly_redrawn(lattice.lines, sides, random) for sides in (flat, upright)))
    row, column = np.divmod(np.arange(count), across)
    standing = len(flat) + row * (across + 1) + column
    lying = row * across + column
    uses = np.stack([lying, standing + 1, lying + across, standing], axis=1).ravel()
    forward = np.tile([True, True, False, False], count)
    rings = rings_of(walked(lines, uses, forward, np.full(count, 4)))
    shapes: npt.NDArray[np.object_] = shapely.polygons(rings)
    return shapes


def _sides(lattice: Lattice, down: int, across: int) -> tuple[Ints, Ints]:
    """Lines of the lattice along the zones: lying sides, shape (n, 6), standing ones, (n, 4)."""
    row, column, step = np.mgrid[0 : down + 1, 0:across, 0 : ZONE[1]]
    flat = lattice.line(0, row * ZONE[0], column * ZONE[1] + step).reshape(-1, ZONE[1])
    row, column, step = np.mgrid[0:down, 0 : across + 1, 0 : ZONE[0]]
    upright = lattice.line(1, row * ZONE[0] + step, column * ZONE[1]).reshape(-1, ZONE[0])
    return flat, upright


def _partly_redrawn(lines: Lines, sides: Ints, random: np.random.Generator) -> Lines:
    kept = joined(lines, sides)
    first, last = kept.xy[kept.start[:-1]], kept.xy[kept.start[1:] - 1]
    inner = np.full(len(kept), _REDRAWN_POINTS)
    both = together(kept, wiggly(first, last, inner, _REDRAWN_BOW_M, random))
    anew = random.random(len(kept)) < _REDRAWN
    chosen = np.arange(len(kept)) + np.where(anew, len(kept), 0)
    return joined(both, chosen[:, None])


def constraints(
    lattice: Lattice, count: int, random: np.random.Generator
) -> npt.NDArray[np.object_]:
    """Draw areas with many vertices and belts along roads, anywhere over the lattice."""
    extent = np.array([lattice.columns, lattice.rows]) * CELL_M
    middle = CENTRE + extent * random.uniform(-0.5, 0.5, (count, 2))
    blobs = max(1, round(_BLOBS * count))
    return np.concatenate([_blobs(middle[:blobs], random), _belts(middle[blobs:], random)])


def _blobs(middle: Floats, random: np.random.Generator) -> npt.NDArray[np.object_]:
    """Star-shaped areas of 300 to 8,000 vertices, as water and protection areas are digitized."""
    lengths = np.exp(random.uniform(*np.log(_BLOB_POINTS), len(middle))).astype(np.int64)
    radius = lengths * random.uniform(*_BLOB_STEP_M, len(middle)) / (2 * np.pi)
    blob = np.repeat(np.arange(len(middle)), lengths)
    angle = 2 * np.pi * places_within(lengths) / lengths[blob]
    reach = np.ones(len(blob))
    for wave, height in _WAVES:
        reach += height * np.sin(wave * angle + random.uniform(0, 2 * np.pi, len(middle))[blob])
    away = (radius[blob] * reach)[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    rings = shapely.linearrings(np.round(middle[blob] + away, DECIMALS), indices=blob)
    shapes: npt.NDArray[np.object_] = shapely.polygons(rings)
    return shapes


def _belts(middle: Floats, random: np.random.Generator) -> npt.NDArray[np.object_]:
    """Belts along winding roads."""
    size = (len(middle), _ROAD_POINTS)
    turn = random.normal(0, _ROAD_TURN, size)
    turn[:, 0] = random.uniform(0, 2 * np.pi, len(middle))
    heading = np.cumsum(turn, axis=1)
    step = random.uniform(*_ROAD_STEP_M, (len(middle), 1))
    way = np.cumsum(np.stack([step * np.cos(heading), step * np.sin(heading)], axis=-1), axis=1)
    roads = shapely.linestrings(middle[:, None] + way - way.mean(axis=1, keepdims=True))
    half = random.uniform(*_ROAD_HALF_M, len(middle))
    belts = shapely.buffer(roads, half, quad_segs=4)
    return shapely.transform(belts, lambda xy: np.round(xy, DECIMALS))
