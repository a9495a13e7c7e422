"""The first page of the sheet that is about to be made, small, in the dialog."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import PlannerError
from parcels.messages import text
from parcels.snapshot.writers import own_sheet, settled
from parcels.ui import cache, share_state, state
from parcels.ui.boundary import show_error
from parcels.ui.components.share_making import reduce_to
from parcels.ui.components.share_outputs import is_long
from parcels.ui.markup import tag

if TYPE_CHECKING:
    from parcels.ui.components.share_wanted import Wanted

_DPI = 72
_OWN = "own"  # the template that suits the snapshot


def small_preview(wanted: Wanted) -> None:
    """Draw it; nothing of what takes long, and of what is no sheet."""
    offer = wanted.offer
    if offer is None or not offer.name.startswith("sheet_"):
        return
    lang = state.lang()
    snapshot = share_state.held(
        "share_reduced",
        (wanted.base.digest, wanted.level),
        lambda: settled(reduce_to(wanted.base, wanted.level)),
    )
    if is_long(snapshot, offer.wish):
        return
    try:
        with st.spinner(text(lang, "ui.share.sheet_drawing")):
            drawn = cache.sheet(snapshot.digest, _OWN, partial(own_sheet, snapshot))
            picture = drawn.png(1, _DPI)
    except PlannerError as error:
        show_error(error, lang)
        return
    with st.container(key="share_small"):
        st.image(picture, output_format="PNG", width="content")
    said = text(lang, "ui.share.small_note", pages=drawn.pages)
    st.html(tag("p", said, cls="pl-note pl-muted"))
