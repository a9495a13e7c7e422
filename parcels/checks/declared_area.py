"""Declared against computed area: nearer of ellipsoid and map plane, in one tolerance.

Rule Q_AREA: its value in m², 0.05 % of the computed area, or half of the last digit that was
declared, whichever is largest. Of a rough outline, or of land inside which a parcel lies, only a
difference that no place of the parcel explains is told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.read.numbers import narrow
from parcels.checks.model import Check
from parcels.checks.rule_choice import unjudged
from parcels.findings import Batch
from parcels.rules.judge import breach_outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from parcels.checks.model import CheckInput
    from parcels.checks.subject import Floats, Parcels
    from parcels.findings import Column, Outcome
    from parcels.rules.load import AppliedRule

    Bools = npt.NDArray[np.bool_]

_RULE = "Q_AREA"
_ZONE_DEGREES = 3.0
_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.([0-9]+))?")


def run(given: CheckInput) -> Iterator[Batch]:
    """Compare every declared area; one finding a parcel."""
    yield from unjudged(given, CHECK.id)
    applied = given.book.rules.get(_RULE)
    if applied is None:
        return
    parcels = given.parcels
    declared = _declared(parcels)
    written = np.array([bool(text.strip()) for text in parcels.declared_texts])
    stated = np.isfinite(declared)
    exact = parcels.measurable
    yield _judged(parcels, applied, declared, stated & exact)
    yield _estimated(parcels, applied, declared, stated & ~exact)
    yield _told(
        applied,
        written & ~stated,
        "unknown",
        "declared_unusable",
        measured=_texts(parcels, written & ~stated),
        cause="input_unusable",
        needs=("input:declared_area",),
    )
    yield _told(applied, ~written & ~stated, "not_applicable", "declared_nothing")


def _declared(parcels: Parcels) -> Floats:
    """Return the declared areas; NaN where nothing, or nothing that can be an area, is stated."""
    declared = parcels.declared_m2
    possible = np.isfinite(declared) & (declared > 0)
    return np.where(possible, declared, np.nan)


def _judged(parcels: Parcels, applied: AppliedRule, declared: Floats, chosen: Bools) -> Batch:
    rows = np.flatnonzero(chosen)
    on_ellipsoid, in_plane = parcels.area_m2[rows], _plane_areas(parcels, rows)
    to_ellipsoid, to_plane = declared[rows] - on_ellipsoid, declared[rows] - in_plane
    by_plane = np.abs(to_plane) < np.abs(to_ellipsoid)  # NaN is not less
    difference = np.where(by_plane, to_plane, to_ellipsoid)
    computed = np.where(by_plane, in_plane, on_ellipsoid)
    tolerance = _tolerance(parcels, applied, declared, on_ellipsoid, rows)
    holds = np.abs(difference) <= tolerance
    return Batch(
        check=CHECK.id,
        rule=applied.id,
        parcel=rows,
        outcome=np.where(holds, "pass", breach_outcome(applied.rule)),
        reason=np.where(holds, "declared_agrees", "declared_differs"),
        measured=difference,
        limit=tolerance,
        op="<=",
        unit="m2",
        share=difference / computed,
        values={
            "declared_m2": declared[rows],
            "computed_m2": computed,
            "text": _texts(parcels, chosen),
            "where": [_WHERE[bool(one)] for one in by_plane],
        },
    )


_WHERE = {
    True: {"zh": "投影平面", "en": "the map plane"},
    False: {"zh": "椭球面", "en": "the ellipsoid"},
}


def _tolerance(
    parcels: Parcels,
    applied: AppliedRule,
    declared: Floats,
    computed: Floats,
    rows: npt.NDArray[np.int64],
) -> Floats:
    from geo.survey.quality import tolerance

    least = float(applied.limit) if isinstance(applied.limit, float) else np.nan
    ratio = tolerance.rule("check", _RULE, "ratio")
    texts = [parcels.declared_texts[at] for at in rows.tolist()]
    rounding = np.array([*map(_rounding, texts, declared[rows].tolist())], dtype=float)
    allowed: Floats = np.maximum(np.maximum(least, ratio * computed), rounding)
    return allowed


def _rounding(text: str, square_metres: float) -> float:
    """Return half of the last digit as it was written, in m²; 0 where no digits are."""
    found = _NUMBER.search(narrow(text))
    number = float(found[0].replace(",", "")) if found else 0.0
    if not found or not number:
        return 0.0
    decimals = len(found[1] or "")
    return float(0.5 * 10.0**-decimals * square_metres / number)


def _plane_areas(parcels: Parcels, rows: npt.NDArray[np.int64]) -> Floats:
    """Give areas in the plane of the file, else in that of the 3-degree zone of the parcel."""
    from geo.crs import meridian_tm, to_local

    stated = np.full(len(rows), np.nan) if parcels.plane_m2 is None else parcels.plane_m2[rows]
    areas = np.array(stated, dtype=float)
    lacking = np.flatnonzero(np.isnan(areas))
    shapes = parcels.shapes[rows[lacking]]
    bounds = shapely.bounds(shapes)
    meridians = _ZONE_DEGREES * np.rint((bounds[:, 0] + bounds[:, 2]) / 2 / _ZONE_DEGREES)
    for meridian in np.unique(meridians):
        mine = meridians == meridian
        projected = to_local(shapes[mine], meridian_tm(float(meridian)))
        areas[lacking[mine]] = shapely.area(projected)
    return areas


def _estimated(parcels: Parcels, applied: AppliedRule, declared: Floats, chosen: Bools) -> Batch:
    """Tell what no place of a rough drawing explains; all else is unknown."""
    rows = np.flatnonzero(chosen)
    smallest, largest = _possible_areas(parcels, rows)
    allowed = _tolerance(parcels, applied, declared, largest, rows)
    allowed = np.nan_to_num(allowed, nan=np.inf)
    too_small = declared[rows] < smallest - allowed
    too_large = declared[rows] > largest + allowed
    differs = too_small | too_large
    located = np.isfinite(largest)
    return Batch(
        check=CHECK.id,
        rule=applied.id,
        parcel=rows,
        outcome=np.where(differs, breach_outcome(applied.rule), "unknown"),
        reason=_estimated_reasons(too_small, too_large, located),
        measured=declared[rows],
        unit="m2",
        cause=np.where(differs, "", np.where(located, "geometry_uncertain", "geometry_missing")),
        needs=[() if one else ("geometry",) for one in differs],
        values={
            "text": _texts(parcels, chosen),
            "smallest_m2": smallest,
            "largest_m2": largest,
            "accuracy_m": parcels.accuracy_m[rows],
        },
    )


def _estimated_reasons(too_small: Bools, too_large: Bools, located: Bools) -> Column:
    return np.select(
        [too_small, too_large, located],
        ["declared_too_small", "declared_too_large", "declared_uncertain"],
        "declared_without_place",
    )


def _possible_areas(parcels: Parcels, rows: npt.NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Return the smallest and largest area that a parcel can have by its drawing, in m².

    An outline is drawn in and out by its accuracy; a place holds the parcel as a whole.
    """
    smallest, largest = np.zeros(len(rows)), np.full(len(rows), np.nan)
    drawn, off = parcels.drawn[rows], parcels.accuracy_m[rows]
    known = np.flatnonzero(parcels.sound[rows] & np.isfinite(off))
    largest[known] = shapely.area(shapely.buffer(drawn[known], off[known]))
    outlined = known[parcels.has_shape[rows[known]]]
    smallest[outlined] = shapely.area(shapely.buffer(drawn[outlined], -off[outlined]))
    return smallest, largest


def _texts(parcels: Parcels, chosen: Bools) -> list[str]:
    return [parcels.declared_texts[at] or "—" for at in np.flatnonzero(chosen).tolist()]


def _told(
    applied: AppliedRule,
    chosen: Bools,
    outcome: Outcome,
    reason: str,
    *,
    measured: Column = None,
    cause: str = "",
    needs: tuple[str, ...] = (),
) -> Batch:
    return Batch(
        check=CHECK.id,
        rule=applied.id,
        parcel=np.flatnonzero(chosen),
        outcome=outcome,
        reason=reason,
        measured=measured,
        cause=cause,
        needs=needs,
    )


CHECK = Check(id="declared_area", run=run)
