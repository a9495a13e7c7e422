"""The editor's routes over a real store on disk, and over stores that fail."""

from __future__ import annotations

import json
import math
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette

from geo.errors import PlannerError
from parcels.api.sketch_routes import sketch_url
from parcels.messages import LANGUAGES, error_text
from parcels.planning.desk.desks import Desk
from parcels.planning.editing.workbench import Workbench
from parcels.planning.ground.prepared import ground_of
from parcels.storage.access import SINGLE_DESK, Actor
from tests.parcels.api.asking import ask
from tests.parcels.api.editors import AT, BOOK, HUNDRED, Editor, assert_says_nothing_of_the_server
from tests.parcels.checks.overlay_samples import overlay
from tests.parcels.planning.sketches import box, geojson

CROSSED = {
    "type": "Polygon",
    "coordinates": [[[112.5, 33], [112.51, 33.01], [112.51, 33], [112.5, 33.01], [112.5, 33]]],
}


def test_a_drawing_is_saved_and_answered_with_figures_conflicts_and_ledger(store):
    land = {"farmland": overlay("farmland", [(50, 0, 150, 100)])}
    editor = Editor(Workbench(store, SINGLE_DESK, "s"), ground=ground_of(book=BOOK, overlays=land))
    answer = editor.draw()
    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-store"
    said = answer.json
    assert (said["can_undo"], said["undo"], said["can_redo"], said["redo"]) == (
        True,
        "draw",
        False,
        None,
    )
    (element,) = said["elements"]
    assert element["area_m2"] == pytest.approx(10_000, rel=1e-6)
    assert element["perimeter_m"] == pytest.approx(400, abs=0.01)
    assert element["geometry"] == json.loads(json.dumps(HUNDRED))
    hit = next(one for one in said["conflicts"] if one["layer"] == "farmland")
    assert (hit["outcome"], hit["area_m2"]) == ("fail", pytest.approx(5000, rel=1e-5))
    assert hit["geometry"]["type"] in {"Polygon", "MultiPolygon"}
    assert "永久基本农田" in hit["message"]
    assert said["ledger"]["gross_m2"] == element["area_m2"]
    assert said["judged"][element["id"]]["outcome"] == "fail"
    assert editor.read().json == said


def test_undo_and_redo_survive_a_new_desk(store, editor):
    editor.draw()
    undone = editor.do(do="undo").json
    assert (undone["elements"], undone["redo"]) == ([], "draw")
    again = Editor(Workbench(store, SINGLE_DESK, "s"), lang="en")
    again.seen = editor.seen
    assert again.read().json["redo"] == "draw"
    assert len(again.do(do="redo").json["elements"]) == 1


def test_the_same_key_is_done_once(editor):
    first = editor.do("one", do="draw", kind="parcel", geometry=HUNDRED).json
    editor.seen = 1
    assert editor.do("one", do="draw", kind="parcel", geometry=HUNDRED).json == first


def test_the_second_writer_sees_both_states(store, editor):
    other = Editor(Workbench(store, SINGLE_DESK, "s"), lang="en")
    editor.draw()
    refused = other.draw(geojson(box(200, 0, 300, 100)))
    assert (refused.status, refused.json["code"]) == (409, "scenario_moved_on")
    assert len(refused.json["theirs"]["elements"]) == 1
    assert ask(other.app, "GET", f"{other.url}/version").json == {
        "version": 2,
        "saved_by": "",
        "saved_at": AT,
    }
    other.seen = refused.json["theirs"]["scenario"]["version"]
    assert len(other.draw(geojson(box(200, 0, 300, 100))).json["elements"]) == 2


