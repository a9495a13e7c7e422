"""Figures by another way: geodesics, circles by search, perimeters by hand; and invariance."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from parcels.expansion import shape_indices
from parcels.expansion.contact import Frontier
from parcels.expansion.indices import indices
from parcels.expansion.placement import Site, placements
from parcels.expansion.surroundings import Surroundings, Zone
from tests.parcels.expansion.expansion_cases import BOOK, PLANE, degrees

GEOD = Geod(ellps="GRS80")
ANGLES = st.floats(0, 360)


@st.composite
def stars(draw) -> shapely.Polygon:
    """Draw a polygon around the middle, of 3 to 12 corners 500 to 3,000 m away."""
    radii = draw(st.lists(st.floats(500, 3000), min_size=3, max_size=12))
    turns = [2 * math.pi * at / len(radii) for at in range(len(radii))]
    return shapely.Polygon(
        [(r * math.cos(turn), r * math.sin(turn)) for r, turn in zip(radii, turns, strict=True)]
    )


@given(stars())
@settings(max_examples=30)
def test_the_area_is_the_geodesic_one_but_for_the_bend_of_the_sides(star) -> None:
    lonlat = degrees(shapely.segmentize(star, 50))
    mine = shape_indices.area(Site.of(lonlat)).value
    theirs = abs(GEOD.geometry_area_perimeter(lonlat)[0]) / 1e6
    assert mine == pytest.approx(theirs, rel=1e-8)


@given(stars())
@settings(max_examples=30)
def test_the_circle_is_the_smallest_through_two_or_three_corners(star) -> None:
    corners = shapely.get_coordinates(star)[:-1]
    circles = [_through(*some) for k in (2, 3) for some in combinations(corners, k)]
    holding = [
        radius
        for centre, radius in circles
        if np.hypot(*(corners - centre).T).max() <= radius * (1 + 1e-9)
    ]
    theirs = star.area / (math.pi * min(holding) ** 2)
    mine = shape_indices.reock(Site(shape=star, plane=PLANE)).value
    assert mine == pytest.approx(theirs, rel=1e-6)


@given(star=stars(), turn=ANGLES, east=st.floats(-500, 500), north=st.floats(-500, 500))
@settings(max_examples=40)
def test_turning_and_moving_change_no_shape_index(star, turn, east, north) -> None:
    moved = _moved(star, turn, east, north)
    for measure in (
        shape_indices.polsby_popper,
        shape_indices.batty,
        shape_indices.reock,
        shape_indices.hull_ratio,
        shape_indices.hole_share,
        shape_indices.largest_part,
    ):
        before = measure(Site(shape=star, plane=PLANE)).value
        after = measure(Site(shape=moved, plane=PLANE)).value
        assert after == pytest.approx(before, rel=1e-6, abs=1e-9)


@given(turn=ANGLES, east=st.floats(-500, 500), along=st.floats(-900, 900))
@settings(max_examples=40)
def test_turning_and_moving_change_no_common_line(turn, east, along) -> None:
    zone, area = shapely.box(0, 0, 1000, 1000), shapely.box(along, -600, along + 1000, 0)
    frontier = Frontier(_moved(zone, turn, east, 0))
    found = math.fsum(length for length, _ in frontier.stretches(_moved(area, turn, east, 0)))
    common = 1000 - abs(along)
    assert found == pytest.approx(common if common >= 50 else 0.0, abs=1e-3)


@given(stars())
@settings(max_examples=30)
def test_the_two_perimeter_measures_say_the_same(star) -> None:
    site = Site(shape=star, plane=PLANE)
    squared = shape_indices.batty(site).value ** 2
    assert squared == pytest.approx(shape_indices.polsby_popper(site).value, rel=1e-12)


@given(star=stars(), accuracy=st.floats(10, 3000), gap=st.floats(0, 4000))
@settings(max_examples=30, deadline=None)
def test_what_may_lie_elsewhere_is_never_surer_than_what_lies_there(star, accuracy, gap) -> None:
    zone = degrees(shapely.box(-3000, 3000 + gap, 3000, 6000 + gap))
    exact, rough = (
        Zone(shape=zone, accuracy_m=one, is_whole=True, is_schematic=False, title="")
        for one in (None, accuracy)
    )
    sure = indices(degrees(star), Surroundings(zone=exact), BOOK)
    unsure = indices(degrees(star), Surroundings(zone=rough), BOOK)
    for one, other in zip(sure, unsure, strict=True):
        assert other.outcome in {one.outcome, "unknown"}


def test_a_shape_is_moved_in_eight_directions() -> None:
    places = [shapely.centroid(one) for one in placements(shapely.box(-1, -1, 1, 1), 100.0)]
    assert len(places) == 9
    assert (places[0].x, places[0].y) == (0, 0)
    assert all(math.hypot(one.x, one.y) == pytest.approx(100) for one in places[1:])
    assert (places[1].x, places[1].y) == pytest.approx((0, 100))
    assert (places[3].x, places[3].y) == pytest.approx((100, 0))
    assert len(placements(shapely.box(-1, -1, 1, 1), None)) == 1


def _moved(shape, turn: float, east: float, north: float):
    cosine, sine = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    matrix = np.array([[cosine, sine], [-sine, cosine]])
    return shapely.transform(shape, lambda xy: xy @ matrix + (east, north))


def _through(one, other, third=None):
    """Give centre and radius of the circle on two places as ends, or through three."""
    if third is None:
        return (one + other) / 2, float(np.hypot(*(one - other))) / 2
    sides = 2 * np.array([other - one, third - one])
    if abs(np.linalg.det(sides)) < 1e-6:
        return one, 0.0
    squares = np.array([other @ other - one @ one, third @ third - one @ one])
    centre = np.linalg.solve(sides, squares)
    return centre, float(np.hypot(*(one - centre)))
