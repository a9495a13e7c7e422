"""All that a review rests on, beside what its parcels' entries hold: nothing else is asked."""

from __future__ import annotations

import math
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from parcels.checks.subject import QualityFinding
from parcels.snapshot.input_values import in_order
from parcels.snapshot.packs import book_to_plain
from parcels.snapshot.review.exact import changed_cells, exact_number
from parcels.snapshot.review.layers import fault_plain, layer_entry
from parcels.snapshot.shapes import binary_shapes

if TYPE_CHECKING:
    from parcels.checks.subject import Floats, Parcels
    from parcels.reviews.model import Event
    from parcels.snapshot.review.case import ReviewCase

Entry = dict[str, Any]
QUALITY = tuple(one.name for one in fields(QualityFinding))
NUMBERS = ("accuracy_m", "declared_m2", "plane_m2")


def review_inputs(case: ReviewCase) -> Entry:
    """Give the inputs of a review that no parcel's entry holds.

    Returns
    -------
    dict
        ``book`` packs, day, local limits; ``layers`` in the order of the review; ``parcels`` what
        belongs to all of them and what an entry cannot say (`_rest`); ``events`` as they were
        kept; ``day`` on which overrides count.
    """
    review = case.review
    return {
        "batch": review.batch,
        "review_title": review.title,
        "numbered": review.numbered,
        "day": case.day.isoformat(),
        "selected": None if case.selected is None else list(case.selected),
        "book": book_to_plain(review.given.book),
        "layers": [layer_entry(layer) for layer in review.given.overlays.values()],
        "parcels": _rest(review.given.parcels),
        "boxes": list(case.boxes),
        "words": list(case.words),
        "events": {key: [_event(one) for one in said] for key, said in case.events.items()},
        "rejected": [fault_plain(one) for one in case.rejected],
    }


def _rest(parcels: Parcels) -> Entry:
    shapes, places = (
        [[at, binary] for at, binary in binary_shapes(one).items()]
        for one in (parcels.shapes, parcels.places)
    )
    return {
        "columns": [[name, changed_cells(one)] for name, one in parcels.attributes.items()],
        "quality": [
            [at, [_quality(one) for one in found]] for at, found in parcels.quality.items()
        ],
        "quality_known": parcels.quality_known,
        "plane_known": parcels.plane_m2 is not None,
        "bounds_by_words": [
            in_order({side: list(ids) for side, ids in one.items()})
            for one in parcels.bounds_by_words
        ],
        "twins": [list(one) for one in parcels.twins],
        "binary": {"shape": shapes, "place": places},
        "odd_numbers": {name: _odd_numbers(getattr(parcels, name)) for name in NUMBERS},
    }


def _odd_numbers(column: Floats | None) -> list[list[Any]]:
    """Give position and exact value of numbers that an entry shows as unknown or without sign."""
    if column is None:
        return []
    found = (
        [at, exact_number(one)] for at, one in enumerate(column.tolist()) if not math.isnan(one)
    )
    return [[at, one] for at, one in found if isinstance(one, dict)]


def _quality(finding: QualityFinding) -> list[Any]:
    """Give the fields in the order of `QUALITY`."""
    row = {name: getattr(finding, name) for name in QUALITY}
    row |= {name: exact_number(row[name]) for name in ("value", "limit")}
    return list(row.values())


def _event(event: Event) -> Entry:
    return {
        "batch": event.batch,
        "parcel": event.parcel,
        "kind": event.kind,
        "by": event.by,
        "at": event.at,
        "content": dict(event.content),
    }
