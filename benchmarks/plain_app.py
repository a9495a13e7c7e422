"""What one would write without this product: all parcels in one folium.GeoJson.

Its links are the vendored ones, so that it works offline at all; a canvas renderer and no
returned values are the fastest settings that folium and streamlit-folium offer.
The environment variable ``PLAIN_N`` is the number of parcels; 0 is an empty map.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from parcels.api.routes import routes

app = st.App(Path(__file__).with_name("plain_page.py"), routes=routes(""))