def test_a_look_saves_nothing(store):
    land = {"farmland": overlay("farmland", [(50, 0, 150, 100)])}
    editor = Editor(Workbench(store, SINGLE_DESK, "s"), ground=ground_of(book=BOOK, overlays=land))
    looked = editor.post("look", {"element": None, "kind": "extension", "geometry": HUNDRED})
    assert looked.status == 200
    assert looked.json["area_m2"] == pytest.approx(10_000, rel=1e-6)
    assert [one["reason"] for one in looked.json["conflicts"]] == ["sketch_shares"]
    assert looked.json["conflicts"][0]["area_m2"] == pytest.approx(5000, rel=1e-5)
    assert editor.read().json["elements"] == []
    own = editor.draw().json["elements"][0]["id"]
    moved = geojson(box(10, 0, 110, 100))
    again = editor.post("look", {"element": own, "kind": "extension", "geometry": moved}).json
    assert [one["layer"] for one in again["conflicts"]] == ["farmland"]
    beside = editor.post("look", {"element": None, "kind": "extension", "geometry": moved}).json
    assert {one["layer"] for one in beside["conflicts"]} == {"elements", "farmland"}


def test_a_shape_that_crosses_itself_is_told_with_the_place(editor):
    for what, body in (
        ("look", {"element": None, "kind": "parcel", "geometry": CROSSED}),
        (
            "do",
            {
                "command": {"do": "draw", "kind": "parcel", "geometry": CROSSED},
                "seen": 1,
                "key": "k",
            },
        ),
    ):
        refused = editor.post(what, body)
        assert refused.status == 400
        assert refused.json["code"].startswith("shape_")
        assert refused.json["at"] == pytest.approx([112.505, 33.005], abs=1e-5)
    assert editor.read().json["elements"] == []


def test_a_draft_is_kept_until_it_is_done(editor):
    assert editor.post("draft", {"content": {"points": [[112.5, 33.0]]}}).status == 200
    assert editor.read().json["draft"] == {"points": [[112.5, 33.0]]}
    assert editor.post("draft", {"content": None}).status == 200
    assert editor.read().json["draft"] is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_refusals_speak_the_language_of_the_desk(store, lang):
    editor = Editor(Workbench(store, SINGLE_DESK, "s"), lang=lang)
    refused = editor.do(do="undo")
    message, hint = error_text(lang, PlannerError("nothing_to_undo"))
    assert refused.json == {"code": "nothing_to_undo", "message": message, "hint": hint, "at": None}


@pytest.mark.parametrize("base", ["", "planner", "/a/b/"])
def test_the_address_honours_the_base_path(store, base):
    from parcels.api.routes import routes
    from parcels.planning.desk.desks import DESKS

    desk = Desk(Workbench(store, SINGLE_DESK, "s"), ground_of(book=BOOK), "zh")
    app = Starlette(routes=routes(base))
    assert ask(app, "GET", sketch_url(base, DESKS.keep(desk))).status == 200


def test_a_role_that_was_taken_away_may_no_longer_save(store):
    editor = Editor(Workbench(store, Actor("li", "planner"), "s"))
    assert editor.read().status == 200
    editor.desk.workbench.actor = Actor("li", "viewer")
    refused = editor.draw()
    assert (refused.status, refused.json["code"]) == (403, "access_refused")
    assert store.line(SINGLE_DESK, "s").state == {}


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (PlannerError("store_busy", file="p"), 503),
        (PlannerError("store_unreachable", file="p"), 503),
        (PlannerError("store_full", file="p"), 507),
        (PlannerError("store_read_only", file="p"), 507),
        (PlannerError("scenario_unknown", value="s"), 404),
    ],
    ids=lambda value: getattr(value, "code", ""),
)
def test_what_befalls_the_store_is_told(store, error, status):
    def fail(*_args, **_kwargs):
        raise error

    bench = SimpleNamespace(do=fail, line=fail, store=store, actor=SINGLE_DESK, scenario="s")
    editor = Editor(bench)
    for answer in (editor.draw(), editor.read()):
        assert (answer.status, answer.json["code"]) == (status, error.code)
        assert answer.json["message"]
        assert_says_nothing_of_the_server(answer)


def test_numbers_of_an_answer_are_finite(editor):
    editor.draw()
    editor.do(
        do="draw",
        kind="road",
        geometry={"type": "LineString", "coordinates": [[112.5, 33], [112.51, 33]]},
    )

    def numbers(value):
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, list):
            return [found for one in value for found in numbers(one)]
        return [value] if isinstance(value, float) else []

    assert all(map(math.isfinite, numbers(editor.read().json)))
