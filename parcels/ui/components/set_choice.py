"""Which parcels the page 地块 shows: 表2 or an accepted file."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from parcels.messages import text
from parcels.parcel_sets import MOST_SETS, SETS, ParcelSet
from parcels.ui import cache, state
from parcels.ui.markup import tag

_SELECT = "set_choice"
_TABLE_TWO = ""


def shown_set() -> ParcelSet | None:
    """Return the set that the address names, None for 表2."""
    token = state.param("set")
    return SETS.find(token) if token else None


def set_choice() -> None:
    """Draw the switch between 表2 and the sets that this session knows; nothing without one."""
    lang = state.lang()
    shown = shown_set()
    if shown is not None:
        state.keep_set(shown.token)
    elif state.param("set"):
        sentence = text(lang, "ui.set.gone", count=MOST_SETS)
        st.html(tag("p", sentence, cls="pl-box pl-note", role="status"))
    held = [found for token in state.own_sets() if (found := SETS.find(token))]
    if not held:
        return
    labels = _labels(lang, held)
    state.put_widget(_SELECT, shown.token if shown else _TABLE_TWO)
    st.selectbox(
        text(lang, "ui.set.choice"),
        list(labels),
        format_func=lambda token: labels.get(token, token),
        key=_SELECT,
        on_change=_choose,
        label_visibility="collapsed",
    )


def _labels(lang: str, held: list[ParcelSet]) -> dict[str, str]:
    """Name each set by its file and its parcels; equal names are numbered."""
    rows = len(cache.builtin_parcels())
    labels = {_TABLE_TWO: text(lang, "ui.set.table_two", count=rows)}
    seen: Counter[str] = Counter()
    for one in held:
        label = text(lang, "ui.set.of_file", file=one.title, count=f"{len(one):,}")
        seen[label] += 1
        again = text(lang, "ui.set.again", number=seen[label]) if seen[label] > 1 else ""
        labels[one.token] = label + again
    return labels


def _choose() -> None:
    state.open_set(state.widget(_SELECT) or None)
