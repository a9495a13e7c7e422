"""Maps of the sketch that the address names; what the map told is written below."""

from __future__ import annotations

import json

import streamlit as st
from streamlit_folium import st_folium

from layers.render import MapView, base_map, dynamic_group
from parcels.messages import messages
from parcels.sketch_words import sketch_texts
from tests.browser.map_component.scenes import CENTRE, TEXTS, plain

asked = st.query_params
lang = asked.get("lang", "zh")
readonly = "readonly" in asked
count = int(asked.get("maps", "1"))
texts = {key: messages(lang)[f"map.{key}"] for key in TEXTS}
st.html(
    "<style>.stMainBlockContainer {padding: 0 !important} iframe {height: 560px !important}</style>"
)
told = []
for number, column in enumerate(st.columns(count)):
    sketch = {
        "url": f"../../api/sketch/{asked['token']}",
        "answer": None,
        "texts": sketch_texts(lang),
        "readonly": readonly,
        "group": asked.get("group"),
    }
    with column:
        told.append(
            st_folium(
                base_map(MapView(latitude=CENTRE[1], longitude=CENTRE[0], zoom=14), sketch=True),
                key=f"map{number}",
                use_container_width=True,
                height=560,
                feature_group_to_add=dynamic_group(plain(lang=lang, texts=texts, sketch=sketch)),
                returned_objects=["last_clicked"],
            )["last_clicked"]
        )
with st.container(key="told"):
    st.code(json.dumps(told))
