"""What features take of an area, beside the plain union."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from parcels.expansion.clipping import clipped, land_near

AREA = shapely.Polygon([(0, 0), (100, 0), (100, 60), (50, 60), (50, 100), (0, 100)])
BOXES = st.tuples(*(st.integers(-30, 120),) * 2, *(st.integers(1, 60),) * 2)


@given(st.lists(BOXES, max_size=12))
@settings(max_examples=60)
def test_it_is_the_union_inside_the_area(boxes) -> None:
    features = np.array([shapely.box(x, y, x + w, y + h) for x, y, w, h in boxes], dtype=object)
    plain = shapely.intersection(AREA, shapely.union_all(features))
    found = clipped(AREA, land_near(AREA, features))
    assert found.area == pytest.approx(plain.area, abs=1e-6)
    assert shapely.symmetric_difference(found, shapely.buffer(plain, 0)).area < 1e-6


def test_lines_and_touches_take_nothing() -> None:
    features = np.array(
        [shapely.LineString([(0, 0), (50, 50)]), shapely.box(100, 0, 120, 50)], dtype=object
    )
    assert clipped(AREA, land_near(AREA, features)).area == 0
