from __future__ import annotations

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from geo.errors import PlannerError
from parcels.planning.plane import Frame, area_of, plane_of
from tests.parcels.planning.sketches import box

GEOD = Geod(ellps="GRS80")


def test_the_area_of_a_small_sketch_is_that_of_its_geodesic_polygon():
    square = box(0, 0, 500, 400)
    assert area_of(square) == pytest.approx(abs(GEOD.geometry_area_perimeter(square)[0]), rel=1e-7)
    assert area_of(square) == pytest.approx(200_000, rel=1e-6)


def test_a_line_and_nothing_have_no_area():
    assert area_of(shapely.LineString([(112.5, 33.0), (112.6, 33.0)])) == 0
    assert area_of(shapely.Polygon()) == 0


@given(
    st.floats(75, 134),
    st.floats(19, 52),
    st.floats(0.0001, 0.2),
    st.floats(0.0001, 0.2),
)
def test_vertices_that_nobody_moved_come_back_to_the_bit(lon, lat, width, height):
    shape = shapely.box(lon, lat, lon + width, lat + height)
    frame = Frame([shape])
    kept = frame.back(frame.into(shape))
    assert shapely.equals_identical(kept, shape)


def test_a_piece_cut_off_keeps_the_corners_it_has():
    shape = box(0, 0, 100, 100)
    frame = Frame([shape])
    plane = frame.into(shape)
    west, south, east, north = plane.bounds
    half = frame.back(plane.intersection(shapely.box(west, south, (west + east) / 2, north)))
    kept = set(map(tuple, shapely.get_coordinates(half))) & set(
        map(tuple, shapely.get_coordinates(shape))
    )
    assert len(kept) == 2


def test_the_plane_of_a_sketch_does_not_move_with_every_edit():
    assert plane_of([box(0, 0, 100, 100)]) == plane_of([box(0, 0, 180, 100)])


def test_a_shape_that_does_not_hold_in_degrees_is_refused():
    frame = Frame([box(0, 0, 100, 100)])
    bow_tie = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    with pytest.raises(PlannerError) as caught:
        frame.back(bow_tie)
    assert caught.value.code == "shape_too_fine"
