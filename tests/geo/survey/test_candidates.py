import numpy as np
import pytest
import shapely
from pyproj import Geod

from geo.survey.place.axes import vertices_of
from geo.survey.place.candidates import candidates, distance_km


def circle(east, north, radius=900, corners=5_000):
    angles = np.linspace(0, 2 * np.pi, corners)
    ring = np.column_stack([east + radius * np.cos(angles), north + radius * np.sin(angles)])
    return vertices_of(np.array([shapely.LineString(ring)], dtype=object))


def test_outlines_are_short_closed_and_where_the_data_would_lie():
    found = candidates(circle(37_642_990.4, 3_653_788.0), near=(112.53, 33.0))
    (only,) = found
    assert (only["crs"], only["axes"], only["kind"]) == ("EPSG:4525", "en", "gauss_prefix")
    assert (only["width"], only["zone"], only["meridian"], only["prefix"]) == (3, 37, 111, True)
    assert (only["lon"], only["lat"]) == pytest.approx((112.53, 33.0), abs=1e-5)
    assert only["near_km"] == 0
    assert len(only["outline"]) == 50
    assert only["outline"][0] == only["outline"][-1]
    radii = [distance_km((112.53, 33.0), tuple(one)) for one in only["outline"]]
    assert radii == pytest.approx([0.9] * 50, rel=1e-3)


def test_the_nearest_zones_come_first_and_eight_at_most():
    found = candidates(circle(642_990.4, 3_653_788.0), near=(112.53, 33.0))
    assert [one["crs"] for one in found[:2]] == ["EPSG:4546", "EPSG:4547"]
    assert len(found) == 8
    distances = [one["near_km"] for one in found]
    assert [round(one, -1) for one in distances] == sorted(round(one, -1) for one in distances)


def test_without_a_project_the_order_is_that_of_the_zones():
    found = candidates(circle(642_990.4, 3_653_788.0), near=None, axes="en")
    assert [one["near_km"] for one in found] == [None] * 8
    assert found[0]["zone"] == 25


def test_degrees_may_be_those_of_a_web_map():
    found = candidates(circle(112.53, 33.0, radius=0.01), near=(112.53, 33.0))
    assert [one["crs"] for one in found] == ["EPSG:4490", "GCJ-02", "BD-09"]
    assert [one["kind"] for one in found] == ["degrees", "web_map", "web_map"]


def test_distances_are_geodesic():
    expected = Geod(ellps="GRS80").inv(112.53, 33, 115.53, 33)[2] / 1000
    assert distance_km((112.53, 33.0), (115.53, 33.0)) == pytest.approx(expected)
