from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
import shapely

from geo.crs import to_lonlat
from parcels.expansion.surroundings import Surroundings, Zone
from parcels.planning.comparing.metrics import Measuring
from parcels.planning.figures.extension import extension_of
from parcels.planning.ground.prepared import ground_of
from parcels.planning.plane import area_of
from parcels.rules.load import rule_book
from tests.parcels.planning.sketches import PLANE, box, element

ZONE = Zone(
    shape=box(0, 0, 1000, 1000), accuracy_m=0.0, is_whole=True, is_schematic=False, title="区"
)


def state(*elements):
    return {one.id: one for one in elements}


@pytest.fixture(scope="module")
def measuring():
    book = rule_book(date(2026, 11, 22), packs=["expansion"])
    ground = ground_of(book=book)
    return Measuring(ground=ground, around=Surroundings(zone=ZONE), settings={})


SOUTH = element("a", box(0, -500, 1000, 0), kind="extension")
FARTHER = element("b", box(0, -900, 1000, -500), kind="extension")
ROAD = element(
    "r", to_lonlat(shapely.LineString([(500, 0), (500, -900)]), PLANE), kind="road", width_m=40.0
)


def test_figures_of_a_scenario(measuring):
    figures = measuring.figures(state(SOUTH, FARTHER, ROAD))
    assert figures["count"] == 3
    assert figures["gross"] == pytest.approx(900_000, rel=1e-6)
    assert figures["road"] == pytest.approx(36_000, rel=1e-6)
    assert figures["net"] == pytest.approx(864_000, rel=1e-6)
    assert figures["E_AREA"] == pytest.approx(0.9, rel=1e-6)
    assert figures["E_SHARED"] == pytest.approx(1000 / 3800, rel=1e-3)
    assert figures["E_HOLES"] == 0


def test_a_road_without_width_leaves_the_net_area_open(measuring):
    figures = measuring.figures(state(SOUTH, replace(ROAD, width_m=None)))
    assert (figures["road"], figures["net"]) == (None, None)


def test_nothing_is_drawn(measuring):
    figures = measuring.figures({})
    assert figures["gross"] == 0
    assert figures["E_AREA"] is None


def test_the_extension_is_the_union_of_its_elements():
    assert extension_of({}) is None
    assert extension_of(state(SOUTH)) is SOUTH.shape
    united = extension_of(state(SOUTH, FARTHER, ROAD))
    assert united.geom_type == "Polygon"
    assert area_of(united) == pytest.approx(900_000, rel=1e-6)
    assert np.isfinite(shapely.get_coordinates(united)).all()


def test_a_setback_is_a_figure_where_one_is_set(measuring):
    assert "setback" not in measuring.figures(state(SOUTH))
    asked = replace(measuring, settings={"setback_m": {"boundary": "10 m"}})
    assert asked.figures(state(SOUTH))["setback"] == pytest.approx(500_000 - 980 * 480, rel=1e-5)


def test_land_that_two_elements_share_counts_once(measuring):
    drawn = [
        element("a", box(0, 0, 100, 100), source="drawn"),
        element("b", box(60, 0, 160, 100), source="drawn"),
    ]
    strict = replace(measuring, ground=ground_of(book=rule_book(date(2026, 11, 22))))
    figures = strict.figures(state(*drawn))
    assert figures["conflict:elements"] == pytest.approx(4000, rel=1e-4)
