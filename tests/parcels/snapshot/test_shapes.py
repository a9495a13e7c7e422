"""Geometries come back from JSON with every bit."""

from __future__ import annotations

import json

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import PlannerError
from parcels.snapshot.canonical import canonical_bytes
from parcels.snapshot.shapes import drawn_shapes, exact_shapes, read_shapes

RING = [(112.5, 33.0), (112.6, 33.0), (112.6, 33.1)]
ODD = [
    None,
    shapely.Polygon(),
    shapely.Polygon(RING, [[(112.55, 33.02), (112.58, 33.02), (112.58, 33.04)]]),
    shapely.Polygon([(*xy, 1.5) for xy in RING]),
    shapely.LineString([(0.1 + 0.2, 1 / 3), (5e-324, 1.7976931348623157e308)]),
    shapely.Point(-0.0, 0.0),
    shapely.GeometryCollection([shapely.Point(1, 2)]),
    shapely.transform(shapely.Point(7, 1), lambda xy: np.where(xy == 7, np.nan, xy)),
]


def _again(shapes):
    plain = json.loads(canonical_bytes(exact_shapes(shapes)))
    return shapely.to_wkb(read_shapes(plain, "x"), hex=True).tolist()


def test_odd_shapes_come_back():
    assert _again(ODD) == shapely.to_wkb(np.array(ODD, dtype=object), hex=True).tolist()


def test_an_ordinary_shape_is_plain_geojson_with_every_digit():
    point = shapely.Point(112.50000000000001, 33.1)
    assert exact_shapes([point]) == [{"type": "Point", "coordinates": [112.50000000000001, 33.1]}]
    assert drawn_shapes([None, shapely.Polygon()]) == [None, None]


@settings(max_examples=60)
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=4, max_size=12))
def test_any_number_comes_back(numbers):
    shape = shapely.LineString(np.array(numbers[: len(numbers) // 2 * 2]).reshape(-1, 2))
    assert _again([shape]) == [shapely.to_wkb(shape, hex=True)]


@pytest.mark.parametrize(
    "plain", ["POINT (1 2)", {"type": "Point"}, {"type": "Nothing"}, {"wkb": "zz"}, {"wkb": 7}, {}]
)
def test_what_is_no_geometry_is_named(plain):
    with pytest.raises(PlannerError) as caught:
        read_shapes([None, plain], "parcels")
    assert caught.value.code == "snapshot_input_unusable"
    assert caught.value.values["where"] == "parcels.1"
