"""What the checks say of the parcels, as sentences with their numbers and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcels.check_report import CheckReport
from parcels.finding_words import limit_text, rule_title
from parcels.messages import text

if TYPE_CHECKING:
    from parcels.snapshot.review.case import ReviewCase

Entry = dict[str, Any]


def review_answers(case: ReviewCase, lang: str) -> Entry:
    """Give head, checks, findings and totals; a finding has an id that reports cite.

    Ids are F1, F2 … in the order of parcels and, for each, of the checks.
    """
    report = CheckReport(review=case.review, lang=lang)
    given = case.review.given
    findings = list(report.entries())
    titles: dict[str, str] = {}
    words = [limit_text(lang, one) for one in case.review.assessment.findings()]
    for at, (entry, limit) in enumerate(zip(findings, words, strict=True), start=1):
        rule = entry["rule_id"]
        if rule not in titles:
            applied = given.book.find(rule)
            titles[rule] = rule_title(lang, applied) if applied else ""
        entry["key"] = case.review.key(entry["parcel"] - 1)
        entry["id"] = f"F{at}"
        entry["rule_title"] = titles[rule]
        entry["limit_text"] = limit
        entry["needs"] = list(entry["needs"])
        del entry["accepted"]
    return {
        **report.head(),
        "checks": [
            {
                "id": check,
                "title": text(lang, f"check.{check}.title"),
                "short": text(lang, f"check.{check}.short"),
            }
            for check in case.review.assessment.checks
        ],
        "findings": findings,
        **report.foot(),
    }
