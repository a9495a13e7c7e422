import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from geo import crs
from geo.errors import PlannerError

GEOD = Geod(a=6378137, rf=298.257222101)  # the ellipsoid of CGCS2000
LON = st.floats(112.3, 112.8)
LAT = st.floats(32.8, 33.2)


@given(LON, LAT)
def test_round_trip_is_below_a_millimetre(lon, lat):
    local = crs.local_tm(112.53, 33.0)
    back = crs.to_lonlat(crs.to_local(shapely.Point(lon, lat), local), local)
    _, _, metres = GEOD.inv(lon, lat, back.x, back.y)
    assert metres < 1e-3


@given(LON, LAT, st.floats(0, 360))
def test_lengths_near_the_centre_are_true(lon, lat, bearing):
    local = crs.local_tm(lon, lat)
    end = GEOD.fwd(lon, lat, bearing, 5000)[:2]
    here, there = crs.to_local(shapely.points([[lon, lat], end]), local)
    assert here.distance(there) == pytest.approx(5000, rel=1e-6)


def test_east_is_x_and_north_is_y():
    local = crs.local_tm(112.5, 33.0)
    point = crs.to_local(shapely.Point(112.51, 33.0), local)
    assert point.x == pytest.approx(934.6, abs=1)
    assert abs(point.y) < 1


def test_arrays_keep_their_shape_and_missing_geometries():
    local = crs.local_tm(112.5, 33.0)
    given_array = np.array([[shapely.Point(112.5, 33), None]], dtype=object)
    result = crs.to_local(given_array, local)
    assert result.shape == (1, 2)
    assert result[0, 1] is None


@pytest.mark.parametrize(
    ("lon", "zone", "north_x", "east_y"),
    [
        # 112.53E 33.0N in both zones that meet at 112.5E, computed by PROJ with EPSG:4525 and 4526.
        (112.53, 37, 3653788.00, 37642990.39),
        (112.53, 38, 3653708.02, 38362617.59),
    ],
)
def test_survey_coordinates_of_both_zones(lon, zone, north_x, east_y):
    number, x, y = crs.gauss_kruger(lon, 33.0, zone)
    assert number == zone
    assert (x, y) == (pytest.approx(north_x, abs=0.01), pytest.approx(east_y, abs=0.01))


@pytest.mark.parametrize(("lon", "zone"), [(112.499, 37), (112.5, 38), (112.53, 38), (114.0, 38)])
def test_the_zone_follows_the_longitude(lon, zone):
    number, _, east_y = crs.gauss_kruger(lon, 33.0)
    assert number == zone
    assert east_y // 1_000_000 == zone


def test_places_that_do_not_exist_are_refused():
    with pytest.raises(PlannerError, match="coordinate_out_of_range"):
        crs.local_tm(3_653_788.0, 642_990.0)
    with pytest.raises(PlannerError, match="coordinate_out_of_range"):
        crs.gauss_kruger(math.nan, 33.0)
    with pytest.raises(PlannerError, match="outside_zones"):
        crs.gauss_kruger(10.0, 50.0)
