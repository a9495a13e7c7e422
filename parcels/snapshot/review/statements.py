"""Findings without their parcels: what is said about thousands of them is kept once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from parcels.finding_words import limit_text, rule_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from parcels.check_report import CheckReport
    from parcels.findings import Batch, Finding
    from parcels.snapshot.model import Content

Entry = dict[str, Any]


class Statements:
    """The different things that findings say, each once, in the order in which they appear."""

    def __init__(self, report: CheckReport) -> None:
        self.said: list[Entry] = []
        self._report = report
        self._titles: dict[str, str] = {}

    def rows(self) -> list[list[int]]:
        """Give for every parcel the positions in `said` of its findings, in report order."""
        review = self._report.review
        ordered = review.assessment.in_order()
        count = len(review.given.parcels)
        if not ordered:
            return [[] for _ in range(count)]
        parcel = np.concatenate([batch.parcel for batch in ordered])
        said = np.concatenate([self._of_batch(batch) for batch in ordered])
        at = np.argsort(parcel, kind="stable")
        ends = np.cumsum(np.bincount(parcel, minlength=count))[:-1]
        return [part.tolist() for part in np.split(said[at], ends)]

    def _of_batch(self, batch: Batch) -> npt.NDArray[np.int64]:
        if batch.is_uniform:
            return np.full(len(batch), self._added(batch.finding(0)), dtype=np.int64)
        found: dict[tuple[Any, ...], int] = {}
        rows = np.empty(len(batch), dtype=np.int64)
        for row, key in enumerate(zip(*_written(batch), strict=True)):
            at = found.get(key)
            if at is None:
                at = found[key] = self._added(batch.finding(row))
            rows[row] = at
        return rows

    def _added(self, finding: Finding) -> int:
        self.said.append(self.entry(finding))
        return len(self.said) - 1

    def entry(self, finding: Finding) -> Entry:
        """Describe a finding, all but the parcel that it is about."""
        report = self._report
        if finding.rule not in self._titles:
            applied = report.review.given.book.find(finding.rule)
            self._titles[finding.rule] = rule_title(report.lang, applied) if applied else ""
        return {
            **report.said(finding),
            "needs": list(finding.needs),
            "rule_title": self._titles[finding.rule],
            "limit_text": limit_text(report.lang, finding),
        }


def _written(batch: Batch) -> list[list[Any]]:
    """Give the columns that differ between rows as keys: NaN is like NaN there, 1 not like yes."""
    columns = batch.columns()
    lists = [one.tolist() if isinstance(one, np.ndarray) else one for one in columns]
    return [[one if type(one) is str else (repr(one),) for one in column] for column in lists]


def findings_of(content: Content) -> Iterator[Entry]:
    """Give the findings of a review one by one, whichever way its content keeps them.

    Parameters
    ----------
    content : mapping
        Of a snapshot of the kind ``review``, of any level.

    Yields
    ------
    dict
        One finding with its ``id``, ``key`` and what is known of its parcel; by parcel, then in
        report order.
    """
    answers = content["answers"]
    if answers["findings"] is not None:
        yield from answers["findings"]
        return
    number = 0
    for parcel, row in zip(content["parcels"], answers["rows"], strict=True):
        for at in row:
            number += 1
            yield {**parcel_part(parcel), **answers["said"][at], "id": f"F{number}"}


def parcel_part(parcel: Entry) -> Entry:
    """Give what a finding says of the parcel that it is about, from the parcel's entry."""
    return {
        "parcel_id": parcel["id"] or str(parcel["at"] + 1),
        "parcel": parcel["at"] + 1,
        "name": parcel["name"],
        "geometry_class": parcel["geometry_class"],
        "key": parcel["key"],
    }
