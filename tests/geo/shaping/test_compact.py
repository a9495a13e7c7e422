"""Values that can be worked out by hand, in tests/cases/shaping/compact.toml; GEOS's own circle."""

import math
import tomllib
from pathlib import Path

import numpy as np
import pytest
import shapely
import shapely.affinity

from geo.errors import PlannerError
from geo.shaping import compact

CASES = tomllib.loads(
    (Path(__file__).parents[2] / "cases/shaping/compact.toml").read_text(encoding="utf-8")
)["case"]
MEASURES = ("polsby_popper", "reock", "hull_ratio", "largest_share")
KNOWN = [(case["name"], measure) for case in CASES for measure in MEASURES if measure in case]
SQUARE = shapely.box(0, 0, 7, 7)


@pytest.mark.parametrize(("name", "measure"), KNOWN)
def test_is_what_a_hand_works_out(name, measure):
    case = next(case for case in CASES if case["name"] == name)
    known = eval(case[measure], {"pi": math.pi, "sqrt": math.sqrt})  # noqa: S307
    assert getattr(compact, measure)(shapely.from_wkt(case["wkt"])) == pytest.approx(
        known, rel=1e-12
    )


def test_published_values():
    """Polsby-Popper 0.785 and 0.503 as the plan's own notes give them."""
    assert round(compact.polsby_popper(SQUARE), 3) == 0.785
    assert round(compact.polsby_popper(shapely.box(0, 0, 4, 1)), 3) == 0.503


@pytest.mark.parametrize("measure", MEASURES)
def test_a_circle_of_many_corners_is_the_most_compact(measure):
    circle = shapely.Point(3, 4).buffer(1000, quad_segs=2000)
    assert getattr(compact, measure)(circle) == pytest.approx(1, abs=1e-6)


def test_the_circle_is_that_of_a_search_over_all_pairs_and_triples():
    points = np.random.default_rng(7).uniform(0, 100, (9, 2))
    shape = shapely.MultiPoint(points).convex_hull
    assert compact.reock(shape) == pytest.approx(shape.area / smallest_circle(points), rel=1e-9)


def smallest_circle(points):
    """Area of the smallest of all circles by two or three points that holds all (brute force)."""
    best = math.inf
    for i in range(len(points)):
        for j in range(i):
            best = min(best, covering((points[i] + points[j]) / 2, points[i], points))
            for k in range(j):
                centre = centre_through(points[i], points[j], points[k])
                best = min(best, covering(centre, points[i], points))
    return math.pi * best**2


def centre_through(a, b, c):
    sides = 2 * np.array([b - a, c - a])
    return np.linalg.solve(sides, [b @ b - a @ a, c @ c - a @ a])


def covering(centre, point, points):
    radius = np.hypot(*(point - centre))
    inside = np.hypot(*(points - centre).T) <= radius * (1 + 1e-12)
    return radius if inside.all() else math.inf


def test_a_ragged_line_is_smoothed_before_it_is_measured():
    angles = np.linspace(0, 2 * np.pi, 2000, endpoint=False)
    radius = np.where(np.arange(2000) % 2, 3000, 3004)
    ragged = shapely.Polygon(np.column_stack([radius * np.cos(angles), radius * np.sin(angles)]))
    assert compact.polsby_popper(ragged) < 0.9
    assert compact.polsby_popper(compact.coarse(ragged)) > 0.96


def test_coarse_keeps_parts_and_holes_and_validity():
    small = shapely.MultiPolygon(
        [shapely.box(0, 0, 5, 5), SQUARE.difference(shapely.box(2, 2, 3, 3))]
    )
    apart = shapely.MultiPolygon(
        [small.geoms[0], shapely.affinity.translate(small.geoms[1], 100, 0)]
    )
    made = compact.coarse(apart)
    assert made.is_valid
    assert len(made.geoms) == 2
    assert sum(len(part.interiors) for part in made.geoms) == 1


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("wkt", ["POLYGON EMPTY", "LINESTRING (0 0, 1 1)", "MULTIPOLYGON EMPTY"])
def test_nothing_is_said_of_what_has_no_area(measure, wkt):
    with pytest.raises(PlannerError, match="shape_not_polygon"):
        getattr(compact, measure)(shapely.from_wkt(wkt))
