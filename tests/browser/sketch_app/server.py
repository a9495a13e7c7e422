"""A small server of sketches with the JSON of the contract, faults on demand."""

from __future__ import annotations

import asyncio
from typing import Any

import shapely
import shapely.affinity
import shapely.ops
from pyproj import Geod
from shapely.geometry import mapping, shape
from starlette.responses import JSONResponse
from starlette.routing import Route

GRS80 = Geod(ellps="GRS80")
AT = "2026-11-22T14:02:00Z"
# What the sketch runs into: a river bank in the south-west.
BANK = shapely.box(112.48, 32.98, 112.495, 32.995)


class Desk:
    """One scenario."""

    def __init__(self) -> None:
        self.states: list[dict[str, dict[str, Any]]] = [{}]
        self.kinds: list[str] = []
        self.at = 0
        self.version = 1
        self.saved_by = ""
        self.keys: dict[str, dict[str, Any]] = {}
        self.draft: Any = None
        self.log: list[dict[str, Any]] = []
        self.looks = 0
        self.fault = ""

    @property
    def elements(self) -> dict[str, dict[str, Any]]:
        """Elements that stand now."""
        return self.states[self.at]

    def answer(self) -> dict[str, Any]:
        """Return all that the browser draws."""
        scenario = {
            "id": "s1",
            "name": "A",
            "version": self.version,
            "archived": False,
            "saved_by": self.saved_by,
            "saved_at": AT,
        }
        can_undo, can_redo = self.at > 0, self.at < len(self.states) - 1
        return {
            "scenario": scenario,
            "can_undo": can_undo,
            "can_redo": can_redo,
            "undo": self.kinds[self.at - 1] if can_undo else None,
            "redo": self.kinds[self.at] if can_redo else None,
            "elements": [figured(one) for one in self.elements.values()],
            "conflicts": [c for one in self.elements.values() for c in conflicts(one)],
            "ledger": {},
            "draft": self.draft,
        }

    def do(self, command: dict[str, Any], key: str) -> None:
        """Carry out one command."""
        name = command["do"]
        if name in {"undo", "redo"}:
            self.at += 1 if name == "redo" else -1
        else:
            after = changed(dict(self.elements), command, key)
            self.states = [*self.states[: self.at + 1], after]
            self.kinds = [*self.kinds[: self.at], name]
            self.at += 1
        self.version += 1
        self.saved_by = ""


def figured(element: dict[str, Any]) -> dict[str, Any]:
    """Return an element with its figures."""
    geometry = shape(element["geometry"])
    area, around = GRS80.geometry_area_perimeter(
        shapely.geometry.polygon.orient(geometry) if geometry.geom_type == "Polygon" else geometry
    )
    line = geometry.geom_type.endswith("LineString")
    return element | {
        "area_m2": 0 if line else abs(area),
        "perimeter_m": around,
        "length_m": GRS80.geometry_length(geometry) if line else None,
    }


