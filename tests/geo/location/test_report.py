import json

import pytest
import shapely

from geo.crs import to_lonlat
from geo.errors import PlannerError
from geo.location.network import Network
from geo.location.phrases import parse
from geo.location.report import to_json
from geo.location.solve import solve
from geo.location.twins import twins
from tests.geo.location import town

KEYS = {
    "class", "bounds", "straddles", "within", "between", "distance_m", "missing", "anchors",
    "envelope", "block", "candidate", "candidate_area_m2", "area_m2", "accuracy_m", "notes",
}  # fmt: skip


@pytest.fixture(scope="module")
def network():
    return town.load(town.CASES / "grid.toml")[0]


def test_json_has_the_documented_shape(network):
    data = to_json(solve("中路以南、正路以西", network, area_m2=5000.0))
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert set(data) == {"phrase", "class", "parts"}
    part = data["parts"][0]
    assert set(part) == KEYS
    assert set(part["bounds"]) == {"N", "E", "S", "W"}
    assert part["envelope"]["type"] == "Polygon"
    assert {"name", "status", "id", "feature", "candidates"} == set(part["anchors"][0])


def test_nothing_read_gives_no_parts(network):
    assert to_json(solve("，。", network)) == {"phrase": "，。", "class": "unresolved", "parts": []}


@pytest.mark.parametrize(
    "name", ["<img src=x onerror=alert(1)>", "{{7*7}}", "{% x", "DROP TABLE x"]
)
def test_hostile_names_travel_as_typed(name):
    network = Network.build(
        [town.road(name, (0, 0), (1000, 0)), town.road("乙路", (0, -500), (0, 500))]
    )
    part = to_json(solve(f"乙路以西、{name}以南", network))["parts"][0]
    assert name in [anchor["name"] for anchor in part["anchors"]]


def test_every_way_of_saying_a_class_is_the_least_determined_part(network):
    location = solve("一块位于中路以南、正路以西；另一块位于没有路以南", network)
    assert [part.class_ for part in location.parts] == ["half_open", "unresolved"]
    assert location.class_ == "unresolved"


def test_answers_are_in_degrees_and_valid(network):
    part = solve("中路以南、正路以西", network, area_m2=5000.0).parts[0]
    for shape in (part.envelope, part.block, part.candidate):
        assert shape.is_valid
        west, south, east, north = shapely.bounds(shape)
        assert 112.4 < west < east < 112.6
        assert 32.9 < south < north < 33.1
    back = to_lonlat(town.metres(part.envelope), town.CRS)
    assert shapely.hausdorff_distance(back, part.envelope) < 1e-8  # 1e-8 degrees are 1 mm


def test_unknown_names_choose_nothing(network):
    anchor = solve("南二路以南、正路以西", network).parts[0].anchors[0]
    assert (anchor.status, anchor.id, anchor.feature) == ("unknown", None, None)


def test_accuracy_is_the_worst_anchor_and_unknown_when_unstated(network):
    assert solve("正路以东、东路以西", network).parts[0].accuracy_m == 20
    assert solve("西路以东、东路以西", network).parts[0].accuracy_m == 300
    assert solve("西路以东、中路以北", network).parts[0].accuracy_m is None


def test_twins_are_equal_readings_in_any_order():
    phrases = [
        "甲路以南、乙路以东",
        "丙路以南",
        "乙路东侧，甲路南侧",
        "",
        "丙路之南",
        "甲路以南",
        "",
    ]
    assert twins([parse(phrase) for phrase in phrases]) == ((0, 2), (1, 4))


@pytest.mark.parametrize("area", [0.0, -5.0, float("nan"), float("inf")])
def test_an_area_must_be_positive(network, area):
    with pytest.raises(PlannerError, match="area_not_positive"):
        solve("中路以南、正路以西", network, area_m2=area)
