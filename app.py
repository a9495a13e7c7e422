"""The composition root: `streamlit run app.py` serves pages and routes from one process."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from parcels.api.routes import routes
from parcels.settings import load_settings

app = st.App(
    Path(__file__).parent / "parcels" / "ui" / "main.py",
    routes=routes(
        st.get_option("server.baseUrlPath"),
        basemaps=load_settings().basemaps,
    ),
)
