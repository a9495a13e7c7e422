"""Files of snapshots: one is verified, two are compared."""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

import streamlit as st

from parcels.messages import text
from parcels.ui import state
from parcels.ui.boundary import guarded
from parcels.ui.components.share_check import checked, verified_lines
from parcels.ui.markup import tag

if TYPE_CHECKING:
    from parcels.snapshot.verifying.model import VerifyReport

_LEFT_WIDTH = 522
_MOST = 2  # files
_TYPES = ["html", "zip", "json"]
_UPLOAD = "share_upload"


def files_panel() -> None:
    """Draw where files are dropped, and what they tell."""
    lang = state.lang()
    with st.container(key="share_left", width=_LEFT_WIDTH, gap="small"):
        st.html(tag("p", text(lang, "ui.share.check_idle"), cls="pl-step"))
        with st.container(key="share_drop_files"):
            files = st.file_uploader(
                text(lang, "ui.share.check_upload"),
                accept_multiple_files=True,
                key=_UPLOAD,
                label_visibility="collapsed",
            )
        st.html(tag("p", text(lang, "ui.share.check_note"), cls="pl-note pl-muted"))
        if len(files) > _MOST:
            st.html(tag("p", text(lang, "ui.share.check_most"), cls="pl-box pl-note"))
    told = [(one.name, one.getvalue()) for one in files[:_MOST]]
    with st.container(key="share_told", width="stretch", gap="small"):
        if len(told) == _MOST:
            guarded(partial(_compared, told), lang)
        for name, content in told:
            guarded(partial(_verified, name, content), lang)


def _verified(name: str, content: bytes) -> None:
    lang = state.lang()
    st.html(tag("p", text(lang, "ui.share.check_one", name=name), cls="pl-step"))
    digest = sha256(content).hexdigest()
    with st.spinner(text(lang, "ui.share.checking"), show_time=True):
        report: VerifyReport = state.once(
            f"share_verified_{digest[:16]}", (digest, name), partial(checked, content, name)
        )
    st.html(verified_lines(report))


def _compared(told: list[tuple[str, bytes]]) -> None:
    lang = state.lang()
    (first, _), (second, _) = told
    st.html(tag("p", text(lang, "ui.share.check_two", first=first, second=second), cls="pl-step"))
