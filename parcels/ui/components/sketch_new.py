"""New scenarios, and what is done to a whole one: its name, the archive."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from parcels.messages import text
from parcels.storage.access import may
from parcels.ui import state
from parcels.ui.components.sketch_demo import start_demo
from parcels.ui.components.sketch_saving import change_of, create, save, send, setting, show
from parcels.ui.components.sketch_words import person, time_text
from parcels.ui.markup import literal, tag

if TYPE_CHECKING:
    from parcels.planning.model import Scenario
    from parcels.ui.components.sketch_now import Desk

_MENU, _NAME, _NEW_NAME = "sketch_new", "sketch_name", "sketch_new_name"
_LONGEST = 60


def new_menu(desk: Desk, scenario: Scenario | None) -> None:
    """Draw the popover: empty, from the example, a child or a copy of the shown one."""
    lang = desk.lang
    refused = not may(desk.actor.role, "create", "scenario")
    opened = st.popover(
        text(lang, "ui.sketch.new"),
        icon=":material/add:",
        key=_MENU,
        disabled=refused,
        help=text(lang, "ui.sketch.role_refuses") if refused else None,
        on_change=state.hold_params,
    )
    if not opened.open:
        return
    with opened, st.container(key="sketch_new_box"):
        st.text_input(
            text(lang, "ui.sketch.new_name"),
            key=_NEW_NAME,
            max_chars=_LONGEST,
            placeholder=text(lang, "ui.sketch.new_name_hint"),
            autocomplete="off",
        )
        _choice(lang, "empty", partial(_empty, lang))
        if scenario is not None:
            _choice(lang, "child", partial(_child, lang, scenario), name=scenario.name)
            _choice(lang, "copy", partial(_copy, lang, scenario), name=scenario.name)
        _choice(lang, "demo", _demo)


def more_menu(desk: Desk, scenario: Scenario) -> None:
    """Draw the popover: rename, archive or bring back, what is archived."""
    lang = desk.lang
    opened = st.popover(
        text(lang, "ui.sketch.more"),
        icon=":material/more_horiz:",
        key="sketch_more",
        on_change=state.hold_params,
    )
    if not opened.open:
        return
    with opened, st.container(key="sketch_more_box"):
        _about(desk, scenario)
        _rename(desk, scenario)
        _archive(desk, scenario)
        _archived(desk, scenario)


def _choice(lang: str, what: str, act: partial[None] | object, **values: str) -> None:
    st.button(
        text(lang, f"ui.sketch.new_{what}", **{key: literal(one) for key, one in values.items()}),
        key=f"sketch_new_{what}",
        help=text(lang, f"ui.sketch.new_{what}_what"),
        type="tertiary",
        on_click=act,  # type: ignore[arg-type]
    )


def _empty(lang: str) -> None:
    _made(create(_typed(lang)))


def _child(lang: str, scenario: Scenario) -> None:
    name = _typed(lang, text(lang, "ui.sketch.child_name", name=scenario.name))
    _made(create(name, parent=scenario.id, base=scenario.head))


def _copy(lang: str, scenario: Scenario) -> None:
    """Make a sibling: the same parent's line up to here, under another name."""
    name = _typed(lang, text(lang, "ui.sketch.copy_name", name=scenario.name))
    _made(create(name, parent=scenario.parent or scenario.id, base=scenario.head))


def _demo() -> None:
    _made(start_demo())


def _made(scenario: Scenario | None) -> None:
    """Close the popover over what was made."""
    if scenario is not None:
        state.put_widget(_MENU, False)


def _typed(lang: str, otherwise: str = "") -> str:
    typed = str(state.widget(_NEW_NAME) or "").strip()
    return (typed or otherwise or text(lang, "ui.sketch.untitled"))[:_LONGEST]


def _about(desk: Desk, scenario: Scenario) -> None:
    lang = desk.lang
    parent = desk.of(scenario.parent)
    said = text(
        lang,
        "ui.sketch.about",
        who=person(lang, scenario.owner),
        made=time_text(scenario.made_at),
        version=scenario.version,
    )
    st.html(tag("p", said, cls="pl-note pl-muted"))
    if parent is not None:
        key = "ui.sketch.parent" if parent.head == scenario.base else "ui.sketch.parent_moved"
        st.html(tag("p", text(lang, key, name=parent.name), cls="pl-note"))


def _rename(desk: Desk, scenario: Scenario) -> None:
    state.keep_widget(_NAME, scenario.name)
    st.text_input(
        text(desk.lang, "ui.sketch.rename"),
        key=_NAME,
        max_chars=_LONGEST,
        disabled=desk.readonly,
        on_change=_put_name,
        args=(desk.lang, scenario),
        autocomplete="off",
    )


def _put_name(lang: str, scenario: Scenario) -> None:
    name = str(state.widget(_NAME) or "").strip()
    if name and name != scenario.name:
        save(
            change_of(scenario, text(lang, "ui.sketch.said_rename", name=name), setting(name=name))
        )
    else:
        state.hold_params()


def _archive(desk: Desk, scenario: Scenario) -> None:
    what = "restore" if scenario.archived else "archive"
    own = scenario.owner == desk.actor.name
    allowed = may(desk.actor.role, "archive", "scenario" if own else "others_scenario")
    said = text(desk.lang, f"ui.sketch.{what}")
    st.button(
        said,
        key=f"sketch_{what}",
        icon=":material/archive:" if what == "archive" else ":material/unarchive:",
        disabled=not allowed,
        help=text(desk.lang, f"ui.sketch.{what}_what" if allowed else "ui.sketch.role_refuses"),
        on_click=partial(send, change_of(scenario, said, setting(archived=not scenario.archived))),
    )


def _archived(desk: Desk, scenario: Scenario) -> None:
    """List what is in the archive, to look at and to bring back."""
    stored = [one for one in desk.scenarios if one.archived and one.id != scenario.id]
    if not stored:
        return
    title = text(desk.lang, "ui.sketch.archived", count=len(stored))
    st.html(tag("p", title, cls="pl-step"))
    for one in stored:
        st.button(
            literal(one.name),
            key=f"sketch_open_{one.id}",
            type="tertiary",
            on_click=partial(show, one.id),
        )
