"""Layers that the tests of overlaps share."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import shapely

ENGINES = ("compiled", "plain")
ZONE_37 = (37_640_000.0, 3_650_000.0)
"""Where Nanyang lies in a zone of three degrees with its prefix."""


def stars(count, *, seed=5, spread=300.0, radii=(5.0, 40.0), corners=(3, 60)):
    """Random simple polygons; neighbours overlap."""
    random = np.random.default_rng(seed)
    shapes = []
    while len(shapes) < count:
        around = np.sort(random.uniform(0, 2 * np.pi, random.integers(*corners)))
        radius = random.uniform(*radii, len(around))
        centre = random.uniform(0, spread, 2)
        ring = centre + np.stack((radius * np.cos(around), radius * np.sin(around)), axis=1)
        if len(ring) > 2 and (shape := shapely.Polygon(ring)).is_valid and shape.area > 1e-3:
            shapes.append(shape)
    return np.array(shapes, dtype=object)


def wiggly_cells(across, *, seed=3, size=600.0, bends=6):
    """Cells of a bent lattice that fill a square: each side is drawn once, for both neighbours."""
    random = np.random.default_rng(seed)
    step = size / across
    nodes = np.stack(np.meshgrid(*2 * [np.linspace(0, size, across + 1)], indexing="ij"), axis=-1)
    nodes[1:-1, 1:-1] += random.uniform(-0.2, 0.2, nodes[1:-1, 1:-1].shape) * step

    def side(start, end, *, straight):
        share = np.linspace(0, 1, bends + 2)[:, np.newaxis]
        line = nodes[start] * (1 - share) + nodes[end] * share
        if not straight:
            line[1:-1] += random.uniform(-0.06, 0.06, (bends, 2)) * step
        return line

    span = range(across + 1)
    flat = {
        (i, j): side((i, j), (i + 1, j), straight=j in {0, across})
        for i in range(across)
        for j in span
    }
    upright = {
        (i, j): side((i, j), (i, j + 1), straight=i in {0, across})
        for i in span
        for j in range(across)
    }
    return np.array(
        [
            shapely.Polygon(
                np.concatenate(
                    (flat[i, j], upright[i + 1, j], flat[i, j + 1][::-1], upright[i, j][::-1])
                )
            )
            for i in range(across)
            for j in range(across)
        ],
        dtype=object,
    )


def column(shapes):
    """Give geometries as a column of well-known binary."""
    return pa.array(
        [None if shape is None else shapely.to_wkb(shape) for shape in shapes], pa.binary()
    )


def true_areas(first, second, *, least_m2=1e-4):
    """Overlaps by GEOS, pair by pair: {(row, row): m2}."""
    found = {}
    for i, one in enumerate(first):
        for j, other in enumerate(second):
            if one is not None and other is not None:
                area = shapely.intersection(one, other).area
                if area > least_m2:
                    found[i, j] = area
    return found


def found_areas(pairs):
    return dict(
        zip(
            zip(pairs.first.tolist(), pairs.second.tolist(), strict=True),
            pairs.area.tolist(),
            strict=True,
        )
    )
