"""The one-parcel extract of a review: every check worst first, in lists that are never merged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from parcels.messages import text
from parcels.review import counts
from parcels.ui import state
from parcels.ui.components.extract import step_buttons
from parcels.ui.components.review_facts import facts_lines
from parcels.ui.components.review_finding import badge, geometry_text, outcome_of
from parcels.ui.components.review_groups import check_blocks, check_rows
from parcels.ui.components.review_opinion import opinion_panel
from parcels.ui.components.review_override import override_button
from parcels.ui.markup import Markup, tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcels.findings import Finding, Outcome
    from parcels.ui.components.review_current import Current

_LISTS: tuple[tuple[str, tuple[Outcome, ...]], ...] = (
    ("concerned", ("fail", "warning")),
    ("no_data", ("unknown",)),
    ("not_concerned", ("pass",)),
    ("not_applicable", ("not_applicable",)),
)
_FOLDED = {"not_concerned", "not_applicable"}


def review_extract(now: Current, listed: Sequence[int]) -> None:
    """Draw the extract.

    Parameters
    ----------
    listed : sequence of int
        Positions that the filter leaves in, for the keys that go to the neighbours.
    """
    lang = state.lang()
    title = f"{now.parcel + 1} · {now.parcels.names[now.parcel]}"
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", key="extract_head"):
        st.html(tag("div", tag("h2", title), cls="pl-extract"))
        ids = [now.address(parcel) for parcel in listed]
        step_buttons(lang, now.address(now.parcel), ids)
    st.html(tag("div", _totals(lang, now), facts_lines(now), cls="pl-extract"))
    opinion_panel(now)
    _chosen(now)
    findings = now.review.assessment.of(now.parcel)
    for key, outcomes in _LISTS:
        _list(now, key, [one for one in findings if outcome_of(now, one) in outcomes])


def _totals(lang: str, now: Current) -> Markup:
    counted = counts(now.matrix[now.parcel])
    badges = [
        tag("span", badge(lang, outcome), f" {count}", cls="pl-total")
        for outcome, count in counted.items()
    ]
    place = geometry_text(lang, now.parcels, now.parcel)
    return tag("div", tag("div", *badges, cls="pl-badges"), tag("p", place, cls="pl-note pl-muted"))


def _chosen(now: Current) -> None:
    """Explain the check that the address names, with what can be done about it."""
    if now.check is None:
        return
    lang = state.lang()
    found = [one for one in now.review.assessment.of(now.parcel) if one.check == now.check]
    title = tag("h3", text(lang, f"check.{now.check}.title"))
    explained = tag("div", title, check_blocks(now, found), cls="pl-box")
    st.html(tag("div", explained, cls="pl-extract"))
    override_button(now, found)


def _list(now: Current, key: str, findings: Sequence[Finding]) -> None:
    lang = state.lang()
    checks = len({one.check for one in findings})
    title = text(lang, f"ui.review.{key}", checks=checks, count=len(findings))
    if not findings:
        st.html(tag("div", tag("h3", title), cls="pl-extract pl-muted"))
        return
    lines = check_rows(now, findings)
    if key in _FOLDED:
        inner = tag("details", tag("summary", title, cls="pl-muted"), lines)
    else:
        inner = tag("div", tag("h3", title), lines)
    st.html(tag("div", inner, cls="pl-extract"))
