"""Long edges keep the course that the file gives them: parallels stay parallels."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from pyproj import CRS, Transformer

from geo.crs import local_tm
from layers.overlay_edges import cut_long_edges
from layers.overlay_read import read_overlay
from tests.layers.overlay.overlay_files import frame, geojson, written

PLANE = local_tm(112.5, 33.0)


def in_plane(shape):
    """Project by pyproj alone, every 20 m of the straight line between degrees."""
    there = Transformer.from_crs(CRS.from_epsg(4490), PLANE, always_xy=True)
    dense = shapely.segmentize(shape, 0.0002)
    return shapely.transform(dense, lambda xy: np.column_stack(there.transform(*xy.T)))


@pytest.mark.parametrize("width", [0.02, 0.1, 0.7, 3.0])
def test_a_box_of_degrees_keeps_its_parallels(width):
    box = shapely.box(112.5 - width / 2, 33 - width, 112.5 + width / 2, 33)
    read = read_overlay(geojson(({}, box)), "x", "zone")
    apart = shapely.hausdorff_distance(in_plane(box), read.in_plane(PLANE)[0])
    assert apart < 0.002
    parcel = in_plane(shapely.box(112.5, 33, 112.502, 33.001))
    assert parcel.intersection(read.in_plane(PLANE)[0]).area < 0.1


def test_straight_lines_of_a_projection_stay_straight_there(tmp_path):
    corners = shapely.box(38_340_000, 3_600_000, 38_440_000, 3_700_000)
    table = frame("zone").iloc[:1].set_geometry([corners]).set_crs(4526, allow_override=True)
    read = read_overlay(written(table, "geopackage", tmp_path), "x", "zone")
    back = Transformer.from_crs(4490, 4526, always_xy=True)
    dense = shapely.segmentize(read.shapes, 0.0005)
    there = shapely.transform(dense, lambda xy: np.column_stack(back.transform(*xy.T)))
    assert shapely.hausdorff_distance(there[0], corners) < 0.02


def test_short_edges_keep_their_points():
    shapes = np.array([shapely.box(112.5, 33, 112.51, 33.01), shapely.box(0, 0, 5000, 5000)])
    for shape in shapes:
        assert cut_long_edges(np.array([shape]))[0].equals_exact(shape, 0)


def test_what_is_broken_or_astray_stays_as_it_is():
    tie = shapely.Polygon([(112, 33), (113, 34), (113, 33), (112, 34)])
    astray = shapely.Polygon([(112.5, 33), (1e300, 33), (112.51, 33.01)])
    found = cut_long_edges(np.array([tie, astray], dtype=object))
    assert found[0].equals_exact(tie, 0)
    assert found[1].equals_exact(astray, 0)


def test_heights_and_lines_are_cut_too():
    line = shapely.LineString([(112, 33, 5), (113, 33, 5)])
    assert shapely.get_num_coordinates(cut_long_edges(np.array([line], dtype=object))[0]) == 501


def test_points_are_bounded():
    many = np.full(3000, shapely.box(75, 5, 130, 50), dtype=object)
    assert shapely.get_num_coordinates(cut_long_edges(many)).sum() < 2_100_000


def test_no_rows_are_no_trouble():
    assert len(cut_long_edges(np.empty(0, dtype=object))) == 0
