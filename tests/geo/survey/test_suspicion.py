import numpy as np
import pytest
import shapely

from geo.crs import local_tm, to_lonlat
from geo.survey.place.suspicion import gcj02_suspect
from geo.systems import web_map

RANDOM = np.random.default_rng(3)


def parcels(count=60, east=0.0, side=(60, 140)):
    """Scattered oblongs about the centre of the project, no two alike."""
    corners = np.array([(i % 10, i // 10) for i in range(count)]) * 220.0 + [east, 0]
    sizes = RANDOM.uniform(*side, (count, 2))
    boxes = shapely.box(*corners.T, *(corners + sizes).T)
    return to_lonlat(boxes, local_tm(112.53, 32.99))


REFERENCE = parcels()


@pytest.mark.parametrize("name", ["GCJ-02", "BD-09"])
def test_a_shifted_copy_is_named_with_both_shares(name):
    note = gcj02_suspect(web_map(name).from_lonlat(REFERENCE), REFERENCE)
    assert note.code == "gcj02_suspect"
    assert note.values["crs"] == name
    assert note.values["shifted_percent"] >= 98
    assert note.values["as_is_percent"] <= 30


def test_a_copy_that_was_also_redrawn_is_named():
    moved = shapely.transform(web_map("GCJ-02").from_lonlat(REFERENCE), lambda xy: xy + 4e-5)
    assert gcj02_suspect(moved, REFERENCE).values["crs"] == "GCJ-02"


def test_a_partial_reference_is_enough():
    layer = web_map("GCJ-02").from_lonlat(REFERENCE)
    assert gcj02_suspect(layer, REFERENCE[:8]) is not None


def test_a_layer_that_lies_right_is_not_named():
    assert gcj02_suspect(REFERENCE, REFERENCE) is None
    assert gcj02_suspect(shapely.transform(REFERENCE, lambda xy: xy + 1e-5), REFERENCE) is None


def grid(columns, rows, east=0.0):
    x, y = np.meshgrid(np.arange(columns) * 100.0 + east, np.arange(rows) * 100.0)
    boxes = shapely.box(x.ravel(), y.ravel(), x.ravel() + 100, y.ravel() + 100)
    return to_lonlat(boxes, local_tm(112.53, 32.99))


def test_neighbours_that_touch_are_not_named():
    assert gcj02_suspect(grid(8, 20, east=3000.0), grid(30, 20)) is None


def test_a_new_block_over_a_dense_coverage_is_not_named():
    assert gcj02_suspect(grid(6, 6, east=333.0), grid(60, 60, east=-3000.0)) is None


def test_nothing_to_compare():
    nothing = np.empty(0, dtype=object)
    assert gcj02_suspect(nothing, REFERENCE) is None
    assert gcj02_suspect(REFERENCE, nothing) is None
    assert gcj02_suspect(REFERENCE, None) is None
    assert gcj02_suspect(np.array([None, shapely.Polygon()], dtype=object), REFERENCE) is None
    bow_tie = shapely.Polygon([(112, 33), (112.1, 33.1), (112.1, 33), (112, 33.1)])
    assert gcj02_suspect(np.array([bow_tie], dtype=object), REFERENCE) is None


def test_many_parcels_are_sampled():
    many = parcels(5000)
    assert gcj02_suspect(web_map("BD-09").from_lonlat(many), many).values["crs"] == "BD-09"
