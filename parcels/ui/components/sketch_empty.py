"""The page without a scenario: one sentence, one button."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from parcels.messages import text
from parcels.storage.access import may
from parcels.ui.components.sketch_demo import begin
from parcels.ui.components.sketch_new import new_menu
from parcels.ui.markup import tag

if TYPE_CHECKING:
    from parcels.ui.components.sketch_now import Desk


def empty(desk: Desk) -> None:
    """Offer the example, and an empty scenario."""
    lang = desk.lang
    refused = not may(desk.actor.role, "create", "scenario")
    with st.container(key="sketch_empty"):
        st.html(tag("p", text(lang, "ui.sketch.empty"), cls="pl-empty"))
        with st.container(key="sketch_empty_ways", horizontal=True, gap="small"):
            st.button(
                text(lang, "ui.sketch.start_demo"),
                key="sketch_start_demo",
                type="primary",
                icon=":material/play_arrow:",
                disabled=refused,
                help=text(lang, "ui.sketch.role_refuses" if refused else "ui.sketch.demo_what"),
                on_click=begin,
            )
            new_menu(desk, None)
