"""Edits on squared paper: cases/shaping/edits.toml; and what no case can show."""

import tomllib
from pathlib import Path

import numpy as np
import pytest
import shapely
import shapely.affinity

from geo.errors import PlannerError
from geo.shaping import edit
from geo.shaping.meeting import meet
from parcels.messages import LANGUAGES, error_text

CASES = tomllib.loads(
    (Path(__file__).parents[2] / "cases/shaping/edits.toml").read_text(encoding="utf-8")
)["case"]
GOOD = [case for case in CASES if "gives" in case]
BAD = [case for case in CASES if "code" in case]
SQUARE = shapely.box(0, 0, 100, 100)


def result(case, turned=lambda shape: shape):
    def read(value):
        return turned(shapely.from_wkt(value)) if isinstance(value, str) else value

    given = [[read(one) for one in case["shapes"]]] if "shapes" in case else [read(case["shape"])]
    given += [read(case["with"])] if "with" in case else []
    return getattr(edit, case["do"])(*given)


def same_ground(made, wanted, room):
    if made.is_empty:
        return wanted.is_empty
    return made.is_valid and made.geom_type == wanted.geom_type and apart(made, wanted) <= room


def apart(made, wanted):
    return np.inf if wanted.is_empty else shapely.hausdorff_distance(made, wanted)


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case["name"])
@pytest.mark.parametrize("degrees", [0, 33])
def test_gives_what_the_paper_shows(case, degrees):
    """Turned and moved far away, too, where no coordinate is a round number."""

    def turned(shape):
        there = shapely.affinity.translate(shape, 4321.123, -8765.321) if degrees else shape
        return shapely.affinity.rotate(there, degrees, origin=(4371.1, -8715.3))

    made = result(case, turned)
    wanted = case["gives"] if isinstance(case["gives"], list) else [case["gives"]]
    shapes = made if isinstance(made, tuple) else (made,)
    room = 2e-3 if "hair" in case["name"] or "edge to edge" in case["name"] else 1e-6
    assert len(shapes) == len(wanted)
    for one, wkt in zip(
        in_order(shapes, degrees), in_order(read_all(wanted, turned), degrees), strict=True
    ):
        assert same_ground(one, wkt, room), (one.wkt, wkt.wkt)


def read_all(texts, turned):
    return [turned(shapely.from_wkt(text)) for text in texts]


def in_order(shapes, degrees):
    """Equal pieces change places when west is turned."""
    return sorted(shapes, key=lambda one: one.bounds) if degrees else shapes


@pytest.mark.parametrize("case", BAD, ids=lambda case: case["name"])
def test_refuses_what_cannot_be_done(case):
    with pytest.raises(PlannerError) as refused:
        result(case)
    assert refused.value.code == case["code"]
    for name, value in case.get("values", {}).items():
        assert refused.value.values[name] == pytest.approx(value)
    for lang in LANGUAGES:
        assert all(error_text(lang, refused.value))


def test_a_touch_gives_the_very_same_shape():
    assert edit.cut(SQUARE, shapely.box(100, 0, 200, 100)) is SQUARE


def test_points_that_a_cut_does_not_touch_stay_to_the_bit():
    corners = [(0.1, 0.2), (100.3, 0.7), (101.9, 99.3), (0.4, 98.6)]
    left = edit.cut(shapely.Polygon(corners), shapely.box(90, 90, 200, 200))
    kept = {tuple(place) for place in shapely.get_coordinates(left).tolist()}
    assert set(corners) - kept == {(101.9, 99.3)}


def test_a_sharp_corner_is_cut_off_at_twice_the_distance():
    needle = shapely.Polygon([(0, 0), (100, -5), (100, 5)])
    wide = edit.buffer(needle, 10)
    assert -20.01 <= wide.bounds[0] <= -19.0
    blunt = shapely.Polygon([(0, 0), (100, -60), (100, 60)])  # 62 degrees: mitred to the tip
    tip = 10 / np.sin(np.arctan2(60, 100))
    assert edit.buffer(blunt, 10).bounds[0] == pytest.approx(-tip, abs=1e-9)


def test_edges_of_the_shape_stay_where_a_tool_meets_them():
    shape, tool = meet(SQUARE, shapely.box(40.0004, -0.0006, 60, 50))
    assert shape.equals(SQUARE)
    assert {(40.0004, 0.0), (60.0, 0.0)} <= set(map(tuple, shapely.get_coordinates(tool).tolist()))
    assert shapely.get_num_coordinates(shape) == 7


def test_points_of_a_tool_take_the_nearest_corner():
    _, tool = meet(SQUARE, shapely.Polygon([(100.0007, 100.0005), (150, 100), (150, 150)]))
    assert (100.0, 100.0) in set(map(tuple, shapely.get_coordinates(tool).tolist()))


def test_a_tool_that_meeting_would_break_stays_as_it_was():
    sliver = shapely.Polygon([(50, 0.0004), (50.0004, 0.0006), (50.0002, 0.0009)])
    shape, tool = meet(SQUARE, sliver)
    assert shape is SQUARE
    assert tool is sliver


def test_a_large_shape_is_cut_where_it_is_met():
    circle = shapely.Point(0, 0).buffer(5000, quad_segs=5000)
    left = edit.cut(circle, shapely.box(-6000, -50, 6000, 50))
    assert len(left.geoms) == 2
    assert left.area == pytest.approx(
        circle.area - circle.intersection(shapely.box(-6000, -50, 6000, 50)).area
    )


def test_a_point_beside_a_sharp_tip_joins_one_of_its_edges():
    """Both edges of the tip are nearer than a millimetre; the outline must not visit it twice."""
    tip = shapely.Polygon([(438, 0), (-25, 43.3), (-25.5, -44.2)])
    beside = shapely.line_interpolate_point(tip.exterior, 0.00102)
    tool = shapely.Polygon([(beside.x, beside.y), (-25.25, -0.72), (184.6, -24.2)])
    shape, _ = meet(tip, tool)
    assert shape.is_valid
    assert shapely.get_num_coordinates(shape) == shapely.get_num_coordinates(tip) + 1
    assert edit.cut(tip, tool).is_valid
