"""A page with one or two maps of a sketch, and routes that answer for them."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from parcels.api.routes import routes
from tests.browser.sketch_app.server import sketch_routes

BASE = st.config.get_option("server.baseUrlPath").strip("/")

app = st.App(
    str(Path(__file__).with_name("page.py")), routes=[*sketch_routes(f"/{BASE}"), *routes(BASE)]
)
