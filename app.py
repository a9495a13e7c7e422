"""The composition root: `streamlit run app.py` serves pages and routes from one process."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

from geo.errors import PlannerError
from parcels.api.routes import routes
from parcels.messages import LANGUAGES, error_text
from parcels.settings import load_settings

SCRIPT = Path(__file__).parent / "parcels" / "ui" / "main.py"


def build() -> st.App:
    """Put pages and routes together; settings that cannot be used end the start with a sentence."""
    try:
        own = routes(st.get_option("server.baseUrlPath"), basemaps=load_settings().basemaps)
    except PlannerError as error:
        sys.exit("\n".join(error_text(LANGUAGES[0], error)))
    return st.App(SCRIPT, routes=own)


app = build()
