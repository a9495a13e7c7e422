"""What is said of a proposal, as a workbook and as a one-page memo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from parcels.proposal.reports.case import judge_case

if TYPE_CHECKING:
    from parcels.proposal.remedies.advice import Freedom
    from parcels.ui.components.m0_now import Now

REPORTS: tuple[Literal["xlsx", "html"], ...] = ("xlsx", "html")


def report(now: Now, asked: Freedom, kind: Literal["xlsx", "html"]) -> bytes:
    """Write verdicts and smallest changes under every chosen pack.

    Parameters
    ----------
    asked : Freedom
        What may change: the file is made where the session cannot be asked any more.
    kind : {"xlsx", "html"}
        Packs side by side as a workbook, or the memo.
    """
    case = judge_case(now.proposal, now.book, reading=now.reading, freedom=asked, draft=now.draft)
    if kind == "xlsx":
        from parcels.proposal.reports.comparison_book import comparison_book

        return comparison_book(case, now.lang)
    from parcels.proposal.reports.memo import memo_of
    from parcels.proposal.reports.memo_page import memo_page

    return memo_page(memo_of(case, now.lang), now.lang).encode()
