"""分享 at the right end of the context row, and the dialog that it opens."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from parcels.messages import text
from parcels.ui import share_state, state
from parcels.ui.boundary import guarded
from parcels.ui.components.share_subjects import SHARED_PAGES

if TYPE_CHECKING:
    from collections.abc import Callable

_WIDTH = 820  # pixels


def share_button() -> None:
    """Draw the button; S presses it. Pages without a content of their own have none."""
    page, lang = state.page(), state.lang()
    if page not in SHARED_PAGES:
        return
    st.button(
        text(lang, "ui.share.button"),
        key="share_open",
        icon=":material/ios_share:",
        help=text(lang, "ui.share.button_help"),
        shortcut="s",
        on_click=partial(share_state.open_dialog, page),
    )


def share_dialog(open_share: Callable[[], None]) -> None:
    """Draw the dialog if it stands open: after the page, which is then there behind it.

    Parameters
    ----------
    open_share : callable
        Leads to the page 分享.
    """
    opened = share_state.opened_dialog()
    if opened is None:
        return
    if opened.page != state.page():  # somebody went elsewhere by the address
        share_state.close_dialog()
        return
    from parcels.ui.components.share_form import share_form

    lang = state.lang()

    @st.dialog(text(lang, "ui.share.dialog"), width=_WIDTH, on_dismiss=share_state.close_dialog)
    def dialog() -> None:
        with st.container(key="share_dialog", gap="small"):
            guarded(partial(share_form, opened, open_share), lang)

    dialog()
