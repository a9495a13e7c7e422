from __future__ import annotations

import numpy as np
import pytest
import shapely

from geo.crs import to_local, to_lonlat
from geo.errors import PlannerError
from geo.units import mu_to_square_metres
from parcels.planning.editing.commands import derived_id, read_command
from parcels.planning.editing.edits import effect_of
from parcels.planning.plane import area_of
from tests.parcels.planning.sketches import PLANE, box, element, geojson


def line(*places):
    return to_lonlat(shapely.LineString(places), PLANE)


def state(*elements):
    return {one.id: one for one in elements}


def effect(command, *elements):
    return effect_of(read_command(command), state(*elements), "op")


def same_place(shape, other):
    """Whether two outlines are the same to a millimetre."""
    return shapely.hausdorff_distance(shape, other) < 1e-8


A = element("a", box(0, 0, 100, 100), name="甲", code="M1", scheme="gb50137")
B = element("b", box(100, 0, 200, 100), name="乙")
ROAD = element("r", line((0, 50), (300, 50)), kind="road")
FAR = geojson(box(5000, 0, 5100, 100))


def test_a_drawn_shape_is_taken_as_it_is():
    shape = box(0, 0, 100, 100)
    (drawn,) = effect(
        {"do": "draw", "kind": "extension", "geometry": geojson(shape), "name": "南一片"}
    ).puts
    assert (drawn.id, drawn.kind, drawn.name, drawn.source) == (
        derived_id("op", 0),
        "extension",
        "南一片",
        "drawn",
    )
    assert shapely.equals_identical(drawn.shape, shape)


def test_a_new_outline_leaves_all_that_is_said_of_the_element():
    (moved,) = effect(
        {"do": "move", "element": "a", "geometry": geojson(box(10, 0, 110, 100))}, A
    ).puts
    assert (moved.id, moved.name, moved.code) == ("a", "甲", "M1")


def test_cutting_takes_from_all_that_it_meets_and_drops_what_it_covers():
    cutter = geojson(box(50, -10, 250, 110))
    made = effect({"do": "cut", "geometry": cutter}, A, B, ROAD)
    assert made.drops == ("b",)
    (left,) = made.puts
    assert same_place(left.shape, box(0, 0, 50, 100))
    named = effect({"do": "cut", "geometry": cutter, "elements": ["a"]}, A, B)
    assert (len(named.puts), named.drops) == (1, ())


def test_a_hole_is_left_out_of_the_area():
    (made,) = effect(
        {"do": "hole", "element": "a", "geometry": geojson(box(20, 20, 70, 70))}, A
    ).puts
    assert area_of(made.shape) == pytest.approx(7_500, rel=1e-6)


def test_the_largest_piece_keeps_the_id_and_each_piece_the_words():
    made = effect({"do": "split", "geometry": geojson(line((30, -10), (30, 110)))}, A, B).puts
    assert [(one.id, one.name, one.code) for one in made] == [
        ("a", "甲", "M1"),
        (derived_id("op", 1), "甲", "M1"),
    ]
    assert [area_of(one.shape) for one in made] == pytest.approx([7_000, 3_000], rel=1e-6)


def test_a_line_through_two_elements_divides_both():
    made = effect({"do": "split", "geometry": geojson(line((-10, 40), (210, 40)))}, A, B).puts
    assert len(made) == 4
    assert len({one.id for one in made}) == 4


def test_merged_elements_are_the_first_one():
    made = effect({"do": "merge", "elements": ["b", "a"]}, A, B)
    assert (made.puts[0].id, made.puts[0].name, made.drops) == ("b", "乙", ("a",))
    assert same_place(made.puts[0].shape, box(0, 0, 200, 100))


@pytest.mark.parametrize(("distance", "side"), [(10, 120), ("-10 米", 80), ("0.01km", 120)])
def test_a_buffer_is_typed_in_metres(distance, side):
    (made,) = effect({"do": "buffer", "element": "a", "distance": distance}, A).puts
    assert area_of(made.shape) == pytest.approx(side**2, rel=1e-6)


@pytest.mark.parametrize("side", [None, 0, 2])
def test_an_element_is_brought_to_the_area_that_was_typed(side):
    (made,) = effect({"do": "fit_area", "element": "a", "area": "280亩", "side": side}, A).puts
    assert area_of(made.shape) == pytest.approx(mu_to_square_metres(280), rel=1e-11)


