"""The page of `plain_app.py`."""

from __future__ import annotations

import os

import folium
import geopandas as gpd
import streamlit as st
from streamlit_folium import st_folium

from benchmarks.generate import CENTRE, base_file
from layers.offline import make_offline

make_offline()
count = int(os.environ["PLAIN_N"])
plain = folium.Map(CENTRE[::-1], zoom_start=14, tiles=None, prefer_canvas=True)
if count:
    folium.GeoJson(st.cache_resource(gpd.read_parquet)(base_file(count))).add_to(plain)
st_folium(plain, returned_objects=[], use_container_width=True, height=620)
