"""The page 数据 without a browser: drop files, answer, look at what it says."""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING

from streamlit.testing.v1 import AppTest

if TYPE_CHECKING:
    from collections.abc import Mapping

PAYLOAD = re.compile(r'planner\.update\("([A-Za-z0-9+/=]+)"\)')


def _page() -> None:
    import streamlit as st

    from parcels.ui.views import data_page

    data_page.render(lambda: st.html("<p>opened</p>"))


def page(**params: str) -> AppTest:
    app = AppTest.from_function(_page, default_timeout=60)
    for name, value in params.items():
        app.query_params[name] = value
    return app.run()


def drop(app: AppTest, **files: str | bytes) -> AppTest:
    """Drop files; ``a__txt`` is the file a.txt. All are read, as by a page that stays open."""
    given = [
        (name.replace("__", "."), one.encode() if isinstance(one, str) else one, "")
        for name, one in files.items()
    ]
    app.file_uploader[0].set_value(given)
    app.run()
    for file in app.session_state["kept_import_files"]:
        file.read()
    return app.run()


def html(app: AppTest) -> str:
    return "".join(element.proto.body for element in app.get("html"))


def scene(app: AppTest) -> dict:
    """Return what the page hands to the map."""
    component = app.get("component_instance")[0]
    group = json.loads(component.proto.json_args)["feature_group"]
    return json.loads(base64.b64decode(PAYLOAD.search(group)[1]))


def layer(app: AppTest, layer_id: str) -> dict | None:
    layers = (one for group in scene(app)["groups"] for one in group["layers"])
    return next((one for one in layers if one["id"] == layer_id), None)


def button(app: AppTest, key: str):
    return next(one for one in app.button if one.key == key)


def show(app: AppTest, view: str) -> AppTest:
    """Switch the table of the report."""
    switch = next(one for one in app.segmented_control if (one.key or "").startswith("import_view"))
    return switch.set_value(view).run()


def collection(*features: Mapping, **members: object) -> str:
    return json.dumps({"type": "FeatureCollection", **members, "features": list(features)})


def square(east: float, north: float, side: float, name: str = "甲", **properties: object) -> dict:
    ring = [
        [east, north],
        [east, north + side],
        [east + side, north + side],
        [east + side, north],
        [east, north],
    ]
    return polygon(ring, DKMC=name, **properties)


def bow_tie(west: float, south: float, side: float) -> dict:
    ring = [
        [west, south],
        [west + side, south + side],
        [west + side, south],
        [west, south + side],
        [west, south],
    ]
    return polygon(ring, DKMC="结")


def polygon(ring: list, **properties: object) -> dict:
    shape = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": properties, "geometry": shape}
