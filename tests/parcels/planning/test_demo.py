"""The scenarios that ship: they replay, they are what they say, ids follow from the seed."""

from __future__ import annotations

import itertools

import pytest
import shapely

from geo.crs import local_tm, to_local
from geo.units import M2_PER_KM2
from layers.load import load_features
from parcels.planning.demo import demo_scenarios
from parcels.planning.line import Line, path_to
from parcels.planning.plane import area_of

PLANE = local_tm(112.5, 32.9)
MADE = demo_scenarios("zh", by="张三", at="2026-11-22T00:00:00Z")
OPERATIONS = {one.id: one for _, operations in MADE for one in operations}
LINES = {
    scenario.name: Line(scenario=scenario, operations=path_to(scenario.tip, OPERATIONS))
    for scenario, _ in MADE
}
SOUTH = next(one for one in load_features("zone") if one.properties.id == "zone-south").geometry


def _land(line: Line):
    return shapely.union_all([one.shape for one in line.state.values() if one.kind == "extension"])


def test_there_are_an_example_its_child_and_another() -> None:
    first, child, other = (scenario for scenario, _ in MADE)
    assert [first.name, child.name, other.name] == [
        "南区示例 A",
        "A1 避让白河",
        "南区示例 B 东南弧",
    ]
    assert (child.parent, child.base) == (first.id, first.tip)
    assert (first.parent, other.parent) == (None, None)
    assert [len(operations) for _, operations in MADE] == [2, 4, 1]


@pytest.mark.parametrize("name", list(LINES))
def test_a_scenario_replays_to_fifty_valid_square_kilometres(name) -> None:
    line = LINES[name]
    assert line.done == line.operations
    assert len(line.own) == len(line.operations) - len(path_to(line.scenario.base, OPERATIONS))
    assert all(one.shape.is_valid and not one.shape.is_empty for one in line.state.values())
    land = _land(line)
    assert land.geom_type == "Polygon"
    assert area_of(land) / float(M2_PER_KM2) == pytest.approx(50.0, abs=0.005)


@pytest.mark.parametrize("name", list(LINES))
def test_a_scenario_joins_the_southern_piece_along_a_line(name) -> None:
    land, south = (to_local(one, PLANE) for one in (_land(LINES[name]), SOUTH))
    assert shapely.distance(land, south) < 0.01
    assert shapely.intersection(land, south).area < 100
    common = shapely.intersection(land.boundary, shapely.buffer(south.boundary, 1))
    assert common.length > 4_000


def test_the_two_pieces_do_not_overlap() -> None:
    for line in LINES.values():
        pieces = [one.shape for one in line.state.values() if one.kind == "extension"]
        for one, other in itertools.combinations(pieces, 2):
            assert shapely.intersection(one, other).area == 0


def test_the_child_keeps_away_from_the_river() -> None:
    river = next(one for one in load_features("water") if one.properties.id == "river-bai")
    axis = to_local(river.geometry, PLANE)
    before, after = (to_local(_land(LINES[name]), PLANE) for name in list(LINES)[:2])
    assert shapely.intersection(axis, before).length > 4_000
    assert shapely.distance(axis, after) == pytest.approx(150, abs=2)
    bank = next(one for one in LINES["A1 避让白河"].state.values() if one.kind == "green")
    outside = shapely.difference(to_local(bank.shape, PLANE), after)
    assert outside.area < 10_000


def test_roads_have_no_width_and_begin_in_the_zone() -> None:
    roads = [one for one in LINES["南区示例 A"].state.values() if one.kind == "road"]
    assert len(roads) == 3
    for road in roads:
        assert road.width_m is None
        start, end = shapely.points(shapely.get_coordinates(road.shape))[[0, -1]]
        assert shapely.covers(SOUTH, start)
        assert shapely.covers(_land(LINES["南区示例 A"]), end)


def test_everything_is_marked_as_schematic() -> None:
    for line in LINES.values():
        for one in line.state.values():
            assert (one.geometry_class, one.accuracy_m, one.source) == ("schematic", 2000.0, "demo")
            assert "示意" in one.name


def test_ids_follow_from_the_seed() -> None:
    assert demo_scenarios() == demo_scenarios()
    ids = {
        seed: {
            *(scenario.id for scenario, _ in demo_scenarios(seed=seed)),
            *(one.id for _, steps in demo_scenarios(seed=seed) for one in steps),
            *(e.id for _, steps in demo_scenarios(seed=seed) for one in steps for e in one.puts),
        }
        for seed in ("demo", "other")
    }
    assert len(ids["demo"]) == len(ids["other"]) == 17
    assert not ids["demo"] & ids["other"]
    assert all(len(one) == 32 for one in ids["demo"])


def test_names_are_of_the_language_and_shapes_are_not() -> None:
    for (_, zh), (_, en) in zip(demo_scenarios("zh"), demo_scenarios("en"), strict=True):
        for one, other in zip(zh, en, strict=True):
            assert one.id == other.id
            for a, b in zip(one.puts, other.puts, strict=True):
                assert shapely.equals_exact(a.shape, b.shape)
                assert a.name != b.name
