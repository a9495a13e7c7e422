"""Names with code in them: nothing on the server compiles them, and they arrive as typed."""

from __future__ import annotations

import base64
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box
from streamlit_folium import generate_leaflet_string

from layers.payload import payload
from layers.render import MapView, base_map, dynamic_group
from layers.scene import TEXT_KEYS, BaseMap, LayerGroup, MapFeature, MapLayer, Scene, Selection

HOSTILE = (
    "{{7*7}}",
    "{{ cycler.__init__.__globals__.os.getpid() }}",
    "{% x",
    "{#",
    "{% raw %}",
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "${alert(1)}",
    "`'\"\\",
    "\u2028\u2029\x00",
    "\ud800",
    "map_div feature_group_0",
)


def scene_with(text):
    """Put a text into every field that takes one."""
    feature = MapFeature(
        id=text, geometry=box(0, 0, 1, 1), label=text, number=text, tooltip=text, use=text
    )
    layer = MapLayer(id=text, title=text, kind="parcel", features=(feature,), source=text)
    return Scene(
        lang="zh",
        texts=dict.fromkeys(TEXT_KEYS, text),
        notice=text,
        groups=(LayerGroup(id=text, title=text, layers=(layer,)),),
        selected=Selection(layer=text, id=text),
        dimmed=frozenset({text}),
        base_maps=(BaseMap(title=text, url=text, subdomains=text),),
    )


def texts_in(value):
    if isinstance(value, dict):
        return [text for part in value.values() for text in texts_in(part)]
    if isinstance(value, list):
        return [text for part in value for text in texts_in(part)]
    return [value]


def scripts_of(scene):
    """Return what the component is sent: the base map's script and the group's."""
    drawn = base_map(MapView(latitude=33, longitude=112, zoom=13))
    drawn.get_root().render()
    base = generate_leaflet_string(drawn, base_id="div")
    group = dynamic_group(scene)
    group._id = "feature_group_0"
    group.add_to(drawn)
    group.render()
    return base, generate_leaflet_string(group, base_id="feature_group_0")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_arrives_as_typed_in_every_field(text):
    _, script = scripts_of(scene_with(text))
    sent = re.search(r'planner\.update\("([A-Za-z0-9+/=]*)"\)', script)
    arrived = json.loads(base64.b64decode(sent[1]))
    assert texts_in(arrived).count(text) == 17 + len(TEXT_KEYS)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_changes_no_script(text):
    base, script = scripts_of(scene_with(text))
    calm_base, calm_script = scripts_of(scene_with("calm"))
    without = re.compile(r'update\("[^"]*"\)')
    assert base == calm_base
    assert without.sub("", script) == without.sub("", calm_script)


@given(st.text())
def test_any_text_survives(text):
    arrived = json.loads(base64.b64decode(payload(scene_with(text))))
    assert arrived["groups"][0]["layers"][0]["features"][0]["properties"]["label"] == text
