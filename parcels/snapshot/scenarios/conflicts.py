"""A conflict of an element, with its figure, its rule and where it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcels.finding_words import finding_text, limit_text, need_text, rule_title, source_text
from parcels.planning.desk.answer import conflict_title
from parcels.planning.wording import element_name
from parcels.snapshot.review.parcels import plain_value
from parcels.snapshot.shapes import drawn_shapes

if TYPE_CHECKING:
    from parcels.findings import Finding
    from parcels.planning.conflicts.model import Conflict
    from parcels.planning.ground.prepared import Ground
    from parcels.planning.model import State

Entry = dict[str, Any]


def conflict_entry(conflict: Conflict, state: State, ground: Ground, lang: str) -> Entry:
    """Describe a conflict; areas in m², shares 0 to 1, the shape as GeoJSON in EPSG:4490."""
    finding = conflict.finding
    return {
        "element": conflict.element,
        "element_title": element_name(lang, state[conflict.element]),
        "layer": conflict.layer,
        "title": conflict_title(conflict, lang),
        "check": finding.check,
        "rule_id": finding.rule,
        **_rule(finding, ground, lang),
        "other_id": finding.other,
        "outcome": finding.outcome,
        "measured": plain_value(finding.measured),
        "limit": plain_value(finding.limit),
        "limit_text": limit_text(lang, finding),
        "op": finding.op,
        "unit": finding.unit,
        "area_m2": conflict.area_m2,
        "share": conflict.share,
        "reason": finding.reason,
        "cause": finding.cause,
        "needs": list(finding.needs),
        "needs_text": [need_text(lang, one, ground.book) for one in finding.needs],
        "message": finding_text(lang, finding),
        "shape": drawn_shapes([conflict.shape])[0],
    }


def _rule(finding: Finding, ground: Ground, lang: str) -> Entry:
    """Name the rule and where it is written; "" where no rule of the book says it."""
    applied = ground.book.find(finding.rule)
    return {
        "rule_title": rule_title(lang, applied) if applied else "",
        "pack": applied.pack.id if applied else "",
        "source": source_text(lang, applied) if applied else "",
        "status": applied.rule.status if applied else "",
        "confidence": applied.rule.confidence if applied else "",
    }
