"""亩均: firms or parcels by published schemes; the zone's own figures are always there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from parcels.firm_tables import MOST_TABLES
from parcels.messages import text
from parcels.ui import state
from parcels.ui.components.context_row import context_row
from parcels.ui.components.permu_bar import asked, permu_bar, results_of
from parcels.ui.components.permu_chart import firm_picture, zone_chart
from parcels.ui.components.permu_source import held_table, is_gone, set_button, upload
from parcels.ui.components.permu_table import firm_table, scheme_table, table_notes
from parcels.ui.components.permu_zone import zone_panel
from parcels.ui.markup import tag

if TYPE_CHECKING:
    from parcels.permu.scoring import Result
    from parcels.ui.components.permu_source import Held

_STYLE = Path(__file__).parents[1] / "permu.css"
_RIGHT_WIDTH = 420


def render() -> None:
    """Draw the page: an invitation, or the table with its picture; the zone beside it."""
    state.enter_page("permu")
    lang = state.lang()
    with st.container(key="permu_style"):
        st.html(_STYLE)
    held = held_table()
    if held is None:
        context_row(text(lang, "ui.permu.title"), text(lang, "ui.permu.counts_empty"))
        _invitation(lang)
        return
    question = asked(held)
    results = results_of(held, question)
    context_row(text(lang, "ui.permu.title"), _counts(lang, held, results[0]))
    with st.container(key="permu_panels", horizontal=True, wrap=False):
        with st.container(key="permu_left", width="stretch"):
            permu_bar(lang, held, question)
            with st.container(key="permu_table"):
                firm_table(lang, held.table, results)
                table_notes(lang, held.table, results)
        with st.container(key="permu_right", width=_RIGHT_WIDTH):
            firm_picture(lang, held, results)
            zone_panel(lang)


def _invitation(lang: str) -> None:
    with st.container(key="permu_panels", horizontal=True, wrap=False):
        with st.container(key="permu_left", width="stretch"):
            if is_gone():
                gone = text(lang, "ui.permu.gone", count=MOST_TABLES)
                st.html(tag("p", gone, cls="pl-box pl-note", role="status"))
            st.html(tag("p", text(lang, "ui.permu.empty"), cls="pl-step"))
            with st.container(key="permu_drop"):
                upload(lang)
            st.html(tag("p", text(lang, "ui.permu.empty_more"), cls="pl-note pl-muted"))
            set_button(lang)
            st.subheader(text(lang, "ui.permu.scheme_list"), anchor=False)
            scheme_table(lang)
        with st.container(key="permu_right", width=_RIGHT_WIDTH):
            zone_chart(lang)
            zone_panel(lang)


def _counts(lang: str, held: Held, result: Result) -> str:
    """Count every row once: ranked, promised, unknown, others."""
    promised = sum(row.standing == "promised" for row in result.rows)
    unknown = sum(row.is_unknown and row.standing != "promised" for row in result.rows)
    total = len(result.rows)
    return text(
        lang,
        "ui.permu.counts",
        file=held.table.title,
        total=f"{total:,}",
        ranked=f"{result.ranked:,}",
        promised=f"{promised:,}",
        unknown=f"{unknown:,}",
        rest=f"{total - result.ranked - promised - unknown:,}",
    )
