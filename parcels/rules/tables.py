"""The tables beside the packs, and limits that differ by case."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parcels.rules.model import Rule

DATA = Path(__file__).parent / "data"
Row = dict[str, str]


@cache
def table(name: str) -> tuple[Row, ...]:
    """Return the rows of a CSV of the product's rule data by its file name."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def rows_of(rule: Rule, /, **case: str) -> tuple[Row, ...]:
    """Return the rows of a rule's table that a case may mean.

    Parameters
    ----------
    rule : Rule
        With a ``table``.
    **case
        Column and cell; what is not named stays open. Under ``code`` a row counts if its code
        begins the given one or the given one begins it, so that 3825 finds 38 and 29 finds both
        291 and 292.

    Returns
    -------
    tuple of mapping
        In the order of the file; empty where the table has no such case.
    """
    named = {**case, "rule": rule.id}
    return tuple(row for row in table(rule.table or "") if _is_case(row, named))


def limits(rule: Rule, /, **case: str) -> tuple[float, ...]:
    """Return the limits that a case may mean, in the unit of the rule, rising, each once.

    One: the limit. Several: the case is open, and a verdict stands only if all of them agree.
    None: no number is known, also where one of the rows that the case may mean has none.
    """
    cells = [row[rule.column] for row in rows_of(rule, **case)]
    if not all(cells):
        return ()
    return tuple(sorted({float(cell) for cell in cells}))


def _is_case(row: Row, named: dict[str, str]) -> bool:
    return all(_fits(column, row[column], cell) for column, cell in named.items() if column in row)


def _fits(column: str, cell: str, asked: str) -> bool:
    if column == "code":
        return bool(asked) and (cell.startswith(asked) or asked.startswith(cell))
    return cell == asked
