"""The map in its own fragment: a pan runs this alone, a choice the whole page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit_folium import st_folium

from layers.render import MapView, base_map, dynamic_group
from parcels.map_scene import OWN_LINES, PARCELS
from parcels.set_scene import CHOSEN_PARCEL, is_large
from parcels.ui import cache, state
from parcels.ui.boundary import guarded
from parcels.ui.components.set_choice import shown_set

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.scene import Scene

_DEFAULT_VIEW = state.View(lat=33.012, lng=112.509, zoom=13.5)
_REACH_DEGREES = 0.0005  # about 50 m: a click beside a line that a tile shows
_HEIGHT = 600  # replaced by the style sheet with what the window leaves


@st.fragment
def parcel_map(scene: Scene) -> None:
    """Draw the scene; a click on a feature writes it to the address."""
    guarded(partial(_map, scene), state.lang())


def _map(scene: Scene) -> None:
    start = state.initial_view(_DEFAULT_VIEW)
    with st.container(key="map"):
        answer = st_folium(
            base_map(MapView(latitude=start.lat, longitude=start.lng, zoom=start.zoom)),
            key="parcel_map",
            use_container_width=True,
            height=_HEIGHT,
            feature_group_to_add=dynamic_group(scene),
            returned_objects=["last_clicked", "center", "zoom"],
        )
    _remember_view(answer)
    click = answer.get("last_clicked")
    if state.is_new(click, "map_click") and "kind" in click and _choose(click):
        st.rerun()


def _choose(click: Mapping[str, Any]) -> bool:
    """Write what was clicked to the address; False if there is nothing to show of it."""
    parcel = _tiled_parcel(click)
    found = parcel or click["id"] or _line_at(click)
    if found is None:
        return False
    if parcel or click["kind"] in {PARCELS, CHOSEN_PARCEL}:
        state.set_params(parcel=found, feature=None, q=None)
    else:
        state.set_params(feature=found, q=None)
    state.see_choice()
    return True


def _tiled_parcel(click: Mapping[str, Any]) -> str | None:
    """Find the parcel of a large set under the pointer; one that is sent needs no looking up."""
    held = shown_set()
    if held is None or not is_large(held.survey) or (click["kind"] == PARCELS and click["id"]):
        return None
    ids = cache.serve_set(held).layer.at(click["lng"], click["lat"])
    return ids[0] if ids else None


def _line_at(click: Mapping[str, Any]) -> str | None:
    """Find the line of one's own large network that a tile showed under the pointer."""
    loaded = state.loaded_network()
    if loaded is None or loaded.lines is None or click["kind"] != OWN_LINES:
        return None
    ids = loaded.lines.layer.at(click["lng"], click["lat"], _REACH_DEGREES)
    return str(ids[0]) if len(ids) else None


def _remember_view(answer: Mapping[str, Any]) -> None:
    center, zoom = answer.get("center"), answer.get("zoom")
    if center and zoom is not None:
        state.set_params(v=f"{center['lat']:.5f},{center['lng']:.5f},{zoom:g}")
