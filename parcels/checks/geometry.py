"""Quality of the geometry: what the reading found about each outline, and what no outline tells.

Rules Q_… of the pack ``geometry_qc``. Without findings of a reading, outlines are examined here;
order and start of the points are then nobody's statement and not judged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from parcels.checks.model import Check
from parcels.checks.rule_choice import by_language, unjudged
from parcels.checks.subject import QualityFinding
from parcels.findings import Batch
from parcels.rules.judge import keeps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy.typing as npt

    from parcels.checks.model import CheckInput
    from parcels.checks.subject import Parcels
    from parcels.findings import Outcome
    from parcels.rules.load import AppliedRule

    Bools = npt.NDArray[np.bool_]
    Rows = list[tuple[int, QualityFinding]]

_OUTCOMES: Mapping[str, Outcome] = {"error": "fail", "warn": "warning", "info": "pass"}
_OF_THE_FILE = {"Q_START", "Q_ORIENT"}
_COUNTS = {"", "count"}
_SIZE = "Q_MINAREA"
_SOUND = "Q_SELF"
_MEASURED = ("surveyed", "digitized")
_NOWHERE = "—"
_DEGREE = "°"


def run(given: CheckInput) -> Iterator[Batch]:
    """Give every finding of a measured outline, and why nothing can be said of the others."""
    yield from unjudged(given, CHECK.id)
    rules = given.book.of(CHECK.id)
    if not rules:
        return
    drawn = given.parcels.has_shape & np.isin(given.parcels.geometry_class, _MEASURED)
    found = _by_code(given.parcels, drawn)
    sound = drawn.copy()
    for applied in rules:
        measured_here = applied.id == _SIZE and applied.override is not None
        rows = _sizes(given.parcels, drawn) if measured_here else found.get(applied.id, [])
        rows = _judged(applied, rows)
        sound[[at for at, one in rows if one.severity != "info"]] = False
        if rows:
            yield _told(applied, rows)
        if _is_stricter(applied) and not measured_here:
            sound[:] = False
            yield _limit_changed(applied, np.flatnonzero(drawn))
    named = {one.id for one in rules}
    general = _SOUND if _SOUND in named else rules[0].id
    yield from _without_findings(given.parcels, general, drawn, sound)


def _by_code(parcels: Parcels, drawn: Bools) -> dict[str, Rows]:
    """Sort what was found by code, in the order of the parcels."""
    quality = parcels.quality if parcels.quality_known else _examined(parcels, drawn)
    found: dict[str, Rows] = {}
    for at in sorted(quality):
        for one in quality[at] if drawn[at] else ():
            found.setdefault(one.code, []).append((at, one))
    return found


def _examined(parcels: Parcels, drawn: Bools) -> dict[int, list[QualityFinding]]:
    from geo.survey.quality.examination import examine

    positions = np.flatnonzero(drawn)
    if not len(positions):
        return {}
    table = examine(parcels.in_plane[positions]).findings.drop_columns(["wkb"])
    found: dict[int, list[QualityFinding]] = {}
    for row in table.to_pylist():
        if row["code"] not in _OF_THE_FILE:
            at = int(positions[row.pop("parcel")])
            found.setdefault(at, []).append(QualityFinding(**row))
    return found


def _sizes(parcels: Parcels, drawn: Bools) -> Rows:
    return [
        (at, QualityFinding(code=_SIZE, severity="warn", value=area, unit="m2"))
        for at, area in enumerate(parcels.area_m2.tolist())
        if drawn[at]
    ]


def _judged(applied: AppliedRule, rows: Rows) -> Rows:
    """Leave out what keeps a limit that the bureau has set for itself."""
    if applied.override is None:
        return rows
    return [row for row in rows if keeps(applied.rule.op, applied.limit, row[1].value) != "pass"]


def _is_stricter(applied: AppliedRule) -> bool:
    """Tell whether the bureau's limit finds more than the one by which the reading looked."""
    own, limit = applied.rule.value, applied.limit
    if applied.override is None or own == limit:
        return False
    if isinstance(own, float) and isinstance(limit, float):
        return limit > own if applied.rule.op == ">=" else limit < own
    return True


def _told(applied: AppliedRule, rows: Rows) -> Batch:
    found = [one for _, one in rows]
    is_limited = found[0].unit == applied.rule.unit or applied.rule.unit in _COUNTS
    return Batch(
        check=CHECK.id,
        rule=applied.id,
        parcel=np.array([at for at, _ in rows], dtype=np.int64),
        outcome=[_OUTCOMES[one.severity] for one in found],
        reason=applied.id.lower(),
        measured=[one.value for one in found],
        limit=applied.limit if is_limited else None,
        op=applied.rule.op if is_limited else "",
        unit=_DEGREE if found[0].unit == "deg" else found[0].unit,
        values={
            "ring": [one.ring or _NOWHERE for one in found],
            "point": [one.point or _NOWHERE for one in found],
        },
    )


def _limit_changed(applied: AppliedRule, rows: npt.NDArray[np.int64]) -> Batch:
    return Batch(
        check=CHECK.id,
        rule=applied.id,
        parcel=rows,
        outcome="unknown",
        reason="geometry_limit_changed",
        limit=applied.limit,
        op=applied.rule.op,
        unit=applied.rule.unit,
        cause="input_missing",
        needs=("input:geometry_by_local_limit",),
        values={"rule": by_language(applied.rule.title)},
    )


def _without_findings(parcels: Parcels, rule: str, drawn: Bools, sound: Bools) -> Iterator[Batch]:
    kinds = np.array(parcels.geometry_class)
    shaped, placed = parcels.has_shape, parcels.has_place
    sure = sound & ((kinds == "surveyed") | parcels.exact)
    yield _said(np.flatnonzero(sure), rule, "pass", "geometry_sound")
    for rows, reason in (
        (sound & ~sure, "geometry_digitized"),
        (shaped & ~drawn & (kinds == "schematic"), "geometry_schematic"),
        (shaped & ~drawn & (kinds != "schematic"), "geometry_unstated"),
        (placed, "geometry_by_words"),
    ):
        yield _uncertain(np.flatnonzero(rows), rule, reason, parcels)
    nowhere = np.flatnonzero(~shaped & ~placed)
    yield _said(
        nowhere, rule, "unknown", "geometry_none", cause="geometry_missing", needs=("geometry",)
    )


def _uncertain(rows: npt.NDArray[np.int64], rule: str, reason: str, parcels: Parcels) -> Batch:
    return Batch(
        check=CHECK.id,
        rule=rule,
        parcel=rows,
        outcome="unknown",
        reason=reason,
        cause="geometry_uncertain",
        needs=("geometry",),
        values={"accuracy_m": _stated(parcels.accuracy_m[rows])},
    )


def _stated(accuracy: npt.NDArray[np.float64]) -> Sequence[float | str]:
    return [_NOWHERE if np.isnan(one) else float(one) for one in accuracy]


def _said(
    rows: npt.NDArray[np.int64],
    rule: str,
    outcome: Outcome,
    reason: str,
    *,
    cause: str = "",
    needs: tuple[str, ...] = (),
) -> Batch:
    return Batch(
        check=CHECK.id,
        rule=rule,
        parcel=rows,
        outcome=outcome,
        reason=reason,
        cause=cause,
        needs=needs,
    )


CHECK = Check(id="geometry", run=run)
