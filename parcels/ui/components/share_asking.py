"""What asks before it is done: a new link, an end of one, a snapshot that goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import streamlit as st

from geo.errors import PlannerError
from parcels.clock import utc_now
from parcels.messages import text
from parcels.ui import cache, share_state, state
from parcels.ui.boundary import show_error
from parcels.ui.components.share_kept import choose
from parcels.ui.components.share_making import link
from parcels.ui.components.share_wanted import choose_until, may_link
from parcels.ui.markup import tag

if TYPE_CHECKING:
    from collections.abc import Callable

    from parcels.snapshot.model import Level
    from parcels.storage.shares import Share
    from parcels.storage.snapshots import KeptSnapshot
    from parcels.ui.components.share_kept import Desk


def ask_link(kept: KeptSnapshot) -> None:
    """Ask until when a new link opens; its address is then shown in the list, once."""
    lang = state.lang()

    @st.dialog(text(lang, "ui.share.new_link"), on_dismiss=share_state.ask)
    def form() -> None:
        level = cast("Level", kept.level)
        if not may_link(level, kept):
            role = text(lang, f"access.role.{state.actor().role}")
            st.html(tag("p", text(lang, "ui.share.may_not_share", role=role), cls="pl-note"))
            return
        until = choose_until("page")
        if st.button(text(lang, "ui.share.make_link"), key="share_link_make", type="primary"):
            _done(lambda: link(kept.digest, level, until))

    form()


def ask_revoke(share: Share) -> None:
    """Ask before a link ends: whoever has it finds nothing from then on."""
    _ask(
        "revoke",
        text(state.lang(), "ui.share.revoke_ask"),
        lambda: cache.store().revoke(state.actor(), share.id, at=utc_now()),
    )


def ask_drop(desk: Desk, kept: KeptSnapshot) -> None:
    """Ask before a snapshot goes, with those made from it for other levels and all links."""
    gone = [kept, *(one for one in desk.kept if one.rests_on == kept.digest)]
    question = text(
        state.lang(),
        "ui.share.drop_ask",
        title=kept.title,
        digest=kept.digest[:8],
        made=len(gone) - 1,
        count=sum(len(desk.links.get(one.digest, ())) for one in gone),
    )

    def drop() -> None:
        cache.store().drop_snapshot(state.actor(), kept.digest, at=utc_now())
        choose(None)

    _ask("drop", question, drop)


def _ask(what: str, question: str, act: Callable[[], object]) -> None:
    lang = state.lang()

    @st.dialog(text(lang, f"ui.share.{what}_title"), on_dismiss=share_state.ask)
    def form() -> None:
        st.html(tag("p", question, cls="pl-note"))
        if st.button(text(lang, f"ui.share.{what}"), key=f"share_{what}_do", type="primary"):
            _done(act)

    form()


def _done(act: Callable[[], object]) -> None:
    """Do it and close the dialog; what stands against it is shown there."""
    try:
        act()
    except PlannerError as error:
        show_error(error, state.lang())
    else:
        share_state.ask()
        st.rerun()
