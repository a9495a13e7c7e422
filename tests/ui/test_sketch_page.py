"""The page 扩区 without a browser: what it says and does with and without a scenario."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from parcels.storage.access import SINGLE_DESK, Actor
from parcels.ui import state
from parcels.ui.components.sketch_now import as_tree
from tests.ui.sketch_page import (
    HOSTILE,
    done,
    elements,
    html,
    opened,
    opening,
    pressed,
    stored,
    with_demo,
    with_square,
)


@pytest.fixture
def store(tmp_path):
    yield from stored(tmp_path)


def test_an_empty_store_offers_the_example(store):
    app = opened()
    assert "还没有情景" in html(app)
    pressed(app, "sketch_start_demo")
    names = [one.name for one in store.scenarios(SINGLE_DESK)]
    assert len(names) == 3
    assert names[0] in html(app)
    assert app.query_params["scenario"] == store.scenarios(SINGLE_DESK)[0].id


def test_the_example_can_be_begun_again_under_another_name(store):
    app = pressed(opened(), "sketch_start_demo")
    pressed(opening(app, "sketch_new"), "sketch_new_demo")
    names = [one.name for one in store.scenarios(SINGLE_DESK)]
    assert len(set(names)) == 6


def test_indices_stand_beside_their_bands_and_say_what_is_missing(store):
    with_demo(store)
    shown = html(opened())
    for word in ("面积", "50.00 km²", "45–55 km²", "整建制率", "未知", "缺：", "规划纲要"):
        assert word in shown
    assert "总分" in shown  # only to say that there is none
    assert "不计总分" in shown


def test_without_an_expansion_area_nothing_is_computed(store):
    with_square(store)
    assert "还没有扩区范围" in html(opened())


def test_conflicts_come_worst_first_and_what_is_missing_in_one_line(store):
    with_demo(store)
    app = opened(panel="conflicts")
    shown = html(app)
    assert "G40沪陕高速" in shown
    assert "项因缺数据不能判断" in shown
    pressed(app, "sketch_look_0")
    assert app.query_params["element"]


def test_an_element_is_measured_and_named(store):
    made = with_square(store)
    [element] = elements(store, made.id).values()
    app = opened(panel="shape", element=element.id)
    shown = html(app)
    for word in ("m²", "公顷", "亩", "周长", "界址点 4 个", "X 北 Y 东"):
        assert word in shown
    app.text_input(key=f"sketch_name_{element.id}").set_value("二号").run()
    assert set(elements(store, made.id)) == {"二号"}


def test_a_typed_area_becomes_the_area(store):
    made = with_square(store)
    [element] = elements(store, made.id).values()
    app = opened(panel="shape", element=element.id)
    app.text_input(key=f"sketch_fit_area_{element.id}_0").set_value("280亩").run()
    assert not app.exception
    assert "280.00" in html(app)


@pytest.mark.parametrize("typed", ["abc", "-5亩", "280", HOSTILE, "NaN 亩", "9" * 59])
def test_what_is_no_area_is_quoted_and_changes_nothing(store, typed):
    made = with_square(store)
    [element] = elements(store, made.id).values()
    app = opened(panel="shape", element=element.id)
    app.text_input(key=f"sketch_fit_area_{element.id}_0").set_value(typed).run()
    assert not app.exception
    assert "没有保存" in html(app)
    assert store.line(SINGLE_DESK, made.id).scenario.version == made.version
    assert app.text_input(key=f"sketch_fit_area_{element.id}_0").value == typed


@pytest.mark.parametrize("typed", ["20", "二〇二七", "1800", "2027.5", HOSTILE])
def test_what_is_no_year_is_quoted(store, typed):
    made = with_square(store)
    [element] = elements(store, made.id).values()
    app = opened(panel="shape", element=element.id)
    app.text_input(key=f"sketch_year_{element.id}").set_value(typed).run()
    assert not app.exception
    assert "读不出来" in html(app)
    app.text_input(key=f"sketch_year_{element.id}").set_value("2027").run()
    assert elements(store, made.id)["一号"].year == 2027


def test_code_and_scheme_are_saved_together(store):
    made = with_square(store)
    [element] = elements(store, made.id).values()
    app = opened(panel="shape", element=element.id)
    app.selectbox(key=f"sketch_code_{element.id}").set_value("M1").run()
    now = elements(store, made.id)["一号"]
    assert (now.code, now.scheme) == ("M1", "gb50137")
    app.selectbox(key=f"sketch_scheme_{element.id}").set_value("mnr2023").run()
    now = elements(store, made.id)["一号"]
    assert (now.code, now.scheme) == ("", "")


def test_undo_and_redo_move_in_the_store(store):
    made = with_square(store)
    app = pressed(opened(), "sketch_undo")
    assert elements(store, made.id) == {}
    pressed(app, "sketch_redo")
    assert set(elements(store, made.id)) == {"一号"}
    assert app.button(key="sketch_redo").disabled


def test_a_deleted_element_can_be_brought_back(store):
    made = with_square(store)
    [element] = elements(store, made.id).values()
    app = opened(panel="shape", element=element.id)
    pressed(app, "sketch_delete")
    assert elements(store, made.id) == {}
    pressed(app, f"sketch_bring_{element.id}")
    assert elements(store, made.id)["一号"] == element


def test_a_scenario_is_renamed_archived_and_restored(store):
    made = with_square(store)
    app = opening(opened(scenario=made.id), "sketch_more")
    app.text_input(key="sketch_name").set_value(HOSTILE).run()
    assert not app.exception
    assert store.line(SINGLE_DESK, made.id).scenario.name == HOSTILE[:60]
    assert "<img" not in "".join(one.proto.body for one in app.get("html"))
    pressed(app, "sketch_archive")
    assert store.scenarios(SINGLE_DESK) == ()
    assert "已归档，只能查看" in html(app)
    pressed(app, "sketch_restore")
    assert len(store.scenarios(SINGLE_DESK)) == 1


def test_a_child_begins_where_its_parent_stands(store):
    made = with_square(store)
    app = opening(opened(scenario=made.id), "sketch_new")
    app.text_input(key="sketch_new_name").set_value("下级甲").run()
    pressed(app, "sketch_new_child")
    child = store.scenarios(SINGLE_DESK)[-1]
    assert (child.name, child.parent, child.base) == ("下级甲", made.id, made.head)
    done(store, made.id, {"do": "undo"})
    assert set(elements(store, child.id)) == {"一号"}


def test_children_stand_after_their_parents(store):
    first, second, third = with_demo(store)
    assert [one.name for one in as_tree([third, second, first])] == [
        third.name,
        first.name,
        second.name,
    ]


def test_a_viewer_sees_everything_and_changes_nothing(store):
    made = with_square(store)
    [element] = elements(store, made.id).values()
    with patch.object(state, "actor", lambda: Actor("see@x.cn", "viewer")):
        app = opened(panel="shape", element=element.id)
        assert "只能查看" in html(app)
        for key in ("sketch_undo", "sketch_square", "sketch_delete"):
            assert app.button(key=key).disabled
        assert app.text_input(key=f"sketch_name_{element.id}").disabled


def test_words_of_others_are_shown_as_typed(store):
    made = with_square(store, name=HOSTILE)
    [element] = elements(store, made.id).values()
    app = opened(panel="shape")
    assert "&lt;img src=x" in "".join(one.proto.body for one in app.get("html"))
    for panel in ("indices", "conflicts"):
        assert "<img" not in "".join(one.proto.body for one in opened(panel=panel).get("html"))
    assert element.name == HOSTILE


def test_an_unknown_address_shows_the_first_scenario(store):
    made = with_square(store)
    app = opened(scenario="nothing", mode="nothing", panel="nothing", element="nothing")
    assert made.name in html(app)


def test_the_page_speaks_english(store):
    with_demo(store)
    shown = html(opened(lang="en"))
    assert "Net area" in shown
    assert "净面积" not in shown
