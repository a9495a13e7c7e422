"""For whom a snapshot is: the level, and what leaves the house at it, said before any button."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from parcels.messages import text
from parcels.snapshot.model import LEVELS
from parcels.ui import share_state, state
from parcels.ui.markup import Markup, join, tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcels.snapshot.levels import Leaving
    from parcels.snapshot.model import Level, Snapshot

_LEVEL = "share_level"


def choose_level() -> Level:
    """Ask for the level; the first one keeps everything in the house."""
    lang = state.lang()
    with st.container(
        key="share_levels", horizontal=True, vertical_alignment="bottom", gap="small"
    ):
        level: Level = st.segmented_control(
            text(lang, "ui.share.level"),
            LEVELS,
            default=LEVELS[0],
            required=True,
            format_func=lambda one: text(lang, f"share.level.{one}"),
            key=_LEVEL,
        )
        said = text(lang, f"ui.share.level_note_{level}")
        st.html(tag("p", said, cls="pl-note pl-muted"), width="stretch")
    return level


def leaving_box(base: Snapshot, level: Level) -> Leaving:
    """Draw what leaves and what stays; warnings and what stands against it below."""
    from parcels.snapshot.levels import leaving

    lang = state.lang()
    told: Leaving = share_state.held(
        "share_leaving", (base.digest, level), lambda: leaving(base, level)
    )
    columns = tag(
        "div",
        _column(text(lang, "ui.share.leaves"), told.fields),
        _column(text(lang, "ui.share.stays"), told.dropped),
        cls="pl-share-leaving",
    )
    warnings = (tag("p", one, cls="pl-note pl-share-warning") for one in told.warnings)
    st.html(join(columns, *warnings, _refused(told.refusals)))
    return told


def _column(title: str, lines: Sequence[str]) -> Markup:
    said = lines or (text(state.lang(), "ui.share.leaves_none"),)
    return tag("section", tag("h3", title), tag("ul", *(tag("li", one) for one in said)))


def _refused(refusals: Sequence[str]) -> Markup | None:
    if not refusals:
        return None
    title = tag("strong", text(state.lang(), "ui.share.refused"))
    lines = (tag("p", one, cls="pl-note") for one in refusals)
    return tag("div", title, *lines, cls="pl-problem", role="alert")
