"""扩区: scenarios on the map with conflicts, indices, account; compared, balanced, phased."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import PlannerError
from parcels.messages import text
from parcels.ui import state
from parcels.ui.boundary import show_error
from parcels.ui.components.context_row import context_row
from parcels.ui.components.rules_setup import Place, choose_rules
from parcels.ui.components.sketch_balance import balance_panel
from parcels.ui.components.sketch_bar import sketch_bar
from parcels.ui.components.sketch_compare import compare_panel
from parcels.ui.components.sketch_conflicts import conflict_panel
from parcels.ui.components.sketch_element import element_panel
from parcels.ui.components.sketch_empty import empty
from parcels.ui.components.sketch_indices import index_panel
from parcels.ui.components.sketch_ledger import ledger_line
from parcels.ui.components.sketch_map import sketch_map
from parcels.ui.components.sketch_now import PACKS, PANELS, desk_now, mode_now, now_of
from parcels.ui.components.sketch_phasing import phasing_panel
from parcels.ui.components.sketch_start import start_menu
from parcels.ui.components.sketch_trouble import trouble_box
from parcels.ui.components.sketch_words import clock_text, person
from parcels.ui.markup import Markup, join, tag

if TYPE_CHECKING:
    from parcels.ui.components.sketch_now import Now

_STYLE = Path(__file__).parents[1] / "sketch.css"
_KEYS = (Path(__file__).parents[1] / "sketch_keys.js").read_text("utf-8")
_PLACE = Place(key="sketch", param=PACKS, hint="ui.sketch.packs_hint")
_PANEL = "sketch_panel"
_RIGHT_WIDTH = 372


def render() -> None:
    """Draw the page: what the editor saves in the browser is what everything here is made of."""
    state.enter_page("sketch")
    lang = state.lang()
    with st.container(key="setup_sketch"):
        st.html(_STYLE)
        st.html(f"<script>{_KEYS}</script>", unsafe_allow_javascript=True)
        st.button(text(lang, "ui.sketch.again"), key="sketch_refresh")  # pressed by the script
    try:
        desk = desk_now()
    except PlannerError as error:
        context_row(text(lang, "ui.sketch.title"), "")
        show_error(error, lang)
        return
    if desk.shown is None:
        context_row(text(lang, "ui.sketch.title"), "")
        trouble_box(desk)
        empty(desk)
        return
    now = now_of(desk, desk.shown)
    context_row(
        text(lang, "ui.sketch.title_of", name=now.scenario.name),
        _counts(now),
        partial(_controls, now),
    )
    sketch_bar(desk, now.scenario)
    trouble_box(desk)
    _MODES[mode_now()](now)


def _edit(now: Now) -> None:
    with st.container(key="sketch_panels", horizontal=True, wrap=False):
        with st.container(key="sketch_middle", width="stretch"):
            sketch_map(now)
            ledger_line(now)
        with st.container(key="sketch_right", width=_RIGHT_WIDTH):
            with st.container(
                key="sketch_right_head", horizontal=True, wrap=False, vertical_alignment="center"
            ):
                panel = _switch(now)
                st.space("stretch")
                start_menu(now)
            with st.container(key="sketch_right_body"):
                _readonly(now)
                _PANELS[panel](now)


_PANELS = {"indices": index_panel, "conflicts": conflict_panel, "shape": element_panel}
_MODES = {
    "edit": _edit,
    "compare": compare_panel,
    "balance": balance_panel,
    "phasing": phasing_panel,
}


def _switch(now: Now) -> str:
    asked = state.param("panel")
    panel = asked if asked in PANELS else PANELS[0]
    found = [one["outcome"] for one in now.answer["conflicts"]]
    counts = {
        "certain": sum(one in {"fail", "warning"} for one in found),
        "unknown": found.count("unknown"),
    }
    state.put_widget(_PANEL, panel)
    st.segmented_control(
        text(now.lang, "ui.sketch.panel"),
        PANELS,
        required=True,
        format_func=lambda one: text(now.lang, f"ui.sketch.panel_{one}", **counts),
        key=_PANEL,
        on_change=_choose_panel,
        label_visibility="collapsed",
    )
    return panel


def _choose_panel() -> None:
    chosen = state.widget(_PANEL)
    state.set_params(panel=None if chosen == PANELS[0] else chosen)


def _readonly(now: Now) -> None:
    """Say why nothing can be changed."""
    if not now.desk.readonly:
        return
    key = "archived_note" if now.scenario.archived else "readonly_note"
    said = text(now.lang, f"ui.sketch.{key}")
    st.html(tag("p", said, cls="pl-box pl-note", role="status"))


def _counts(now: Now) -> Markup:
    lang, scenario = now.lang, now.scenario
    saved = text(
        lang,
        "ui.sketch.saved",
        when=clock_text(scenario.saved_at),
        who=person(lang, scenario.saved_by),
        version=scenario.version,
    )
    target = text(lang, "ui.sketch.target")
    return join(tag("span", f"{target} · "), tag("span", saved, cls="pl-sk-saved"))


def _controls(now: Now) -> None:
    label = text(
        now.lang, "ui.review.as_of", day=now.book.as_of.isoformat(), count=len(now.book.packs)
    )
    opened = st.popover(
        label, icon=":material/event:", key="sketch_setup", on_change=state.hold_params
    )
    if opened.open:
        with opened:
            choose_rules(now.lang, now.book, _PLACE)
