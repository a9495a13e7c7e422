"""The kind ``review``: parcels, the layers and rules that they were judged by, the findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcels.snapshot.review.answers import review_answers
from parcels.snapshot.review.drawing import review_drawing
from parcels.snapshot.review.inputs import review_inputs
from parcels.snapshot.review.parcels import parcel_entries
from parcels.snapshot.review.reopening import case_of

__all__ = ["case_of", "parts"]

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.snapshot.review.case import ReviewCase


def parts(case: ReviewCase, lang: str) -> Mapping[str, Any]:
    """Give the sections of a review; see `parcels.snapshot.kinds.Kind`."""
    parcels = parcel_entries(case)
    return {
        "as_of": case.review.given.book.as_of.isoformat(),
        "system": case.system,
        "parcels": parcels,
        "inputs": review_inputs(case),
        "answers": review_answers(case, parcels, lang),
        "drawn": review_drawing(case),
    }
