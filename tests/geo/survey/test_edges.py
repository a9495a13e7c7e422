"""Misfits of a coverage, found by their edges: the same as GEOS finds by looking at all."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from geo.survey.quality.edges import misfits

GAP = 0.2
SIDE = 12


def lattice(east: float = 0.0) -> np.ndarray:
    """Quadrangles that share their edges, 40 m wide, corners moved by up to 8 m."""
    moved = np.random.default_rng(5).uniform(-8, 8, (SIDE + 1, SIDE + 1, 2))
    corner = np.stack(np.mgrid[0 : SIDE + 1, 0 : SIDE + 1], axis=-1) * 40.0 + moved + (east, 0)
    rings = [corner[:-1, :-1], corner[1:, :-1], corner[1:, 1:], corner[:-1, 1:]]
    return shapely.polygons(np.stack(rings, axis=2).reshape(-1, 4, 2))


def moved_by(shapes: np.ndarray, place: int, by: float) -> np.ndarray:
    shapes[place] = shapely.transform(shapes[place], lambda xy: xy + by)
    return shapes


def replaced(place: int, *by: shapely.Geometry) -> np.ndarray:
    return np.array([*by, *np.delete(lattice(), place)])


FIRST = lattice()[30]
LAYERS = {
    "fits": lattice(),
    "turned": shapely.reverse(lattice()),
    "half turned": np.concatenate([shapely.reverse(lattice()[::2]), lattice()[1::2]]),
    "moved": moved_by(lattice(), 30, 1.0),
    "moved by little": moved_by(lattice(), 30, 0.01),
    "narrow gap": replaced(30, FIRST.buffer(-0.05, join_style="mitre")),
    "wide gap": replaced(30, FIRST.buffer(-5, join_style="mitre")),
    "one missing": replaced(30),
    "another inside": np.array([*lattice(), FIRST.centroid.buffer(4)]),
    "point on an edge": replaced(30, shapely.segmentize(FIRST, 25)),
    "two as one": replaced(30, FIRST.union(lattice()[31])),
    "several parts": np.array([shapely.multipolygons(lattice()[[0, 40]]), *lattice()[1:40]]),
    "one layer on another": np.concatenate([lattice(), lattice(17.0)]),
    "apart": np.concatenate([lattice(), lattice(5_000.0)]),
    "alone": lattice()[:1],
}


@pytest.mark.parametrize("name", LAYERS)
def test_misfits_are_those_of_geos(name: str) -> None:
    shapes = LAYERS[name]
    edges = shapely.coverage_invalid_edges(shapes, gap_width=GAP)
    found = misfits(shapes, shapely.STRtree(shapes), GAP)
    assert found.tolist() == (~shapely.is_empty(edges)).tolist()
