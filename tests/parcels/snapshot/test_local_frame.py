"""Outlines on a local origin: whole metres, valid, as large as before, wherever they lay."""

from __future__ import annotations

import json
from itertools import accumulate, pairwise

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.area import lonlat_area
from geo.errors import PlannerError
from parcels.snapshot.sharing.choosing import Withheld
from parcels.snapshot.sharing.lists import leaving_list
from parcels.snapshot.sharing.local_frame import move_to_local

ROOT = leaving_list("review", "public").root
M = 1e-5  # of a degree: about a metre


def local(*shapes):
    """Move outlines; give them, the frame and what was lost."""
    parcels = [
        {"key": str(at), "name": "", "shape": json.loads(shapely.to_geojson(one))}
        for at, one in enumerate(shapes)
    ]
    content, withheld = {"parcels": parcels}, Withheld()
    move_to_local(content, ROOT, withheld)
    made = [one["shape"] and shapely.from_geojson(json.dumps(one["shape"])) for one in parcels]
    return made, content["frame"], withheld.collapsed


@settings(max_examples=40, deadline=None)
@given(
    st.floats(73.6, 134.7),
    st.floats(18.2, 53.5),
    st.lists(st.integers(3, 900), min_size=1, max_size=4),
    st.integers(3, 900),
)
def test_any_outline_is_whole_metres_and_as_large_as_before(lon, lat, widths, high):
    edges = [0, *(wide * M for wide in accumulate(widths))]
    shapes = [
        shapely.box(lon + west, lat, lon + east, lat + high * M) for west, east in pairwise(edges)
    ]
    made, frame, collapsed = local(*shapes)
    assert collapsed == []
    assert frame["bounds"][:2] == [0, 0]
    for before, after in zip(shapes, made, strict=True):
        xy = shapely.get_coordinates(after)
        assert after.is_valid
        assert (xy == xy.round()).all()
        assert (xy >= 0).all()
        assert abs(after.area - float(lonlat_area(before))) <= 1.5 * after.length + 10
    for left, right in pairwise(made):  # neighbours with common corners: touch, do not overlap
        assert left.intersection(right).area == 0
        assert left.distance(right) == 0


def test_what_is_no_outline_any_more_is_named():
    bow = shapely.Polygon([(112, 33), (112.001, 33.001), (112.001, 33), (112, 33.001)])
    sliver = shapely.box(112, 33, 112 + 0.1 * M, 33.01)
    holed = shapely.box(112, 33, 112.001, 33.001) - shapely.box(
        112.0005, 33.0005, 112.0005 + 0.2 * M, 33.0005 + 0.2 * M
    )
    made, _, collapsed = local(bow, sliver, holed, shapely.Polygon())
    assert made[0].is_valid
    assert made[1] is None
    assert shapely.get_num_interior_rings(made[2]) == 0
    assert collapsed == ["1", "2"]
    assert made[3] is None


def test_outlines_nowhere_on_earth_are_said():
    with pytest.raises(PlannerError, match="coordinate_out_of_range"):
        local(shapely.box(1_000, 1_000, 1_001, 1_001))
    made, frame, collapsed = local(
        shapely.box(112, 33, 112.01, 33.01), shapely.box(-80, 91, -70, 99)
    )
    assert (made[1], collapsed) == (None, ["1"])
    assert frame["bounds"][:2] == [0, 0]


def test_nothing_drawn_has_no_frame():
    assert local(shapely.Polygon())[1] == {"local": True, "bounds": None}
