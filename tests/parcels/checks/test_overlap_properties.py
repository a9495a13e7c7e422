"""What holds for overlaps among parcels whatever their shapes and accuracies."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from parcels.checks.over_layers.pairs import thin
from parcels.checks.overlap import CHECK
from parcels.findings import RANK
from tests.parcels.checks.parcel_samples import findings, parcels

STEPS = st.integers(0, 12).map(lambda step: step * 25.0)
SIDES = st.integers(1, 10).map(lambda step: step * 20.0)
BOXES = st.lists(st.tuples(STEPS, STEPS, SIDES, SIDES), min_size=2, max_size=7)
ACCURACIES = st.sampled_from([0.1, 1.0, 5.0, 30.0, 120.0, float("nan")])


def boxes_of(sides):
    return [shapely.box(x, y, x + wide, y + high) for x, y, wide, high in sides]


def worst(found):
    return [min((one.outcome for one in row), key=RANK.__getitem__) for row in found]


@given(BOXES)
@settings(max_examples=60, deadline=None)
def test_exact_outlines_are_judged_as_geos_does(sides):
    subject = parcels(boxes_of(sides))
    found = findings(CHECK, subject)
    for at, row in enumerate(found):
        shared = shapely.intersection(subject.in_plane[at], subject.in_plane)
        shared[at] = shapely.Point()
        touch, sliver = thin(shared)
        assert {one.values["row"] - 1 for one in row if one.outcome == "fail"} == set(
            np.flatnonzero(~touch & ~sliver).tolist()
        )
        told = sum(one.measured for one in row if one.measured is not None)
        assert abs(told - shapely.area(shared[~touch]).sum()) <= 1e-6 * max(told, 1)


@given(BOXES, st.data())
@settings(max_examples=60, deadline=None)
def test_a_rougher_drawing_proves_no_more(sides, data):
    shapes = boxes_of(sides)
    accuracy = np.array([data.draw(ACCURACIES) for _ in shapes])
    which = data.draw(st.integers(0, len(shapes) - 1))
    rougher = accuracy.copy()
    rougher[which] = data.draw(st.sampled_from([60.0, 250.0, float("nan")]))
    rougher = np.fmax(accuracy, rougher) if np.isfinite(rougher[which]) else rougher
    rougher[np.isnan(accuracy)] = np.nan
    before = worst(findings(CHECK, parcels(shapes, accuracy_m=accuracy)))
    after = worst(findings(CHECK, parcels(shapes, accuracy_m=rougher)))
    for had, has in zip(before, after, strict=True):
        assert has in {had, "unknown"}


@given(BOXES, st.data())
@settings(max_examples=40, deadline=None)
def test_a_place_proves_no_more_than_the_outline_in_it(sides, data):
    shapes = boxes_of(sides)
    which = data.draw(st.integers(0, len(shapes) - 1))
    places = [None] * len(shapes)
    outlines = list(shapes)
    places[which], outlines[which] = shapes[which].buffer(40), None
    accuracy = np.full(len(shapes), 0.1)
    accuracy[which] = 20.0
    before = worst(findings(CHECK, parcels(shapes)))
    after = worst(findings(CHECK, parcels(outlines, places=places, accuracy_m=accuracy)))
    for had, has in zip(before, after, strict=True):
        assert has in {had, "unknown"}


@given(BOXES, st.floats(-0.4, 0.4), st.floats(-0.4, 0.4))
@settings(max_examples=40, deadline=None)
def test_a_set_that_is_moved_is_judged_the_same(sides, east, north):
    shapes = boxes_of(sides)
    moved = parcels(shapes)
    away = shapely.transform(moved.shapes, lambda xy: xy + np.array([east, north]))
    told = worst(findings(CHECK, moved))
    assert worst(findings(CHECK, replace(moved, shapes=away))) == told
