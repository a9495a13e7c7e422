"""An assessment as the stable JSON shape of ``check``, with sentences and sources."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from parcels.finding_words import finding_text, need_text, source_text
from parcels.findings import OUTCOMES
from parcels.worklist import data_gaps

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from parcels.findings import Finding
    from parcels.review import Review

Entry = dict[str, Any]


def check_report(review: Review, lang: str, accepted: Collection[str] = ()) -> Entry:
    """Describe an assessment.

    Parameters
    ----------
    review : Review
    lang : str
        ``zh`` or ``en``.
    accepted : collection of str
        Keys of findings that a baseline accepts (`finding_key`).

    Returns
    -------
    dict
        ``as_of``, ``packs``, ``layers``, ``findings`` by parcel in report order, ``summary`` of
        the findings by outcome, ``accepted``, ``worklist``. Numbers are unrounded; what does not
        exist is None.
    """
    book = review.given.book
    findings = [_entry(review, one, lang, accepted) for one in review.assessment.findings()]
    counted = Counter(one["outcome"] for one in findings)
    return {
        "as_of": book.as_of.isoformat(),
        "packs": [{"id": pack.id, "version": pack.version} for pack in book.packs],
        "layers": [
            {
                "kind": kind,
                "title": layer.title,
                "digest": layer.digest,
                "source": layer.source,
                "date": layer.date,
                "licence": layer.licence,
                "allowed_use": layer.allowed_use,
            }
            for kind, layer in sorted(review.given.overlays.items())
        ],
        "parcels": len(review.given.parcels),
        "findings": findings,
        "summary": {outcome: counted[outcome] for outcome in OUTCOMES},
        "accepted": sum(one["accepted"] for one in findings),
        "worklist": [
            {
                "need": gap.need,
                "title": need_text(lang, gap.need, book),
                "alone": gap.alone,
                "involved": gap.involved,
                "parcels": gap.parcels,
            }
            for gap in data_gaps(review.assessment)
        ],
    }


def finding_key(parcel_id: str, finding: Finding) -> str:
    """Name a finding so that it is the same one in another run, and another when its figure is."""
    measured = finding.measured
    figure = f"{measured:.6g}" if isinstance(measured, float) else str(measured)
    parts = (parcel_id, finding.check, finding.rule, finding.reason, finding.other, figure)
    return "|".join(parts)


def open_findings(review: Review) -> Iterator[str]:
    """Give the keys of everything that is no pass, in report order."""
    for finding in review.assessment.findings():
        if finding.outcome in {"fail", "unknown", "warning"}:
            yield finding_key(review.given.parcels.ids[finding.parcel], finding)


def _entry(review: Review, finding: Finding, lang: str, accepted: Collection[str]) -> Entry:
    parcels, applied = review.given.parcels, review.given.book.find(finding.rule)
    own = parcels.ids[finding.parcel]
    return {
        "parcel_id": own,
        "parcel": finding.parcel + 1,
        "name": parcels.names[finding.parcel],
        "check": finding.check,
        "rule_id": finding.rule,
        "pack": applied.pack.id if applied else "",
        "outcome": finding.outcome,
        "measured": finding.measured,
        "limit": finding.limit,
        "op": finding.op,
        "unit": finding.unit,
        "share": finding.share,
        "other_id": finding.other,
        "reason": finding.reason,
        "cause": finding.cause,
        "needs": list(finding.needs),
        "source": source_text(lang, applied) if applied else "",
        "status": applied.rule.status if applied else "",
        "confidence": applied.rule.confidence if applied else "",
        "original_limit": applied.rule.value if applied and applied.override else None,
        "geometry_class": parcels.geometry_class[finding.parcel],
        "accepted": bool(accepted) and finding_key(own, finding) in accepted,
        "message": finding_text(lang, finding),
    }
