"""新图形: elements that begin as something known or typed rather than as a drawing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import PlannerError
from parcels.messages import error_text, text
from parcels.planning.editing.commands import derived_id
from parcels.planning.model import ELEMENT_KINDS
from parcels.ui import state
from parcels.ui.components.sketch_look import look_at_shapes
from parcels.ui.components.sketch_saving import change_of, command, save
from parcels.ui.components.sketch_start_along import along_road
from parcels.ui.components.sketch_start_known import from_plan, from_set
from parcels.ui.components.sketch_start_measured import bearings
from parcels.ui.components.sketch_start_typed import survey_text
from parcels.ui.components.sketch_words import mu_text
from parcels.ui.markup import tag
from parcels.wording import failure_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from parcels.planning.model import ElementKind, Scenario
    from parcels.ui.components.sketch_now import Now
    from parcels.ui.components.sketch_started import Started

_MENU = "sketch_start"
_SOURCE, _KIND, _NAME = "sketch_start_source", "sketch_start_kind", "sketch_start_name"
_SOURCES: Mapping[str, Callable[[Now], Started | None]] = {
    "plan": from_plan,
    "set": from_set,
    "survey": survey_text,
    "bearings": bearings,
    "along": along_road,
}
_KINDS: Mapping[str, ElementKind] = {"plan": "parcel", "set": "parcel"}
_SAID = {"survey": failure_text}  # what is wrong with a file is told with its place
_LONGEST = 60


def start_menu(now: Now) -> None:
    """Draw the popover: where the outline comes from, what it is to be, and what was read."""
    lang = now.lang
    opened = st.popover(
        text(lang, "ui.sketch.start"),
        icon=":material/add_location_alt:",
        key=_MENU,
        type="primary",
        disabled=now.desk.readonly,
        on_change=state.hold_params,
    )
    if not opened.open:
        return
    with opened, st.container(key="sketch_start_box"):
        source = st.selectbox(
            text(lang, "ui.sketch.start_from"),
            list(_SOURCES),
            format_func=lambda one: text(lang, f"ui.sketch.start_{one}"),
            key=_SOURCE,
            on_change=state.hold_params,
        )
        try:
            found = _SOURCES[source](now)
        except PlannerError as error:
            sentence, hint = _SAID.get(source, error_text)(lang, error)
            st.html(tag("p", sentence, " ", hint, cls="pl-note pl-sk-wrong", role="alert"))
            found = None
        _take(now, source, found)


def _take(now: Now, source: str, found: Started | None) -> None:
    """Draw what the new elements are called and are, and the button that adds them."""
    lang = now.lang
    with st.container(key="sketch_start_what", horizontal=True, wrap=False, gap="small"):
        kind = st.selectbox(
            text(lang, "ui.sketch.field_kind"),
            ELEMENT_KINDS,
            index=ELEMENT_KINDS.index(_KINDS.get(source, "extension")),
            format_func=lambda one: text(lang, f"ui.sketch.kind_{one}"),
            key=f"{_KIND}_{source}",
            on_change=state.hold_params,
        )
        name = st.text_input(
            text(lang, "ui.sketch.field_name"),
            key=_NAME,
            max_chars=_LONGEST,
            placeholder=found.name if found else "",
            on_change=state.hold_params,
            autocomplete="off",
        )
    if found is not None:
        said = text(
            lang,
            "ui.sketch.start_found",
            count=len(found.shapes),
            mu=mu_text(found.area_m2),
            note=found.note,
        )
        st.html(tag("p", said, cls="pl-note", role="status"))
    st.button(
        text(lang, "ui.sketch.start_add"),
        key="sketch_start_add",
        type="primary",
        disabled=found is None,
        on_click=partial(_add, lang, now.scenario, found, kind, str(name or "").strip())
        if found
        else None,
    )


def _add(lang: str, scenario: Scenario, found: Started, kind: ElementKind, name: str) -> None:
    said = text(lang, "ui.sketch.step_start")
    sent = {"do": "start", "shapes": found.sent(kind, name)}
    saved = save(change_of(scenario, said, command(sent)))
    if saved is not None and saved.head is not None:
        state.set_params(element=derived_id(saved.head, 0))
        look_at_shapes(found.shapes)
        state.put_widget(_MENU, False)
