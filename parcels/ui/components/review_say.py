"""Saying something about a parcel: who, when, and that it was saved."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.errors import PlannerError
from parcels.clock import utc_now
from parcels.messages import text
from parcels.reviews.model import Event
from parcels.ui import state
from parcels.ui.boundary import show_error
from parcels.ui.components.reviews_now import reviews
from parcels.ui.markup import tag

if TYPE_CHECKING:
    from parcels.reviews.model import Kind
    from parcels.ui.components.review_current import Current

_NAME = "reviewer"
_MOST_NAME = 40


def name_field(key: str) -> str:
    """Ask who speaks, kept for this visit; where people sign in, it is who signed in."""
    lang = state.lang()
    if state.actor().name:
        st.html(tag("p", text(lang, "ui.review.as_name", name=state.actor().name), cls="pl-note"))
        return state.actor().name
    typed = st.text_input(
        text(lang, "ui.review.your_name"),
        value=state.recall(_NAME, ""),
        max_chars=_MOST_NAME,
        key=key,
    )
    return (typed or "").strip()


def say(now: Current, kind: Kind, by: str, *contents: dict[str, Any]) -> bool:
    """Save events about the chosen parcel, all or none.

    Returns
    -------
    bool
        False when they could not be saved, which is then shown. So it is when somebody else said
        something about the parcel since this page was drawn; a comment is kept in any case.
    """
    key = now.review.key(now.parcel)
    at = utc_now()
    events = [
        Event(batch=now.review.batch, parcel=key, kind=kind, by=by, at=at, content=content)
        for content in contents
    ]
    known = sum(event.kind != "comment" for event in now.events.get(key, ()))
    state.remember(_NAME, by)
    try:
        reviews().add(*events, seen=None if kind == "comment" else known)
    except PlannerError as error:
        show_error(error, state.lang())
        return False
    return True


def on_the_clock(at: str) -> str:
    """Write a moment as the clock of the reader's computer shows it, to the minute."""
    moment = datetime.fromisoformat(at)
    offset = st.context.timezone_offset  # minutes west of Greenwich; None without a browser
    zone = None if offset is None else timezone(timedelta(minutes=-offset))
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def complaint(key: str) -> None:
    """Say under a form what is missing in it."""
    st.html(tag("p", text(state.lang(), f"ui.review.{key}"), cls="pl-problem", role="alert"))
