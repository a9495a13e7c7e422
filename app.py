"""The composition root: `streamlit run app.py` serves pages and routes from one process."""

from __future__ import annotations

import sys
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread, Timer
from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import PlannerError
from geo.overlap.engine import warm_up as warm_up_kernels
from parcels.api.routes import routes
from parcels.messages import LANGUAGES, error_text
from parcels.settings import load_settings
from parcels.workspace import load_reference

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.routing import BaseRoute

KERNELS_AFTER_SECONDS = 20


def own_routes() -> list[BaseRoute]:
    """Make the routes beside the pages; settings that cannot be used end the start in words."""
    try:
        return routes(st.get_option("server.baseUrlPath"), basemaps=load_settings().basemaps)
    except PlannerError as error:
        sys.exit("\n".join(error_text(LANGUAGES[0], error)))


@asynccontextmanager
async def warm_up(_app: st.App) -> AsyncIterator[None]:
    """Load the data of the first page while the browser still loads the page's frame.

    The kernels of large reviews follow when the first page is there; until then a plain path works.
    """
    Thread(target=load_reference, daemon=True).start()
    kernels = Timer(KERNELS_AFTER_SECONDS, warm_up_kernels)
    kernels.daemon = True
    kernels.start()
    yield
    kernels.cancel()


# Streamlit looks for this very assignment in the source to know that the file is no page.
app = st.App(
    Path(__file__).parent / "parcels" / "ui" / "main.py", routes=own_routes(), lifespan=warm_up
)
