"""What holds for every edit: ground is neither made nor lost; place and direction do not matter."""

import numpy as np
import pytest
import shapely
import shapely.affinity
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geo.area import ellipsoidal_area
from geo.crs import local_tm, to_local, to_lonlat
from geo.errors import PlannerError
from geo.shaping import compact, edit
from geo.shaping.fit import fit_area
from geo.shaping.sides import side_of, slide
from geo.shaping.soundness import problems_of
from geo.shaping.squaring import squared

PLANE = local_tm(112.5, 33.0)
RADII = st.lists(st.floats(50, 2000), min_size=3, max_size=12)
EASY = settings(max_examples=60, deadline=None)


@st.composite
def stars(draw):
    """Draw simple polygons: corners around a centre, at any distance."""
    radii = np.array(draw(RADII))
    angles = 2 * np.pi * np.arange(len(radii)) / len(radii)
    xy = np.column_stack([radii * np.cos(angles), radii * np.sin(angles)])
    place = draw(st.tuples(st.floats(-5000, 5000), st.floats(-5000, 5000)))
    shape = shapely.Polygon(xy + np.array(place))
    assume(shape.is_valid)
    return shape


@EASY
@given(stars(), stars())
def test_a_cut_and_what_is_cut_out_make_the_whole(shape, cutter):
    left = edit.cut(shape, cutter)
    taken = shapely.intersection(shape, cutter).area
    assert left.is_empty or left.is_valid
    assert left.area + taken == pytest.approx(shape.area, abs=1e-3 * shape.length)
    again = edit.cut(left, cutter) if not left.is_empty else left
    assert again.area == pytest.approx(left.area, abs=1e-6 * shape.length)


@EASY
@given(stars(), st.floats(0, np.pi), st.floats(-0.8, 0.8))
def test_pieces_of_a_split_make_the_whole_again(shape, angle, shift):
    way = np.array([np.cos(angle), np.sin(angle)]) * 20_000
    middle = np.array([shape.centroid.x, shape.centroid.y]) + shift * 50
    try:
        pieces = edit.split(shape, shapely.LineString([middle - way, middle + way]))
    except PlannerError as error:
        assert error.code == "shape_not_divided"  # noqa: PT017
        return
    assert sum(one.area for one in pieces) == pytest.approx(shape.area, abs=1e-3 * shape.length)
    sizes = [round(one.area, 3) for one in pieces]
    assert sizes == sorted(sizes, reverse=True)
    whole = edit.merge(pieces)
    assert whole.geom_type == "Polygon"
    assert whole.area == pytest.approx(shape.area, abs=1e-3 * shape.length)
    assert not problems_of(whole)


@EASY
@given(stars(), st.data())
def test_what_meets_an_edge_stays_sound_on_the_way_to_degrees_and_back(shape, data):
    """Tools whose corners lie on the outline, as snapping puts them, to a few nanometres."""
    stations = data.draw(st.lists(st.floats(0, 1), min_size=3, max_size=6, unique=True))
    places = shapely.line_interpolate_point(shape.exterior, sorted(stations), normalized=True)
    noise = np.random.default_rng(len(stations)).uniform(-5e-9, 5e-9, (len(stations), 2))
    tool = shapely.Polygon(shapely.get_coordinates(places) + noise)
    assume(tool.is_valid and tool.area > 1)
    for made in (edit.cut(shape, tool), edit.merge([shape, tool]), edit.cut(tool, shape)):
        if not made.is_empty:
            there = to_lonlat(made, PLANE)
            assert there.is_valid
            assert problems_of(to_local(there, PLANE)) == ()


@EASY
@given(stars(), st.floats(1, 60))
def test_a_buffer_out_contains_and_in_is_contained(shape, metres):
    assert edit.buffer(shape, metres).covers(shape)
    try:
        inner = edit.buffer(shape, -metres)
    except PlannerError as error:
        assert error.code == "shape_vanishes_inwards"  # noqa: PT017
        return
    assert inner.within(shape)
    assert inner.boundary.distance(shape.boundary) == pytest.approx(metres, rel=1e-6)


@EASY
@given(stars(), st.floats(0.3, 4.0), st.integers(0, 11))
def test_the_area_is_met_or_refused(shape, factor, side):
    wanted = factor * float(ellipsoidal_area(shape, PLANE))
    scaled = fit_area(shape, wanted, side=None, crs=PLANE)
    assert float(ellipsoidal_area(scaled, PLANE)) == pytest.approx(wanted, rel=1e-12, abs=1e-6)
    try:
        made = fit_area(shape, wanted, side=side % len(shape.exterior.coords[:-1]), crs=PLANE)
    except PlannerError as error:
        assert error.code == "shape_side_cannot"  # noqa: PT017
        nearest = error.values["nearest_m2"]
        assert min(wanted, shape.area) < nearest * (1 + 1e-6)
        assert nearest < max(wanted, shape.area) * (1 + 1e-6)
        return
    assert float(ellipsoidal_area(made, PLANE)) == pytest.approx(wanted, rel=1e-12, abs=1e-6)
    assert made.is_valid


@EASY
@given(stars(), st.floats(-40, 40), st.integers(0, 11))
def test_a_side_that_slides_back_was_never_moved(shape, distance, side):
    side %= len(shape.exterior.coords) - 1
    assume(side_of(shape, side).can_reach(distance))
    back = slide(slide(shape, side, distance), side, -distance)
    assert shapely.equals_exact(back, shape, tolerance=1e-6)


@EASY
@given(stars())
def test_right_angles_made_twice_are_those_made_once(shape):
    try:
        made = squared(shape)
    except PlannerError as error:
        assert error.code in {"shape_not_squarable", "shape_squared_unsound"}  # noqa: PT017
        return
    assert squared(made.shape).moved_m < 1e-6
    assert not problems_of(made.shape)


@EASY
@given(stars(), st.floats(0, 360), st.floats(0.1, 10))
def test_compactness_knows_neither_place_nor_size_nor_direction(shape, degrees, factor):
    other = shapely.affinity.rotate(shapely.affinity.scale(shape, factor, factor), degrees)
    for measure in (compact.polsby_popper, compact.reock, compact.hull_ratio):
        assert measure(other) == pytest.approx(measure(shape), rel=1e-6)
        assert 0 < measure(shape) <= 1


@EASY
@given(st.lists(st.tuples(st.floats(-500, 500), st.floats(-500, 500)), min_size=3, max_size=9))
def test_problems_are_found_exactly_where_geos_finds_one(points):
    shape = shapely.Polygon(points)
    found = problems_of(shape)
    if found:
        assert not shape.is_valid or 2 * shape.area < 1e-4 * shape.length
    else:
        assert shape.is_valid
