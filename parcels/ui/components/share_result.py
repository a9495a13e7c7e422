"""The one filled button of the dialog, and what came of it: an address, a file, a job."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from parcels.messages import text
from parcels.ui import state
from parcels.ui.components.share_copy import copy_line, is_local
from parcels.ui.components.share_jobs import offer_file
from parcels.ui.components.share_making import fulfilled, keep, link, reduce_to, titled
from parcels.ui.markup import tag

if TYPE_CHECKING:
    from datetime import date

    from parcels.snapshot.model import Snapshot
    from parcels.ui.components.share_making import Fulfilled
    from parcels.ui.components.share_wanted import Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What came of a request.

    Attributes
    ----------
    snapshot : Snapshot
        Of the level that was asked for.
    base : Snapshot
        The internal one that it rests on.
    address : str or None
        Of a link, with its last day.
    file : Fulfilled or None
        A file that is there; None also while it is on its way.
    """

    snapshot: Snapshot
    base: Snapshot
    address: str | None = None
    until: date | None = None
    file: Fulfilled | None = None


def make_button(wanted: Wanted, *, refused: bool) -> None:
    """Draw the button; pressed, it keeps the snapshot and makes what was asked for."""
    lang = state.lang()
    label = text(lang, "ui.share.make_file" if wanted.offer else "ui.share.make_link")
    pressed = st.button(label, key="share_make", type="primary", disabled=refused)
    if pressed and not refused and not _has_link(wanted):
        with st.spinner(text(lang, "ui.share.collecting"), show_time=True):
            state.remember("share_made", (wanted.version, _made(wanted)))


def _has_link(wanted: Wanted) -> bool:
    """Whether the link stands below already: a second click makes no second one."""
    version, _ = state.recall("share_made") or (None, None)
    return wanted.offer is None and version == wanted.version


def made_lines(wanted: Wanted) -> Made | None:
    """Say what the last press of the button made, as long as nothing else is asked for."""
    version, kept = state.recall("share_made") or (None, None)
    if kept is None or version != wanted.version:
        return None
    made: Made = kept
    lang = state.lang()
    with st.container(key="share_made", gap="xsmall"):
        if made.address is not None and made.until is not None:
            said = text(lang, "ui.share.link_ready", until=made.until.isoformat())
            st.html(tag("p", said, cls="pl-note", role="status"))
            st.html(copy_line(made.address))
            if is_local():
                st.html(tag("p", text(lang, "ui.share.link_local"), cls="pl-note pl-share-warning"))
        if made.file is not None:
            offer_file(made.file.content, made.file.name, key="share_made_file")
        st.html(tag("p", _kept(lang, made), cls="pl-note pl-muted", role="status"))
    return made


def _made(wanted: Wanted) -> Made:
    base = titled(wanted.base, wanted.title)
    snapshot = reduce_to(base, wanted.level)
    keep(base, snapshot)
    if wanted.offer is not None:
        return Made(snapshot=snapshot, base=base, file=fulfilled(snapshot, wanted.offer))
    if wanted.until is None:
        raise ValueError("a link without its last day")
    address = link(base.digest, wanted.level, wanted.until)
    return Made(snapshot=snapshot, base=base, address=address, until=wanted.until)


def _kept(lang: str, made: Made) -> str:
    digest, base = made.snapshot.digest[:8], made.base.digest[:8]
    if digest == base:
        return text(lang, "ui.share.kept", digest=digest)
    level = text(lang, f"share.level.{made.snapshot.level}")
    return text(lang, "ui.share.kept_many", level=level, digest=digest, base=base)
