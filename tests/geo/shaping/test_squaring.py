"""Right angles: against a general least-squares solver, and by hand."""

import math

import numpy as np
import pytest
import shapely
import shapely.affinity

from geo.errors import PlannerError
from geo.shaping import edit
from geo.shaping.squaring import main_direction, squared

L_SHAPE = shapely.Polygon([(0, 0), (60, 0), (60, 30), (25, 30), (25, 70), (0, 70)])


def shaken(shape, size, seed=3):
    noise = np.random.default_rng(seed)
    return shapely.transform(
        shape,
        lambda xy: np.vstack(
            [moved := xy[:-1] + noise.uniform(-size, size, (len(xy) - 1, 2)), moved[:1]]
        ),
    )


def corner_angles(shape):
    xy = shapely.get_coordinates(shape)
    way = np.diff(xy, axis=0)
    turn = np.degrees(np.arctan2(way[:, 1], way[:, 0]))
    return (np.roll(turn, -1) - turn) % 90


@pytest.mark.parametrize("degrees", [0, 13.7, 45, 89.9, 123.4])
def test_a_shape_with_right_angles_stays(degrees):
    turned = shapely.affinity.rotate(L_SHAPE, degrees, origin=(1000, 2000))
    made = squared(turned)
    assert shapely.equals_exact(made.shape, turned, tolerance=1e-9)
    assert made.moved_m < 1e-9


@pytest.mark.parametrize("degrees", [0, 13.7, 45, 123.4])
def test_a_drawn_shape_gets_right_angles(degrees):
    drawn = shapely.affinity.rotate(shaken(L_SHAPE, 1.5), degrees)
    made = squared(drawn)
    off = corner_angles(made.shape)
    assert np.minimum(off, 90 - off).max() < 1e-6
    assert len(shapely.get_coordinates(made.shape)) == len(shapely.get_coordinates(drawn))
    assert 0 < made.moved_m < 4
    assert made.shape.equals(edit.square(drawn))


def test_is_the_least_sum_of_squares():
    """The same by numpy's solver: each edge level or upright in the turned frame."""
    drawn = shaken(L_SHAPE, 1.5)
    angle, centre = main_direction(drawn), drawn.centroid
    made = shapely.affinity.rotate(squared(drawn).shape, -angle, origin=centre, use_radians=True)
    turned = shapely.affinity.rotate(drawn, -angle, origin=centre, use_radians=True)
    xy = shapely.get_coordinates(turned)[:-1]
    for axis, first in ((1, 0), (0, 1)):  # edges 0, 2, 4 are level, 1, 3, 5 upright
        rows = []
        for edge in range(first, 6, 2):
            row = np.zeros(6)
            row[edge], row[(edge + 1) % 6] = 1, -1
            rows.append(row)
        constraints = np.array(rows)
        step = constraints.T @ np.linalg.solve(
            constraints @ constraints.T, constraints @ xy[:, axis]
        )
        wanted = xy[:, axis] - step
        assert shapely.get_coordinates(made)[:-1, axis] == pytest.approx(wanted, abs=1e-9)


def test_a_point_in_a_side_stays_in_it():
    drawn = shapely.Polygon([(0, 0), (50, 1), (100, 0), (100, 60), (0, 60)])
    made = squared(drawn).shape
    assert len(shapely.get_coordinates(made)) == 6
    assert shapely.get_coordinates(made)[:3, 1] == pytest.approx([1 / 3] * 3, abs=0.2)


def test_holes_take_the_same_directions():
    hole = [(20, 20), (40, 21), (40, 40), (20, 40)]
    made = squared(shapely.Polygon([(0, 0), (100, 1), (99, 61), (0, 60)], [hole])).shape
    assert main_direction(shapely.Polygon(made.interiors[0])) == pytest.approx(main_direction(made))


@pytest.mark.parametrize(
    "wkt",
    [
        "POLYGON ((0 0, 100 0, 50 80, 0 0))",
        "POLYGON ((0 0, 100 0, 140 50, 100 100, 0 100, 0 0))",
    ],
)
def test_what_is_far_from_right_angles_is_refused_with_the_point(wkt):
    with pytest.raises(PlannerError) as refused:
        squared(shapely.from_wkt(wkt))
    assert refused.value.code in {"shape_not_squarable", "shape_squared_unsound"}
    if refused.value.code == "shape_not_squarable":
        assert refused.value.values["moved"] > refused.value.values["most"]


def test_a_line_has_no_right_angles():
    with pytest.raises(PlannerError, match="shape_not_polygon"):
        squared(shapely.LineString([(0, 0), (1, 1)]))


def test_the_direction_counts_metres_not_edges():
    long_side = shapely.Polygon([(0, 0), (100, 10), (99, 20), (50, 15), (25, 12.6), (-1, 10)])
    assert math.degrees(main_direction(long_side)) == pytest.approx(5.7, abs=0.3)
