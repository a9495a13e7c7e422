"""Above 25 km² with survey data in detail a map is secret."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import shapely

from parcels.expansion.secrecy import sensitive
from tests.parcels.expansion.expansion_cases import degrees, layer

LARGE, SMALL = shapely.box(0, 0, 5100, 5000), shapely.box(0, 0, 4900, 5000)
PARTS = shapely.union_all([shapely.box(0, 0, 2600, 5000), shapely.box(3000, 0, 5500, 5000)])
BOXES = {"boxes": ["0 0 300 300"], "covers": "all"}


@pytest.mark.parametrize(("shape", "wanted"), [(LARGE, True), (SMALL, False), (PARTS, True)])
def test_size_decides_where_there_is_survey_data(shape, wanted) -> None:
    assert sensitive(degrees(shape), classes=["schematic", "surveyed"]) is wanted


def test_a_schematic_sketch_is_none() -> None:
    assert not sensitive(degrees(LARGE))
    assert not sensitive(degrees(LARGE), classes=["schematic", "digitized"])
    assert not sensitive(None, classes=["surveyed"])


@pytest.mark.parametrize(
    ("accuracy", "wanted"), [(None, True), (0.05, True), (2.5, True), (3.0, False)]
)
def test_a_layer_counts_unless_it_says_that_it_is_coarser(accuracy, wanted) -> None:
    own = layer("farmland", {**BOXES, "accuracy_m": accuracy})
    assert sensitive(degrees(LARGE), [own]) is wanted
    assert not sensitive(degrees(SMALL), [own])


@pytest.mark.parametrize(("stated", "wanted"), [("surveyed", True), ("schematic", False)])
def test_a_built_in_layer_says_its_class(stated, wanted) -> None:
    assert sensitive(degrees(LARGE), [SimpleNamespace(geometry_class=stated)]) is wanted
