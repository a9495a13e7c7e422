"""A page with nothing but the map, and the two kinds of routes that a map asks for."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.responses import FileResponse, JSONResponse
from starlette.routing import Route

from layers.offline import ASSETS
from parcels.api.routes import routes
from tests.browser.map_component.scenes import BIG_FEATURES

BASE = st.config.get_option("server.baseUrlPath").strip("/")


async def features(request):
    """Answer every view with the same features."""
    assert len(request.query_params["bbox"].split(",")) == 4
    return JSONResponse({"type": "FeatureCollection", "features": BIG_FEATURES})


async def tile(_request):
    """Answer every tile with the same picture."""
    return FileResponse(ASSETS / "leaflet" / "images" / "layers.png")


app = st.App(
    str(Path(__file__).with_name("page.py")),
    routes=[
        Route(f"/{BASE}/api/layers/big/features", features),
        Route(f"/{BASE}/api/layers/big/tiles/{{z:int}}/{{x:int}}/{{y:int}}.png", tile),
        *routes(BASE),
    ],
)
