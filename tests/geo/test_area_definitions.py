"""The three definitions of an area, each against an independent computation of the same."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS, Geod, Proj

from geo.area import ellipsoidal_area, lonlat_area
from geo.area_survey import geodesic_area, trapezoid_area
from geo.crs import local_tm, to_local, to_lonlat
from geo.zones import NUMBERS, Zone

FLATTENING = 1 / 298.257222101
GEOD = Geod(a=6378137, f=FLATTENING)
ZONES = [
    Zone(width=width, number=number, prefixed=prefixed)
    for width, numbers in NUMBERS.items()
    for number in numbers
    for prefixed in (True, False)
]


def between_parallels(south, north, width):
    """Area of a graticule cell: the closed form on the ellipsoid (Snyder 1987, eq. 3-12)."""
    e2 = FLATTENING * (2 - FLATTENING)
    e = np.sqrt(e2)

    def above_equator(latitude):
        s = np.sin(np.radians(latitude))
        return s / (1 - e2 * s * s) + np.arctanh(e * s) / e

    minor_2 = 6378137.0**2 * (1 - e2)
    return np.radians(width) * minor_2 / 2 * (above_equator(north) - above_equator(south))


def dense_area(polygon, crs, step=2.0):
    """Geodesics between points 2 m apart on the straight edges: the same shape, another way."""
    dense = to_lonlat(shapely.segmentize(polygon, step), crs)
    return abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(dense))[0])


def blob(east, north, radius):
    angles = np.linspace(0, 2 * np.pi, 9)[:-1]
    return shapely.Polygon(
        np.column_stack([east + radius * np.cos(angles), north + 1.3 * radius * np.sin(angles)])
    )


@pytest.mark.parametrize("zone", ZONES, ids=lambda zone: str(zone.epsg))
def test_every_zone_is_right_to_1e9_up_to_its_farthest_survey(zone):
    crs = CRS.from_epsg(zone.epsg)
    for off, north in ((-zone.farthest_m, 410_000), (zone.farthest_m, 5_900_000), (90_000, 3.65e6)):
        polygon = blob(zone.false_easting + off, north, 2500)
        area = float(ellipsoidal_area(polygon, crs))
        assert area == pytest.approx(dense_area(polygon, crs), rel=1e-9)


@pytest.mark.parametrize("east", [-340_000, -140_000, 142_990.37])
def test_fifty_square_kilometres_with_a_hole(east):
    crs = CRS.from_epsg(4508)
    hole = shapely.get_coordinates(blob(500_000 + east, 3.65e6, 900))
    polygon = shapely.Polygon(shapely.get_coordinates(blob(500_000 + east, 3.65e6, 3800)), [hole])
    assert polygon.area > 4.5e7
    area = float(ellipsoidal_area(polygon, crs))
    assert area == pytest.approx(dense_area(polygon, crs), rel=1e-9)


@pytest.mark.parametrize("side", [1.0, 10.0, 100.0])
@pytest.mark.parametrize(
    ("epsg", "east"), [(4525, 37_642_990.37), (4546, 642_990.37), (32649, 642_970.1)]
)
def test_tiny_parcels_have_the_scale_that_proj_gives(epsg, east, side):
    crs = CRS.from_epsg(epsg)
    polygon = shapely.box(east, 3_653_788.1, east + side, 3_653_788.1 + side)
    middle = to_lonlat(polygon.centroid, crs)
    scale = Proj(crs).get_factors(middle.x, middle.y).areal_scale
    assert float(ellipsoidal_area(polygon, crs)) == pytest.approx(polygon.area / scale, rel=1e-9)


@settings(max_examples=30)
@given(st.floats(74, 135), st.floats(4, 53), st.floats(1e-4, 0.2))
def test_trapezoids_of_a_graticule_cell_have_the_closed_form(lon, lat, width):
    cell = shapely.box(lon, lat, lon + width, lat + width / 2)
    west, south, east, north = cell.bounds
    true = between_parallels(south, north, east - west)
    assert float(trapezoid_area(cell)) == pytest.approx(true, rel=1e-9, abs=1e-4)


def test_geodesic_area_is_geographiclib_whatever_the_winding():
    shell = [(112.4, 32.9), (112.6, 32.95), (112.55, 33.1), (112.45, 33.05)]
    hole = [(112.48, 32.98), (112.52, 32.98), (112.52, 33.0)]
    true = GEOD.geometry_area_perimeter(shapely.orient_polygons(shapely.Polygon(shell, [hole])))[0]
    for a in (shell, shell[::-1]):
        for b in (hole, hole[::-1]):
            assert float(geodesic_area(shapely.Polygon(a, [b]))) == pytest.approx(true, rel=1e-12)


@settings(max_examples=20)
@given(st.floats(74, 135), st.floats(4, 53), st.floats(10, 400))
def test_the_definitions_agree_on_parcels_with_short_edges(lon, lat, radius):
    crs = local_tm(lon, lat)
    parcel = to_lonlat(shapely.segmentize(blob(0, 0, radius), 5.0), crs)
    geodesic = float(geodesic_area(parcel))
    for area in (lonlat_area(parcel), trapezoid_area(parcel)):
        assert float(area) == pytest.approx(geodesic, rel=2e-8, abs=2e-4)


def test_the_definitions_differ_by_the_slivers_at_long_edges():
    """A cell 9 km wide: its northern and southern edges are a parallel, a geodesic, a straight line."""
    cell = shapely.box(112.5, 33.0, 112.6, 33.05)
    trapezoids = float(trapezoid_area(cell))
    assert float(geodesic_area(cell)) / trapezoids - 1 == pytest.approx(2.85e-8, abs=1e-9)
    assert float(lonlat_area(cell)) / trapezoids - 1 == pytest.approx(-3.47e-8, abs=1e-9)


@pytest.mark.parametrize("side", [10, 100, 1000])
def test_a_parcel_across_the_seam_keeps_one_area(side):
    parcel = to_lonlat(
        shapely.segmentize(shapely.box(-side / 3, 0, side, side), 20.0), local_tm(112.5, 33.0)
    )
    areas = [
        float(ellipsoidal_area(to_local(parcel, crs), crs))
        for crs in (CRS.from_epsg(4525), CRS.from_epsg(4526))
    ]
    assert areas[0] == pytest.approx(areas[1], rel=1e-9)
    planes = [to_local(parcel, CRS.from_epsg(code)).area for code in (4525, 4526)]
    assert abs(planes[0] / areas[0] - 1) > 4e-4  # what a plane area would be wrong by


@pytest.mark.parametrize(
    ("corners", "relative"),
    [([(0, 0), (5000, 4000), (1000, 6000)], 8e-7), ([(0, 0), (5000, 4000), (4600, 4800)], 9.8e-6)],
    ids=["wide", "lean"],
)
def test_long_slanted_edges_differ_between_zones_by_their_chords(corners, relative):
    """Straight in one zone is bent in the other, by 0.2 mm for 500 m and 2 cm for 5 km.

    The size of the difference is stated here: edges of kilometres mean another shape, not an error.
    """
    parcel = to_lonlat(shapely.Polygon(corners), local_tm(112.5, 33.0))
    areas = [
        float(ellipsoidal_area(to_local(parcel, CRS.from_epsg(code)), CRS.from_epsg(code)))
        for code in (4525, 4526)
    ]
    assert abs(areas[0] / areas[1] - 1) == pytest.approx(relative, rel=0.02)


def test_lonlat_areas_take_any_shape_and_anything():
    a, b = shapely.box(112.4, 33, 112.401, 33.001), shapely.box(115.9, 33, 115.901, 33.001)
    areas = lonlat_area([shapely.MultiPolygon([a, b]), a, b, None, shapely.Point(1, 2)])
    assert areas[0] == pytest.approx(areas[1] + areas[2], rel=1e-7)
    assert areas[3:].tolist() == [0, 0]
    assert lonlat_area(a).shape == ()
    half = shapely.segmentize(shapely.box(0, -60, 170, 60), 0.1)
    assert float(lonlat_area(half)) == pytest.approx(between_parallels(-60, 60, 170), rel=1e-6)
