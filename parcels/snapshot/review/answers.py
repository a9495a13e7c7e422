"""What the checks say of the parcels, as sentences with their numbers and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcels.check_report import CheckReport
from parcels.messages import text
from parcels.snapshot.review.statements import Statements, parcel_part
from parcels.survey_report import fault_entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcels.snapshot.review.case import ReviewCase

Entry = dict[str, Any]
MOST_ENTRIES = 20_000
"""Above so many findings what they say is kept once each (``said``, ``rows``)."""


def review_answers(case: ReviewCase, parcels: Sequence[Entry], lang: str) -> Entry:
    """Give head, checks, findings and totals; a finding has an id that reports cite.

    Ids are F1, F2 … in the order of parcels and, for each, of the checks.

    Parameters
    ----------
    parcels : sequence of dict
        Entries of all parcels, in their order.

    Returns
    -------
    dict
        ``findings``: one entry each; None above `MOST_ENTRIES`, where ``said`` holds every
        different statement once and ``rows``, for each parcel, positions in it. Read them by
        `parcels.snapshot.review.statements.findings_of`, which knows both.
    """
    rejected = tuple(fault_entry(lang, fault) for fault in case.rejected)
    report = CheckReport(review=case.review, lang=lang, rejected=rejected)
    statements = Statements(report)
    rows = statements.rows()
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
        **_findings(statements.said, rows, parcels),
        **report.foot(),
    }


def _findings(said: list[Entry], rows: list[list[int]], parcels: Sequence[Entry]) -> Entry:
    if sum(len(row) for row in rows) > MOST_ENTRIES:
        return {"findings": None, "said": said, "rows": rows}
    each = [
        {**parcel_part(parcel), **said[at]}
        for parcel, row in zip(parcels, rows, strict=True)
        for at in row
    ]
    for number, entry in enumerate(each, start=1):
        entry["id"] = f"F{number}"
    return {"findings": each}
