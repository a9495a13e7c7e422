"""Rows of a listing: parcels, or totals, repeated headings and remarks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo.read.parsed import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.read.tables.grid import Grid
    from geo.read.tables.listing import Head

_TOTAL = re.compile(
    r"\s*(?:合\s*计|总\s*计|小\s*计|共\s*计|总\s*和|累\s*计|(?:sub|grand\s*)?total)", re.IGNORECASE
)
_REMARK = re.compile(
    r"\s*(?:注|备\s*注|说\s*明|制\s*表|填\s*[表报]|审\s*[核批]|复\s*核|数据来源|资料来源|单位负责|负责人|日\s*期|打印)"
)
_ODD_CELLS = {
    "error": "cell_error",
    "formula": "cell_without_value",
    "long": "cell_digits_lost",
}


@dataclass(slots=True)
class ListedRows:
    """Rows of all sheets, and what was said of them.

    Attributes
    ----------
    cells : list of (Grid, int)
        Rows that are parcels.
    faults : dict of int to Fault
        By position in ``cells``.
    skipped, remarks : list of Fault
        Totals, repeated headings and remarks; odd cells of rows that stay.
    """

    cells: list[tuple[Grid, int]] = field(default_factory=list)
    faults: dict[int, Fault] = field(default_factory=dict)
    skipped: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)

    def add(self, grid: Grid, row: int, head: Head) -> None:
        """Take a row below the heading."""
        cells = grid.rows[row]
        first = next(cell for cell in cells if cell.strip())
        code = _not_a_parcel(grid, row, head, first)
        if code:
            values = {"value": first.strip()[:40]}
            self.skipped.append(Fault(code=code, where=grid.place(row), values=values))
            return
        fault = grid.too_long(row, len(head.names))
        if fault:
            self.faults[len(self.cells)] = fault
        self.remarks += _odd_cells(grid, row, head)
        self.cells.append((grid, row))


def _not_a_parcel(grid: Grid, row: int, head: Head, first: str) -> str | None:
    cells = grid.rows[row]
    if _TOTAL.fullmatch(first) or (_TOTAL.match(first) and not _is_named(cells, head)):
        return "row_total"
    if any(_is_repeated(cells, one) for one in grid.rows[max(head.row - 1, 0) : head.row + 1]):
        return "row_heading"
    return "row_remark" if _is_remark(cells) else None


def _is_named(cells: Sequence[str], head: Head) -> bool:
    return any(
        cells[head.roles[one]].strip() for one in ("wkt", "string", "x") if one in head.roles
    )


def _is_repeated(cells: Sequence[str], heading: Sequence[str]) -> bool:
    """Tell a heading that was printed again on a new page."""
    filled = [
        cell.strip() == name.strip() for cell, name in zip(cells, heading, strict=True) if cell
    ]
    return len(filled) > 1 and all(filled)


def _is_remark(cells: Sequence[str]) -> bool:
    """Tell a remark or signatures below a table: one cell, or nothing but keys with a colon."""
    filled = [cell for cell in cells if cell.strip()]
    is_alone = len(filled) == 1 or all(re.search("[:：]", cell) for cell in filled)
    return is_alone and _REMARK.match(filled[0]) is not None


def _odd_cells(grid: Grid, row: int, head: Head) -> Iterator[Fault]:
    """Name errors and formulas without a value in attributes; those of coordinates are faults."""
    if not grid.kinds:
        return
    for column in range(len(head.names)):
        kind = grid.kinds.get((row, column))
        if kind and column not in head.geometry:
            code = _ODD_CELLS[kind]
            values = {"value": grid.rows[row][column][:40]}
            yield Fault(code=code, where=grid.place(row, column), values=values)
