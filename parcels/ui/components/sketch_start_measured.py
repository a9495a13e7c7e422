"""Outlines that are measured out: a traverse by bearings, a rectangle along a road."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.crs import to_lonlat
from geo.shaping.traverse import read_traverse
from parcels.messages import text
from parcels.subjects import SURVEYED_ACCURACY_M
from parcels.ui import state
from parcels.ui.components.sketch_started import Started

if TYPE_CHECKING:
    from geo.shaping.traverse import Traverse
    from parcels.ui.components.sketch_now import Now

_HEIGHT = 150


def bearings(now: Now) -> Started | None:
    """Read a start and legs; tell how well they close.

    Raises
    ------
    PlannerError
        What is wrong with a line (`read_traverse`).
    """
    lang = now.lang
    typed = st.text_area(
        text(lang, "ui.sketch.start_traverse"),
        key="sketch_start_traverse",
        height=_HEIGHT,
        placeholder=text(lang, "ui.sketch.start_traverse_hint"),
        on_change=state.hold_params,
    )
    if not typed or not typed.strip():
        return None
    made = read_traverse(typed)
    return Started(
        shapes=(to_lonlat(made.ring, made.crs),),
        names=("",),
        source="bearings",
        ids=("",),
        geometry_class="surveyed",
        accuracy_m=max(made.misclosure_m, SURVEYED_ACCURACY_M) if made.closed else None,
        note=_closing(lang, made),
    )


def _closing(lang: str, made: Traverse) -> str:
    if made.closing is not None:
        return text(
            lang,
            "ui.sketch.start_open",
            metres=f"{made.closing.metres:,.3f}",
            azimuth=f"{made.closing.azimuth:.4f}",
        )
    if made.ratio is None:
        return text(lang, "ui.sketch.start_closes_exactly")
    metres, ratio = f"{made.misclosure_m:,.3f}", f"{made.ratio:,.0f}"
    return text(lang, "ui.sketch.start_closes", metres=metres, ratio=ratio)
