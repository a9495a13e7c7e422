"""Layers of the map around the parcels, as values of JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layers.payload import plain_groups

if TYPE_CHECKING:
    from parcels.snapshot.review.case import ReviewCase


def review_drawing(case: ReviewCase) -> dict[str, Any]:
    """Give the layers under the parcels; the parcels are drawn from their own entries."""
    return {"notice": case.notice, "groups": [*plain_groups(case.under), *case.drawn]}
