"""Signing in and out, where the settings say that people do."""

from __future__ import annotations

import streamlit as st
from streamlit.errors import StreamlitAuthError

from geo.errors import PlannerError
from parcels.messages import text
from parcels.ui import cache, state
from parcels.ui.boundary import show_error
from parcels.ui.markup import literal


def sign_in() -> None:
    """Draw who is signed in with their role, and a button that changes that; else nothing."""
    if not cache.settings().access.oidc:
        return
    lang, actor = state.lang(), state.actor()
    with st.container(
        key="sign_in",
        horizontal=True,
        wrap=False,
        horizontal_alignment="right",
        vertical_alignment="center",
    ):
        if actor.name:
            role = text(lang, f"access.role.{actor.role}")
            st.caption(literal(text(lang, "ui.sign_in.who", name=actor.name, role=role)))
            if st.button(text(lang, "ui.sign_in.leave"), key="sign_out", type="tertiary"):
                st.logout()
        elif st.button(text(lang, "ui.sign_in.enter"), key="sign_in_button"):
            _enter()


def _enter() -> None:
    """Lead to the bureau's own service; where that is not set up, say so."""
    try:
        st.login()
    except StreamlitAuthError:
        show_error(PlannerError("sign_in_not_set_up"), state.lang())
