"""Two polygons share what a person works out, wherever they lie and whichever engine computes."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely import affinity

from geo.overlap.join import overlap_areas, own_overlap_areas
from geo.overlap.polygons import Polygons
from tests.geo.overlap.planes import (
    ENGINES,
    ZONE_37,
    column,
    found_areas,
    stars,
    true_areas,
    wiggly_cells,
)

CASES = tomllib.loads(
    (Path(__file__).parents[2] / "cases/overlap/areas.toml").read_text(encoding="utf-8")
)["case"]
PLACED = {
    "as written": lambda shape: shape,
    "turned round": lambda shape: affinity.affine_transform(shape, [0, 1, 1, 0, 0, 0]),
    "mirrored": lambda shape: affinity.scale(shape, -1, -1, origin=(0, 0)),
    "other winding": shapely.reverse,
    "zone prefix": lambda shape: affinity.translate(shape, *ZONE_37),
}


def only_area(first, second, engine):
    pairs = overlap_areas(
        Polygons.from_shapes([first]), Polygons.from_shapes([second]), engine=engine
    )
    assert len(pairs) <= 1
    return pairs.area.sum()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("placed", PLACED)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_case_worked_out_by_hand(case, placed, engine):
    first, second = (PLACED[placed](shapely.from_wkt(case[key])) for key in ("first", "second"))
    near = pytest.approx(case["shared_m2"], rel=1e-6, abs=1e-7)
    if placed == "zone prefix" and "." in case["second"]:  # the corner itself is rounded there
        near = pytest.approx(case["shared_m2"], abs=1e-5)
    assert only_area(first, second, engine) == near
    assert only_area(second, first, engine) == near


@pytest.mark.parametrize("engine", ENGINES)
def test_rows_keep_their_numbers(engine):
    first, second = stars(40, seed=1), stars(70, seed=2)
    first[[0, 7]], second[[3, 69]] = None, None
    pairs = overlap_areas(Polygons.from_shapes(first), Polygons.from_shapes(second), engine=engine)
    truth = true_areas(first, second)
    assert found_areas(pairs) == pytest.approx(truth, rel=1e-6, abs=1e-6)
    assert list(found_areas(pairs)) == sorted(truth)
    assert pairs.first.dtype == pairs.second.dtype == np.int32


@pytest.mark.parametrize("engine", ENGINES)
def test_a_layer_with_itself_names_each_pair_once(engine):
    shapes = stars(150)
    pairs = own_overlap_areas(Polygons.from_shapes(shapes), engine=engine)
    truth = {pair: area for pair, area in true_areas(shapes, shapes).items() if pair[0] < pair[1]}
    assert found_areas(pairs) == pytest.approx(truth, rel=1e-6, abs=1e-6)
    assert list(found_areas(pairs)) == sorted(truth)


@pytest.mark.parametrize("engine", ENGINES)
def test_neighbours_of_a_partition_only_touch(engine):
    cells = Polygons.from_shapes(wiggly_cells(12))
    assert len(own_overlap_areas(cells, engine=engine)) == 0


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("offset", [(0.0, 0.0), ZONE_37], ids=["near zero", "zone prefix"])
def test_shares_of_a_partition_sum_to_one(engine, offset):
    parcels, zones = (
        Polygons.from_shapes(
            [affinity.translate(cell, *offset) for cell in wiggly_cells(across, seed=across)]
        )
        for across in (15, 4)
    )
    pairs = overlap_areas(parcels, zones, least_m2=0.0, engine=engine)
    shares = np.bincount(pairs.first, pairs.area, len(parcels)) / parcels.areas
    assert abs(shares - 1).max() <= 1e-7


@pytest.mark.parametrize("engine", ENGINES)
def test_the_floor_decides_what_counts(engine):
    one, other = shapely.box(0, 0, 10, 10), shapely.box(9.999, 0, 20, 10)
    first, second = Polygons.from_shapes([one]), Polygons.from_shapes([other])
    assert len(overlap_areas(first, second, least_m2=0.009, engine=engine)) == 1
    assert len(overlap_areas(first, second, least_m2=0.011, engine=engine)) == 0


@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_overlaps_nothing(engine):
    empty = Polygons.from_shapes([])
    lines = Polygons.from_shapes([None, shapely.Point(1, 1), shapely.Polygon()])
    squares = Polygons.from_shapes([shapely.box(0, 0, 2, 2)])
    for first, second in ((empty, squares), (squares, empty), (lines, squares), (squares, lines)):
        assert len(overlap_areas(first, second, engine=engine)) == 0
    assert len(own_overlap_areas(empty, engine=engine)) == 0
    assert len(own_overlap_areas(lines, engine=engine)) == 0


def test_engines_agree_on_rows_in_many_jobs():
    first = Polygons.from_shapes(stars(500, spread=1500.0))
    second = Polygons.from_wkb(column(stars(900, seed=9, spread=1500.0)))
    compiled = overlap_areas(first, second, engine="compiled")
    plain = overlap_areas(first, second, engine="plain")
    assert found_areas(compiled) == pytest.approx(found_areas(plain), rel=1e-6, abs=1e-6)
    assert len(compiled) > 500


def test_a_self_crossing_ring_counts_as_often_as_it_winds():
    """Invalid input is refused before; this says what would come out."""
    around = np.pi / 2 + 4 * np.pi / 5 * np.arange(5)
    pentagram = shapely.Polygon(10 * np.stack((np.cos(around), np.sin(around)), axis=1))
    layer = Polygons.from_shapes([pentagram])
    core = Polygons.from_shapes([shapely.box(-1, -1, 1, 1)])
    assert overlap_areas(layer, core, engine="compiled").area == pytest.approx([2 * 4])
    assert layer.areas[0] > shapely.make_valid(pentagram).area


def test_an_outlier_far_away_costs_nothing():
    shapes = stars(300)
    shapes[10] = shapely.box(9e8, -9e8, 9e8 + 5, -9e8 + 5)
    near = np.delete(shapes, 10)
    with_outlier = own_overlap_areas(Polygons.from_shapes(shapes), engine="compiled")
    without = own_overlap_areas(Polygons.from_shapes(near), engine="compiled")
    assert np.isin([10], with_outlier.first).sum() == 0
    assert with_outlier.area.sum() <= without.area.sum() + shapes[10].area


@pytest.mark.parametrize("long_edges", [False, True])
def test_rings_of_thousands_of_corners(long_edges):
    """So many pairs of edges that they are sorted into strips first."""
    shapes = stars(6, spread=40.0, radii=(80.0, 90.0), corners=(900, 3000))
    comb = [(0, 0), (100, 0)]
    for tooth in range(200):  # edges as long as the window, one above the other
        comb += [(100, tooth + 0.3), (-100, tooth + 0.5), (-100, tooth + 0.7), (100, tooth + 0.9)]
    if long_edges:
        shapes = [shapely.Polygon([*comb, (-101, 200), (-101, 0)]), *shapes[:2]]
    layer = Polygons.from_shapes([affinity.translate(shape, *ZONE_37) for shape in shapes])
    compiled = own_overlap_areas(layer, engine="compiled")
    plain = own_overlap_areas(layer, engine="plain")
    assert len(plain) >= 3
    assert found_areas(compiled) == pytest.approx(found_areas(plain), rel=1e-7)
