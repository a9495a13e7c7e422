"""The chosen snapshot: what it is, its links, its files, whether it still verifies."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

import streamlit as st

from parcels.messages import text
from parcels.storage.access import may
from parcels.storage.snapshots import object_of
from parcels.ui import share_state, state
from parcels.ui.components.review_say import on_the_clock
from parcels.ui.components.share_asking import ask_drop, ask_link, ask_revoke
from parcels.ui.components.share_check import check_button, check_lines
from parcels.ui.components.share_copy import copy_button, copy_line
from parcels.ui.components.share_jobs import offer_file
from parcels.ui.components.share_kept import snapshot_of, standing
from parcels.ui.components.share_making import fulfilled
from parcels.ui.components.share_outputs import offers
from parcels.ui.markup import join, tag

if TYPE_CHECKING:
    from parcels.snapshot.model import KindName, Level
    from parcels.storage.shares import Share
    from parcels.storage.snapshots import KeptSnapshot
    from parcels.ui.components.share_kept import Desk

_FORMAT, _FILE = "share_format", "share_file"


def entry(desk: Desk, kept: KeptSnapshot) -> None:
    """Draw the card of a snapshot."""
    lang, actor = state.lang(), state.actor()
    with st.container(key="share_entry", gap="small"):
        _head(lang, kept)
        checked = st.container(key="share_checked")
        _files(lang, kept)
        links = desk.links.get(kept.digest, ())
        _links(lang, kept, links)
        with st.container(key="share_entry_foot", horizontal=True, wrap=False, gap="small"):
            check_button(kept.digest)
            drops = may(actor.role, "drop", object_of(kept, actor))
            if drops:
                _asking("drop", kept.digest, key="share_drop")
        with checked:
            check_lines(kept.digest)
    _question(desk, kept, links)


def _asking(what: str, of: str, *, key: str, icon: str | None = None) -> None:
    """Draw a button that asks before it does something."""
    label = text(state.lang(), f"ui.share.{what}")
    st.button(label, key=key, icon=icon, on_click=partial(share_state.ask, what, of))


def _question(desk: Desk, kept: KeptSnapshot, links: tuple[Share, ...]) -> None:
    """Draw the question that stands, if it is about this snapshot."""
    what, of = share_state.asked()
    link = next((one for one in links if one.id == of), None)
    if what == "new_link" and of == kept.digest:
        ask_link(kept)
    elif what == "drop" and of == kept.digest:
        ask_drop(desk, kept)
    elif what == "revoke" and link is not None:
        ask_revoke(link)


def _head(lang: str, kept: KeptSnapshot) -> None:
    made = text(
        lang,
        "ui.share.made_line",
        at=on_the_clock(kept.made_at),
        by=kept.made_by or text(lang, "ui.share.made_by_desk"),
    )
    content = snapshot_of(kept.digest).content
    rests_on = content.get("rests_on")
    based = text(lang, "ui.share.rests_on", digest=rests_on[:8]) if rests_on else None
    digest = tag("span", kept.digest, cls="pl-share-url", title=kept.digest)
    copy = copy_button(kept.digest, text(lang, "ui.share.copy"))
    label = tag("span", text(lang, "ui.share.digest_label"), cls="pl-muted")
    st.html(
        join(
            tag("h2", kept.title, cls="pl-step"),
            tag("p", made, cls="pl-note pl-muted"),
            tag("p", based, cls="pl-note pl-muted") if based else None,
            tag("div", label, digest, copy, cls="pl-share-copy"),
        )
    )


def _files(lang: str, kept: KeptSnapshot) -> None:
    """Offer every file that the snapshot can become."""
    found = offers(cast("KindName", kept.kind), cast("Level", kept.level))
    with st.container(key="share_files", horizontal=True, wrap=False, gap="small"):
        name = st.selectbox(
            text(lang, "ui.share.output"),
            list(found),
            format_func=lambda one: found[one].label if one in found else one,
            key=f"{_FORMAT}_{kept.kind}_{kept.level}",
            label_visibility="collapsed",
        )
        pressed = st.button(text(lang, "ui.share.make_file"), key="share_make_file")
    if pressed:
        made = fulfilled(snapshot_of(kept.digest), found[name])
        state.remember(_FILE, (kept.digest, name, made))
    digest, of, file = state.recall(_FILE, (None, None, None))
    if (digest, of) == (kept.digest, name) and file is not None:
        offer_file(file.content, file.name, key="share_file_ready")


def _links(lang: str, kept: KeptSnapshot, links: tuple[Share, ...]) -> None:
    with st.container(
        key="share_links_head", horizontal=True, wrap=False, vertical_alignment="center"
    ):
        st.html(tag("h3", text(lang, "ui.share.links_title"), cls="pl-share-head"))
        st.space("stretch")
        _asking("new_link", kept.digest, key="share_new_link", icon=":material/add_link:")
    if not links:
        st.html(tag("p", text(lang, "ui.share.links_none"), cls="pl-note pl-muted"))
    for one in links:
        _link(lang, kept, one)


def _link(lang: str, kept: KeptSnapshot, link: Share) -> None:
    how = standing(link)
    said = text(
        lang,
        f"ui.share.link_{how}",
        until=link.until.isoformat(),
        at=on_the_clock(link.revoked_at) if link.revoked_at else "",
    )
    with st.container(
        key=f"share_link_{link.id}", horizontal=True, wrap=False, vertical_alignment="center"
    ):
        st.html(tag("span", said, cls="pl-note" if how == "open" else "pl-note pl-muted"))
        st.space("stretch")
        actor = state.actor()
        if how == "open" and may(actor.role, "revoke", object_of(kept, actor)):
            _asking("revoke", link.id, key=f"share_revoke_{link.id}")
    address = share_state.link_of(link.id)
    if how == "open" and address is not None:
        st.html(copy_line(address))
