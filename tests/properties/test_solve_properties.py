"""What holds for every phrase about a grid of roads."""

import itertools

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import affinity

from geo.area import ellipsoidal_area
from geo.location.network import Network
from geo.location.solve import solve
from tests.geo.location import town

NUMBERS = range(5)
ACROSS = [f"横{n}路" for n in NUMBERS]
UP = [f"竖{n}路" for n in NUMBERS]
OPPOSITE = {"南": "北", "北": "南", "东": "西", "西": "东"}


def grid(turn=0):
    place = [(n - 2) * 800 for n in NUMBERS]
    lines = {
        f"横{n}路": shapely.LineString([(-2500, p), (2500, p + 30 * n)])
        for n, p in enumerate(place)
    }
    lines |= {
        f"竖{n}路": shapely.LineString([(p, -2500), (p - 25 * n, 2500)])
        for n, p in enumerate(place)
    }
    return Network.build(
        [
            town.feature(name, affinity.rotate(line, turn, origin=(0, 0)))
            for name, line in lines.items()
        ]
    )


NETWORK, TURNED = grid(), grid(180)
BOUNDS = st.one_of(
    st.tuples(st.sampled_from(ACROSS), st.sampled_from("南北")),
    st.tuples(st.sampled_from(UP), st.sampled_from("东西")),
)
CLAUSES = st.lists(BOUNDS, min_size=2, max_size=4, unique_by=lambda bound: bound[0])


def phrase(clauses):
    return "、".join(f"{name}以{side}" for name, side in clauses)


def land(clauses, network=NETWORK):
    part = solve(phrase(clauses), network).parts[0]
    return part, None if part.envelope is None else town.metres(part.envelope)


def same(first, second):
    if first is None or second is None:
        return first is second
    return (
        shapely.area(shapely.symmetric_difference(first, second)) < 1e-6 * shapely.area(first) + 1
    )


@settings(max_examples=40, deadline=None)
@given(CLAUSES, st.randoms(use_true_random=False))
def test_order_of_clauses_does_not_matter(clauses, shuffle):
    other = list(clauses)
    shuffle.shuffle(other)
    (first, one), (second, two) = land(clauses), land(other)
    assert first.class_ == second.class_
    assert same(one, two)


@settings(max_examples=40, deadline=None)
@given(CLAUSES, BOUNDS)
def test_another_bound_only_takes_land_away(clauses, more):
    (first, before), (second, after) = land(clauses), land([*clauses, more])
    if after is not None and before is not None:
        assert shapely.area(shapely.difference(after, before)) < 1
    if first.class_ == "contradictory":
        assert second.class_ == "contradictory"


@settings(max_examples=40, deadline=None)
@given(CLAUSES)
def test_a_town_turned_upside_down_gives_the_mirrored_land(clauses):
    _, one = land(clauses)
    _, two = land([(name, OPPOSITE[side]) for name, side in clauses], TURNED)
    turned = None if two is None else affinity.rotate(two, 180, origin=(0, 0))
    assert (one is None) == (turned is None)
    if one is not None:
        assert shapely.area(shapely.symmetric_difference(one, turned)) < 1e-3 * shapely.area(one)


@settings(max_examples=40, deadline=None)
@given(CLAUSES, st.integers(0, 2**32 - 1))
def test_every_point_of_the_land_satisfies_every_bound(clauses, seed):
    _, region = land(clauses)
    if region is None:
        return
    west, south, east, north = shapely.bounds(region)
    points = np.random.default_rng(seed).uniform((west, south), (east, north), (200, 2))
    for (x, y), inside in zip(points, shapely.contains_xy(region, points), strict=True):
        slack = [_metres_inside(name, side, x, y) for name, side in clauses]
        if min(map(abs, slack)) > 1:
            # Outside of the land there may also be the edge of the window.
            assert inside == (min(slack) > 0) or not inside
            assert not inside or min(slack) > 0


def _metres_inside(name, side, x, y):
    """Distance to a straight road's line, positive on the named side."""
    number = int(name[1])
    place = (number - 2) * 800
    if name.startswith("横"):
        away = y - (place + 30 * number * (x + 2500) / 5000)
        return away if side == "北" else -away
    away = x - (place - 25 * number * (y + 2500) / 5000)
    return away if side == "东" else -away


@settings(max_examples=25, deadline=None)
@given(CLAUSES, st.floats(2_000, 2_000_000))
def test_a_candidate_has_the_wanted_area_and_lies_inside(clauses, area_m2):
    part = solve(phrase(clauses), NETWORK, area_m2=area_m2).parts[0]
    if part.candidate is None:
        assert {"area_does_not_fit", "area_without_place"} & set(
            part.notes
        ) or part.envelope is None
        return
    piece = town.metres(part.candidate)
    assert float(ellipsoidal_area(piece, town.CRS)) == pytest.approx(area_m2, rel=1e-5)
    assert shapely.area(shapely.difference(piece, town.metres(part.envelope))) < 1e-5 * area_m2


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=40))
def test_any_text_has_an_answer(text):
    location = solve(text, NETWORK)
    assert location.phrase == text


def test_the_four_corners_of_a_crossing_share_the_window():
    corners = [
        town.metres(solve(f"横2路与竖1路交叉口{corner}角", NETWORK).parts[0].envelope)
        for corner in ("东北", "东南", "西南", "西北")
    ]
    whole = shapely.union_all(corners)
    assert shapely.area(whole) == pytest.approx(sum(map(shapely.area, corners)), rel=1e-6)
    for one, other in itertools.combinations(corners, 2):
        assert shapely.area(shapely.intersection(one, other)) < 1


def strange_network(rng):
    """Random walks, spirals, rings, twin carriageways, blobs and points under few names."""
    rows = []
    for number in range(12):
        at, turns = rng.uniform(-3000, 3000, 2), np.linspace(0, rng.uniform(3, 12), 50)
        spiral = at + 200 * turns[:, None] * np.column_stack([np.cos(turns), np.sin(turns)])
        walk = at + np.cumsum(rng.normal(0, 200, (20, 2)), axis=0)
        shapes = [
            shapely.LineString(walk),
            shapely.LineString(spiral),
            shapely.MultiLineString([walk, walk[::-1] + 20]),
            shapely.Point(at).buffer(rng.uniform(10, 1500)),
            shapely.Point(at).buffer(rng.uniform(100, 1500)).exterior,
            shapely.LineString(walk).buffer(30),
            shapely.Point(at),
        ]
        shape = shapes[rng.integers(len(shapes))]
        kind = ("road", "river", "landmark", "park")[rng.integers(4)]
        name = "甲乙丙丁戊己庚辛壬癸子丑"[number] + ("路", "河", "厂")[rng.integers(3)]
        rows.append(town.feature(name, shape, kind=kind))
    return Network.build(rows)


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_strange_networks_give_valid_land_or_none(seed):
    rng = np.random.default_rng(seed)
    network = strange_network(rng)
    names = [feature.name for feature in network.features]
    for _ in range(12):
        a, b, c = rng.permutation(names)[:3]
        text = (
            f"{a}以南、{b}以东",
            f"{a}与{b}交叉口东北角，{c}西侧",
            f"{a}与{b}之间",
            f"{a}两侧、{b}以北",
            f"{a}、{b}、{c}围合区域",
            f"{a}内，{b}以西300米以内",
        )[rng.integers(6)]
        for part in solve(text, network, area_m2=50_000.0).parts:
            for shape in (part.envelope, part.block, part.candidate):
                assert shape is None or (shape.is_valid and shape.area > 0), text
