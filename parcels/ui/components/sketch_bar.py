"""The line above the map: what the page does, which scenario, back and forth, what was saved."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from parcels.messages import text
from parcels.planning.wording import step_text
from parcels.ui import state
from parcels.ui.components.sketch_history import history
from parcels.ui.components.sketch_new import more_menu, new_menu
from parcels.ui.components.sketch_now import MODES, depth, line_of, mode_now
from parcels.ui.components.sketch_saving import change_of, command, send, show
from parcels.ui.markup import literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.planning.line import Line
    from parcels.planning.model import Operation, Scenario
    from parcels.ui.components.sketch_now import Desk

MOST_COMPARED = 4
_MODE, _SHOWN, _COMPARED = "sketch_mode", "sketch_shown", "sketch_compared"
_ROOM = 610  # pixels for pills on a screen 1366 wide
_WIDE, _NARROW, _AROUND = 13, 8, 30  # a Han character, any other, the frame of a pill
_FIRST_HAN = 0x2E80
_CHILD = "└ "


def sketch_bar(desk: Desk, scenario: Scenario) -> None:
    """Draw the line."""
    with st.container(
        key="sketch_bar", horizontal=True, wrap=False, vertical_alignment="center", gap="small"
    ):
        mode = _switch(desk.lang)
        with st.container(key="sketch_scenarios", width="stretch"):
            if mode == "compare":
                _compared(desk, scenario)
            else:
                _scenarios(desk, scenario)
        if mode == "edit":
            _steps(desk, scenario)
        new_menu(desk, scenario)
        more_menu(desk, scenario)


def compared(desk: Desk, scenario: Scenario) -> tuple[Scenario, ...]:
    """Return the scenarios that the address compares, the shown one first."""
    asked = state.param("with")
    names = _usual(desk, scenario) if asked is None else asked.split(",")
    found = [desk.of(one) for one in dict.fromkeys(names) if one != scenario.id]
    return (scenario, *(one for one in found if one is not None))[:MOST_COMPARED]


def _usual(desk: Desk, scenario: Scenario) -> list[str]:
    """Compare a scenario with its first child, its parent, or the next one."""
    live = [one for one in desk.scenarios if not one.archived]
    kin = [one.id for one in live if scenario.id == one.parent or one.id == scenario.parent]
    return [*kin, *(one.id for one in live if one.id != scenario.id)][:1]


def _switch(lang: str) -> str:
    mode = mode_now()
    state.put_widget(_MODE, mode)
    st.segmented_control(
        text(lang, "ui.sketch.mode"),
        MODES,
        required=True,
        format_func=lambda one: text(lang, f"ui.sketch.mode_{one}"),
        key=_MODE,
        on_change=_choose_mode,
        label_visibility="collapsed",
    )
    return mode


def _offered(desk: Desk, scenario: Scenario) -> dict[str, str]:
    """Name the scenarios that can be chosen, children marked below their parents."""
    shown = [one for one in desk.scenarios if not one.archived or one.id == scenario.id]
    return {one.id: _label(desk, one) for one in shown}


def _label(desk: Desk, one: Scenario) -> str:
    mark = _CHILD if depth(one, desk.scenarios) else ""
    name = one.name or text(desk.lang, "ui.sketch.untitled")
    stored = text(desk.lang, "ui.sketch.archived_mark") if one.archived else ""
    return f"{mark}{name}{stored}"


def _scenarios(desk: Desk, scenario: Scenario) -> None:
    labels = _offered(desk, scenario)
    state.put_widget(_SHOWN, scenario.id)
    title = text(desk.lang, "ui.sketch.scenario")
    if sum(map(_width, labels.values())) > _ROOM:
        st.selectbox(
            title,
            list(labels),
            format_func=lambda one: labels.get(one, one),
            key=_SHOWN,
            on_change=_choose,
            label_visibility="collapsed",
            width=300,
        )
        return
    st.pills(
        title,
        list(labels),
        required=True,
        format_func=lambda one: literal(labels[one]),
        key=_SHOWN,
        on_change=_choose,
        label_visibility="collapsed",
    )


def _width(label: str) -> int:
    """Estimate the pixels that a pill takes, so that none is cut off."""
    return _AROUND + sum(_WIDE if ord(one) >= _FIRST_HAN else _NARROW for one in label)


def _compared(desk: Desk, scenario: Scenario) -> None:
    labels = _offered(desk, scenario)
    state.put_widget(_COMPARED, [one.id for one in compared(desk, scenario)])
    st.multiselect(
        text(desk.lang, "ui.sketch.compared"),
        list(labels),
        format_func=lambda one: labels.get(one, one),
        max_selections=MOST_COMPARED,
        key=_COMPARED,
        on_change=_choose_compared,
        label_visibility="collapsed",
        placeholder=text(desk.lang, "ui.sketch.compared_hint"),
    )


def _steps(desk: Desk, scenario: Scenario) -> None:
    """Draw undo, redo and the history."""
    lang, line = desk.lang, line_of(scenario)
    for do, step in _next_steps(line).items():
        label = step_text(lang, step) if step else ""
        said = text(lang, f"ui.sketch.{do}_of", step=label) if step else ""
        change = change_of(
            scenario,
            text(lang, f"ui.sketch.{do}"),
            command({"do": do}),
            leads_to=(line.before if do == "undo" else line.next,),
        )
        st.button(
            text(lang, f"ui.sketch.{do}"),
            key=f"sketch_{do}",
            icon=f":material/{do}:",
            help=literal(said or text(lang, f"ui.sketch.{do}_none")),
            disabled=step is None or desk.readonly,
            on_click=partial(send, change),
        )
    history(desk, scenario, line)


def _next_steps(line: Line) -> Mapping[str, Operation | None]:
    return {
        "undo": line.done[-1] if line.own else None,
        "redo": line.undone[0] if line.undone else None,
    }


def _choose_mode() -> None:
    chosen = state.widget(_MODE)
    state.set_params(mode=None if chosen == MODES[0] else chosen)


def _choose() -> None:
    show(state.widget(_SHOWN))


def _choose_compared() -> None:
    chosen = state.widget(_COMPARED)
    if chosen:
        rest = ",".join(chosen[1:])
        state.set_params(scenario=chosen[0], element=None, **{"with": rest})
    else:
        state.hold_params()
