"""M0 方案: the proposal on the left; verdicts, best mix, volumes and surroundings on the right."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from parcels.messages import text
from parcels.proposal_shelf import MOST_DRAFTS
from parcels.ui import state
from parcels.ui.components.context_row import context_row
from parcels.ui.components.m0_bar import share_bar
from parcels.ui.components.m0_best_mix import best_mix_panel
from parcels.ui.components.m0_cell import explained, is_open
from parcels.ui.components.m0_draft import apply_changes, put, put_step
from parcels.ui.components.m0_faults import fault_count, fault_list
from parcels.ui.components.m0_fields import main_fields, more_fields, title_field
from parcels.ui.components.m0_files import file_error, file_menu
from parcels.ui.components.m0_floors import floor_table, has_more_columns, more_columns
from parcels.ui.components.m0_massing import massing_panel
from parcels.ui.components.m0_neighbours import neighbours_panel
from parcels.ui.components.m0_now import PACKS, now
from parcels.ui.components.m0_remedy import advice_for, remedies
from parcels.ui.components.m0_undo import undo_line
from parcels.ui.components.m0_verdict import verdict_table
from parcels.ui.components.rules_setup import Place, choose_rules
from parcels.ui.markup import Markup, join, tag

if TYPE_CHECKING:
    from parcels.ui.components.m0_now import Now

_STYLE = Path(__file__).parents[1] / "m0.css"
_MODES = ("verdict", "mix", "volume", "place")
_MODE, _PARAM = "m0_mode", "show"
_PLACE = Place(key="m0", param=PACKS, hint="ui.m0.packs_hint")


def render() -> None:
    """Draw the page: everything is judged again with each change, there is nothing to submit."""
    state.enter_page("m0")
    current = now()
    lang = current.lang
    with st.container(key="m0_style"):
        st.html(_STYLE)
        if has_more_columns():
            st.html("<style>.stApp { --pl-m0-left: 62vw; }</style>")
    context_row(_title(current), _counts(current), partial(_controls, current))
    with st.container(key="m0_panels", horizontal=True, wrap=False):
        with st.container(key="m0_left"):
            _left(current)
        with st.container(key="m0_right"):
            with st.container(key="m0_modes", horizontal=True, wrap=False, gap="small"):
                mode = _switch(lang)
                undo_line(lang)
            _PANELS[mode](current)


def _left(current: Now) -> None:
    lang = current.lang
    file_error(lang)
    if current.held.is_gone:
        gone = text(lang, "ui.m0.gone", count=f"{MOST_DRAFTS:,}")
        st.html(tag("p", gone, cls="pl-box pl-note", role="status"))
    with st.container(
        key="m0_floors_head", horizontal=True, wrap=False, vertical_alignment="center"
    ):
        title_field(current)
        more_fields(current)
        more_columns(lang)
    floor_table(current)
    main_fields(current)
    share_bar(current)
    fault_list(current)
    if current.draft.note:
        st.html(tag("p", current.draft.note, cls="pl-note pl-muted pl-m0-note"))


def _verdict(current: Now) -> None:
    with st.container(key="setup_m0_open"):
        st.html(f"<style>.stApp {{ --pl-m0-open: {int(is_open(current)):d}; }}</style>")
    with st.container(key="m0_table"):
        verdict_table(current)
    advice = advice_for(current)
    explained(current, advice)
    remedies(current, advice)


def _mix(current: Now) -> None:
    packs = [pack.id for pack in current.book.packs]
    said = text(current.lang, "ui.m0.applied_mix")
    best_mix_panel(
        current.lang,
        current.proposal,
        current.book,
        packs,
        apply=lambda changes: apply_changes(changes, said),
    )


def _volume(current: Now) -> None:
    massing_panel(current.lang, current.proposal, current.draft, put)


def _place(current: Now) -> None:
    said = text(current.lang, "ui.m0.applied_place")
    neighbours_panel(current.lang, current.proposal, lambda draft: put_step(draft, said))


_PANELS = {"verdict": _verdict, "mix": _mix, "volume": _volume, "place": _place}


def _title(current: Now) -> str:
    name = current.proposal.title or text(current.lang, "ui.m0.untitled")
    return text(current.lang, "ui.m0.title", name=name)


def _counts(current: Now) -> Markup:
    """Write the site in both units, as far as it was understood, and how much was not."""
    site = current.reading.echoes.get("site_area", text(current.lang, "ui.m0.no_site"))
    wrong = fault_count(current)
    return join(site, " · " if wrong else None, wrong)


def _controls(current: Now) -> None:
    lang = current.lang
    with st.container(key="m0_controls", horizontal=True, wrap=False, gap="small"):
        file_menu(current)
        label = text(
            lang,
            "ui.review.as_of",
            day=current.book.as_of.isoformat(),
            count=len(current.book.packs),
        )
        opened = st.popover(
            label, icon=":material/event:", key="m0_setup", on_change=state.hold_params
        )
        if opened.open:
            with opened:
                choose_rules(lang, current.book, _PLACE)


def _switch(lang: str) -> str:
    asked = state.param(_PARAM)
    mode = asked if asked in _MODES else _MODES[0]
    state.put_widget(_MODE, mode)
    st.segmented_control(
        text(lang, "ui.m0.mode"),
        _MODES,
        required=True,
        format_func=lambda one: text(lang, f"ui.m0.mode_{one}"),
        key=_MODE,
        on_change=_choose,
        label_visibility="collapsed",
    )
    return mode


def _choose() -> None:
    chosen = state.widget(_MODE)
    state.set_params(**{_PARAM: None if chosen == _MODES[0] else chosen})