def test_moving_one_side_leaves_the_other_corners_to_the_bit():
    (made,) = effect({"do": "fit_area", "element": "a", "area": "30亩", "side": 1}, A).puts
    kept = set(map(tuple, shapely.get_coordinates(made.shape)))
    assert len(kept & set(map(tuple, shapely.get_coordinates(A.shape)))) == 2


def test_right_angles():
    crooked = element(
        "a", to_lonlat(shapely.Polygon([(0, 0), (100, 2), (99, 101), (1, 100)]), PLANE)
    )
    (made,) = effect({"do": "square", "element": "a"}, crooked).puts
    corners = shapely.get_coordinates(to_local(made.shape, PLANE))
    sides = np.diff(corners, axis=0)
    turned = np.einsum("ij,ij->i", sides, np.roll(sides, 1, axis=0))
    assert np.abs(turned).max() / 100**2 < 1e-6


def test_describing_changes_what_is_named_and_nothing_else():
    (made,) = effect({"do": "describe", "element": "a", "name": "丙", "year": 2027}, A).puts
    assert (made.name, made.year, made.code, made.shape) == ("丙", 2027, "M1", A.shape)
    (road,) = effect({"do": "describe", "element": "r", "kind": "road", "width": "40米"}, ROAD).puts
    assert road.width_m == 40.0
    (again,) = effect({"do": "describe", "element": "r", "kind": "road", "width": ""}, road).puts
    assert again.width_m is None


def test_deleting():
    assert effect({"do": "delete", "elements": ["a", "b", "a"]}, A, B).drops == ("a", "b")


def test_starting_from_elsewhere_keeps_where_it_comes_from():
    shape = {
        "kind": "parcel",
        "geometry": geojson(box(0, 0, 10, 10)),
        "geometry_class": "solved_from_text",
        "accuracy_m": 500,
        "source": "parcel:B2-01",
        "attributes": {"序号": "1"},
    }
    one, two = effect({"do": "start", "shapes": [shape, shape]}).puts
    assert one.id != two.id
    assert (one.source, one.accuracy_m, one.attributes) == ("parcel:B2-01", 500, {"序号": "1"})


BOW_TIE = {
    "type": "Polygon",
    "coordinates": [
        [[112.5, 33.0], [112.51, 33.01], [112.51, 33.0], [112.5, 33.01], [112.5, 33.0]]
    ],
}


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ({"do": "draw", "kind": "parcel", "geometry": BOW_TIE}, "shape_crosses_itself"),
        (
            {"do": "draw", "kind": "parcel", "geometry": geojson(line((0, 0), (9, 9)))},
            "element_is_a_line",
        ),
        ({"do": "cut", "geometry": FAR}, "sketch_nothing_there"),
        ({"do": "cut", "geometry": FAR, "elements": ["a"]}, "sketch_nothing_there"),
        ({"do": "split", "geometry": geojson(line((10, 10), (20, 20)))}, "shape_not_divided"),
        ({"do": "merge", "elements": ["a", "a"]}, "merge_needs_two"),
        ({"do": "merge", "elements": ["a", "z"]}, "element_unknown"),
        ({"do": "buffer", "element": "a", "distance": "宽"}, "length_unreadable"),
        ({"do": "buffer", "element": "a", "distance": -60}, "shape_vanishes_inwards"),
        ({"do": "buffer", "element": "r", "distance": 5}, "element_is_a_line"),
        ({"do": "fit_area", "element": "a", "area": "280"}, "area_unreadable"),
        ({"do": "fit_area", "element": "a", "area": "-2亩"}, "area_not_positive"),
        ({"do": "describe", "element": "b", "code": "M1"}, "element_code_without_scheme"),
        ({"do": "describe", "element": "r", "width": "0"}, "width_not_positive"),
        ({"do": "describe", "element": "r", "kind": "green"}, "element_is_a_line"),
        ({"do": "delete", "elements": ["z"]}, "element_unknown"),
    ],
)
def test_what_cannot_be_done_is_refused(command, code):
    with pytest.raises(PlannerError) as caught:
        effect(command, A, B, ROAD)
    assert caught.value.code == code
