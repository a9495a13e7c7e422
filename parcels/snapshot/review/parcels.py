"""Parcels of a review as a snapshot keeps them: what is known of each, and where it lies."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from parcels.findings import OUTCOMES, worst

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

    from parcels.point_table import RingPoints
    from parcels.reviews.model import Event, Overridden, Record
    from parcels.snapshot.review.case import ReviewCase

    Standing = Mapping[tuple[str, str], Overridden]

Entry = dict[str, Any]


def parcel_entries(case: ReviewCase) -> list[Entry]:
    """Describe every parcel in the order of the review; shapes are GeoJSON in EPSG:4490."""
    chosen = set(range(len(case.review.given.parcels)) if case.selected is None else case.selected)
    return [_entry(case, at, chosen) for at in range(len(case.review.given.parcels))]


def plain_shape(shape: BaseGeometry | None) -> Entry | None:
    """Give a geometry as GeoJSON with every digit of its coordinates."""
    if shape is None or shape.is_empty:
        return None
    plain: Entry = json.loads(shapely.to_geojson(shape))
    return plain


def _entry(case: ReviewCase, at: int, chosen: set[int]) -> Entry:
    review = case.review
    parcels, key = review.given.parcels, review.key(at)
    use, words = parcels.uses[at], case.words.get(key, {})
    record = review.record(at, case.events)
    found = dict.fromkeys(OUTCOMES, 0)
    standing = review.standing(at, record, case.day)
    merged = [
        standing[one.check, one.rule].outcome if (one.check, one.rule) in standing else one.outcome
        for one in review.assessment.of(at)
    ]
    for outcome in merged:
        found[outcome] += 1
    return {
        "at": at,
        "key": key,
        "selected": at in chosen,
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
        "shape": plain_shape(parcels.shapes[at]),
        "place": plain_shape(parcels.places[at]),
        "box": plain_shape(case.boxes.get(key)),
        "outcome": worst(merged),
        "counts": found,
        "said": _said(record, case.events.get(key, ()), standing),
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
