"""The files that ``proposal`` writes, by their suffix."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from parcels.proposal.reports.report import case_entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from parcels.proposal.draft import Draft
    from parcels.proposal.reports.case import Case


def file_content(suffix: str, case: Case, draft: Draft, lang: str) -> bytes:
    """Return a file about a judged proposal.

    Parameters
    ----------
    suffix : str
        One of `SUFFIXES`: ``.xlsx`` comparison, ``.html`` memo, ``.json`` everything, ``.toml``
        the proposal itself, with the first change applied where there is one.
    draft : Draft
        The proposal as it was typed.
    """
    return _WRITERS[suffix](case, draft, lang)


def _report(case: Case, _draft: Draft, lang: str) -> bytes:
    return (json.dumps(case_entry(case, lang), ensure_ascii=False, allow_nan=False) + "\n").encode()


def _comparison(case: Case, _draft: Draft, lang: str) -> bytes:
    from parcels.proposal.reports.comparison_book import comparison_book

    return comparison_book(case, lang)


def _memo(case: Case, _draft: Draft, lang: str) -> bytes:
    from parcels.proposal.reports.memo import memo_of
    from parcels.proposal.reports.memo_page import memo_page

    return memo_page(memo_of(case, lang), lang).encode()


def _document(case: Case, draft: Draft, _lang: str) -> bytes:
    from parcels.proposal.document.documents import write_document
    from parcels.proposal.document.drafting import put_changes

    remedy = case.first_remedy
    return write_document(put_changes(draft, remedy.changes) if remedy else draft, "toml")


_WRITERS: dict[str, Callable[[Case, Draft, str], bytes]] = {
    ".xlsx": _comparison,
    ".html": _memo,
    ".json": _report,
    ".toml": _document,
}
SUFFIXES = frozenset(_WRITERS)
