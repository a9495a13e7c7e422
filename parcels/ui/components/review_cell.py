"""The chosen cell of the matrix, explained; and which missing datum settles most."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from parcels.finding_words import need_text
from parcels.findings import OUTCOMES
from parcels.messages import text
from parcels.ui import state
from parcels.ui.components.extract import step_buttons
from parcels.ui.components.review_finding import badge
from parcels.ui.components.review_groups import check_blocks
from parcels.ui.components.review_opinion import opinion_line
from parcels.ui.markup import Markup, tag
from parcels.worklist import data_gaps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from parcels.ui.components.review_current import Current
    from parcels.worklist import Gap

_SHOWN_BESIDE = 6


def chosen_check(now: Current) -> str:
    """Return the check that is explained: the one of the address, else the worst one."""
    if now.check is not None:
        return now.check
    row = now.matrix[now.parcel]
    return now.review.assessment.checks[int(row.argmin())]


def review_cell(now: Current, listed: Iterable[int]) -> None:
    """Explain the chosen cell: its worst finding in all lines, then the others.

    Parameters
    ----------
    listed : iterable of int
        Positions that the filter leaves in, for the keys that go to the neighbours.
    """
    lang = state.lang()
    check = chosen_check(now)
    at = now.review.assessment.checks.index(check)
    outcome = OUTCOMES[now.matrix[now.parcel, at]]
    found = [one for one in now.review.assessment.of(now.parcel) if one.check == check]
    title = f"{now.parcel + 1} · {now.parcels.names[now.parcel]}"
    nothing = tag("p", text(lang, "ui.review.empty_check"), cls="pl-note")
    told = check_blocks(now, found) if found else nothing
    head = tag(
        "div",
        tag("h2", f"{title} / {text(lang, f'check.{check}.title')}"),
        badge(lang, outcome),
        cls="pl-cell-head",
    )
    with st.container(key="review_cell_head", horizontal=True, wrap=False):
        st.html(tag("div", head, cls="pl-extract"))
        ids = [now.address(parcel) for parcel in listed]
        step_buttons(lang, now.address(now.parcel), ids)
    signed = opinion_line(lang, now.record(now.parcel).opinion)
    st.html(tag("div", signed, told, cls="pl-extract"))


def review_gaps(now: Current, *, whole: bool) -> None:
    """Rank what is missing.

    Parameters
    ----------
    whole : bool
        All of it with its checks; else the first few.
    """
    lang = state.lang()
    gaps = state.once("review_gaps", id(now.review), lambda: data_gaps(now.review.assessment))
    shown = gaps if whole else gaps[:_SHOWN_BESIDE]
    columns = ["gap_need", "gap_alone", "gap_involved", "gap_parcels"]
    heads = [tag("th", text(lang, f"ui.review.{key}"), cls=_figure(key)) for key in columns]
    if whole:
        heads.append(tag("th", text(lang, "ui.review.gap_checks")))
    most = max((gap.involved for gap in gaps), default=1)
    rows = [_row(lang, now, gap, most, whole=whole) for gap in shown]
    body = (
        tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows))
        if gaps
        else tag("p", text(lang, "ui.review.gaps_none"), cls="pl-note")
    )
    more = len(gaps) - len(shown)
    st.html(
        tag(
            "div",
            tag("h2", text(lang, "ui.review.gaps_title")),
            body,
            tag("p", text(lang, "ui.review.many_more", count=more), cls="pl-note pl-muted")
            if more > 0
            else None,
            tag("p", text(lang, "ui.review.gaps_note"), cls="pl-note pl-muted") if whole else None,
            cls="pl-extract pl-gaps",
        )
    )


def gap_buttons(open_data: Callable[[], None]) -> None:
    """Lead to where layers and survey files are loaded, and say what was lost from memory."""
    lang = state.lang()
    with st.container(key="review_gap_keys", horizontal=True, vertical_alignment="center"):
        for tab in ("layers", "parcels"):
            if st.button(text(lang, f"ui.review.load_{tab}"), key=f"review_load_{tab}"):
                state.set_params(tab=tab)
                open_data()
        if lost := state.lost_overlays():
            sentence = text(lang, "ui.review.layers_lost", count=lost)
            st.html(tag("span", sentence, cls="pl-note pl-text-unknown"))


def _row(lang: str, now: Current, gap: Gap, most: int, *, whole: bool) -> Markup:
    bar = tag(
        "span", tag("span", cls="pl-bar-fill", style=_width(gap.involved, most)), cls="pl-bar"
    )
    cells = [
        tag("td", need_text(lang, gap.need, now.book)),
        tag("td", f"{gap.alone:,}", cls="pl-num"),
        tag("td", bar, tag("span", f"{gap.involved:,}", cls="pl-bar-figure"), cls="pl-num"),
        tag("td", f"{gap.parcels:,}", cls="pl-num"),
    ]
    if whole:
        names = [text(lang, f"check.{check}.short") for check in gap.checks]
        cells.append(tag("td", text(lang, "ui.list_mark").join(names)))
    return tag("tr", *cells)


def _width(part: int, whole: int) -> str:
    return f"width: {100 * part / whole:.0f}%"


def _figure(key: str) -> str:
    return "" if key == "gap_need" else "pl-num"
