"""Indices of an expansion area as plain JSON values."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from parcels.check_report import layer_entries
from parcels.expansion import wording
from parcels.expansion.secrecy import sensitive
from parcels.finding_words import rule_title, source_text
from parcels.findings import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from layers.scene import GeometryClass
    from parcels.expansion.model import Band, Detail, Index
    from parcels.expansion.surroundings import Surroundings, Zone
    from parcels.rules.load import RuleBook

Entry = dict[str, Any]


@dataclass(frozen=True, kw_only=True, eq=False)
class ExpansionReport:
    """The indices of one area with all that they rest on.

    Attributes
    ----------
    title : str
        Of the area: the name of its file or scenario.
    extension : geometry
        EPSG:4490.
    geometry_class : GeometryClass
        Of the area's outline; ``surveyed`` also where nobody says what it is.
    rejected : sequence of entry
        What the reading of its file refused.
    """

    lang: str
    title: str
    extension: BaseGeometry
    geometry_class: GeometryClass
    around: Surroundings
    book: RuleBook
    indices: Sequence[Index]
    rejected: Sequence[Entry] = ()

    @property
    def summary(self) -> dict[str, int]:
        """Count the indices by outcome: all five, worst first. No sum of figures is made."""
        counted = Counter(one.outcome for one in self.indices)
        return {outcome: counted[outcome] for outcome in OUTCOMES}

    @property
    def is_sensitive(self) -> bool:
        """Whether a map of the area with these layers may not be passed on."""
        return sensitive(self.extension, self.around.overlays.values(), [self.geometry_class])

    def entry(self) -> Entry:
        """Return everything; numbers unrounded, open ends null."""
        return {
            "as_of": self.book.as_of.isoformat(),
            "packs": [{"id": pack.id, "version": pack.version} for pack in self.book.packs],
            "title": self.title,
            "zone": _zone(self.around.zone),
            "layers": layer_entries(self.around.overlays),
            "rejected": list(self.rejected),
            "sensitive": self.is_sensitive,
            "indices": [self._index(one) for one in self.indices],
            "summary": self.summary,
        }

    def _index(self, index: Index) -> Entry:
        return {
            "id": index.id,
            "name": wording.index_name(self.lang, index),
            "principle": index.principle,
            "outcome": index.outcome,
            "grade": index.grade,
            "value": _number(index.value),
            "low": _number(index.low),
            "high": _number(index.high),
            "unit": index.unit,
            "text": wording.value_text(self.lang, index),
            "bands": [_band(self.lang, band) for band in index.bands],
            "cause": index.cause,
            "needs": list(index.needs),
            "needs_text": wording.missing_text(self.lang, index, self.book),
            "reason": index.reason,
            "message": wording.reason_text(self.lang, index),
            "method": wording.method_text(self.lang, index),
            "details": [_detail(self.lang, one) for one in index.details],
        }


def _zone(zone: Zone | None) -> Entry | None:
    if zone is None:
        return None
    return {
        "title": zone.title,
        "schematic": zone.is_schematic,
        "accuracy_m": zone.accuracy_m,
        "complete": zone.is_whole,
    }


def _band(lang: str, band: Band) -> Entry:
    applied = band.applied
    rule = applied.rule
    return {
        "rule_id": rule.id,
        "title": rule_title(lang, applied),
        "op": rule.op,
        "limit": _plain(applied.limit),
        "original_limit": _plain(rule.value),
        "unit": rule.unit,
        "severity": rule.severity,
        "verdict": band.verdict,
        "status": rule.status,
        "confidence": rule.confidence,
        "source": source_text(lang, applied),
        "text": wording.band_text(lang, band),
    }


def _detail(lang: str, detail: Detail) -> Entry:
    return {
        "kind": detail.kind,
        "name": detail.name,
        "figures": {key: _plain(one) for key, one in detail.figures.items()},
        "text": wording.detail_text(lang, detail),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return _number(value) if isinstance(value, float) else value


def _number(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)
