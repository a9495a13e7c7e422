"""Findings of a review as rows of a table, and their totals where there are too many to list."""

from __future__ import annotations

from collections import Counter
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from parcels.snapshot.review.statements import findings_of, parcel_part

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from parcels.snapshot.model import Content
    from parcels.snapshot.package.table import Entry

_LISTED_FIRST = ("fail", "warning")
_GROUPED_BY = ("outcome", "check", "rule_id", "rule_title", "cause", "source")


def count_findings(content: Content) -> int:
    """Count the findings, whichever way they are kept."""
    answers = content["answers"]
    if answers.get("findings") is not None:
        return len(answers["findings"])
    return sum(map(len, answers.get("rows") or ()))


def finding_rows(content: Content, most: int) -> list[Entry]:
    """Give findings in the order of the report, each with its id.

    Parameters
    ----------
    content : mapping
        Of a review, of any level.
    most : int
        Where there are more, only those that fail or warn are given, the first ones.
    """
    if count_findings(content) <= most:
        return list(findings_of(content))
    return list(islice(_with_outcome(content, _LISTED_FIRST), most))


def finding_groups(content: Content) -> list[Entry]:
    """Count the findings of one rule with one outcome and cause, in the order of the report."""
    counted: Counter[tuple[Any, ...]] = Counter()
    for entry, count in _different(content):
        counted[tuple(entry.get(key) for key in _GROUPED_BY)] += count
    return [
        {**dict(zip(_GROUPED_BY, key, strict=True)), "findings": count}
        for key, count in counted.items()
    ]


def _different(content: Content) -> Iterator[tuple[Entry, int]]:
    """Give what is said, and how often."""
    answers = content["answers"]
    if answers.get("findings") is not None:
        yield from ((one, 1) for one in answers["findings"])
        return
    counts = Counter(chain.from_iterable(answers.get("rows") or ()))
    yield from ((one, counts[at]) for at, one in enumerate(answers.get("said") or ()))


def _with_outcome(content: Content, outcomes: Collection[str]) -> Iterator[Entry]:
    """Give the findings with some outcomes; the others are not even put together."""
    answers = content["answers"]
    if answers.get("findings") is not None:
        yield from (one for one in answers["findings"] if one.get("outcome") in outcomes)
        return
    said = answers.get("said") or ()
    wanted = {at for at, one in enumerate(said) if one.get("outcome") in outcomes}
    number = 0
    for parcel, row in zip(content["parcels"], answers.get("rows") or (), strict=True):
        for rank, at in enumerate(row, start=number + 1):
            if at in wanted:
                yield {**parcel_part(parcel), **said[at], "id": f"F{rank}"}
        number += len(row)
