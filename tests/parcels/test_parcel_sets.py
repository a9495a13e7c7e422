"""Accepted files: tokens, bounds of the store, and what a set puts on page and map."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
import shapely

from geo.survey.model import CrsDecision
from layers.scene import BigLayer
from parcels.crs_words import crs_text
from parcels.parcel_sets import SetStore
from parcels.point_table import ring_points
from parcels.set_scene import (
    chosen_layer,
    is_large,
    large_layer,
    set_group,
    survey_layer,
)
from tests.parcels.set_samples import hostile_survey, many_survey, round_survey
from tests.parcels.survey_samples import FIRST, SECOND, findings, parcels, survey, troubled_survey


def accepted(made):
    store = SetStore()
    return store.find(store.accept(made))


def test_a_token_cannot_be_guessed_and_finds_its_set() -> None:
    store = SetStore()
    tokens = {store.accept(survey()) for _ in range(20)}
    assert len(tokens) == 20
    assert all(re.fullmatch(r"[\w-]{22}", token) for token in tokens)
    assert store.find(tokens.pop()).title == "示例.txt"
    assert store.find("") is None
    assert store.find("x" * 5000) is None


def test_the_same_reading_is_kept_once_for_who_knows_it() -> None:
    store = SetStore()
    first = store.accept(survey())
    other = CrsDecision(epsg=4526, name="zone 38", how="chosen", definition="EPSG:4526")
    assert store.accept(survey(), known=["gone", first]) == first
    assert store.accept(survey()) != first
    assert store.accept(survey(crs=other), known=[first]) != first
    assert store.accept(survey(digest="9" * 64), known=[first]) != first


def test_a_chosen_repair_makes_another_set() -> None:
    store = SetStore()
    offered = troubled_survey()
    done = replace(offered, repairs=tuple(replace(one, applied=True) for one in offered.repairs))
    first = store.accept(offered)
    assert store.accept(done, known=[first]) != first


def test_the_set_that_nobody_looked_at_goes_first() -> None:
    store = SetStore(most_sets=2)
    first, second = store.accept(survey()), store.accept(survey())
    assert store.find(first)
    third = store.accept(survey())
    assert [store.find(token) is not None for token in (first, second, third)] == [
        True,
        False,
        True,
    ]


def test_bytes_are_bounded_and_the_newest_set_always_stays() -> None:
    size = accepted(survey()).size
    store = SetStore(most_bytes=2 * size)
    tokens = [store.accept(survey()) for _ in range(3)]
    assert [store.find(token) is not None for token in tokens] == [False, True, True]
    huge = store.accept(many_survey())
    assert store.find(huge) is not None
    assert store.find(tokens[-1]) is None


def test_many_threads_lose_nothing() -> None:
    store = SetStore(most_sets=1_000)
    made = survey()
    with ThreadPoolExecutor(16) as pool:
        tokens = list(pool.map(lambda _: store.accept(made), range(400)))
        found = list(pool.map(store.find, tokens))
    assert len(set(tokens)) == 400
    assert all(found)


def test_errors_and_warnings_flag_a_parcel_and_notes_do_not() -> None:
    rows = [
        {"parcel": at, "code": "Q_AREA", "severity": severity}
        for at, severity in enumerate(("info", "warn", "error"))
    ]
    held = accepted(survey(parcels=parcels((FIRST, SECOND, FIRST)), findings=findings(*rows)))
    assert held.flagged.tolist() == [False, True, True]
    assert held.serious.tolist() == [False, False, True]


def test_a_small_set_is_drawn_surveyed_with_its_numbers() -> None:
    layer = survey_layer(hostile_survey())
    assert [one.number for one in layer.features] == ["1", "2"]
    assert {one.geometry_class for one in layer.features} == {"surveyed"}
    assert layer.title == hostile_survey().file
    (one,) = survey_layer(round_survey()).features
    assert one.use == "industrial"


def test_places_that_came_from_shifted_coordinates_are_not_called_surveyed() -> None:
    shifted = CrsDecision(epsg=None, name="GCJ-02", how="declared", definition="GCJ-02")
    layer = survey_layer(survey(crs=shifted))
    assert {one.geometry_class for one in layer.features} == {"digitized"}


def test_a_large_set_stays_on_the_server_and_only_the_chosen_parcel_is_sent() -> None:
    held = accepted(many_survey())
    assert is_large(held.survey)
    assert not is_large(survey())
    layer = large_layer(held)
    west, south, east, north = held.shapes[1_234].bounds
    assert layer.at((west + east) / 2, (south + north) / 2) == ("1235",)
    drawn = BigLayer(id="parcels", title="t", tiles_url="t", features_url="f")
    chosen = chosen_layer(held, 1_234, "zh")
    group = set_group(drawn, chosen, "zh")
    assert [len(getattr(one, "features", ())) for one in group.layers] == [0, 1]
    assert chosen.features[0].id == "1235"


def test_points_are_listed_ring_by_ring_with_the_names_of_the_file() -> None:
    outer, hole = ring_points(survey(), 0)
    assert [outer.is_hole, hole.is_hole] == [False, True]
    assert list(outer.names) == ["J1", "J2", "J3", "J4"]
    assert list(hole.names) == ["J5", "J6", "J7", "J8"]
    assert [outer.north[0], outer.east[0]] == [3650512.35, 37637200.0]
    assert outer.lengths[0] == pytest.approx((252.18**2 + 6.57**2) ** 0.5, abs=1e-9)
    assert hole.lengths.tolist() == [20.0, 30.0, 20.0, 30.0]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["a", "b", "c", "d", "e", "f", "g", "h"], [list("abcd"), list("efgh")]),
        (["a", "b"], [["J1", "J2", "J3", "J4"], ["J5", "J6", "J7", "J8"]]),
        (None, [["J1", "J2", "J3", "J4"], ["J5", "J6", "J7", "J8"]]),
    ],
    ids=["without closing points", "too few", "none"],
)
def test_names_that_do_not_fit_the_points_are_made_anew(labels, expected) -> None:
    import pyarrow as pa

    made = survey(labels=pa.array([labels, None], pa.list_(pa.string())))
    assert [list(ring.names) for ring in ring_points(made, 0)] == expected


def test_degrees_have_no_lengths() -> None:
    table = parcels()
    at = table.column_names.index("area_plane_m2")
    import pyarrow as pa

    made = survey(
        parcels=table.set_column(at, "area_plane_m2", pa.array([None, None], pa.float64()))
    )
    assert [ring.lengths for ring in ring_points(made, 0)] == [None, None]


def test_systems_are_named_for_people() -> None:
    zone = survey().crs
    assert crs_text("zh", zone) == "3° 带 37，坐标带带号（EPSG:4525）"
    utm = CrsDecision(epsg=32649, name="WGS 84 / UTM zone 49N", how="declared", definition="")
    assert crs_text("en", utm) == "WGS 84 / UTM zone 49N (EPSG:32649)"
    shifted = CrsDecision(epsg=None, name="GCJ-02", how="declared", definition="GCJ-02")
    assert crs_text("zh", shifted) == "GCJ-02"


def test_bounds_hold_every_parcel() -> None:
    held = accepted(survey())
    assert shapely.box(*held.bounds).covers(shapely.union_all(held.shapes))
    assert np.isfinite(held.bounds).all()
