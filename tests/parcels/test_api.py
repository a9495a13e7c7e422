from __future__ import annotations

import asyncio
import io
import json
from dataclasses import dataclass

import numpy as np
import pytest
import shapely
from PIL import Image
from pydantic import TypeAdapter
from starlette.applications import Starlette

from layers.basemap import LocalTiles
from layers.large import LargeLayer
from layers.store import LayerStore
from layers.tiles import empty_tile
from parcels.api.routes import layer_urls, routes

PNG = b"\x89PNG\r\n\x1a\n..."


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def ask(app, address, **headers):
    """One GET request to an ASGI application, without a server."""
    path, _, query = address.partition("?")
    sent = []

    async def receive():
        await asyncio.Event().wait()  # nothing to receive, and the asker stays

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode()}
    scope |= {"query_string": query.encode(), "root_path": "", "http_version": "1.1"}
    own = [(key.replace("_", "-").encode(), value.encode()) for key, value in headers.items()]
    asyncio.run(app(scope | {"headers": own}, receive, send))
    start = sent[0]
    found = {key.decode(): value.decode() for key, value in start["headers"]}
    return Answer(start["status"], found, b"".join(part.get("body", b"") for part in sent[1:]))


@pytest.fixture(params=["", "planner", "/a/b/"])
def app(request, tmp_path):
    (tmp_path / "3" / "2").mkdir(parents=True)
    (tmp_path / "3" / "2" / "1.png").write_bytes(PNG)
    (tmp_path / "secret.png").write_bytes(PNG)
    own = {"id": "own", "title": "底图", "type": "folder", "path": tmp_path}
    store = LayerStore()
    squares = np.array(
        [shapely.box(112.5 + n / 100, 33, 112.51 + n / 100, 33.01) for n in range(3)]
    )
    layer = LargeLayer.build(squares, title="t", columns={}, palette={})
    starlette = Starlette(
        routes=routes(
            request.param,
            layers=store,
            basemaps=[TypeAdapter(LocalTiles).validate_python(own)],
        )
    )
    starlette.state.base = "/" + request.param.strip("/") if request.param else ""
    starlette.state.tiles, starlette.state.features = layer_urls(
        request.param, store.add(lambda: layer)
    )
    return starlette


def test_health(app):
    answer = ask(app, f"{app.state.base}/api/health")
    assert (answer.status, json.loads(answer.body)) == (200, {"status": "ok"})


def test_vendored_files_are_kept_only_with_a_version(app):
    plain = ask(app, f"{app.state.base}/assets/leaflet/leaflet.js")
    versioned = ask(app, f"{app.state.base}/assets/leaflet/leaflet.js?v=1")
    assert plain.status == 200
    assert b"Leaflet" in plain.body[:200]
    assert "javascript" in plain.headers["content-type"]
    assert plain.headers["cache-control"] == "no-cache"
    assert "immutable" in versioned.headers["cache-control"]


def test_a_tile_is_a_picture_and_is_not_sent_twice(app):
    address = app.state.tiles.format(z=14, x=13312, y=6599)
    first = ask(app, address)
    assert (first.status, first.headers["content-type"]) == (200, "image/png")
    assert Image.open(io.BytesIO(first.body)).size == (256, 256)
    assert first.body != empty_tile()
    again = ask(app, address, if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert "private" in first.headers["cache-control"]


@pytest.mark.parametrize("zoom", ["15", "14.5"])
def test_features_of_a_window(app, zoom):
    answer = ask(app, f"{app.state.features}?bbox=112.512,33.001,112.513,33.002&z={zoom}")
    assert answer.headers["content-type"] == "application/geo+json"
    assert [feature["id"] for feature in json.loads(answer.body)["features"]] == ["2"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "bbox_invalid"),
        ("?bbox=1,2,3&z=14", "bbox_invalid"),
        ("?bbox=nan,0,1,1&z=14", "bbox_invalid"),
        ("?bbox=0,0,1,1", "zoom_invalid"),
        ("?bbox=0,0,1,1&z=25", "zoom_invalid"),
        ("?bbox=0,0,1,1&z=-1", "zoom_invalid"),
        ("?bbox=0,0,1,1&z=" + "9" * 5000, "zoom_invalid"),
        ("?bbox=0,0,1,1&z=nan", "zoom_invalid"),
        ("?bbox=0,0,1,1&z=1,5", "zoom_invalid"),
    ],
)
def test_a_bad_question_is_answered_with_a_code(app, query, code):
    answer = ask(app, app.state.features + query)
    assert answer.status == 400
    assert json.loads(answer.body)["code"] == code


@pytest.mark.parametrize(
    ("path", "code", "status"),
    [
        ("/api/layers/guess/tiles/1/1/1.png", "layer_gone", 404),
        ("/api/layers/guess/features?bbox=0,0,1,1&z=1", "layer_gone", 404),
        ("/api/layers", "not_found", 404),
        ("/api/", "not_found", 404),
        ("/api/basemaps/other/1/1/1", "basemap_unknown", 404),
        ("/api/basemaps/own/1/2/0", "tile_out_of_range", 400),
        ("/api/basemaps/own/1/-1/0", "tile_out_of_range", 400),
        ("/api/basemaps/own/../secret/1", "tile_out_of_range", 400),
        ("/api/basemaps/own/3/2/../../secret", "not_found", 404),
        ("/api/basemaps/own/3/2/1.png", "tile_out_of_range", 400),
    ],
)
def test_what_is_not_there_is_never_a_page(app, path, code, status):
    answer = ask(app, app.state.base + path)
    assert (answer.status, json.loads(answer.body)["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_tile_outside_the_pyramid_is_refused(app):
    for z, x in ((1, 2), (99, 0), (0, "9" * 5000)):
        answer = ask(app, app.state.tiles.format(z=z, x=x, y=0))
        assert (answer.status, json.loads(answer.body)["code"]) == (400, "tile_out_of_range")


def test_own_tiles_and_where_there_are_none_an_empty_one(app):
    there = ask(app, f"{app.state.base}/api/basemaps/own/3/2/1")
    absent = ask(app, f"{app.state.base}/api/basemaps/own/3/2/2")
    assert (there.status, there.body) == (200, PNG)
    assert (absent.status, absent.body) == (200, empty_tile())


def test_nothing_answers_beside_the_base_path(app):
    if app.state.base:
        assert ask(app, "/api/health").status == 404
