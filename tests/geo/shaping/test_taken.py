"""What is sent as a shape is taken to the bit, or refused with the place: cases/shaping/taken.toml."""

import json
import time
import tomllib
from pathlib import Path

import pytest
import shapely

from geo.crs import local_tm, to_local
from geo.errors import PlannerError
from geo.shaping.plane import drawing_plane
from geo.shaping.soundness import Problem, problems_of
from geo.shaping.taken import MOST_POINTS, MOST_RINGS, POLYGONS, shape_of
from parcels.messages import LANGUAGES, error_text

CASES = tomllib.loads(
    (Path(__file__).parents[2] / "cases/shaping/taken.toml").read_text(encoding="utf-8")
)["case"]
GOOD = [case for case in CASES if "wkt" in case]
BAD = [case for case in CASES if "code" in case]


def taken(case):
    return shape_of(json.loads(case["geojson"]), kinds=tuple(case.get("kinds", POLYGONS)))


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case["name"])
def test_takes_what_is_a_shape_point_for_point(case):
    shape = taken(case)
    assert shape.wkt == shapely.from_wkt(case["wkt"]).wkt
    assert shape.is_valid
    assert not shape.has_z


@pytest.mark.parametrize("case", BAD, ids=lambda case: case["name"])
def test_refuses_the_rest_with_the_place(case):
    with pytest.raises(PlannerError) as refused:
        taken(case)
    assert refused.value.code == case["code"]
    for name, value in case.get("values", {}).items():
        wanted = pytest.approx(value, abs=2e-7) if isinstance(value, float) else value
        assert refused.value.values[name] == wanted, name


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", BAD, ids=lambda case: case["name"])
def test_every_refusal_is_a_sentence(case, lang):
    with pytest.raises(PlannerError) as refused:
        taken(case)
    sentence, hint = error_text(lang, refused.value)
    assert sentence.endswith(("。", "."))
    assert hint
    for name in ("lon", "lat"):
        if name in refused.value.values:
            assert f"{refused.value.values[name]:.6f}" in sentence


def test_a_million_points_are_refused_before_a_shape_is_made():
    sent = {"type": "Polygon", "coordinates": [[[112.5, 33.0]] * 1_000_000]}
    began = time.process_time()
    with pytest.raises(PlannerError, match="shape_too_many_points") as refused:
        shape_of(sent)
    assert time.process_time() - began < 1
    assert refused.value.values == {"count": 1_000_000, "most": MOST_POINTS}


def test_very_many_parts_are_refused_before_a_shape_is_made():
    sent = {"type": "MultiPolygon", "coordinates": [[]] * 1_000_000}
    with pytest.raises(PlannerError, match="shape_too_many_rings") as refused:
        shape_of(sent)
    assert refused.value.values == {"count": 1_000_000, "most": MOST_RINGS}


def test_a_shape_of_many_points_is_taken():
    circle = shapely.Point(112.5, 33).buffer(0.05, quad_segs=5000)
    assert shape_of(shapely.geometry.mapping(circle)).equals(circle)


def test_a_deep_list_is_refused():
    deep = [112.5, 33.0]
    for _ in range(900):
        deep = [deep]
    with pytest.raises(PlannerError, match="shape_coordinate_unreadable"):
        shape_of({"type": "MultiPolygon", "coordinates": deep})


def test_all_that_is_wrong_with_a_shape_is_found():
    bow_tie = [(0, 0), (2, 2), (2, 0), (0, 2)]
    parts = shapely.MultiPolygon(
        [
            shapely.Polygon(bow_tie),
            shapely.Polygon([(10, 0), (20, 0), (30, 0)]),
            shapely.Polygon(
                [(0, 50), (9, 50), (9, 59), (0, 59)], [[(x, y + 54) for x, y in bow_tie]]
            ),
        ]
    )
    assert [(one.code, one.values["ring"]) for one in problems_of(parts)] == [
        ("shape_crosses_itself", 1),
        ("shape_no_area", 2),
        ("shape_crosses_itself", 4),
    ]


def test_an_edge_too_short_to_measure_does_no_harm():
    ring = [(0, 0), (0, -1), (8.8e-175, -1), (-1, 0)]
    assert [one.values["ring"] for one in problems_of(shapely.Polygon(ring))] == [1]


def test_a_folded_path_without_ground_touches_itself():
    path = [(0, 0), (10, 0), (10, 10), (20, 10), (10, 10), (10, 0)]
    assert [one.code for one in problems_of(shapely.Polygon(path))] == ["shape_touches_itself"]


def test_holes_that_cut_the_ground_apart_are_found():
    shell = [(0, 0), (100, 0), (100, 100), (0, 100)]
    diamond = [(0, 50), (50, 100), (100, 50), (50, 0)]
    assert [one.code for one in problems_of(shapely.Polygon(shell, [diamond]))] == [
        "shape_divided_by_holes"
    ]


def test_a_place_in_the_plane_becomes_longitude_and_latitude():
    plane = local_tm(112.5, 33.0)
    place = to_local(shapely.Point(112.51, 33.02), plane)
    error = Problem(code="shape_no_area", place=place, values={"ring": 3}).error(plane)
    assert error.values == {"ring": 3, "lon": 112.51, "lat": 33.02}
    assert Problem(code="shape_no_area").error(plane).values == {}


def test_the_plane_of_a_shape_is_that_of_its_tenth_of_a_degree():
    assert drawing_plane(shapely.box(112.41, 33.01, 112.51, 33.06)) is local_tm(112.5, 33.0)
    assert drawing_plane(shapely.Polygon()) is local_tm(112.5, 33.0)
