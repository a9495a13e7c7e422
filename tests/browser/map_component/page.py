"""Show the plain scene; the button makes another one; what was clicked is written below."""

from __future__ import annotations

import json

import streamlit as st
from streamlit_folium import st_folium

from layers.render import MapView, base_map, dynamic_group
from tests.browser.map_component.scenes import CENTRE, plain

count = st.session_state.setdefault("count", 0)
if st.button("next"):
    st.session_state.count += 1
clicked = st_folium(
    base_map(MapView(latitude=CENTRE[1], longitude=CENTRE[0], zoom=14)),
    key="map",
    use_container_width=True,
    height=500,
    feature_group_to_add=dynamic_group(plain(notice=f"notice {st.session_state.count}")),
    returned_objects=["last_clicked"],
)
with st.container(key="clicked"):
    st.code(json.dumps(clicked["last_clicked"]))
