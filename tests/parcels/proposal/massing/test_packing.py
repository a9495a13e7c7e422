"""Places of buildings: inside, disjoint, apart, of the right area; GEOS is the judge."""

from __future__ import annotations

from itertools import combinations

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import affinity

from parcels.proposal.massing.largest import largest_rectangle
from parcels.proposal.massing.packing import LONGEST, pack

L_SHAPE = shapely.Polygon([(0, 0), (200, 0), (200, 80), (80, 80), (80, 200), (0, 200)])
CROSS = shapely.box(40, 0, 60, 100).union(shapely.box(0, 40, 100, 60))
HOLED = shapely.box(0, 0, 100, 100).difference(shapely.box(40, 40, 60, 60))


@pytest.mark.parametrize(
    ("shape", "area"),
    [
        (shapely.box(0, 0, 30, 40), 1200),
        (L_SHAPE, 200 * 80),
        (CROSS, 2000),
        (HOLED, 4000),
        (shapely.MultiPolygon([shapely.box(0, 0, 10, 10), shapely.box(20, 0, 50, 10)]), 300),
        (affinity.translate(L_SHAPE, 456_789.125, 3_650_000.5), 200 * 80),
    ],
    ids=["rectangle", "L", "cross", "hole", "two pieces", "far from the origin"],
)
def test_the_largest_rectangle_between_edges_along_the_axes(shape: object, area: float) -> None:
    found = largest_rectangle(shape)
    assert found is not None
    assert found.width * found.depth == pytest.approx(area, rel=1e-6)


def test_half_of_a_triangle_is_its_largest_rectangle() -> None:
    found = largest_rectangle(shapely.Polygon([(0, 0), (100, 0), (0, 100)]))
    assert found is not None
    assert found.width * found.depth == pytest.approx(2500, rel=0.01)


def test_nothing_fits_into_nothing() -> None:
    assert largest_rectangle(shapely.Polygon()) is None
    assert pack({1: 10.0}, shapely.Polygon()) == {}
    assert pack({}, L_SHAPE) == {}


def test_an_envelope_that_is_just_large_enough_holds_one_building() -> None:
    placed = pack({1: 6400.0}, shapely.box(10, 10, 90, 90))
    assert (placed[1].width, placed[1].depth) == pytest.approx((80, 80))


def test_four_quarters_fill_a_square_without_a_gap_and_not_with_one() -> None:
    square = shapely.box(0, 0, 100, 100)
    areas = dict.fromkeys(range(4), 2500.0)
    assert len(pack(areas, square)) == 4
    assert len(pack(areas, square, gap=5)) == 3


def test_what_does_not_fit_the_first_arm_goes_to_the_other() -> None:
    placed = pack({1: 9000.0, 2: 6000.0, 3: 5000.0}, L_SHAPE, gap=6)
    assert sorted(placed) == [1, 2, 3]


@st.composite
def outlines(draw: st.DrawFn) -> shapely.Polygon:
    kind = draw(st.sampled_from(["rectangle", "L", "round", "pieces"]))
    size = draw(st.floats(20, 400))
    if kind == "rectangle":
        return shapely.box(0, 0, size, draw(st.floats(10, 400)))
    if kind == "L":
        return affinity.scale(L_SHAPE, size / 200, size / 150, origin=(0, 0))
    if kind == "pieces":
        return shapely.MultiPolygon(
            [shapely.box(0, 0, size, 60), shapely.box(size + 5, 0, size + 90, 90)]
        )
    coordinate = st.floats(0, size)
    points = draw(st.lists(st.tuples(coordinate, coordinate), min_size=3, max_size=9))
    return shapely.MultiPoint(points).buffer(15).convex_hull


@given(
    outlines(),
    st.lists(st.floats(1, 20_000), max_size=15),
    st.sampled_from([0.0, 1.0, 6.0, 13.5]),
)
def test_places_are_inside_disjoint_apart_and_of_the_right_area(
    outline: shapely.Polygon, sizes: list[float], gap: float
) -> None:
    areas = dict(enumerate(sizes))
    placed = pack(areas, outline, gap=gap)
    shapes = {key: shapely.box(one.x, one.y, one.right, one.top) for key, one in placed.items()}
    room = outline.buffer(1e-4)
    for key, shape in shapes.items():
        assert shape.area == pytest.approx(areas[key], rel=1e-9)
        assert room.covers(shape)
        assert max(placed[key].width, placed[key].depth) <= (LONGEST + 1e-6) * min(
            placed[key].width, placed[key].depth
        )
    for one, other in combinations(shapes.values(), 2):
        assert one.intersection(other).area < 1e-6
        assert one.distance(other) >= gap - 1e-6
    assert pack(areas, outline, gap=gap) == placed
