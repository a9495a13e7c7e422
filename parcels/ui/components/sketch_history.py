"""The history of a scenario, newest first: back to a step, one element back, a step taken over."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from parcels.messages import text
from parcels.planning.wording import step_text
from parcels.ui import cache, state
from parcels.ui.components.sketch_now import line_of
from parcels.ui.components.sketch_saving import change_of, command, send
from parcels.ui.components.sketch_words import person, time_text
from parcels.ui.markup import literal, tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcels.planning.line import Line
    from parcels.planning.model import Operation, Scenario
    from parcels.ui.components.sketch_now import Desk

_TABLE, _OF = "sketch_history_table", "sketch_history_of"
_ROW_HEIGHT = 31
_MOST_ROWS = 8
_MOST_STEPS = 1_000
_COLUMNS = {"number": 44, "step": 230, "who": 84, "when": 124}


def history(desk: Desk, scenario: Scenario, line: Line) -> None:
    """Draw the popover."""
    lang = desk.lang
    opened = st.popover(
        text(lang, "ui.sketch.history", count=f"{len(line.done):,}"),
        icon=":material/history:",
        key="sketch_history",
        on_change=state.hold_params,
    )
    if not opened.open:
        return
    with opened, st.container(key="sketch_history_box"):
        other = _choose_scenario(desk, scenario)
        shown = line if other.id == scenario.id else line_of(other)
        steps = [*reversed(shown.operations)][:_MOST_STEPS]
        if not steps:
            st.html(tag("p", text(lang, "ui.sketch.history_empty"), cls="pl-note pl-muted"))
            return
        chosen = _table(lang, shown, steps)
        if chosen is None:
            st.html(tag("p", text(lang, "ui.sketch.history_hint"), cls="pl-note pl-muted"))
        elif other.id == scenario.id:
            _own(desk, scenario, line, chosen)
        else:
            _others(desk, scenario, other, chosen)


def _choose_scenario(desk: Desk, scenario: Scenario) -> Scenario:
    """Offer the steps of other scenarios too."""
    names = {one.id: one.name for one in desk.scenarios}
    if len(names) == 1:
        return scenario
    if state.recall(_OF) not in names:
        state.remember(_OF, scenario.id)
    state.put_widget(_OF, state.recall(_OF))
    st.selectbox(
        text(desk.lang, "ui.sketch.history_of"),
        list(names),
        format_func=lambda one: names.get(one, one),
        key=_OF,
        on_change=_remember_scenario,
        label_visibility="collapsed",
    )
    return desk.of(state.recall(_OF)) or scenario


def _remember_scenario() -> None:
    state.hold_params()
    state.remember(_OF, state.widget(_OF))


def _table(lang: str, line: Line, steps: Sequence[Operation]) -> Operation | None:
    import pandas as pd

    count = len(line.operations)
    standing = len(line.done)
    rows = [
        (
            str(count - at),
            _marked(lang, step_text(lang, one), undone=count - at > standing),
            person(lang, one.by),
            time_text(one.at),
        )
        for at, one in enumerate(steps)
    ]
    answer = st.dataframe(
        pd.DataFrame(rows, columns=list(_COLUMNS), dtype=object),
        key=f"{_TABLE}_{line.scenario.id}_{line.scenario.version}",
        on_select="rerun",
        selection_mode="single-row",
        hide_index=True,
        row_height=_ROW_HEIGHT,
        height="content" if len(rows) <= _MOST_ROWS else _ROW_HEIGHT * (_MOST_ROWS + 1),
        column_config={
            name: st.column_config.TextColumn(
                text(lang, f"ui.sketch.column_{name}"),
                width=width,
                alignment="right" if name == "number" else "left",
            )
            for name, width in _COLUMNS.items()
        },
        alt=text(lang, "ui.sketch.history_alt"),
    )
    chosen = answer["selection"]["rows"]
    return steps[chosen[0]] if chosen and chosen[0] < len(steps) else None


def _marked(lang: str, said: str, *, undone: bool) -> str:
    return text(lang, "ui.sketch.undone_step", step=said) if undone else said


def _own(desk: Desk, scenario: Scenario, line: Line, step: Operation) -> None:
    """Offer to go to a step, and to bring single elements back to it."""
    lang = desk.lang
    inherited = len(line.done) - len(line.own)
    number = line.operations.index(step) + 1
    can_go = number >= inherited and step.id != scenario.head and not desk.readonly
    said = text(lang, "ui.sketch.go_to", number=number)
    st.button(
        said,
        key="sketch_go_to",
        icon=":material/history:",
        disabled=not can_go,
        help=text(lang, "ui.sketch.go_to_what" if can_go else "ui.sketch.go_to_not"),
        on_click=partial(
            send, change_of(scenario, said, partial(_move, step.id), leads_to=(step.id,))
        ),
    )
    for element in step.puts[:3]:
        standing = line.state.get(element.id)
        if standing == element or step not in line.done:
            continue
        back = text(lang, "ui.sketch.revert_to", name=literal(element.name), number=number)
        st.button(
            back,
            key=f"sketch_revert_{element.id}",
            type="tertiary",
            disabled=desk.readonly,
            on_click=partial(
                send,
                change_of(
                    scenario,
                    back,
                    command({"do": "revert", "element": element.id, "to": step.id}),
                ),
            ),
        )


def _others(desk: Desk, scenario: Scenario, other: Scenario, step: Operation) -> None:
    """Offer to take a step over from another scenario."""
    lang = desk.lang
    for what, replaced in (("pick", False), ("pick_over", True)):
        said = text(lang, f"ui.sketch.{what}")
        sent = {"do": "pick", "operation": step.id, "scenario": other.id, "replace": replaced}
        st.button(
            said,
            key=f"sketch_{what}",
            type="secondary" if what == "pick" else "tertiary",
            disabled=desk.readonly,
            help=text(lang, f"ui.sketch.{what}_what"),
            on_click=partial(send, change_of(scenario, said, command(sent))),
        )


def _move(head: str, scenario: str, /, *, seen: int, key: str, at: str) -> Scenario:
    return cache.store().move(state.actor(), scenario, head, seen=seen, key=key, at=at)
