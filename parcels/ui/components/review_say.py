"""Saying something about a parcel: who, when, and that it was saved."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.errors import PlannerError
from parcels.messages import text
from parcels.reviews.model import Event
from parcels.ui import cache, state
from parcels.ui.boundary import show_error
from parcels.ui.markup import tag

if TYPE_CHECKING:
    from parcels.reviews.model import Kind
    from parcels.ui.components.review_current import Current

_NAME = "reviewer"
_MOST_NAME = 40


def name_field(key: str) -> str:
    """Ask who speaks; the name is kept for this visit."""
    lang = state.lang()
    typed = st.text_input(
        text(lang, "ui.review.your_name"),
        value=state.recall(_NAME, ""),
        max_chars=_MOST_NAME,
        key=key,
    )
    return (typed or "").strip()


def say(now: Current, kind: Kind, by: str, content: dict[str, Any]) -> bool:
    """Save an event about the chosen parcel; False when it could not be, which is then shown."""
    event = Event(
        batch=now.review.batch,
        parcel=now.review.key(now.parcel),
        kind=kind,
        by=by,
        at=datetime.now(tz=UTC).isoformat(timespec="seconds"),
        content=content,
    )
    state.remember(_NAME, by)
    try:
        cache.review_store().add(event)
    except PlannerError as error:
        show_error(error, state.lang())
        return False
    return True


def complaint(key: str) -> None:
    """Say under a form what is missing in it."""
    st.html(tag("p", text(state.lang(), f"ui.review.{key}"), cls="pl-problem", role="alert"))
