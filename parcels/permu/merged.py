"""Cells that do not stand under one heading in one row: merged ones, rows that are too long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parcels.permu.terms import indicators, quantities

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.read.tables.grid import Grid
    from parcels.permu.model import Column


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Rows that merged cells reach, by position in the grid.

    Attributes
    ----------
    cells : mapping
        The row with every merged cell of one column filled in.
    kinds : mapping
        Column to ``merged`` where a number is shared by several rows.
    """

    cells: Mapping[int, list[str]]
    kinds: Mapping[int, Mapping[int, str]]


def unmerged(grid: Grid, first: int, columns: Sequence[Column]) -> Shown:
    """Fill cells that are merged downwards.

    Parameters
    ----------
    grid : Grid
    first : int
        Position of the first row below the heading.
    columns : sequence of Column
        Of the heading. A number that is merged over several rows belongs to all of them
        together and to none alone: it is marked, not copied.

    Returns
    -------
    Shown
    """
    cells: dict[int, list[str]] = {}
    kinds: dict[int, dict[int, str]] = {}
    at = {number: position for position, number in enumerate(grid.numbers)}
    roles = {column.at: column.role for column in columns}
    for (number, column), (top, left) in sorted(grid.merged.items()):
        row, source = at.get(number), at.get(top)
        if row is None or source is None or row < first or column != left or source < first:
            continue
        text = grid.rows[source][column] if column < grid.width else ""
        if not text.strip() or source == row:
            continue
        cells.setdefault(row, list(grid.rows[row]))[column] = text
        role = roles.get(column, "")
        if role in quantities() or role in indicators():
            kinds.setdefault(row, {})[column] = "merged"
            kinds.setdefault(source, {})[column] = "merged"
    return Shown(cells=cells, kinds=kinds)


def too_wide(grid: Grid, first: int, heading: Sequence[str]) -> frozenset[int]:
    """Find rows of a delimited text with cells beyond the last heading: 1,234 without quotes.

    Parameters
    ----------
    grid : Grid
        Sheets of a workbook cannot be shifted; remarks beside them are no fault.
    first : int
        Position of the first row below the heading.
    heading : sequence of str

    Returns
    -------
    frozenset of int
        Positions in the grid.
    """
    if grid.name:
        return frozenset()
    end = max((at for at, cell in enumerate(heading) if cell.strip()), default=-1) + 1
    places = range(first, len(grid.rows))
    return frozenset(row for row in places if any(cell.strip() for cell in grid.rows[row][end:]))
