"""The routes that the map in the browser asks: vendored files, tiles, features, health."""

from __future__ import annotations

import math
import mimetypes
from collections.abc import Callable
from functools import partial
from hashlib import blake2b
from typing import TYPE_CHECKING

from anyio.to_thread import run_sync
from starlette.datastructures import QueryParams
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from geo.errors import PlannerError
from layers.basemap import LocalTiles
from layers.offline import ASSETS, SCRIPTS, script
from layers.store import LAYERS, LayerStore
from layers.tilefiles import media_type, open_tiles
from layers.tiles import MAX_ZOOM, empty_tile
from layers.viewport import parse_bbox
from parcels.api.share_routes import share_routes
from parcels.api.sketch_routes import sketch_routes
from parcels.messages import LANGUAGES, error_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request
    from starlette.types import Scope

    from layers.basemap import BaseMapSetting
    from layers.tilefiles import ReadTile

MAX_FEATURES = 4000
_DIGITS = 8
_STATUS = {"layer_gone": 404, "basemap_unknown": 404, "not_found": 404}
_NO_SNIFF = {"X-Content-Type-Options": "nosniff"}
# By whether the address has a version.
_FRESH = {True: "public, max-age=31536000, immutable", False: "no-cache"}
_ASSET_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}

Answer = Callable[["Request"], Response]


def routes(
    base_url_path: str,
    *,
    layers: LayerStore = LAYERS,
    basemaps: Sequence[BaseMapSetting] = (),
) -> list[BaseRoute]:
    """Make the routes of the application.

    Parameters
    ----------
    base_url_path : str
        The server's base path with or without slashes; Streamlit does not put it before
        routes that are not its own.
    layers : LayerStore
        Where tokens are looked up.
    basemaps : sequence of BaseMapSetting
        Those with a path are read by this process.

    Raises
    ------
    PlannerError
        When a base map's file cannot be read (`layers.tilefiles.open_tiles`).
    """
    for suffix, kind in _ASSET_TYPES.items():  # some systems call scripts plain text
        mimetypes.add_type(kind, suffix)
    base = _base(base_url_path)
    readers = {entry.id: open_tiles(entry) for entry in basemaps if isinstance(entry, LocalTiles)}
    layer = f"{base}/api/layers/{{token}}"
    return [
        *(_route(f"{base}/assets/{file}", partial(_script, file)) for file in SCRIPTS),
        Mount(f"{base}/assets", _Assets(directory=ASSETS)),
        _route(f"{base}/api/health", lambda _request: _json({"status": "ok"})),
        _route(f"{layer}/tiles/{{z}}/{{x}}/{{y}}.png", partial(_tile, layers)),
        _route(f"{layer}/features", partial(_features, layers)),
        _route(f"{base}/api/basemaps/{{id}}/{{z}}/{{x}}/{{y}}", partial(_basemap, readers)),
        *sketch_routes(base),
        *share_routes(base),
        _route(f"{base}/api/{{rest:path}}", _not_found),
    ]


def layer_urls(base_url_path: str, token: str) -> tuple[str, str]:
    """Addresses of a layer's tiles (with ``{z}``, ``{x}``, ``{y}``) and features."""
    layer = f"{_base(base_url_path)}/api/layers/{token}"
    return f"{layer}/tiles/{{z}}/{{x}}/{{y}}.png", f"{layer}/features"


class _Assets(StaticFiles):
    """Vendored files: addresses with a version are kept for a year, others are asked again."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        versioned = b"v=" in scope.get("query_string", b"")
        response.headers.update({"Cache-Control": _FRESH[versioned]} | _NO_SNIFF)
        return response


def _base(base_url_path: str) -> str:
    path = base_url_path.strip("/")
    return f"/{path}" if path else ""


def _route(path: str, answer: Answer) -> Route:
    """Run the answer in a thread; an expected failure becomes JSON with its code."""

    def guarded(request: Request) -> Response:
        try:
            return answer(request)
        except PlannerError as error:
            return _refusal(error)

    async def endpoint(request: Request) -> Response:
        return await run_sync(guarded, request)

    return Route(path, endpoint)


def _refusal(error: PlannerError) -> Response:
    status = _STATUS.get(error.code, 400)
    sentence = " ".join(error_text(LANGUAGES[0], error))
    return _json({"code": error.code, "message": sentence}, status=status)


def _script(file: str, _request: Request) -> Response:
    headers = {"Cache-Control": _FRESH[True]} | _NO_SNIFF
    return Response(script(file), media_type="text/javascript", headers=headers)


def _not_found(request: Request) -> Response:
    raise PlannerError("not_found", value=request.path_params["rest"])


def _tile(layers: LayerStore, request: Request) -> Response:
    layer = layers.get(request.path_params["token"])
    return _content(request, layer.tile(*_address(request)), "image/png")


def _features(layers: LayerStore, request: Request) -> Response:
    layer = layers.get(request.path_params["token"])
    query = QueryParams(request.scope["query_string"])
    bbox = parse_bbox(query.get("bbox", ""))
    zoom = _zoom(query.get("z", ""))
    features = layer.features(bbox, zoom, MAX_FEATURES)
    return _content(request, features, "application/geo+json")


def _address(request: Request) -> tuple[int, int, int]:
    asked = request.path_params
    z, x, y = (_whole(asked[name], "tile_out_of_range") for name in ("z", "x", "y"))
    return z, x, y


def _whole(text: str, code: str) -> int:
    """Read a short whole number; Python refuses or crawls on endless digits."""
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
        raise PlannerError(code, value=text[:40])
    return int(text)


def _zoom(text: str) -> int:
    """Read a zoom level, which may lie between two whole ones: the finer one is drawn."""
    try:
        zoom = float(text)
    except ValueError:
        zoom = math.nan
    if not 0 <= zoom <= MAX_ZOOM:
        raise PlannerError("zoom_invalid", value=text[:40])
    return math.ceil(zoom)


def _basemap(readers: Mapping[str, ReadTile], request: Request) -> Response:
    name = request.path_params["id"]
    if name not in readers:
        raise PlannerError("basemap_unknown", value=name)
    tile = readers[name](*_address(request)) or empty_tile()
    return _content(request, tile, media_type(tile))


def _content(request: Request, body: bytes, kind: str) -> Response:
    """Answer with the body, or with 304 if the browser has it."""
    tag = f'"{blake2b(body, digest_size=12).hexdigest()}"'
    headers = {"ETag": tag, "Cache-Control": "private, max-age=3600"} | _NO_SNIFF
    if tag in request.headers.get("If-None-Match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=kind, headers=headers)


def _json(content: dict[str, str], *, status: int = 200) -> Response:
    return JSONResponse(
        content, status_code=status, headers={"Cache-Control": "no-store"} | _NO_SNIFF
    )
