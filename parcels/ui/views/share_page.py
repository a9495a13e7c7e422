"""分享: one's snapshots with their links, the sheet of the chosen one, files to verify."""

from __future__ import annotations

from functools import partial

import streamlit as st

from geo.errors import PlannerError
from parcels.messages import text
from parcels.storage.access import may
from parcels.ui import share_state, state
from parcels.ui.boundary import guarded, show_error
from parcels.ui.components.context_row import context_row
from parcels.ui.components.share_entry import entry
from parcels.ui.components.share_files import files_panel
from parcels.ui.components.share_jobs import job_lines
from parcels.ui.components.share_kept import Desk, desk_now, snapshot_of
from parcels.ui.components.share_list import share_list
from parcels.ui.components.share_preview import preview
from parcels.ui.markup import tag

_LEFT_WIDTH = 522
_TAB = "share"  # in the address
_TABS = ("list", "check")


def render() -> None:
    """Draw the page."""
    state.enter_page("share")
    lang = state.lang()
    try:
        desk = desk_now()
    except PlannerError as error:
        context_row(text(lang, "ui.share.page_title"), "")
        show_error(error, lang)
        return
    counts = text(lang, "ui.share.counts", snapshots=f"{len(desk.kept):,}", links=f"{desk.live:,}")
    context_row(text(lang, "ui.share.page_title"), counts, _switch)
    with st.container(key="share_panels", horizontal=True, wrap=False):
        if _tab() == "check":
            files_panel(desk)
            return
        with st.container(key="share_left", width=_LEFT_WIDTH, gap="small"):
            _left(lang, desk)
        with st.container(key="share_right", width="stretch", gap="small"):
            _right(lang, desk)


def _left(lang: str, desk: Desk) -> None:
    actor = state.actor()
    if may(actor.role, "create", "snapshot"):
        st.button(
            text(lang, "ui.share.new"),
            key="share_new",
            type="primary",
            icon=":material/add_a_photo:",
            on_click=partial(share_state.open_dialog, "share"),
        )
    else:
        role = text(lang, f"access.role.{actor.role}")
        _note(text(lang, "ui.share.may_not_create", role=role))
    if desk.is_gone:
        _note(text(lang, "ui.share.gone"))
    job_lines()
    if desk.chosen is None:
        for line in ("empty", "empty_more"):
            st.html(tag("p", text(lang, f"ui.share.{line}"), cls="pl-note"))
        return
    share_list(desk)
    guarded(partial(entry, desk, desk.chosen), lang)


def _right(lang: str, desk: Desk) -> None:
    if desk.chosen is None:
        st.html(tag("p", text(lang, "ui.share.preview_none"), cls="pl-empty"))
        return
    digest = desk.chosen.digest
    guarded(lambda: preview(snapshot_of(digest)), lang)


def _tab() -> str:
    asked = state.param(_TAB)
    return asked if asked in _TABS else _TABS[0]


def _switch() -> None:
    lang = state.lang()
    state.put_widget("share_tab", _tab())
    st.segmented_control(
        text(lang, "ui.share.mode"),
        _TABS,
        required=True,
        format_func=lambda one: text(lang, f"ui.share.mode_{one}"),
        key="share_tab",
        on_change=_choose_tab,
        label_visibility="collapsed",
    )


def _choose_tab() -> None:
    chosen = state.widget("share_tab")
    state.set_params(**{_TAB: None if chosen == _TABS[0] else chosen})


def _note(sentence: str) -> None:
    st.html(tag("p", sentence, cls="pl-box pl-note", role="status"))
