"""Batches about one rule, with the words that its sentences need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from parcels.checks.indicators.values import words
from parcels.findings import Batch
from parcels.rules.indicators import indicators
from parcels.rules.judge import need_of_limit

if TYPE_CHECKING:
    from parcels.checks.indicators.scope import Bools
    from parcels.checks.indicators.values import Source
    from parcels.checks.indicators.witness import Words
    from parcels.checks.subject import Objects
    from parcels.findings import Column
    from parcels.rules.load import AppliedRule

Needs = tuple[str, ...] | Sequence[tuple[str, ...]]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Makes batches of one rule; ``chosen`` is always a bool array, shape (n,)."""

    check: str
    applied: AppliedRule
    source: Source

    def said(
        self, chosen: Bools, outcome: Column, reason: Column, *, limit: Column = None, **more: Any
    ) -> Batch:
        """Make a batch; columns in ``more`` that begin with ``of_`` are cut to the rows chosen."""
        rows = np.flatnonzero(chosen)
        values = {name: _cut(column, rows) for name, column in more.pop("values", {}).items()}
        columns = {name: _cut(column, rows) for name, column in more.items()}
        return Batch(
            check=self.check,
            rule=self.applied.id,
            parcel=rows,
            outcome=_cut(outcome, rows),
            reason=_cut(reason, rows),
            limit=_cut(limit, rows),
            op=self.applied.rule.op if limit is not None else "",
            unit=self.applied.rule.unit,
            values={"metric": self.metric, "use": self._uses(rows), **values},
            **columns,
        )

    def unknown(
        self, chosen: Bools, reason: Column, cause: Column, needs: Needs, **more: Any
    ) -> Batch:
        """Make a batch of unknowns; ``needs`` is one tuple, or a list with one for each row."""
        return self.said(chosen, "unknown", reason, cause=cause, needs=needs, **more)

    @property
    def metric(self) -> Words:
        """Title of the indicator of the rule."""
        known = indicators().get(self.applied.rule.metric)
        title = self.applied.rule.title if known is None else known.title
        return {"zh": title.zh, "en": title.en}

    @property
    def whole(self) -> Words:
        """Words for the denominator of the rule."""
        rule = self.applied.rule
        known = indicators().get(rule.metric)
        return words(rule.denominator or (known.denominator if known else ""))

    @property
    def need_of_limit(self) -> str:
        """Say which datum a rule without a number lacks: one of the place, or an official one."""
        return need_of_limit(self.applied.rule)

    @property
    def need_of_input(self) -> str:
        """Say which datum the source lacks."""
        return f"input:{self.applied.rule.metric}"

    def _uses(self, rows: Ints) -> list[str]:
        uses = self.source.parcels.uses
        return [uses[at].text or uses[at].code or "—" for at in rows.tolist()]


def _cut(column: Column, rows: Ints) -> Column:
    """Cut an array of all parcels to some rows; lists are of those rows already."""
    return column[rows] if isinstance(column, np.ndarray) else column


def filled(count: int, value: Any) -> Objects:
    """Give an object array that holds one value everywhere."""
    column = np.empty(count, dtype=object)
    column[:] = [value] * count
    return column
