"""The way from a parcel to its review."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from parcels.messages import text
from parcels.ui import state

if TYPE_CHECKING:
    from collections.abc import Callable


def review_button(open_review: Callable[[], None], parcel: str) -> None:
    """Draw the button; the review opens at the parcel, named as in the address."""
    if st.button(
        text(state.lang(), "ui.review.open_review"),
        key="open_review",
        type="primary",
        icon=":material/fact_check:",
    ):
        state.set_params(parcel=parcel, check=None, mode="parcel")
        open_review()
