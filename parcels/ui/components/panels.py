"""The three panels of the page 地块: list, map, extract."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

_LIST_WIDTH = 344
_EXTRACT_WIDTH = 352


def panels() -> tuple[DeltaGenerator, DeltaGenerator, DeltaGenerator]:
    """Make the panels; extra room goes to the map in the middle."""
    with st.container(key="panels", horizontal=True, wrap=False):
        left = st.container(key="list", width=_LIST_WIDTH)
        middle = st.container(key="middle", width="stretch")
        right = st.container(key="extract", width=_EXTRACT_WIDTH)
    return left, middle, right
