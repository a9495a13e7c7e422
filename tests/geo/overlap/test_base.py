"""A prepared layer answers like a join, from memory and from disk, in any thread."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import shapely
from shapely import affinity

from geo.errors import PlannerError
from geo.overlap.base import Base
from geo.overlap.join import own_overlap_areas
from geo.overlap.polygons import Polygons
from tests.geo.overlap.planes import ENGINES, ZONE_37, found_areas, stars, true_areas

SHAPES = np.array([*stars(120, seed=8), None, shapely.Point(1, 1)], dtype=object)
DRAWN = [
    *stars(12, seed=21),
    shapely.MultiPolygon([shapely.box(0, 0, 40, 40), shapely.box(90, 0, 130, 300)]),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("bases") / "parcels"
    Base(Polygons.from_shapes(SHAPES)).save(path)
    return path


@pytest.fixture(params=["memory", "disk"])
def base_of(request, folder):
    if request.param == "disk":
        return lambda engine: Base.open(folder, engine=engine)
    return lambda engine: Base(Polygons.from_shapes(SHAPES), engine=engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_drawn_polygon_overlaps_what_shapely_says(base_of, engine):
    base = base_of(engine)
    for drawn in DRAWN:
        truth = true_areas([drawn], SHAPES)
        assert found_areas(base.overlaps_of(drawn)) == pytest.approx(truth, rel=1e-6, abs=1e-6)


def test_one_taken_apart_polygon_asks_several_layers():
    base = Base(Polygons.from_shapes(SHAPES), engine="compiled")
    drawn = Polygons.from_shapes(DRAWN)
    truth = true_areas(DRAWN, SHAPES)
    assert found_areas(base.overlaps_of(drawn)) == pytest.approx(truth, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("drawn", [shapely.Polygon(), shapely.Point(5, 5), None])
def test_what_has_no_area_overlaps_nothing(engine, drawn):
    assert len(Base(Polygons.from_shapes(SHAPES), engine=engine).overlaps_of(drawn)) == 0


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("distance", [0.0, 1.5, 20.0, 5000.0])
def test_distances_are_those_of_shapely(base_of, engine, distance):
    base = base_of(engine)
    for drawn in (*DRAWN, shapely.Point(150, 150), shapely.LineString([(0, 0), (300, 10)])):
        rows, metres = base.within(drawn, distance)
        truth = np.array(
            [np.inf if s is None or s.geom_type == "Point" else drawn.distance(s) for s in SHAPES]
        )
        expected = np.flatnonzero(truth <= distance)
        assert rows.tolist() == expected.tolist()
        np.testing.assert_allclose(metres, truth[expected], atol=1e-9)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_limit_that_is_reached_exactly_counts(engine):
    square, far = shapely.box(0, 0, 10, 10), shapely.box(30, 0, 40, 10)
    layer = Polygons.from_shapes([affinity.translate(far, *ZONE_37)])
    rows, metres = Base(layer, engine=engine).within(affinity.translate(square, *ZONE_37), 20.0)
    assert (rows.tolist(), metres.tolist()) == ([0], [20.0])


@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_is_near_an_empty_geometry_or_layer(engine):
    base = Base(Polygons.from_shapes(SHAPES), engine=engine)
    assert base.within(shapely.Polygon(), 10.0)[0].tolist() == []
    empty = Base(Polygons.from_shapes([]), engine=engine)
    assert empty.within(DRAWN[0], 10.0)[0].tolist() == []
    assert len(empty.overlaps_of(DRAWN[0])) == len(empty) == 0


@pytest.mark.parametrize("distance", [np.nan, -1.0, np.inf])
def test_a_distance_that_is_none_is_refused(distance):
    with pytest.raises(PlannerError) as caught:
        Base(Polygons.from_shapes(SHAPES)).within(DRAWN[0], distance)
    assert caught.value.code == "overlap_distance"


def test_the_callers_geometry_is_not_prepared():
    drawn = shapely.box(0, 0, 50, 50)
    base = Base(Polygons.from_shapes(SHAPES), engine="plain")
    base.within(drawn, 5.0)
    base.overlaps_of(drawn)
    assert not shapely.is_prepared(drawn)


@pytest.mark.parametrize("engine", ENGINES)
def test_fifty_runs_in_two_threads(engine):
    base = Base(Polygons.from_shapes(SHAPES), engine=engine)
    layer = Polygons.from_shapes(stars(90, seed=4))
    drawn = [found_areas(base.overlaps_of(shape)) for shape in DRAWN]
    own = found_areas(own_overlap_areas(layer, engine=engine))

    def run(number):
        for shape, known in zip(DRAWN, drawn, strict=True):
            assert found_areas(base.overlaps_of(shape)) == known
            base.within(shape, 5.0)
        assert found_areas(own_overlap_areas(layer, engine=engine)) == own
        return number

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(run, range(50))) == list(range(50))


def test_an_empty_layer_is_saved_too(tmp_path):
    Base(Polygons.from_shapes([None])).save(tmp_path / "empty")
    assert len(Base.open(tmp_path / "empty", engine="compiled").overlaps_of(DRAWN[0])) == 0


def test_a_saved_layer_is_not_overwritten(tmp_path):
    base = Base(Polygons.from_shapes(SHAPES))
    base.save(tmp_path / "deep" / "layer")
    with pytest.raises(PlannerError) as caught:
        base.save(tmp_path / "deep" / "layer")
    assert caught.value.code == "overlap_base_exists"
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["layer"]


def test_an_opened_layer_cannot_be_changed(folder):
    with pytest.raises(ValueError, match="read-only"):
        Base.open(folder).polygons.areas[0] = 1.0


def cut_file(path):
    path.write_bytes(path.read_bytes()[:-3])


def shorten(path):
    np.save(path, np.load(path)[:-1])


DAMAGES = {
    "no folder": (None, lambda path: [part.unlink() for part in path.parent.iterdir()]),
    "no description": ("base.json", lambda path: path.unlink()),
    "other format": ("base.json", lambda path: path.write_text(json.dumps({"format": 0}))),
    "no json": ("base.json", lambda path: path.write_text("[")),
    "other json": ("base.json", lambda path: path.write_text("[1]")),
    "missing": ("xy.npy", lambda path: path.unlink()),
    "other kind": ("xy.npy", lambda path: np.save(path, np.zeros((3, 2), np.float32))),
    **{f"cut {name}": (f"{name}.npy", cut_file) for name in ("xy", "areas", "tree_boxes")},
    **{
        f"short {name}": (f"{name}.npy", shorten)
        for name in (
            *("rings_of", "vertices_of", "xy", "shells", "blocks_of", "blocks", "signs", "boxes"),
            *("areas", "moments", "tree_items", "tree_boxes", "tree_levels"),
        )
    },
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_folder_is_refused(name, tmp_path):
    part, damage = DAMAGES[name]
    Base(Polygons.from_shapes(SHAPES)).save(tmp_path / "layer")
    damage(tmp_path / "layer" / (part or "base.json"))
    with pytest.raises(PlannerError) as caught:
        Base.open(tmp_path / "layer")
    assert caught.value.code == "overlap_base_unreadable"
    assert caught.value.values["name"] == "layer"
