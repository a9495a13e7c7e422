"""What a sketched element runs into: the product's own checks, told so that a wall stays readable.

Every finding that is a breach or a doubt about a place is one conflict. What cannot be judged for
lack of data is counted by its cause, once for an element. A pass is no conflict; how many checks
passed is told beside.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from layers.overlay_kinds import overlay_kinds
from parcels.assess import assess
from parcels.checks.keeping_away.tasks import tasks
from parcels.checks.model import CheckInput
from parcels.findings import RANK, Finding, worst
from parcels.planning.conflicts.at_once import shared_with_elements
from parcels.planning.conflicts.backdrop import backdrop_conflicts
from parcels.planning.conflicts.model import Conflict, Judged, crowded
from parcels.planning.conflicts.subject import (
    Group,
    accuracy_of,
    alone,
    beside,
    drawn_together,
    land_of,
)
from parcels.planning.conflicts.table import checks_of
from parcels.planning.figures.elements import figures_of
from parcels.planning.ground.boxes import grown, meets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from layers.overlay import Overlay
    from parcels.checks.subject import Parcels
    from parcels.findings import Assessment, Outcome
    from parcels.planning.ground.prepared import Ground
    from parcels.planning.model import Element

__all__ = ["Conflict", "Judged", "judge"]

_GROUPED = (
    "layer_missing",
    "layer_out_of_extent",
    "layer_incomplete",
    "input_missing",
    "input_unusable",
    "class_open",
    "class_unknown",
    "rule_not_in_force",
    "value_set_locally",
)
"""Causes that say nothing about one place: counted, not listed."""
_BAND = "ADJ_EIA"
_POSSIBLE = "overlap_possible"
_PARCELS, _ELEMENTS = "parcels", "elements"


def judge(element: Element, ground: Ground, others: Sequence[Element] = ()) -> Judged:
    """Run every check that applies to an element of its kind.

    Parameters
    ----------
    element : Element
    ground : Ground
    others : sequence of Element
        All elements of the scenario, in order; those of the same kind are neighbours.

    Returns
    -------
    Judged
        Worst conflicts first. Not judged again while element, neighbours and ground are the same.
    """
    land = land_of(element)
    if land is None:
        return without_width(element)
    single = alone(element, land, ground)
    reach_m = reach_of(single, ground)
    near = _neighbours(element, land, others, reach_m)
    asked = _Asked(element, land, single, reach_m, near)
    return ground.memory.once(_digest(element, near), lambda: _judged(asked, ground))


def without_width(element: Element) -> Judged:
    """Say of a road of unknown width that nothing can be said about its land."""
    finding = Finding(
        parcel=0,
        check="overlap",
        rule="",
        outcome="unknown",
        reason="sketch_road_without_width",
        cause="input_missing",
        needs=("input:sketch_width",),
    )
    return Judged(
        outcome="unknown",
        counts={},
        conflicts=(Conflict(element=element.id, layer="", finding=finding),),
        figures=figures_of(element),
    )


class _Asked(NamedTuple):
    """An element as it is judged; ``near`` holds its neighbours by their place among all."""

    element: Element
    land: BaseGeometry
    single: Parcels
    reach_m: float
    near: Mapping[int, Element]


def _judged(asked: _Asked, ground: Ground) -> Judged:
    element, land, single, reach_m, near = asked
    chosen = checks_of(element.kind)
    overlays = ground.overlays_near(land, reach_m)
    found = _told(asked, assess(_given(single, ground, overlays), checks=chosen.alone), ground)
    if chosen.beside:
        moving = {at: one for at, one in near.items() if _moves_along(one, asked)}
        apart = {at: one for at, one in near.items() if at not in moving}
        found += shared_with_elements(element, land, ground, moving)
        group = beside(element, land, ground, apart, reach_m)
        run = assess(_given(group.parcels, ground, overlays), checks=chosen.beside)
        found += _told(asked, run, ground, group)
    found = [one for one in found if one.finding.rule not in chosen.without]
    findings = [one.finding for one in found]
    conflicts = [
        *crowded(one for one in found if _is_listed(one.finding)),
        *backdrop_conflicts(element, land, ground),
        *_grouped(element, findings),
    ]
    conflicts.sort(key=lambda one: RANK[one.finding.outcome])
    outcome, counts = _summed(findings, chosen.ids)
    figures = figures_of(element)
    return Judged(outcome=outcome, counts=counts, conflicts=tuple(conflicts), figures=figures)


def _moves_along(other: Element, asked: _Asked) -> bool:
    """Whether a rough neighbour is off by the same as a rough element: they are one drawing."""
    return not asked.single.exact[0] and drawn_together(asked.element, other)


def reach_of(single: Parcels, ground: Ground) -> float:
    """Tell how far around a parcel the checks look, metres; infinite where it may lie anywhere."""
    own = float(single.accuracy_m[0])
    if np.isnan(own):
        return np.inf
    band = ground.book.rules.get(_BAND)
    asked = [band.limit] if band and isinstance(band.limit, float) else []
    limits = [float(one.limits_m[0]) for one in tasks(_given(single, ground, {}))]
    known = [one for one in (*asked, *limits) if np.isfinite(one)]
    return max(known, default=0.0) + own + 1.0


def _given(parcels: Parcels, ground: Ground, overlays: Mapping[str, Overlay]) -> CheckInput:
    return CheckInput(parcels=parcels, book=ground.book, overlays=overlays)


def _told(
    asked: _Asked, run: Assessment, ground: Ground, group: Group | None = None
) -> list[Conflict]:
    """Give the findings about the element, each with what can draw it."""
    told: list[Conflict] = []
    for finding, batch, row in run.rows_of(0):
        layer, said = _layer(finding, ground), finding
        if group is not None and "row" in finding.values:
            at = int(finding.values["row"]) - 1
            layer = _ELEMENTS if at >= group.first_element else _PARCELS
            said = replace(finding, values={**finding.values, "row": int(group.rows[at])})
        elif group is not None and finding.reason == _POSSIBLE and asked.single.exact[0]:
            said = _their_doubt(finding, group.parcels)
        draw = None if batch.evidence is None else partial(batch.evidence, row)
        told.append(Conflict(element=asked.element.id, layer=layer, finding=said, draw=draw))
    return told


def _their_doubt(finding: Finding, parcels: Parcels) -> Finding:
    """Say that it is the others whose place is rough: the sketch lies where it is drawn."""
    rough = parcels.accuracy_m[1:][~parcels.exact[1:]]
    known = rough[np.isfinite(rough)]
    accuracy = float(known.max()) if len(known) else "—"
    values = {**finding.values, "accuracy_m": accuracy}
    return replace(finding, reason="sketch_may_overlap", values=values)


def _layer(finding: Finding, ground: Ground) -> str:
    """Name the kind of layer that a finding is about; the check where it is about none."""
    applied = ground.book.find(finding.rule)
    kind = applied.rule.metric.partition(":")[2] if applied else ""
    if finding.check == "overlap":
        return _PARCELS
    return kind if kind in overlay_kinds() else finding.check


def _is_listed(finding: Finding) -> bool:
    if finding.outcome in {"pass", "not_applicable"}:
        return False
    return finding.outcome != "unknown" or finding.cause not in _GROUPED


def _grouped(element: Element, findings: Iterable[Finding]) -> Iterator[Conflict]:
    """Count what cannot be judged by its cause."""
    open_ones: dict[str, list[Finding]] = {}
    for one in findings:
        if one.outcome == "unknown" and one.cause in _GROUPED:
            open_ones.setdefault(one.cause, []).append(one)
    for cause in _GROUPED:
        if cause not in open_ones:
            continue
        found = open_ones[cause]
        needs = tuple(dict.fromkeys(need for one in found for need in one.needs))
        finding = Finding(
            parcel=0,
            check=found[0].check,
            rule="",
            outcome="unknown",
            reason=f"sketch_open_{cause}",
            cause=cause,
            needs=needs,
            values={"count": len(_counted(cause, found, needs))},
        )
        yield Conflict(element=element.id, layer="", finding=finding)


def _counted(cause: str, found: Sequence[Finding], needs: Sequence[str]) -> Sequence[object]:
    """Count layers where layers are missing, rules that cannot be applied elsewhere."""
    layers = [one for one in needs if one.startswith("layer:")]
    return layers if cause == "layer_missing" and layers else found


def _summed(
    findings: Sequence[Finding], checks: Sequence[str]
) -> tuple[Outcome, dict[Outcome, int]]:
    """Merge findings as a review does: the worst of each check, then the worst of all."""
    by_check: dict[str, list[Outcome]] = {check: [] for check in checks}
    for one in findings:
        by_check[one.check].append(one.outcome)
    merged = sorted((worst(found) for found in by_check.values()), key=RANK.__getitem__)
    return worst(merged), dict(Counter(merged))


def _neighbours(
    element: Element, land: BaseGeometry, others: Sequence[Element], reach_m: float
) -> dict[int, Element]:
    """Give the elements of the same kind that do not lie clear of the land, by their place."""
    if not checks_of(element.kind).beside:
        return {}
    kin = {
        at: one
        for at, one in enumerate(others, 1)
        if one.kind == element.kind and one.id != element.id
    }
    if not kin:
        return {}
    off = np.array([accuracy_of(one) for one in kin.values()]) + reach_m
    shapes = np.array([one.shape for one in kin.values()], dtype=object)
    boxes = grown(shapely.bounds(shapes), np.where(np.isfinite(off), off, 0.0))
    near = meets(boxes, np.array(land.bounds)) | ~np.isfinite(off)
    return {at: one for (at, one), is_near in zip(kin.items(), near, strict=True) if is_near}


def _digest(element: Element, near: Mapping[int, Element]) -> str:
    """Name what a verdict rests on, the ground aside: the element, and its neighbours' outlines."""
    stated = [_stated(element), *(f"{at} {_stated(one)}" for at, one in near.items())]
    return hashlib.sha256("\n".join(stated).encode()).hexdigest()


def _stated(element: Element) -> str:
    said = (
        element.id,
        element.kind,
        element.name,
        element.code,
        element.scheme,
        element.width_m,
        element.geometry_class,
        element.accuracy_m,
        element.source,
        sorted(element.attributes.items()),
    )
    return f"{said!r} {shapely.to_wkb(element.shape, hex=True)}"
