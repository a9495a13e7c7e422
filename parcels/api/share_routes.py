"""Pages of shared snapshots: read by whoever has the link, until it ends or is revoked.

The store is asked at every request, so that a revoked link is closed at once, whichever process
revoked it. A link that was never there, one that ended and one that was revoked are answered by
the same bytes. Nothing is kept of who reads.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache, partial
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from anyio.to_thread import run_sync
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from geo.errors import PlannerError
from layers.page_assets import page_script, page_style
from parcels.clock import utc_now
from parcels.messages import LANGUAGES, text
from parcels.settings import load_settings
from parcels.snapshot.page.page import page_bytes, policy
from parcels.snapshot.writers import json_bytes
from parcels.storage.shares import share_id
from parcels.storage.store import open_store
from parcels.token_shelf import TokenShelf

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from parcels.snapshot.model import Snapshot
    from parcels.storage.store import Store

MOST_PAGES = 32
MOST_BYTES = 128_000_000
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Vary": "Accept-Encoding",
}
_NOTHING_RUNS = "default-src 'none'; base-uri 'none'; form-action 'none'"
_NO_FRAME = "; frame-ancestors 'none'"
_WRITING = Lock()
_ROBOTS = "User-agent: *\nDisallow: /\n"


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a link gives, compressed: the page, and the snapshot for whoever verifies it."""

    page: bytes
    snapshot: bytes


class SharedPages:
    """Pages of links, each made once and kept while it is asked for.

    Parameters
    ----------
    store : callable
        Gives the store.
    base : str
        The server's base path, "" or with a leading slash.
    now : callable
        Gives UTC as ISO 8601 to the second.
    """

    def __init__(self, store: Callable[[], Store], base: str, now: Callable[[], str]) -> None:
        self._store = store
        self._base = base
        self._now = now
        self._kept: TokenShelf[_Shown] = TokenShelf(
            lambda one: len(one.page) + len(one.snapshot), most=MOST_PAGES, most_size=MOST_BYTES
        )
        self._making: WeakValueDictionary[str, _Making] = WeakValueDictionary()
        self._lock = Lock()

    def find(self, token: str) -> _Shown | None:
        """Give what a link shows; None: it does not open.

        Raises
        ------
        PlannerError
            The store cannot be asked.
        """
        store, name = self._store(), share_id(token)
        if not store.database.exists() or store.live_share(token, self._now()) is None:
            self._kept.drop(name)
            return None
        known = self._kept.find(name)
        if known is not None:
            return known
        with self._lock:
            making = self._making.setdefault(name, _Making())
        with making.lock:  # the first of many readers makes it
            known = self._kept.find(name)
            if known is None:
                known = self._made(store, token)
                if known is not None:
                    self._kept.keep(known, name)
        return known

    def _made(self, store: Store, token: str) -> _Shown | None:
        snapshot = store.opened_share(token, self._now())
        if snapshot is None:
            return None
        page = page_bytes(snapshot, live_url=self._live_url(snapshot))
        return _Shown(*(gzip.compress(one, mtime=0) for one in (page, json_bytes(snapshot))))

    def _live_url(self, snapshot: Snapshot) -> str | None:
        """Address of the live view, in the house only; sign-in and roles hold there as ever."""
        view = snapshot.content.get("view")
        if snapshot.level != "internal" or not view or not view.get("address"):
            return None
        below = str(view["address"]).lstrip("/\\")  # never another host
        return f"{self._base}/{below}"


class _Making:
    """A page that somebody makes now."""

    def __init__(self) -> None:
        self.lock = Lock()


def share_routes(
    base: str,
    *,
    store: Callable[[], Store] | None = None,
    now: Callable[[], str] = utc_now,
) -> list[BaseRoute]:
    """Make the routes of shared snapshots and of what robots may read: nothing.

    Parameters
    ----------
    base : str
        The server's base path, "" or with a leading slash.
    store : callable, optional
        Gives the store; default: that of the settings.
    now : callable
        Gives UTC as ISO 8601 to the second.
    """
    pages = SharedPages(store or _own_store, base, now)
    link = f"{base}/s/{{token}}"
    robots = sorted({f"{base}/robots.txt", "/robots.txt"})
    return [
        _route(link, partial(_page, pages)),
        _route(f"{link}/snapshot.json", partial(_snapshot, pages)),
        _route(f"{base}/s/{{rest:path}}", lambda _request: _closed()),
        *(_route(path, lambda _request: _robots()) for path in robots),
    ]


def share_path(base_url_path: str, token: str) -> str:
    """Address of a link on its server, from the slash after the host's name on."""
    path = base_url_path.strip("/")
    return f"{'/' + path if path else ''}/s/{token}"


@cache
def _own_store() -> Store:
    return open_store(load_settings().store_address)


def _route(path: str, answer: Callable[[Request], Response]) -> Route:
    async def endpoint(request: Request) -> Response:
        return await run_sync(_answered, answer, request)

    return Route(path, endpoint)  # GET and HEAD


def _answered(answer: Callable[[Request], Response], request: Request) -> Response:
    try:
        return answer(request)
    except PlannerError:  # the store cannot be asked; why is none of the reader's business
        return _plain_page("later", 503)


def _page(pages: SharedPages, request: Request) -> Response:
    shown = pages.find(request.path_params["token"])
    if shown is None:
        return _closed()
    return _zipped(request, shown.page, "text/html", {"Content-Security-Policy": _page_rules()})


@cache
def _page_rules() -> str:
    return policy(page_script(), page_style()) + _NO_FRAME


def _snapshot(pages: SharedPages, request: Request) -> Response:
    shown = pages.find(request.path_params["token"])
    if shown is None:
        return _closed()
    headers = {
        "Content-Security-Policy": _NOTHING_RUNS + _NO_FRAME,
        "Content-Disposition": 'attachment; filename="snapshot.json"',
    }
    return _zipped(request, shown.snapshot, "application/json", headers)


def _zipped(request: Request, body: bytes, kind: str, headers: dict[str, str]) -> Response:
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        given = _HEADERS | headers | {"Content-Encoding": "gzip"}
        return Response(body, media_type=kind, headers=given)
    return Response(gzip.decompress(body), media_type=kind, headers=_HEADERS | headers)


def _closed() -> Response:
    return _plain_page("text", 404)


def _plain_page(key: str, status: int) -> Response:
    headers = _HEADERS | {"Content-Security-Policy": _NOTHING_RUNS + _NO_FRAME}
    with _WRITING:  # many at once would each read all sentences the first time
        page = _page_in_all_languages(key)
    return Response(page, status_code=status, media_type="text/html", headers=headers)


@cache
def _page_in_all_languages(key: str) -> str:
    said = "".join(
        f'<section lang="{lang}"><h1>{text(lang, "share.page.title")}</h1>'
        f"<p>{text(lang, f'share.page.{key}')}</p></section>\n"
        for lang in LANGUAGES
    )
    return (
        '<!DOCTYPE html>\n<html>\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{text(LANGUAGES[0], 'share.page.title')}</title></head>\n"
        f"<body>\n{said}</body>\n</html>\n"
    )


def _robots() -> Response:
    return Response(_ROBOTS, media_type="text/plain", headers=_HEADERS)
