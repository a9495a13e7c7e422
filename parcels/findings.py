"""What checks answer: findings in columns, for nine parcels or a hundred thousand."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from shapely.geometry.base import BaseGeometry

Outcome = Literal["fail", "unknown", "warning", "pass", "not_applicable"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
"""Worst first: the order in which findings are merged, counted and listed."""
RANK: Mapping[str, int] = {outcome: rank for rank, outcome in enumerate(OUTCOMES)}

Cause = Literal[
    "layer_missing",
    "layer_out_of_extent",
    "layer_incomplete",
    "input_missing",
    "input_unusable",
    "geometry_missing",
    "geometry_uncertain",
    "class_open",
    "class_unknown",
    "rule_not_in_force",
    "value_set_locally",
]
"""Why something is unknown; the sentence is ``cause.<code>``."""

Column = Any
"""An array or a list with one entry a row, or one value for every row (a tuple is one value)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One answer about one parcel, as people and files get it.

    Attributes
    ----------
    parcel : int
        Position in the parcels that were assessed.
    check, rule : str
        Ids; the rule holds limit, source and mark.
    outcome : Outcome
    reason : str
        Code of the sentence, ``finding.<reason>``.
    measured, limit : float or str or None
        A number in ``unit``, or a word (a class, a value as it was typed); None: there is none.
    share : float or None
        Part of the parcel's area, 0 to 1.
    other : str
        Id or name of the other parcel or feature; "" for none.
    cause : str
        Of an unknown: a `Cause`; else "".
    needs : tuple of str
        Of an unknown: every datum that is missing (``layer:farmland``, ``input:far``,
        ``geometry``, ``class``, ``local:SL_INV`` …); together they settle it.
    values : mapping
        More that the sentence names.
    """

    parcel: int
    check: str
    rule: str
    outcome: Outcome
    reason: str
    measured: float | str | None = None
    limit: float | str | None = None
    op: str = ""
    unit: str = ""
    share: float | None = None
    other: str = ""
    cause: str = ""
    needs: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def figure(self) -> str:
        """What was measured to six digits: less than that makes no other finding."""
        return f"{self.measured:.6g}" if isinstance(self.measured, float) else str(self.measured)


@dataclass(frozen=True, kw_only=True, eq=False)
class Batch:
    """Findings of one rule: columns of equal length, or one value for every row.

    Attributes
    ----------
    parcel : int array, shape (m,)
        Positions of parcels, each as often as it has findings.
    needs : tuple of str, or list or array of such tuples
    values : mapping of name to column
    evidence : callable, optional
        Row of the batch to a geometry in EPSG:4490 or None; made only for what is drawn.

    The other columns are those of `Finding`.
    """

    check: str
    rule: str
    parcel: npt.NDArray[np.int64]
    outcome: Column
    reason: Column
    measured: Column = None
    limit: Column = None
    op: str = ""
    unit: str = ""
    share: Column = None
    other: Column = ""
    cause: Column = ""
    needs: Column = ()
    values: Mapping[str, Column] = field(default_factory=dict)
    evidence: Callable[[int], BaseGeometry | None] | None = None

    def __post_init__(self) -> None:
        """Refuse columns of another length: a list that is meant as one value is a tuple."""
        named = {name: getattr(self, name) for name in _COLUMNS} | dict(self.values)
        for name, column in named.items():
            if isinstance(column, (np.ndarray, list)) and len(column) != len(self.parcel):
                raise ValueError(f"{self.check}: column {name} has another length than parcel")

    def __len__(self) -> int:
        """Count the findings."""
        return len(self.parcel)

    @property
    def is_uniform(self) -> bool:
        """Whether every row says the same, each about its own parcel."""
        return not self.columns()

    def columns(self) -> list[Column]:
        """Return the columns with an entry for every row, not those with one value for all."""
        columns = (*(getattr(self, name) for name in _COLUMNS), *self.values.values())
        return [column for column in columns if isinstance(column, (np.ndarray, list))]

    def ranks(self) -> npt.NDArray[np.int64]:
        """Return the outcomes as positions in `OUTCOMES`, shape (m,)."""
        if isinstance(self.outcome, str):
            return np.full(len(self), RANK[self.outcome], dtype=np.int64)
        return np.fromiter((RANK[str(one)] for one in self.outcome), np.int64, len(self))

    def rows_of(self, parcel: int) -> list[int]:
        """Return the rows about one parcel, in their order."""
        if not self._rises:
            return np.flatnonzero(self.parcel == parcel).tolist()
        first, last = np.searchsorted(self.parcel, (parcel, parcel + 1)).tolist()
        return list(range(first, last))

    @cached_property
    def _rises(self) -> bool:
        return bool((self.parcel[1:] >= self.parcel[:-1]).all())

    def only(self, rows: npt.NDArray[np.bool_]) -> Batch:
        """Return the rows that are marked, as a batch."""
        at = np.flatnonzero(rows)
        draw = self.evidence
        columns = {name: _taken(getattr(self, name), at) for name in _COLUMNS}
        return replace(
            self,
            parcel=self.parcel[at],
            values={name: _taken(column, at) for name, column in self.values.items()},
            evidence=None if draw is None else lambda row: draw(int(at[row])),
            **columns,
        )

    def finding(self, row: int) -> Finding:
        """Return one row as a finding."""
        return Finding(
            parcel=int(self.parcel[row]),
            check=self.check,
            rule=self.rule,
            outcome=_at(self.outcome, row),
            reason=_at(self.reason, row),
            measured=_plain(_at(self.measured, row)),
            limit=_plain(_at(self.limit, row)),
            op=self.op,
            unit=self.unit,
            share=_plain(_at(self.share, row)),
            other=str(_at(self.other, row)),
            cause=str(_at(self.cause, row)),
            needs=tuple(_at(self.needs, row)),
            values={name: _plain(_at(column, row)) for name, column in self.values.items()},
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class Assessment:
    """All findings about some parcels, in the order of the checks.

    Attributes
    ----------
    count : int
        How many parcels were assessed.
    checks : tuple of str
        Ids of the checks that ran, in report order.
    batches : tuple of Batch
    """

    count: int
    checks: tuple[str, ...]
    batches: tuple[Batch, ...]

    def matrix(self) -> npt.NDArray[np.int64]:
        """Return the worst outcome of each parcel in each check.

        Returns
        -------
        int array, shape (count, len(checks))
            Positions in `OUTCOMES`. Where a check said nothing the answer is ``unknown``.
        """
        worst = np.full((self.count, len(self.checks)), len(OUTCOMES), dtype=np.int64)
        column = {check: at for at, check in enumerate(self.checks)}
        for batch in self.batches:
            at = worst[:, column[batch.check]]
            np.minimum.at(at, batch.parcel, batch.ranks())
        worst[worst == len(OUTCOMES)] = RANK["unknown"]
        return worst

    def overall(self) -> npt.NDArray[np.int64]:
        """Return the worst outcome of each parcel over all checks, shape (count,)."""
        if not self.checks:
            return np.full(self.count, RANK["unknown"], dtype=np.int64)
        lowest: npt.NDArray[np.int64] = self.matrix().min(axis=1)
        return lowest

    def summary(self) -> dict[Outcome, int]:
        """Count the cells of `matrix` by outcome: all five, worst first."""
        counted = np.bincount(self.matrix().ravel(), minlength=len(OUTCOMES))
        return {outcome: int(counted[rank]) for outcome, rank in RANK_ITEMS}

    def of_parcels(self, parcels: npt.NDArray[np.int64]) -> Assessment:
        """Return the part that is about some parcels, by their positions."""
        kept = [batch.only(np.isin(batch.parcel, parcels)) for batch in self.batches]
        return replace(self, batches=tuple(batch for batch in kept if len(batch)))

    def of(self, parcel: int) -> tuple[Finding, ...]:
        """Return the findings about one parcel, worst first, then in the order of the checks."""
        found = [finding for finding, _, _ in self.rows_of(parcel)]
        return tuple(sorted(found, key=lambda one: RANK[one.outcome]))

    def rows_of(self, parcel: int) -> Iterator[tuple[Finding, Batch, int]]:
        """Give the findings about one parcel in report order, with batch and row of each."""
        for batch in self.in_order():
            for row in batch.rows_of(parcel):
                yield batch.finding(row), batch, row

    def findings(self) -> Iterator[Finding]:
        """Give every finding, by parcel, then in report order."""
        for batch, row in self.rows():
            yield batch.finding(row)

    def rows(self) -> Iterator[tuple[Batch, int]]:
        """Give batch and row of every finding, by parcel, then in report order."""
        ordered = self.in_order()
        if not ordered:
            return
        sizes = [len(batch) for batch in ordered]
        parcel = np.concatenate([batch.parcel for batch in ordered])
        source = np.repeat(np.arange(len(ordered)), sizes)
        row = np.concatenate([np.arange(size) for size in sizes])
        for at in np.lexsort((row, source, parcel)).tolist():
            yield ordered[source[at]], int(row[at])

    def in_order(self) -> list[Batch]:
        """Return the batches in report order."""
        column = {check: at for at, check in enumerate(self.checks)}
        return sorted(self.batches, key=lambda batch: column[batch.check])


_COLUMNS = ("outcome", "reason", "measured", "limit", "share", "other", "cause", "needs")
RANK_ITEMS = tuple(zip(OUTCOMES, range(len(OUTCOMES)), strict=True))


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """Merge outcomes: the worst wins; of none at all nothing is known."""
    return min(outcomes, key=RANK.__getitem__, default="unknown")


def _at(column: Column, row: int) -> Any:
    return column[row] if isinstance(column, (np.ndarray, list)) else column


def _taken(column: Column, rows: npt.NDArray[np.int64]) -> Column:
    if isinstance(column, np.ndarray):
        return column[rows]
    return [column[row] for row in rows] if isinstance(column, list) else column


def _plain(value: Any) -> Any:
    """Return numbers as Python's own; NaN stands for no number."""
    if isinstance(value, (float, np.floating)):
        return None if np.isnan(value) else float(value)
    return int(value) if isinstance(value, np.integer) else value
