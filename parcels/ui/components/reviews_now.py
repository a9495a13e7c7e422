"""Events of reviews, asked for by whoever uses the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcels.ui import cache, state

if TYPE_CHECKING:
    from parcels.reviews.store import ReviewStore


def reviews() -> ReviewStore:
    """Return the events of reviews in the name of who uses the page."""
    return cache.review_store().of_actor(state.actor())
