"""Sides that move, by hand: cases/shaping/sides.toml; areas against the ellipsoid of geo.area."""

import math
import tomllib
from pathlib import Path

import pytest
import shapely
from pyproj import CRS

from geo.area import ellipsoidal_area
from geo.crs import local_tm, to_local, to_lonlat
from geo.errors import PlannerError
from geo.shaping.fit import LARGEST_M2, fit_area
from geo.shaping.sides import side_of, slide
from geo.units import mu_to_square_metres
from parcels.messages import LANGUAGES, error_text

CASES = tomllib.loads(
    (Path(__file__).parents[2] / "cases/shaping/sides.toml").read_text(encoding="utf-8")
)["case"]
PLANE = local_tm(112.5, 33.0)
SQUARE = shapely.box(0, 0, 100, 100)
TRAPEZIUM = shapely.Polygon([(0, 0), (100, 0), (80, 40), (20, 40)])


def named(case):
    return case["name"]


@pytest.mark.parametrize("case", [case for case in CASES if "gives" in case], ids=named)
def test_moves_as_the_paper_shows(case):
    made = slide(shapely.from_wkt(case["shape"]), case["side"], case["distance"])
    assert shapely.equals_exact(made, shapely.from_wkt(case["gives"]), tolerance=1e-9)


@pytest.mark.parametrize("case", [case for case in CASES if "farthest" in case], ids=named)
def test_tells_how_far_a_side_can_go(case):
    shape = shapely.from_wkt(case["shape"])
    with pytest.raises(PlannerError, match="shape_side_stops") as refused:
        slide(shape, case["side"], case["distance"])
    values = refused.value.values
    assert values["farthest"] == pytest.approx(case["farthest"], abs=1e-6)
    assert slide(shape, case["side"], values["farthest"]).is_valid
    assert all(error_text(lang, refused.value) for lang in LANGUAGES)


@pytest.mark.parametrize("case", CASES, ids=named)
def test_the_plane_area_is_the_quadratic(case):
    side = side_of(shapely.from_wkt(case["shape"]), case["side"])
    square, linear = side.plane_change()
    for distance in (-3.0, 0.5, 4.0):
        change = side.moved(distance).area - side.shape.area
        assert change == pytest.approx(square * distance**2 + linear * distance, abs=1e-9)


@pytest.mark.parametrize("side", [-1, 4, 99])
def test_a_side_that_is_not_there(side):
    with pytest.raises(PlannerError, match="shape_side_unknown") as refused:
        slide(SQUARE, side, 1.0)
    assert refused.value.values == {"value": side + 1, "count": 4}


def test_a_line_has_no_side():
    with pytest.raises(PlannerError, match="shape_side_unknown"):
        side_of(shapely.LineString([(0, 0), (1, 1)]), 0)


@pytest.mark.parametrize("distance", [math.nan, math.inf, -math.inf, 30_000.0])
def test_a_distance_that_is_none(distance):
    with pytest.raises(PlannerError, match="shape_distance_unusable"):
        slide(SQUARE, 0, distance)


def test_280_mu_by_one_side_and_by_scale():
    wanted = mu_to_square_metres(280)
    for side in (0, 1, 2, 3, None):
        made = fit_area(shapely.box(0, 0, 400, 400), wanted, side=side, crs=PLANE)
        assert float(ellipsoidal_area(made, PLANE)) == pytest.approx(wanted, abs=1e-6)


def test_only_the_side_and_the_lines_of_its_neighbours_are_touched():
    made = shapely.get_coordinates(fit_area(TRAPEZIUM, 4_000, side=2, crs=PLANE)).tolist()
    assert made[:2] == [[0, 0], [100, 0]]
    assert made[2][0] == pytest.approx(100 - made[2][1] / 2, abs=1e-9)
    assert made[3][0] == pytest.approx(made[3][1] / 2, abs=1e-9)
    assert made[2][1] == pytest.approx(made[3][1], abs=1e-9)


def test_the_height_is_the_root_that_a_hand_works_out():
    """A trapezium 100 wide with sides 1:2: area 100 h - h²/2 = 4,000 gives h = 100 - √2000."""
    made = fit_area(TRAPEZIUM, 4_000, side=2, crs=PLANE)
    assert made.bounds[3] == pytest.approx(100 - math.sqrt(2_000), abs=1e-6)


def test_a_scaled_shape_keeps_its_centroid_and_its_hole():
    ring = SQUARE.difference(shapely.box(40, 40, 60, 60))
    made = fit_area(ring, 38_400, side=None, crs=PLANE)
    assert made.centroid.distance(ring.centroid) < 1e-6
    assert shapely.Polygon(made.interiors[0]).area == pytest.approx(1_600, rel=1e-6)


def test_parts_are_scaled_together():
    both = shapely.MultiPolygon([SQUARE, shapely.box(200, 0, 300, 100)])
    made = fit_area(both, 80_000, side=None, crs=PLANE)
    assert made.bounds == pytest.approx((-150, -50, 450, 150), abs=1e-4)


def test_the_side_of_a_trapezium_never_gets_more_than_its_triangle():
    with pytest.raises(PlannerError, match="shape_side_cannot") as refused:
        fit_area(TRAPEZIUM, 5_001, side=2, crs=PLANE)
    assert refused.value.values["nearest_m2"] == pytest.approx(5_000, abs=0.01)


def test_the_area_that_a_hole_leaves_is_told():
    ring = SQUARE.difference(shapely.box(40, 40, 60, 60))
    east = next(side for side in range(4) if slide(ring, side, 1).bounds[2] > 100.5)
    with pytest.raises(PlannerError, match="shape_side_cannot") as refused:
        fit_area(ring, 3_000, side=east, crs=PLANE)
    assert refused.value.values["nearest_m2"] == pytest.approx(6_000 - 400, abs=0.01)
    assert all(error_text(lang, refused.value) for lang in LANGUAGES)


@pytest.mark.parametrize("area", [0, -1, math.nan, math.inf, LARGEST_M2 * 2])
def test_an_area_that_is_none(area):
    with pytest.raises(PlannerError, match="shape_area_unusable"):
        fit_area(SQUARE, area, side=None, crs=PLANE)


def test_a_line_gets_no_area():
    with pytest.raises(PlannerError, match="shape_not_polygon"):
        fit_area(shapely.LineString([(0, 0), (1, 1)]), 100, side=None, crs=PLANE)


@pytest.mark.parametrize("crs", [CRS.from_epsg(4526), CRS.from_epsg(4547)])
def test_holds_where_the_plane_is_not_the_ellipsoid(crs):
    """In zone 38 the plane area here is 485 ppm larger; the target is met all the same."""
    degrees = to_lonlat(shapely.box(-200, -200, 200, 200), PLANE)
    shape, wanted = to_local(degrees, crs), mu_to_square_metres(280)
    for side in (1, None):
        made = fit_area(shape, wanted, side=side, crs=crs)
        assert float(ellipsoidal_area(made, crs)) == pytest.approx(wanted, abs=1e-4)
        assert made.area / wanted == pytest.approx(1.000485, abs=3e-6)


def test_fifty_square_kilometres():
    wide = shapely.Polygon([(-4000, -3000), (3500, -3500), (4100, 3000), (-3000, 3600)])
    for side in (2, None):
        made = fit_area(wide, 50e6, side=side, crs=PLANE)
        assert float(ellipsoidal_area(made, PLANE)) == pytest.approx(50e6, rel=1e-12)
