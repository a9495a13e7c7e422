"""What the built-in layers give the indices, and what a user's own replace."""

from __future__ import annotations

import pytest
import shapely

from geo.area import lonlat_area
from parcels.expansion.indices import indices
from parcels.expansion.surroundings import surroundings_of
from parcels.expansion.water_levels import is_level_one, may_be_level_one
from parcels.planning.demo import demo_scenarios
from parcels.planning.line import state_after
from parcels.workspace import load_reference
from tests.parcels.expansion.expansion_cases import BOOK, layer

BUILT_IN = surroundings_of(load_reference())
AREA = shapely.union_all(
    [one.shape for one in state_after(demo_scenarios()[0][1]).values() if one.kind == "extension"]
)


def test_the_zone_is_schematic_and_as_large_as_the_plan_says() -> None:
    assert BUILT_IN.zone is not None
    assert BUILT_IN.zone.is_schematic
    assert BUILT_IN.zone.accuracy_m == 2000
    assert len(shapely.get_parts(BUILT_IN.zone.shape)) == 2
    assert lonlat_area(BUILT_IN.zone.shape) / 1e6 == pytest.approx(43.27, abs=0.005)


def test_the_rows_of_the_plan_lie_in_the_piece_that_they_belong_to() -> None:
    reference = load_reference()
    pieces = {one.properties.id: one.geometry for _, layer_ in reference.layers for one in layer_}
    for number in range(1, 10):
        piece = pieces["zone-north" if number <= 4 else "zone-south"]
        box = next(
            one.geometry
            for entry, features in reference.layers
            if entry.id == "parcels_schematic"
            for one in features
            if one.properties.parcel_id == f"B2-{number:02}"
        )
        assert shapely.covers(piece, box), number


def test_functional_areas_are_those_of_the_plan() -> None:
    known = {one.name: one.shape is not None for one in BUILT_IN.areas}
    assert known == {
        "光电产业园": True,
        "防爆电气产业园": True,
        "欧洲工业园": False,
        "科技产业园": False,
        "镀邦产业园": True,
        "冷链物流产业园": False,
    }
    assert [one.part_of for one in BUILT_IN.areas[1:3]] == ["机械装备产业园"] * 2


def test_the_built_in_outlines_settle_nothing_that_two_kilometres_would_change() -> None:
    found = {one.id: one for one in indices(AREA, BUILT_IN, BOOK)}
    settled = {one for one, index in found.items() if index.outcome != "unknown"}
    assert settled == {
        *("E_AREA", "E_PARTS", "E_PP", "E_REOCK", "E_HULL", "E_HOLES", "E_SOUTH", "E_FUNCTION")
    }
    assert found["E_FUNCTION"].outcome == "warning"
    assert found["E_SHARED"].value == pytest.approx(0.173, abs=0.001)


def test_a_zone_of_ones_own_takes_the_place_of_the_built_in_one() -> None:
    own = layer("zone", {"boxes": ["0 3000 900 3900"], "covers": "all"})
    zone = surroundings_of(load_reference(), {"zone": own}).zone
    assert zone is not None
    assert (zone.is_schematic, zone.accuracy_m, zone.is_whole) == (False, None, True)
    found = {
        one.id: one for one in indices(AREA, surroundings_of(load_reference(), {"zone": own}), BOOK)
    }
    assert found["E_GAP"].outcome != "unknown"


def test_levels_of_water_protection_are_read_from_names_and_columns() -> None:
    names = ["一级保护区", "二级保护区", "保护区", "1级", "Ⅱ级", "准保护区", "一级、二级", "11级"]
    stated = {"boxes": [f"{500 * at} 0 {500 * at + 400} 400" for at in range(8)], "names": names}
    water = layer("water_source", {**stated, "covers": "all"})
    assert is_level_one(water).tolist() == [1, 0, 0, 1, 0, 0, 0, 0]
    assert may_be_level_one(water).tolist() == [0, 0, 1, 0, 0, 0, 1, 1]
