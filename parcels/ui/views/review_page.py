"""审查: parcels × checks, one parcel in full, and which missing datum settles most."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from parcels.messages import text
from parcels.ui import state
from parcels.ui.components.context_row import context_row
from parcels.ui.components.panels import panels
from parcels.ui.components.review_cell import gap_buttons, review_cell, review_gaps
from parcels.ui.components.review_current import current
from parcels.ui.components.review_extract import review_extract
from parcels.ui.components.review_list import review_list
from parcels.ui.components.review_map import review_map
from parcels.ui.components.review_matrix import listed_parcels, review_matrix
from parcels.ui.components.review_setup import review_setup, scheme_question
from parcels.ui.components.review_totals import filter_pills
from parcels.ui.components.set_choice import set_choice

if TYPE_CHECKING:
    from collections.abc import Callable

    from parcels.ui.components.review_current import Current

_MODES = ("matrix", "parcel", "gaps")
_MODE = "review_mode"
_GAPS_WIDTH = 520
_CHOICE_WIDTH = 260


def render(open_data: Callable[[], None]) -> None:
    """Draw the page.

    Parameters
    ----------
    open_data : callable
        Leads to the page 数据.
    """
    state.enter_page("review")
    lang = state.lang()
    now = current()
    title = text(
        lang, "ui.review.title", title=now.review.title or text(lang, "ui.review.table_two")
    )
    counts = text(
        lang,
        "ui.review.counts",
        parcels=f"{len(now.matrix):,}",
        checks=len(now.review.assessment.checks),
        signed=f"{now.signed:,}",
    )
    context_row(title, counts, partial(review_setup, now))
    _controls(now)
    scheme_question(now)
    mode = _mode()
    if mode == "parcel":
        _one_parcel(now)
    elif mode == "gaps":
        with st.container(key="review_gaps_panel"):
            gap_buttons(open_data)
            review_gaps(now, whole=True)
    else:
        _matrix(now)


def _controls(now: Current) -> None:
    lang = state.lang()
    with st.container(key="review_controls", horizontal=True, vertical_alignment="center"):
        filter_pills(now)
        st.space("stretch")
        with st.container(width=_CHOICE_WIDTH):
            set_choice()
        state.put_widget(_MODE, _mode())
        st.segmented_control(
            text(lang, "ui.review.mode"),
            _MODES,
            required=True,
            format_func=lambda mode: text(lang, f"ui.review.mode_{mode}"),
            key=_MODE,
            on_change=_switch,
            label_visibility="collapsed",
        )


def _matrix(now: Current) -> None:
    rows = listed_parcels(now)
    if len(rows) and (state.param("parcel") is None or now.parcel not in rows):
        now = replace(now, parcel=int(rows[0]), check=None)
    with st.container(key="review_matrix_panel"):
        review_matrix(now)
    with st.container(key="review_below_panels", horizontal=True, wrap=False):
        with st.container(key="review_cell_panel", width="stretch"):
            review_cell(now, rows.tolist())
        with st.container(key="review_gaps_beside", width=_GAPS_WIDTH):
            review_gaps(now, whole=False)


def _one_parcel(now: Current) -> None:
    rows = listed_parcels(now).tolist()
    if rows and state.param("parcel") is None:
        now = replace(now, parcel=rows[0])
    with st.container(key="review_one"):
        left, middle, right = panels()
    with middle:
        review_map(now)
    with left:
        review_list(now, rows)
    with right:
        review_extract(now, rows)


def _mode() -> str:
    asked = state.param("mode")
    return asked if asked in _MODES else _MODES[0]


def _switch() -> None:
    chosen = state.widget(_MODE)
    state.set_params(mode=None if chosen == _MODES[0] else chosen)
