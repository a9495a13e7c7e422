"""Against geodesic areas of the same shapes, edges cut to 5 m (independent truth)."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS, Geod

from geo.area import ellipsoidal_area
from geo.crs import local_tm, to_lonlat
from geo.errors import PlannerError

GEOD = Geod(a=6378137, rf=298.257222101)
PLACES = {
    "local": (local_tm(112.53, 33.0), 0, 0),
    "zone 37 without prefix": (CRS.from_epsg(4546), 642_990, 3_653_788),
    "zone 38 with prefix": (CRS.from_epsg(4526), 38_362_617, 3_653_708),
    "UTM 49N on CGCS2000, scale 0.9996": (
        CRS.from_proj4("+proj=tmerc +lon_0=111 +k=0.9996 +x_0=500000 +ellps=GRS80 +type=crs"),
        642_970,
        3_652_330,
    ),
}


def ring_around(east, north, radius=1500.0, corners=7):
    angles = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    stretch = 1 + 0.3 * np.sin(3 * angles)
    return np.column_stack(
        [east + radius * stretch * np.cos(angles), north + radius * stretch * np.sin(angles)]
    )


def geodesic_area(polygon, crs):
    dense = shapely.segmentize(polygon, 5.0)
    return GEOD.geometry_area_perimeter(shapely.orient_polygons(to_lonlat(dense, crs)))[0]


@pytest.mark.parametrize("place", PLACES)
def test_equals_the_geodesic_area(place):
    crs, east, north = PLACES[place]
    polygon = shapely.Polygon(ring_around(east, north), [ring_around(east, north, 400, 5)])
    assert float(ellipsoidal_area(polygon, crs)) == pytest.approx(
        geodesic_area(polygon, crs), rel=1e-9
    )


@settings(max_examples=20)
@given(st.floats(-140_000, 140_000), st.floats(-300_000, 300_000), st.floats(300, 5000))
def test_holds_far_from_the_central_meridian(east, north, radius):
    crs = local_tm(111.0, 33.0)
    polygon = shapely.Polygon(ring_around(east, north, radius))
    assert float(ellipsoidal_area(polygon, crs)) == pytest.approx(
        geodesic_area(polygon, crs), rel=1e-9, abs=2e-3
    )


def test_holes_count_with_either_winding():
    crs = local_tm(112.53, 33.0)
    shell, hole = ring_around(0, 0), ring_around(0, 0, 400, 5)
    areas = ellipsoidal_area(
        [shapely.Polygon(a, [b]) for a in (shell, shell[::-1]) for b in (hole, hole[::-1])], crs
    )
    full = float(ellipsoidal_area(shapely.Polygon(shell), crs))
    assert areas == pytest.approx(np.full(4, areas[0]), rel=1e-14)
    assert areas[0] < full


def test_parts_add_up_and_what_is_no_polygon_has_none():
    crs = local_tm(112.53, 33.0)
    a, b = shapely.box(0, 0, 100, 100), shapely.box(500, 0, 700, 100)
    areas = ellipsoidal_area(
        [shapely.MultiPolygon([a, b]), a, b, None, shapely.Point(0, 0), shapely.Polygon()], crs
    )
    assert areas[0] == pytest.approx(areas[1] + areas[2], rel=1e-14)
    assert areas[3:].tolist() == [0, 0, 0]


def test_only_a_transverse_mercator_is_measured():
    with pytest.raises(PlannerError, match="crs_not_transverse_mercator"):
        ellipsoidal_area(shapely.box(0, 0, 1, 1), CRS.from_epsg(3857))
