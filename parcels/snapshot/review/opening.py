"""The case of a review as pages and commands have it: rows of the plan, or a survey file."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from parcels.map_scene import display_boxes
from parcels.messages import text
from parcels.point_table import ring_points
from parcels.snapshot.review.case import ReviewCase

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from geo.survey.model import Survey
    from layers.scene import LayerGroup
    from parcels.review import Review
    from parcels.reviews.model import Event
    from parcels.workspace import PlannedParcel, Reference

_NOTHING_SAID: Mapping[str, Sequence[Event]] = MappingProxyType({})


def plan_case(  # noqa: PLR0913 -- what a page has at hand
    review: Review,
    planned: Sequence[PlannedParcel],
    *,
    day: date,
    lang: str,
    events: Mapping[str, Sequence[Event]] = _NOTHING_SAID,
    selected: tuple[int, ...] | None = None,
    reference: Reference | None = None,
    under: tuple[LayerGroup, ...] = (),
) -> ReviewCase:
    """Give the case of rows of a plan.

    Parameters
    ----------
    planned : sequence of PlannedParcel
        The rows of the review, in its order.
    reference : Reference, optional
        The built-in layers, if the rows were solved against them: their boxes are drawn then.
    """
    stated = [part.accuracy_m for one in planned for part in one.location.parts]
    known = [metres for metres in stated if metres is not None]
    low, high = (f"{one(known, default=0):,.0f}" for one in (min, max))
    return ReviewCase(
        review=review,
        events=events,
        day=day,
        selected=selected,
        words={
            one.row.parcel_id: {
                "number": one.row.number,
                "location_text": one.row.location_text,
                "bounds": _bounds(one),
            }
            for one in planned
        },
        boxes=display_boxes(reference) if reference else {},
        under=under,
        notice=text(lang, "ui.map.notice", low=low, high=high) if known else "",
    )


def survey_case(
    review: Review,
    survey: Survey,
    *,
    day: date,
    lang: str,
    events: Mapping[str, Sequence[Event]] = _NOTHING_SAID,
    selected: tuple[int, ...] | None = None,
    under: tuple[LayerGroup, ...] = (),
) -> ReviewCase:
    """Give the case of the parcels of a file."""
    return ReviewCase(
        review=review,
        events=events,
        day=day,
        selected=selected,
        rings={review.key(at): ring_points(survey, at) for at in range(survey.parcels.num_rows)},
        system=f"EPSG:{survey.crs.epsg}" if survey.crs.epsg else "",
        under=under,
        rejected=tuple(survey.rejected),
        notice=text(lang, "ui.set.notice"),
    )


def _bounds(parcel: PlannedParcel) -> dict[str, list[str]]:
    """Give the names that bound a row by its own side, as written."""
    found: dict[str, list[str]] = {}
    for part in parcel.location.parts:
        for side, names in part.bounds.items():
            found.setdefault(side, []).extend(one for one in names)
    return {side: list(dict.fromkeys(names)) for side, names in found.items()}
