"""One line under the navigation: what the page shows, the language switch, and 分享."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from parcels.messages import LANGUAGES, text
from parcels.ui import state
from parcels.ui.components.share_button import share_button
from parcels.ui.components.sign_in import sign_in
from parcels.ui.markup import join, tag

if TYPE_CHECKING:
    from collections.abc import Callable

_SWITCH = "lang_switch"
_NAMES = {"zh": "中", "en": "EN"}


def context_row(title: str, counts: str, controls: Callable[[], None] | None = None) -> None:
    """Draw the line; the switch changes the language and nothing else.

    Parameters
    ----------
    controls : callable, optional
        Draws what the page switches its content with, between title and language.
    """
    lang = state.lang()
    with st.container(key="context", horizontal=True, wrap=False, vertical_alignment="center"):
        st.html(
            join(tag("span", title, cls="pl-title"), tag("span", counts, cls="pl-counts")),
        )
        if controls is not None:
            with st.container(key="context_controls"):
                controls()
        state.put_widget(_SWITCH, lang)  # Back may lead to an address in the other language
        sign_in()
        st.segmented_control(
            text(lang, "ui.context.language"),
            LANGUAGES,
            required=True,
            format_func=lambda code: _NAMES[code],
            key=_SWITCH,
            on_change=_switch,
            label_visibility="collapsed",
        )
        share_button()


def _switch() -> None:
    state.set_params(lang=state.widget(_SWITCH))