def conflicts(element: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what an element shares with the bank."""
    shared = shape(element["geometry"]).intersection(BANK)
    if not shared.area:
        return []
    area = abs(GRS80.geometry_area_perimeter(shared)[0])
    return [
        {
            "element": element["id"],
            "layer": "blue",
            "title": "蓝线",
            "other": "",
            "outcome": "fail",
            "reason": "overlaps",
            "message": "占蓝线",
            "area_m2": area,
            "share": 0.1,
            "geometry": mapping(shared),
        }
    ]


def new(id_: str, kind: str, geometry: Any, **more: Any) -> dict[str, Any]:
    """Return an element."""
    plain = geometry if isinstance(geometry, dict) else mapping(geometry)
    usual = {"name": "", "code": "", "scheme": "", "width_m": None, "year": None}
    drawn = {"geometry_class": "digitized", "accuracy_m": None}
    return {"id": id_, "kind": kind, "geometry": plain} | usual | drawn | more


def changed(state: dict[str, Any], command: dict[str, Any], key: str) -> dict[str, Any]:
    """Return the elements after a command; areas of the hand are worked out in degrees."""
    ids = command.get("elements") or list(state)
    return _DOING[command["do"]](state, command, key, ids)


def _draw(state: Any, command: Any, key: str, _ids: Any) -> Any:
    width = float(str(command.get("width", "0")).split()[0]) or None
    return state | {key: new(key, command["kind"], command["geometry"], width_m=width)}


def _reshape(state: Any, command: Any, _key: str, _ids: Any) -> Any:
    return _with(state, command["element"], command["geometry"])


def _delete(state: Any, _command: Any, _key: str, ids: Any) -> Any:
    return {id_: element for id_, element in state.items() if id_ not in ids}


def _merge(state: Any, _command: Any, _key: str, ids: Any) -> Any:
    whole = shapely.union_all([shape(state[id_]["geometry"]) for id_ in ids])
    return _with(_delete(state, None, "", ids[1:]), ids[0], whole)


def _split(state: Any, command: Any, key: str, ids: Any) -> Any:
    after = dict(state)
    for id_ in ids:
        pieces = shapely.ops.split(shape(state[id_]["geometry"]), shape(command["geometry"]))
        for number, piece in enumerate(pieces.geoms):
            made = f"{key}{number}" if number else id_
            after[made] = state[id_] | {"id": made, "geometry": mapping(piece)}
    return after


def _take_away(state: Any, command: Any, _key: str, ids: Any) -> Any:
    for id_ in [command["element"]] if command["do"] == "hole" else ids:
        state = _with(state, id_, shape(state[id_]["geometry"]) - shape(command["geometry"]))
    return state


def _fit_area(state: Any, command: Any, _key: str, _ids: Any) -> Any:
    return _with(state, command["element"], scaled(state[command["element"]], str(command["area"])))


def _buffer(state: Any, command: Any, _key: str, _ids: Any) -> Any:
    before = shape(state[command["element"]]["geometry"])
    return _with(state, command["element"], before.buffer(0.0005, join_style="mitre"))


def _square(state: Any, command: Any, _key: str, _ids: Any) -> Any:
    before = shape(state[command["element"]]["geometry"])
    return _with(state, command["element"], before.envelope)


def _with(state: Any, id_: str, geometry: Any) -> Any:
    plain = geometry if isinstance(geometry, dict) else mapping(geometry)
    return state | {id_: state[id_] | {"geometry": plain}}


_DOING = {
    "draw": _draw,
    "vertices": _reshape,
    "move": _reshape,
    "rotate": _reshape,
    "delete": _delete,
    "merge": _merge,
    "split": _split,
    "cut": _take_away,
    "hole": _take_away,
    "fit_area": _fit_area,
    "buffer": _buffer,
    "square": _square,
}


def scaled(element: dict[str, Any], area: str) -> Any:
    """Return the outline with another area, in 亩."""
    wanted = float(area.removesuffix("亩")) * 2000 / 3
    factor = (wanted / figured(element)["area_m2"]) ** 0.5
    return mapping(shapely.affinity.scale(shape(element["geometry"]), factor, factor))


DESKS: dict[str, Desk] = {}


def desk_of(request: Any) -> Desk:
    """Return the scenario of a token; it is made when first asked for."""
    return DESKS.setdefault(request.path_params["token"], Desk())


async def answer(request: Any) -> JSONResponse:
    """GET the answer."""
    return JSONResponse(desk_of(request).answer())


async def do(request: Any) -> JSONResponse:
    """POST a command."""
    desk, asked = desk_of(request), await request.json()
    desk.log.append(asked)
    fault, known = desk.fault, asked["key"] in desk.keys
    if fault == "down":
        return JSONResponse({"code": "store_busy", "message": "库忙", "hint": ""}, status_code=503)
    if fault == "refuse" and "geometry" in asked["command"]:
        refusal = {"code": "shape_x", "message": "形状不行", "hint": "改一改", "at": None}
        return JSONResponse(refusal, status_code=400)
    if not known and asked["seen"] != desk.version:
        moved = {
            "code": "scenario_moved_on",
            "message": "moved",
            "hint": "",
            "theirs": desk.answer(),
        }
        return JSONResponse(moved, status_code=409)
    if not known:
        desk.keys[asked["key"]] = asked
        desk.do(asked["command"], asked["key"])
    if fault == "lost":  # saved, but the browser never hears of it
        return JSONResponse(
            {"code": "store_unreachable", "message": "断", "hint": ""}, status_code=503
        )
    return JSONResponse(desk.answer())


async def look(request: Any) -> JSONResponse:
    """POST a shape that is not saved."""
    desk, asked = desk_of(request), await request.json()
    desk.looks += 1
    await asyncio.sleep(0)
    element = new("look", asked["kind"], asked["geometry"])
    found = figured(element)
    return JSONResponse(
        {key: found[key] for key in ("area_m2", "perimeter_m")} | {"conflicts": conflicts(element)}
    )


async def draft(request: Any) -> JSONResponse:
    """POST what is not finished."""
    desk_of(request).draft = (await request.json())["content"]
    return JSONResponse({})


async def version(request: Any) -> JSONResponse:
    """GET the version."""
    desk = desk_of(request)
    return JSONResponse({"version": desk.version, "saved_by": desk.saved_by, "saved_at": AT})


async def drive(request: Any) -> JSONResponse:
    """Let a test set elements and faults, save as somebody else, and read what was asked."""
    desk, asked = desk_of(request), await request.json()
    desk.fault = asked.get("fault", desk.fault)
    if "elements" in asked:
        desk.states[desk.at] = {
            one["id"]: new(**{"id_": one.pop("id")} | one) for one in asked["elements"]
        }
    if "theirs" in asked:
        desk.do(
            {"do": "draw", "kind": "green", "geometry": asked["theirs"]}, f"theirs{desk.version}"
        )
        desk.saved_by = "李工"
    return JSONResponse(
        {"log": desk.log, "draft": desk.draft, "looks": desk.looks, "answer": desk.answer()}
    )


def sketch_routes(base: str) -> list[Route]:
    """Return the routes below the base path."""
    root = f"{base}/api/sketch/{{token}}"
    posts = {"do": do, "look": look, "draft": draft, "drive": drive}
    return [
        Route(root, answer),
        Route(f"{root}/version", version),
        *(Route(f"{root}/{name}", act, methods=["POST"]) for name, act in posts.items()),
    ]
