from __future__ import annotations

import base64
import json

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box
from streamlit_folium import generate_js_hash, generate_leaflet_string

from layers.payload import payload
from layers.render import MapView, base_map, dynamic_group
from layers.scene import (
    TEXT_KEYS,
    BaseMap,
    BigLayer,
    Focus,
    LayerGroup,
    MapFeature,
    MapLayer,
    Scene,
    Selection,
)

VIEW = MapView(latitude=33, longitude=112.5, zoom=13.5)
TEXTS = dict.fromkeys(TEXT_KEYS, "…")


def scene_of(*features, **changes):
    layer = MapLayer(id="parcels", title="地块", kind="parcel", features=features)
    groups = (LayerGroup(id="plan", title="规划", layers=(layer,)),)
    return Scene(**({"lang": "zh", "texts": TEXTS, "groups": groups} | changes))


def decoded(scene):
    return json.loads(base64.b64decode(payload(scene)))


def drawn_layer(*features):
    return decoded(scene_of(*features))["groups"][0]["layers"][0]


def script_of(drawn):
    drawn.get_root().render()
    return generate_leaflet_string(drawn, base_id="div")


def test_the_base_script_depends_on_the_view_alone():
    first, second = script_of(base_map(VIEW)), script_of(base_map(VIEW))
    assert generate_js_hash(first, "map") == generate_js_hash(second, "map")
    moved = MapView(latitude=33, longitude=112.6, zoom=13.5)
    assert generate_js_hash(script_of(base_map(moved)), "map") != generate_js_hash(first, "map")
    assert "[33.0, 112.5]" in first
    assert '"zoom": 13.5' in first
    assert "planner.start(map_div)" in first


def test_the_update_empties_the_old_groups_and_carries_the_scene():
    scene = scene_of(MapFeature(id="a", geometry=box(112, 33, 112.1, 33.1)))
    drawn = base_map(VIEW)
    group = dynamic_group(scene)
    group.add_to(drawn)
    group.render()
    script = generate_leaflet_string(group, base_id="feature_group_0")
    assert "window.feature_group = [];" in script
    assert f'planner.update("{payload(scene)}");' in script


def test_a_scene_arrives_whole():
    feature = MapFeature(
        id="B2-01",
        geometry=box(112, 33, 112.1, 33.1),
        label="工业储备地",
        number="1",
        tooltip="1 工业储备地",
        use="industrial",
        geometry_class="solved_from_text",
        status="planned",
        basis="inferred",
        accuracy_m=500,
    )
    big = BigLayer(
        id="base", title="底数", tiles_url="t/{z}/{x}/{y}.png", features_url="f", count=7
    )
    groups = (
        *scene_of(feature).groups,
        LayerGroup(id="big", title="大", layers=(big,)),
    )
    found = decoded(
        scene_of(
            groups=groups,
            notice="示意",
            selected=Selection(layer="parcels", id="B2-01"),
            dimmed=frozenset({"b", "a"}),
            envelope=box(0, 0, 1, 1),
            candidate=Polygon(),
            focus=Focus(bbox=(1, 2, 3, 4), serial=5),
            patterns=True,
            base_maps=(BaseMap(title="影像", url="u/{z}/{x}/{y}", type="gcj02"),),
        )
    )
    parcel = found["groups"][0]["layers"][0]["features"][0]["properties"]
    assert parcel == {
        "id": "B2-01",
        "label": "工业储备地",
        "number": "1",
        "tooltip": "1 工业储备地",
        "use": "industrial",
        "geometry_class": "solved_from_text",
        "status": "planned",
        "basis": "inferred",
        "accuracy_m": 500,
        "vertical": None,
        "anchor": [112.05, 33.05],
    }
    assert found["groups"][1]["layers"][0]["tiles_url"] == "t/{z}/{x}/{y}.png"
    assert (found["notice"], found["patterns"], found["dimmed"]) == ("示意", True, ["a", "b"])
    assert found["selected"] == {"layer": "parcels", "id": "B2-01"}
    assert found["focus"] == {"bbox": [1, 2, 3, 4], "serial": 5, "fit": False}
    assert found["extent"]["envelope"]["type"] == "Polygon"
    assert (found["extent"]["block"], found["extent"]["candidate"]) == (None, None)
    assert found["base_maps"][0]["type"] == "gcj02"


def test_the_digest_changes_with_what_is_drawn_and_only_then():
    here = MapFeature(id="a", geometry=Point(112, 33), label="甲")
    same = MapFeature(id="a", geometry=Point(112, 33), label="甲")
    digest = drawn_layer(here)["digest"]
    assert drawn_layer(same)["digest"] == digest
    assert drawn_layer(MapFeature(id="a", geometry=Point(112, 33), label="乙"))["digest"] != digest
    assert drawn_layer(MapFeature(id="a", geometry=Point(112, 34), label="甲"))["digest"] != digest


def test_the_label_of_an_area_stands_inside_its_largest_part():
    crescent = Point(0, 0).buffer(1).difference(Point(0.3, 0).buffer(0.95))
    for geometry in (crescent, MultiPolygon([box(5, 5, 5.1, 5.1), box(0, 0, 2, 2)])):
        anchor = drawn_layer(MapFeature(id="a", geometry=geometry))["features"][0]
        assert geometry.contains(Point(anchor["properties"]["anchor"]))
    assert Point(anchor["properties"]["anchor"]) == Point(1, 1)


def test_lines_and_points_have_no_anchor():
    for geometry in (Point(1, 1), LineString([(0, 0), (1, 1)])):
        feature = drawn_layer(MapFeature(id="a", geometry=geometry))["features"][0]
        assert feature["properties"]["anchor"] is None


@given(
    lng=st.floats(73, 135, allow_nan=False),
    lat=st.floats(3, 54, allow_nan=False),
)
def test_places_arrive_within_a_centimetre(lng, lat):
    feature = drawn_layer(MapFeature(id="a", geometry=Point(lng, lat)))["features"][0]
    assert feature["geometry"]["coordinates"] == pytest.approx([lng, lat], abs=6e-8)


def test_a_height_does_not_disturb():
    flat = LineString([(0, 0), (1, 1)])
    feature = drawn_layer(MapFeature(id="a", geometry=shapely.force_3d(flat, 5.0)))["features"][0]
    assert [place[:2] for place in feature["geometry"]["coordinates"]] == [[0, 0], [1, 1]]


def test_a_missing_text_is_noticed_at_once():
    texts = {key: "…" for key in TEXT_KEYS if key != "legend"}
    with pytest.raises(KeyError, match="legend"):
        payload(scene_of(texts=texts))
