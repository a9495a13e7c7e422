"""The last step, such as a change that was applied, and the key that takes it back."""

from __future__ import annotations

import streamlit as st

from parcels.messages import text
from parcels.ui.components.m0_draft import take_back, way_back
from parcels.ui.markup import tag


def undo_line(lang: str) -> None:
    """Say what was done last and offer to take it back; nothing once the draft has changed."""
    undo = way_back()
    if undo is None:
        return
    with st.container(key="m0_undo_line", horizontal=True, wrap=False, gap="small"):
        st.html(tag("div", undo.said, cls="pl-note pl-m0-done", title=undo.said, role="status"))
        st.button(
            text(lang, "ui.m0.undo"), key="m0_undo", icon=":material/undo:", on_click=take_back
        )
