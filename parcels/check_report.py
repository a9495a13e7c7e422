"""An assessment as the stable JSON shape of ``check``, with sentences and sources."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from parcels.finding_words import finding_text, need_text, source_text
from parcels.findings import OUTCOMES
from parcels.worklist import data_gaps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from layers.overlay import Overlay
    from parcels.findings import Assessment, Finding
    from parcels.review import Review
    from parcels.rules.model import Override

Entry = dict[str, Any]
_PARTS = 4_096  # findings that are written at once


@dataclass(frozen=True, kw_only=True, eq=False)
class CheckReport:
    """What ``check`` has to say; findings are made one by one, a county has millions.

    Attributes
    ----------
    review : Review
    lang : str
        ``zh`` or ``en``.
    accepted : frozenset of str
        Keys of findings that a baseline accepts (`finding_key`).
    rejected : tuple of entry
        What the reading of the file refused, so that nothing judged it: where, code, message.
    """

    review: Review
    lang: str
    accepted: frozenset[str] = field(default_factory=frozenset)
    rejected: tuple[Entry, ...] = ()
    _sources: dict[str, Entry] = field(default_factory=dict, repr=False)

    def head(self) -> Entry:
        """Return what the findings rest on: day, packs, layers, number of parcels."""
        given = self.review.given
        return {
            "as_of": given.book.as_of.isoformat(),
            "packs": [{"id": pack.id, "version": pack.version} for pack in given.book.packs],
            "layers": layer_entries(given.overlays),
            "parcels": len(given.parcels),
            "rejected": list(self.rejected),
        }

    @cached_property
    def summary(self) -> dict[str, int]:
        """Count the findings by outcome: all five, worst first."""
        counted: Counter[str] = Counter()
        for batch in self.review.assessment.batches:
            ranks = Counter(batch.ranks().tolist())
            counted.update({OUTCOMES[rank]: count for rank, count in ranks.items()})
        return {outcome: counted[outcome] for outcome in OUTCOMES}

    def foot(self) -> Entry:
        """Return the totals of the findings, and the missing data by what they settle."""
        return {
            "summary": self.summary,
            "accepted": len(self._accepted_outcomes),
            "worklist": [
                {
                    "need": gap.need,
                    "title": need_text(self.lang, gap.need, self.review.given.book),
                    "alone": gap.alone,
                    "involved": gap.involved,
                    "parcels": gap.parcels,
                }
                for gap in data_gaps(self.review.assessment)
            ],
        }

    def entries(self, assessment: Assessment | None = None) -> Iterator[Entry]:
        """Give the findings, or those of a part of the assessment, by parcel in report order.

        Numbers are unrounded; what does not exist is None.
        """
        for batch, row in (assessment or self.review.assessment).rows():
            finding = batch.finding(row)
            yield self._of_parcel(finding.parcel) | self.said(finding) | self._mark(finding)

    def open_outcomes(self) -> set[str]:
        """Return which outcomes are left when accepted findings are not counted."""
        counted: Counter[str] = Counter(self.summary)
        counted.subtract(self._accepted_outcomes)
        return {outcome for outcome, count in counted.items() if count > 0}

    def json_parts(self) -> Iterator[str]:
        """Write the whole report as JSON, in pieces."""
        head, foot = self.head(), self.foot()
        yield _dumped(head)[:-1] + ', "findings": ['
        pieces: list[str] = []
        for line in self._lines():
            pieces.append(line)
            if len(pieces) == _PARTS:
                yield "".join(pieces)
                pieces = []
        yield "".join(pieces) + "], " + _dumped(foot)[1:] + "\n"

    def _lines(self) -> Iterator[str]:
        """Write findings as JSON; what all rows of a batch share is written once."""
        shared: dict[int, str] = {}
        uniform = {id(one) for one in self.review.assessment.batches if one.is_uniform}
        seen, own, separator = -1, "", ""
        for batch, row in self.review.assessment.rows():
            parcel = int(batch.parcel[row])
            if parcel != seen:
                seen, own = parcel, _dumped(self._of_parcel(parcel))[:-1]
            rest = shared.get(id(batch))
            finding = batch.finding(row) if rest is None or self.accepted else None
            if rest is None and finding is not None:
                rest = _dumped(self.said(finding))[1:-1]
                if id(batch) in uniform:
                    shared[id(batch)] = rest
            mark = _NOT_ACCEPTED if finding is None else _dumped(self._mark(finding))
            yield f"{separator}{own}, {rest}, {mark[1:]}"
            separator = ", "

    def _of_parcel(self, parcel: int) -> Entry:
        parcels = self.review.given.parcels
        return {
            "parcel_id": parcels.ids[parcel] or str(parcel + 1),
            "parcel": parcel + 1,
            "name": parcels.names[parcel],
            "geometry_class": parcels.geometry_class[parcel],
        }

    def said(self, finding: Finding) -> Entry:
        """Describe a finding with its rule and source, all but the parcel that it is about."""
        return {
            "check": finding.check,
            "rule_id": finding.rule,
            "outcome": finding.outcome,
            "measured": finding.measured,
            "limit": finding.limit,
            "op": finding.op,
            "unit": finding.unit,
            "share": finding.share,
            "other_id": finding.other,
            "reason": finding.reason,
            "cause": finding.cause,
            "needs": finding.needs,
            "message": finding_text(self.lang, finding),
        } | self._source_of(finding.rule)

    def _source_of(self, rule: str) -> Entry:
        """Say where a rule is written; made once for each."""
        known = self._sources.get(rule)
        if known is None:
            applied = self.review.given.book.find(rule)
            known = {
                "pack": applied.pack.id if applied else "",
                "source": source_text(self.lang, applied) if applied else "",
                "status": applied.rule.status if applied else "",
                "confidence": applied.rule.confidence if applied else "",
                "original_limit": applied.rule.value if applied and applied.override else None,
                "local_limit_by": _set_by(applied.override) if applied and applied.override else "",
            }
            self._sources[rule] = known
        return known

    def _mark(self, finding: Finding) -> Entry:
        return {"accepted": bool(self.accepted) and self._key(finding) in self.accepted}

    @cached_property
    def _accepted_outcomes(self) -> list[str]:
        if not self.accepted:
            return []
        return [
            finding.outcome
            for finding in self.review.assessment.findings()
            if self._key(finding) in self.accepted
        ]

    def _key(self, finding: Finding) -> str:
        return finding_key(self.review.key(finding.parcel), finding)


def _set_by(local: Override) -> str:
    """Name person, day, reason and document of a local limit."""
    said = (local.by, local.day.isoformat(), local.reason, local.document)
    return " · ".join(part for part in said if part)


_NOT_ACCEPTED = '{"accepted": false}'


def finding_key(parcel_id: str, finding: Finding) -> str:
    """Name a finding so that it is the same one in another run, and another when its figure is."""
    parts = (parcel_id, finding.check, finding.rule, finding.outcome, finding.reason)
    return "|".join((*parts, finding.other, finding.figure))


def open_findings(review: Review) -> Iterator[str]:
    """Give the keys of everything that is no pass, in report order."""
    for finding in review.assessment.findings():
        if finding.outcome in {"fail", "unknown", "warning"}:
            yield finding_key(review.key(finding.parcel), finding)


def part_of(assessment: Assessment, check: str) -> Assessment:
    """Return the part of an assessment that one check said."""
    own = tuple(one for one in assessment.batches if one.check == check)
    return replace(assessment, checks=(check,), batches=own)


def _dumped(value: Entry) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def layer_entries(overlays: Mapping[str, Overlay]) -> list[Entry]:
    """Describe the layers that an answer rests on, by kind."""
    return [
        {
            "kind": kind,
            "title": layer.title,
            "digest": layer.digest,
            "source": layer.source,
            "date": layer.date,
            "licence": layer.licence,
            "allowed_use": layer.allowed_use,
        }
        for kind, layer in sorted(overlays.items())
    ]
