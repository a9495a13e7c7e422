"""Parcels of a review as a snapshot keeps them: what is known of each, and where it lies."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from parcels.findings import OUTCOMES, RANK, worst
from parcels.reviews.model import Record
from parcels.snapshot.shapes import drawn_shapes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.point_table import RingPoints
    from parcels.reviews.model import Event, Overridden
    from parcels.snapshot.review.case import ReviewCase

    Standing = Mapping[tuple[str, str], Overridden]

Entry = dict[str, Any]


def parcel_entries(case: ReviewCase) -> list[Entry]:
    """Describe every parcel in the order of the review; shapes are GeoJSON in EPSG:4490."""
    review, parcels = case.review, case.review.given.parcels
    positions = range(len(parcels))
    chosen = set(positions if case.selected is None else case.selected)
    counts = outcome_counts(case)
    boxes = [case.boxes.get(review.key(at)) for at in positions]
    drawn = {
        "shape": drawn_shapes(parcels.shapes),
        "place": drawn_shapes(parcels.places),
        "box": drawn_shapes(boxes),
    }
    return [
        _entry(case, at)
        | {name: column[at] for name, column in drawn.items()}
        | {"selected": at in chosen}
        | _merged(counts[at])
        for at in positions
    ]


def outcome_counts(case: ReviewCase) -> list[list[int]]:
    """Count the findings of each parcel by outcome, in their order, overrides put in."""
    review = case.review
    parcels = len(review.given.parcels)
    counted = np.zeros((parcels, len(OUTCOMES)), dtype=np.int64)
    for batch in review.assessment.batches:
        np.add.at(counted, (batch.parcel, batch.ranks()), 1)
    for at in range(parcels):
        standing = _standing(case, at)
        for one in review.assessment.of(at) if standing else ():
            if (one.check, one.rule) in standing:
                counted[at, RANK[one.outcome]] -= 1
                counted[at, RANK[standing[one.check, one.rule].outcome]] += 1
    found: list[list[int]] = counted.tolist()
    return found


def _merged(counts: list[int]) -> Entry:
    named = dict(zip(OUTCOMES, counts, strict=True))
    return {
        "outcome": worst(outcome for outcome, count in named.items() if count),
        "counts": named,
    }


def _record(case: ReviewCase, at: int) -> Record:
    """Add up what was said; where nothing was, nothing that it could rest on is digested."""
    if not case.events.get(case.review.key(at)):
        return Record()
    return case.review.record(at, case.events)


def _standing(case: ReviewCase, at: int) -> Standing:
    if not case.events.get(case.review.key(at)):
        return {}
    return case.review.standing(at, case.review.record(at, case.events), case.day)


def _entry(case: ReviewCase, at: int) -> Entry:
    review = case.review
    parcels, key = review.given.parcels, review.key(at)
    use, words = parcels.uses[at], case.words.get(key, {})
    return {
        "at": at,
        "key": key,
        "id": parcels.ids[at],
        "name": parcels.names[at],
        "number": words.get("number"),
        "location_text": words.get("location_text", ""),
        "bounds": {side: list(names) for side, names in words.get("bounds", {}).items()},
        "twins": [review.key(twin) for twin in (parcels.twins[at] if parcels.twins else ())],
        "use": {
            "text": use.text,
            "code": use.code,
            "scheme": use.scheme,
            "groups": list(use.groups),
            "problem": use.problem,
        },
        "geometry_class": parcels.geometry_class[at],
        "accuracy_m": known(parcels.accuracy_m[at]),
        "area_m2": known(parcels.area_m2[at]),
        "plane_m2": None if parcels.plane_m2 is None else known(parcels.plane_m2[at]),
        "declared_m2": known(parcels.declared_m2[at]),
        "declared_text": parcels.declared_texts[at],
        "attributes": {
            name: plain_value(column[at]) for name, column in parcels.attributes.items()
        },
        "rings": [_ring(one) for one in case.rings.get(key, ())],
        "said": _said(_record(case, at), case.events.get(key, ()), _standing(case, at)),
    }


def _ring(ring: RingPoints) -> Entry:
    return {
        "hole": ring.is_hole,
        "names": list(ring.names),
        "north_east": np.column_stack([ring.north, ring.east]).tolist(),
    }


def _said(record: Record, events: Any, standing: Standing) -> Entry:
    opinion = record.opinion
    return {
        "opinion": None
        if opinion is None
        else {
            "verdict": opinion.verdict,
            "reason": opinion.reason,
            "by": opinion.by,
            "at": opinion.at,
            "valid": opinion.valid,
            "changed": list(opinion.changed),
        },
        "overrides": [_override(one, standing) for one in record.overrides],
        "comments": [_comment(one) for one in record.comments],
        "facts": {str(key): plain_value(value) for key, value in record.facts.items()},
        "events": len(tuple(events)),
    }


def _override(one: Overridden, standing: Standing) -> Entry:
    """Describe a verdict of a person; it counts as long as it stands (`Review.standing`)."""
    return {
        "check": one.check,
        "rule": one.rule,
        "outcome": one.outcome,
        "original": one.original,
        "reason": one.reason,
        "by": one.by,
        "at": one.at,
        "until": one.until.isoformat(),
        "counts": (one.check, one.rule) in standing,
    }


def _comment(event: Event) -> Entry:
    content: Mapping[str, Any] = event.content
    return {"text": content["text"], "by": event.by, "at": event.at}


def known(number: float) -> float | None:
    """Give a number, None for one that is not known (NaN)."""
    return float(number) if math.isfinite(number) else None


def plain_value(value: Any) -> Any:
    """Give a value of a column as JSON knows it; what is no JSON is written as text."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    item = getattr(value, "item", None)
    return plain_value(item()) if callable(item) else str(value)
