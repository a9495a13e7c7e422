"""Against a second way of telling sides: the sign at the nearest point of a densely sampled road."""

import itertools

import numpy as np
import pytest
import shapely
from scipy.spatial import cKDTree

from geo.location.network import Network
from geo.location.solve import solve
from tests.geo.location import town

LENGTH_M = 6_000.0
COUNT = 5
SPACING_M = 900.0
STATIONS = np.linspace(-LENGTH_M / 2, LENGTH_M / 2, 1201)
GRIDS = [(0, 0), (12, 60), (-30, 0), (-30, 90), (40, 50)]


def turned(xy, degrees):
    angle = np.radians(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return xy @ turn.T


def wavy_grid(degrees, amplitude):
    """Roads by name: 横0… from south to north, 竖0… from west to east, before turning."""
    lines = {}
    for number in range(COUNT):
        across = (number - (COUNT - 1) / 2) * SPACING_M
        wave = across + amplitude * np.sin(STATIONS / 250 + number)
        lines[f"横{number}路"] = turned(np.column_stack([STATIONS, wave]), degrees)
        lines[f"竖{number}路"] = turned(np.column_stack([wave, STATIONS]), degrees)
    return lines


def left_of(line, points):
    """Tell the side by the cross product at the nearest sampled segment."""
    middle = (line[1:] + line[:-1]) / 2
    _, nearest = cKDTree(middle).query(points)
    way, away = (line[1:] - line[:-1])[nearest], points - middle[nearest]
    return way[:, 0] * away[:, 1] - way[:, 1] * away[:, 0] > 0


@pytest.mark.parametrize(("degrees", "amplitude"), GRIDS)
def test_envelope_is_the_set_of_points_on_the_right_sides(degrees, amplitude):
    lines = wavy_grid(degrees, amplitude)
    network = Network.build([town.road(name, *xy) for name, xy in lines.items()])
    points = turned(np.random.default_rng(3).uniform(-2400, 2400, (4000, 2)), degrees)
    for row, column in itertools.product((1, 3), (0, 2)):
        across, up = lines[f"横{row}路"], lines[f"竖{column}路"]
        clear = np.all([cKDTree(line).query(points)[0] > 8 for line in (across, up)], axis=0)
        south, east = ~left_of(across, points), ~left_of(up, points)
        for phrase, expected in (
            (f"横{row}路以南、竖{column}路以东", south & east),
            (f"竖{column}路西侧、横{row}路北侧", ~south & ~east),
            (f"横{row}路与竖{column}路交叉口西南角", south & ~east),
        ):
            part = solve(phrase, network).parts[0]
            inside = shapely.contains_xy(town.metres(part.envelope), points)
            assert part.class_ == "half_open"
            np.testing.assert_array_equal(inside[clear], expected[clear], err_msg=phrase)


@pytest.mark.parametrize(("degrees", "amplitude"), GRIDS)
def test_block_is_the_cell_of_the_grid_at_the_corner(degrees, amplitude):
    lines = wavy_grid(degrees, amplitude)
    network = Network.build([town.road(name, *xy) for name, xy in lines.items()])
    points = turned(np.random.default_rng(4).uniform(-2400, 2400, (4000, 2)), degrees)
    sides = {name: left_of(xy, points) for name, xy in lines.items()}
    clear = np.all([cKDTree(xy).query(points)[0] > 8 for xy in lines.values()], axis=0)
    cell = ~sides["横2路"] & sides["横1路"] & sides["竖2路"] & ~sides["竖1路"]
    part = solve("横2路以南、竖2路以西", network).parts[0]
    inside = shapely.contains_xy(town.metres(part.block), points)
    assert cell.sum() > 50
    np.testing.assert_array_equal(inside[clear], cell[clear])


def test_between_is_ordered_by_the_map_not_by_the_words():
    lines = wavy_grid(25, 40)
    network = Network.build([town.road(name, *xy) for name, xy in lines.items()])
    for phrase in ("横1路与横3路之间", "横3路与横1路之间"):
        part = solve(phrase, network).parts[0]
        assert (part.bounds["N"], part.bounds["S"]) == (("横3路",), ("横1路",))
    part = solve("竖3路与竖0路之间", network).parts[0]
    assert (part.bounds["E"], part.bounds["W"]) == (("竖3路",), ("竖0路",))


def test_a_curved_road_is_prolonged_along_its_smoothed_end():
    """A quarter circle from north to east: its ends go on to the north... west and south."""
    angles = np.radians(np.linspace(0, 90, 91))
    arc = 2000 * np.column_stack([np.cos(angles), np.sin(angles)])
    far = [
        town.road("西横路", (-6000, -6000), (-6000, 6000)),
        town.road("东横路", (6000, -6000), (6000, 6000)),
    ]
    network = Network.build([town.road("弯路", *arc), *far])
    part = solve("弯路以南、西横路以东", network).parts[0]
    land = town.metres(part.envelope)
    for xy, expected in (
        ((1300, 1300), True),
        ((1500, 1500), False),
        ((-3000, 1500), True),
        ((-3000, 3000), False),
        ((1500, -3000), True),
        ((3000, -3000), False),
    ):
        assert bool(shapely.contains_xy(land, *xy)) is expected, xy


def test_a_landmark_bounds_along_its_meridian_and_parallel():
    """In degrees, not in projected metres, even 25 km from the middle."""
    network = Network.build(
        [
            town.road("长路", (-40_000, 0), (40_000, 0)),
            town.feature("塔", shapely.Point(-25_000, 9_000)),
        ]
    )
    tower = network.features[1].geometry
    part = solve("长路以北、塔以西", network).parts[0]
    east = shapely.bounds(part.envelope)[2]
    assert east == pytest.approx(tower.x, abs=1e-7)
    edge = shapely.get_coordinates(part.envelope)
    edge = edge[np.abs(edge[:, 0] - tower.x) < 1e-4]
    assert np.ptp(edge[:, 0]) < 1e-6
    assert np.ptp(edge[:, 1]) > 0.05
