"""The routes of the map's editor: read a scenario, change it, look at a shape, keep a draft.

Whoever holds the token of a desk works in that person's name; what the person may do is decided
by the store at every call. Requests that change something come from our own pages only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anyio.to_thread import run_sync
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from geo.errors import PlannerError
from parcels.api.sketch_requests import Looked, Move, Note, read_body, require_own_page
from parcels.clock import utc_now
from parcels.messages import LANGUAGES, error_text
from parcels.planning.desk.answer import answer_of, look_of, scenario_part
from parcels.planning.desk.desks import DESKS
from parcels.planning.editing.edits import effect_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from parcels.planning.desk.desks import Desk
    from parcels.planning.line import Line
    from parcels.planning.model import Element
    from parcels.token_shelf import TokenShelf

    Json = dict[str, Any]

STATUS = {
    "desk_unknown": 404,
    "scenario_unknown": 404,
    "access_refused": 403,
    "request_foreign": 403,
    "scenario_moved_on": 409,
    "save_key_reused": 409,
    "request_too_large": 413,
    "request_not_json": 415,
    "store_busy": 503,
    "store_unreachable": 503,
    "store_refused": 503,
    "store_closed": 503,
    "store_broken": 503,
    "store_unusable": 503,
    "store_full": 507,
    "store_read_only": 507,
    "store_newer": 507,
}
"""HTTP status by code; every other refusal is 400."""
_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_PLACES = (("lon", "lat"), ("x", "y"))


def sketch_routes(
    base: str, *, desks: TokenShelf[Desk] = DESKS, now: Callable[[], str] | None = None
) -> list[BaseRoute]:
    """Make the routes of the editor.

    Parameters
    ----------
    base : str
        The server's base path, "" or with a leading slash.
    desks : TokenShelf of Desk
        Where tokens are looked up.
    now : callable, optional
        Gives UTC as ISO 8601 to the second; default: the server's clock.
    """
    clock = now or utc_now
    desk = f"{base}/api/sketch/{{token}}"

    def route(path: str, answer: Callable[[Desk, Any, str], Json], model: Any = None) -> Route:
        async def endpoint(request: Request) -> Response:
            return await _answered(request, desks, answer, model, clock)

        return Route(path, endpoint, methods=["GET"] if model is None else ["POST"])

    return [
        route(desk, _read),
        route(f"{desk}/version", _version),
        route(f"{desk}/do", _do, Move),
        route(f"{desk}/look", _look, Looked),
        route(f"{desk}/draft", _draft, Note),
    ]


def sketch_url(base_url_path: str, token: str) -> str:
    """Address of a desk's routes, without a slash at its end."""
    path = base_url_path.strip("/")
    return f"{'/' + path if path else ''}/api/sketch/{token}"


async def _answered(
    request: Request,
    desks: TokenShelf[Desk],
    answer: Callable[[Desk, Any, str], Json],
    model: Any,
    clock: Callable[[], str],
) -> Response:
    """Answer in a thread; an expected failure becomes JSON with its code, in the desk's words."""
    desk = desks.find(request.path_params["token"])
    lang = LANGUAGES[0] if desk is None else desk.lang
    try:
        if model is not None:
            require_own_page(request.headers)
        desk = _found(desk)
        raw = None if model is None else await read_body(request)
        return await run_sync(_run, desk, answer, model, raw, clock())
    except PlannerError as error:
        return _refusal(error, lang)


def _found(desk: Desk | None) -> Desk:
    if desk is None:
        raise PlannerError("desk_unknown")
    return desk


def _run(
    desk: Desk,
    answer: Callable[[Desk, Any, str], Json],
    model: Any,
    raw: bytes | None,
    at: str,
) -> Response:
    try:
        sent = None if raw is None else model.read(raw)
        return _json(answer(desk, sent, at))
    except PlannerError as error:
        theirs = _answer(desk, desk.workbench.line()) if error.code == "scenario_moved_on" else None
        return _refusal(error, desk.lang, theirs)


def _read(desk: Desk, _sent: None, _at: str) -> Json:
    return _answer(desk, desk.workbench.line())


def _version(desk: Desk, _sent: None, _at: str) -> Json:
    said = scenario_part(desk.workbench.line().scenario)
    return {name: said[name] for name in ("version", "saved_by", "saved_at")}


def _do(desk: Desk, sent: Move, at: str) -> Json:
    line = desk.workbench.do(sent.command, seen=sent.seen, key=sent.key, at=at)
    return _answer(desk, line)


def _look(desk: Desk, sent: Looked, _at: str) -> Json:
    if desk.last is None:
        desk.last = desk.workbench.line()
    state = desk.last.state
    return look_of(_looked_at(desk.last, sent), desk.ground, desk.lang, list(state.values()))


def _looked_at(line: Line, sent: Looked) -> Element:
    """Make the element that a drawing would become: an element's own properties stay with it."""
    known = line.state.get(sent.element or "")
    drawn = effect_of(sent.command(known), line.state, "look").puts
    return drawn[0]


def _draft(desk: Desk, sent: Note, at: str) -> Json:
    bench = desk.workbench
    bench.store.keep_draft(bench.actor, bench.scenario, sent.content, at=at)
    return {"kept": sent.content is not None, "at": at}


def _answer(desk: Desk, line: Line) -> Json:
    bench = desk.workbench
    desk.last = line
    draft = bench.store.draft(bench.actor, bench.scenario)
    return answer_of(line, desk.ground, desk.lang, draft)


def _refusal(error: PlannerError, lang: str, theirs: Json | None = None) -> Response:
    message, hint = error_text(lang, error)
    content: Json = {"code": error.code, "message": message, "hint": hint}
    content["at"] = _place(error)
    if theirs is not None:
        content["theirs"] = theirs
    return _json(content, status=STATUS.get(error.code, 400))


def _place(error: PlannerError) -> list[float] | None:
    """Give longitude and latitude of what is wrong, where it is at one place."""
    for names in _PLACES:
        place = [error.values.get(name) for name in names]
        if all(isinstance(one, float) for one in place):
            return place  # type: ignore[return-value]
    return None


def _json(content: Json, *, status: int = 200) -> Response:
    return JSONResponse(content, status_code=status, headers=_HEADERS)
