"""The page 扩区 when a save does not go through: somebody was faster, or the store cannot."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from geo.errors import PlannerError
from parcels.storage.access import SINGLE_DESK, Actor
from parcels.storage.store import Store
from parcels.ui import cache, state
from tests.ui.sketch_page import done, elements, html, opened, pressed, stored, with_square


@pytest.fixture
def store(tmp_path):
    yield from stored(tmp_path)


@pytest.fixture
def late(store):
    """Type a name into a page that was drawn before somebody else saved."""
    made = with_square(store)
    [element] = elements(store, made.id).values()
    app = opened(panel="shape", element=element.id)
    done(store, made.id, {"do": "describe", "element": element.id, "name": "别人改的"})
    app.text_input(key=f"sketch_name_{element.id}").set_value("我改的").run()
    assert not app.exception
    return app, made


def test_both_states_are_told_and_nothing_is_overwritten(store, late):
    app, made = late
    shown = html(app)
    for words in ("没有保存", "您看到的（第 2 版）", "现在的（第 3 版", "一号"):
        assert words in shown
    assert set(elements(store, made.id)) == {"别人改的"}


def test_the_step_can_be_done_again_on_what_the_other_saved(store, late):
    app, made = late
    pressed(app, "sketch_upon_theirs")
    assert set(elements(store, made.id)) == {"我改的"}
    assert len(store.line(SINGLE_DESK, made.id).done) == 3
    assert "没有保存" not in html(app)


def test_the_step_can_be_kept_as_a_copy(store, late):
    app, made = late
    pressed(app, "sketch_as_copy")
    copy = store.scenarios(SINGLE_DESK)[-1]
    assert copy.parent == made.id
    assert set(elements(store, copy.id)) == {"我改的"}
    assert set(elements(store, made.id)) == {"别人改的"}
    assert app.query_params["scenario"] == copy.id


def test_a_way_back_kept_as_a_copy_leaves_it_there(store):
    made = with_square(store)
    app = opened()
    done(
        store,
        made.id,
        {
            "do": "describe",
            "element": next(iter(store.line(SINGLE_DESK, made.id).state)),
            "name": "二",
        },
    )
    pressed(app, "sketch_undo")
    pressed(app, "sketch_as_copy")
    copy = store.scenarios(SINGLE_DESK)[-1]
    assert (copy.parent, elements(store, copy.id)) == (made.id, {})
    assert "没有保存" not in html(app)


def test_the_step_can_be_given_up(store, late):
    app, made = late
    pressed(app, "sketch_forget")
    assert "没有保存" not in html(app)
    assert set(elements(store, made.id)) == {"别人改的"}


@pytest.mark.parametrize(
    "code", ["store_full", "store_read_only", "store_busy", "store_unreachable"]
)
def test_what_befalls_the_store_is_told_and_the_same_save_is_tried_again(store, code):
    made = with_square(store)
    [element] = elements(store, made.id).values()
    app = opened(panel="shape", element=element.id)
    keys = []

    def refuse(*_args, key, **_values):
        keys.append(key)
        raise PlannerError(code, file="planner.sqlite")

    with patch.object(Store, "add", refuse):
        app.text_input(key=f"sketch_name_{element.id}").set_value("二号").run()
    assert not app.exception
    assert "没有保存" in html(app)
    assert "planner.sqlite" in html(app)
    with patch.object(Store, "add", autospec=True, side_effect=Store.add) as add:
        pressed(app, "sketch_again")
    assert add.call_args.kwargs["key"] == keys[0]
    assert set(elements(store, made.id)) == {"二号"}
    assert "没有保存" not in html(app)


def test_a_save_that_did_arrive_is_not_done_twice(store):
    made = with_square(store)
    [element] = elements(store, made.id).values()
    app = opened(panel="shape", element=element.id)
    add = Store.add

    def lose(self, *args, **values):
        add(self, *args, **values)
        raise PlannerError("store_unreachable", file="planner.sqlite")

    with patch.object(Store, "add", lose):
        app.text_input(key=f"sketch_name_{element.id}").set_value("二号").run()
    pressed(app, "sketch_again")
    assert len(store.line(SINGLE_DESK, made.id).done) == 2
    assert "没有保存" not in html(app)


def test_a_store_that_cannot_be_read_is_told_in_place_of_the_page(store):
    def refuse(*_args, **_values):
        raise PlannerError("store_broken", file="planner.sqlite")

    with patch.object(Store, "scenarios", refuse):
        app = opened()
    assert "planner.sqlite" in html(app)


def test_a_role_taken_away_is_told_by_the_store(store):
    made = with_square(store)
    [element] = elements(store, made.id).values()
    app = opened(panel="shape", element=element.id)
    with patch.object(state, "actor", lambda: Actor("x@y.cn", "viewer")):
        app.text_input(key=f"sketch_name_{element.id}").set_value("二号").run()
    assert not app.exception
    assert "您的角色不能做" in html(app)
    assert set(elements(store, made.id)) == {"一号"}
    assert cache.store() is store
