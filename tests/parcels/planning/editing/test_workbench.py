from __future__ import annotations

import pytest

from geo.errors import PlannerError
from parcels.planning.editing.workbench import Workbench
from parcels.planning.model import Scenario
from parcels.storage.access import SINGLE_DESK, Actor
from parcels.storage.store import open_store
from tests.parcels.planning.sketches import box, geojson

AT = "2026-11-22T08:00:00Z"
SQUARE, WIDER = geojson(box(0, 0, 100, 100)), geojson(box(0, 0, 150, 100))
DRAW = {"do": "draw", "kind": "parcel", "geometry": SQUARE, "name": "甲"}


@pytest.fixture
def store(tmp_path):
    return open_store(tmp_path / "planner.sqlite")


@pytest.fixture
def bench(store):
    made = Scenario(id="s", name="情景", made_at=AT)
    store.create(SINGLE_DESK, made, key="make")
    return Workbench(store, SINGLE_DESK, "s")


def done(bench, command, key):
    return bench.do(command, seen=bench.line().scenario.version, key=key, at=AT)


def refused(code, act):
    with pytest.raises(PlannerError) as caught:
        act()
    assert caught.value.code == code
    return caught.value


def test_a_command_is_saved_as_an_operation_that_a_new_store_finds(bench, tmp_path):
    line = done(bench, DRAW, "k1")
    (element,) = line.state.values()
    again = open_store(tmp_path / "planner.sqlite").line(SINGLE_DESK, "s")
    assert again.state == {element.id: element}
    (operation,) = again.done
    assert (operation.kind, operation.at) == ("draw", AT)
    assert operation.parameters == {"do": "draw", "kind": "parcel", "name": "甲"}


def test_steps_go_back_and_forth_without_end(bench):
    first = next(iter(done(bench, DRAW, "0").state))
    states = [bench.line().state]
    for number in range(1, 8):
        shape = geojson(box(0, 0, 100 + number, 100))
        states.append(
            done(bench, {"do": "vertices", "element": first, "geometry": shape}, str(number)).state
        )
    for number, expected in enumerate([*reversed(states[:-1]), {}]):
        assert done(bench, {"do": "undo"}, f"u{number}").state == expected
    refused("nothing_to_undo", lambda: done(bench, {"do": "undo"}, "u9"))
    for number, expected in enumerate(states):
        assert done(bench, {"do": "redo"}, f"r{number}").state == expected
    refused("nothing_to_redo", lambda: done(bench, {"do": "redo"}, "r9"))


def test_a_request_sent_twice_is_carried_out_once(bench):
    once = bench.do(DRAW, seen=1, key="k", at=AT)
    twice = bench.do(DRAW, seen=1, key="k", at=AT)
    assert twice.state == once.state
    assert len(twice.done) == 1
    undone = bench.do({"do": "undo"}, seen=2, key="u", at=AT)
    assert bench.do({"do": "undo"}, seen=2, key="u", at=AT).state == undone.state == {}


def test_the_second_of_two_who_saw_the_same_version_is_told(store, bench):
    bench.do(DRAW, seen=1, key="mine", at=AT)
    other = Workbench(store, Actor("李工", "planner"), "s")
    error = refused("scenario_moved_on", lambda: other.do(DRAW, seen=1, key="theirs", at=AT))
    assert error.values == {"by": "", "at": AT, "version": 2}
    assert len(bench.line().done) == 1


def test_nothing_is_changed_by_what_is_refused(bench):
    before = bench.line()
    refused("command_unreadable", lambda: done(bench, {"do": "paint"}, "a"))
    refused("element_unknown", lambda: done(bench, {"do": "delete", "elements": ["z"]}, "b"))
    assert bench.line().scenario == before.scenario


def test_who_may_only_look_changes_nothing(store, bench):
    viewer = Workbench(store, Actor("访客", "viewer"), "s")
    assert viewer.line().state == {}
    refused("access_refused", lambda: viewer.do(DRAW, seen=1, key="v", at=AT))
    assert bench.line().scenario.version == 1


def test_a_child_starts_from_its_parent_and_leaves_it_alone(store, bench):
    line = done(bench, DRAW, "k")
    element = next(iter(line.state))
    child = Scenario(id="c", name="子情景", parent="s", base=line.scenario.head, made_at=AT)
    store.create(SINGLE_DESK, child, key="fork")
    below = Workbench(store, SINGLE_DESK, "c")
    changed = done(below, {"do": "vertices", "element": element, "geometry": WIDER}, "w")
    assert changed.inherited == line.state
    assert bench.line().state == line.state
    done(below, {"do": "undo"}, "u")
    refused("nothing_to_undo", lambda: done(below, {"do": "undo"}, "u2"))
    reverted = done(below, {"do": "redo"}, "r")
    assert done(below, {"do": "revert", "element": element}, "v").state == line.state
    assert reverted.state != line.state


def test_a_step_is_picked_and_clashes_are_asked(store, bench):
    line = done(bench, DRAW, "k")
    element = next(iter(line.state))
    child = Scenario(id="c", name="子情景", parent="s", base=line.scenario.head, made_at=AT)
    store.create(SINGLE_DESK, child, key="fork")
    below = Workbench(store, SINGLE_DESK, "c")
    step = done(below, {"do": "vertices", "element": element, "geometry": WIDER}, "w").done[-1].id
    take = {"do": "pick", "operation": step, "scenario": "c"}
    done(bench, {"do": "describe", "element": element, "name": "乙"}, "n")
    error = refused("pick_clashes", lambda: done(bench, take, "p"))
    assert error.values == {"elements": ["乙"]}
    picked = done(bench, {**take, "replace": True}, "p2")
    assert picked.state == below.line().state
