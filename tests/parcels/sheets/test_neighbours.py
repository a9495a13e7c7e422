"""四至: what touches, what lies near, and what nobody knows."""

from __future__ import annotations

import json

import pytest
import shapely

from geo.systems import read_system
from parcels.sheets.ground import ground_of
from parcels.sheets.neighbours import sides_of
from parcels.sheets.options import SheetOptions
from tests.parcels.sheets.contents import CENTRE, SYSTEM, parcel, rectangle, snapshot

PLAN = SheetOptions(template="cadastral", parcels=("1",))
NONE = "100 m 内图上没有资料"
NOT_GIVEN = "原文未给出"


def sides(*others, roads=(), **given):
    drawn = {
        "notice": "",
        "groups": [{"layers": [{"kind": "road", "title": "道路", "features": list(roads)}]}],
    }
    entries = [parcel(rectangle(200, 120), **given)]
    entries += [parcel(one, at=at, name="") for at, one in enumerate(others, start=1)]
    ground = ground_of(snapshot(*entries, drawn=drawn), PLAN)
    return {side: told.words for side, told in sides_of(ground, ground.plots[0]).items()}


def road(*points, **told):
    line = shapely.LineString([(CENTRE[0] + x, CENTRE[1] + y) for x, y in points])
    plain = json.loads(shapely.to_geojson(read_system(SYSTEM).to_lonlat(line)))
    return {"geometry": plain, "properties": {"label": "信臣路", **told}}


@pytest.mark.parametrize(
    ("other", "side", "said"),
    [
        (rectangle(200, 50, north=120), "N", "2（相接）"),
        (rectangle(50, 120, east=200), "E", "2（相接）"),
        (rectangle(200, 50, north=-62), "S", "2（相距 12 m）"),
        (rectangle(50, 120, east=-54), "W", "2（相距 4.00 m）"),
    ],
)
def test_a_neighbour_stands_on_its_own_side_only(other, side, said):
    assert sides(other) == {one: said if one == side else NONE for one in "NESW"}


def test_what_is_farther_than_the_stated_distance_is_no_neighbour():
    assert set(sides(rectangle(50, 50, east=301)).values()) == {NONE}
    assert sides(rectangle(50, 120, east=299))["E"] == "2（相距 99 m）"


def test_a_road_around_a_corner_bounds_both_sides_with_its_accuracy():
    found = sides(roads=[road((-40, -30), (-40, 150), (260, 150), accuracy_m=300.0)])
    assert found == {
        "N": "信臣路（示意 ±300 m）",
        "E": NONE,
        "S": NONE,
        "W": "信臣路（示意 ±300 m）",
    }


def test_a_row_of_the_plan_keeps_its_own_words():
    found = sides(shape=None, rings=[], place=None, bounds={"N": ["信臣路"], "S": []}, box=None)
    assert found == {"N": "信臣路", "E": NOT_GIVEN, "S": NOT_GIVEN, "W": NOT_GIVEN}
