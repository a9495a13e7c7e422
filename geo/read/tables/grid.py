"""Cells of a sheet or of a delimited text, before anybody says what they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from geo.errors import PlannerError
from geo.read.numbers import read_number
from geo.read.parsed import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.read.parsed import Value

CellKind = Literal["error", "formula", "long"]
CELLS = 5_000_000
PLAIN_NUMBER = re.compile(r"\s*[-+]?[0-9]{1,12}(?:\.[0-9]{0,15})?\s*")
_LETTERS = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Rows that hold anything, all of one width.

    Attributes
    ----------
    name : str
        Of the sheet; "" for a delimited text.
    rows : list of list of str
        Cells as typed; numbers in full digits, dates as ``2025-01-31``, numbers that the sheet
        shows in percent as ``20%``, empty cells "".
    numbers : list of int
        Row (line) of each in the file, from 1, rising; blank rows are the gaps.
    kinds : mapping of (position in ``rows``, column from 0) to str
        Cells with an error (``#REF!``), a formula without a value, or a number of more digits
        than a spreadsheet keeps.
    merged : mapping of (row number, column) to (row number, column)
        Covered cells to the cell that shows its value in their place.
    hidden : bool
        The sheet is hidden.
    concealed : bool
        Rows or columns with cells are hidden.
    """

    name: str
    rows: list[list[str]]
    numbers: list[int]
    kinds: Mapping[tuple[int, int], CellKind] = field(default_factory=dict)
    merged: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    hidden: bool = False
    concealed: bool = False

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.rows[0]) if self.rows else 0

    def place(self, row: int, column: int | None = None) -> str:
        """Say where a row (position in ``rows``) or one of its cells stands, as in `Fault`."""
        number = self.numbers[row]
        start = f"sheet:{self.name};" if self.name else f"line:{number};"
        if column is not None:
            return f"{start}cell:{cell_name(number, column)}"
        return f"{start}row:{number}" if self.name else f"line:{number}"

    def number(self, row: int, column: int) -> tuple[float, bool] | Fault:
        """Read a cell as a number.

        Returns
        -------
        (float, bool) or Fault
            The finite number and whether it was written in full width; else why it is none.
        """
        kind = self.kinds.get((row, column))
        text = self.rows[row][column]
        place = self.place(row, column)
        if kind == "error":
            return Fault(code="cell_error", where=place, values={"value": text})
        if kind == "formula":
            return Fault(code="cell_without_value", where=place, values={"value": text})
        try:
            number = read_number(text, metres=True)
        except PlannerError as error:
            return Fault(code=error.code, where=place, values={"value": text.strip()[:40]})
        return number.value, number.widened

    def too_long(self, row: int, width: int) -> Fault | None:
        """Refuse a line of a text with more cells than the heading: a cell was split."""
        if self.name or width >= self.width or not any(self.rows[row][width:]):
            return None
        found = max(column + 1 for column, cell in enumerate(self.rows[row]) if cell)
        values: dict[str, Value] = {"value": self.rows[row][width], "count": found, "limit": width}
        return Fault(code="row_too_long", where=self.place(row), values=values)

    def is_covered(self, row: int, column: int) -> bool:
        """Tell whether a cell is the lower part of a merged one."""
        source = self.merged.get((self.numbers[row], column))
        return source is not None and source[0] < self.numbers[row]

    def is_after_gap(self, row: int, columns: Sequence[int]) -> bool:
        """Tell whether blank rows stand above; the lower half of a merged cell is not blank."""
        number = self.numbers[row]
        if not row or number - self.numbers[row - 1] == 1:
            return False
        return not any((number - 1, column) in self.merged for column in columns)


def cell_name(number: int, column: int) -> str:
    """Name a cell as spreadsheets do: row from 1, column from 0."""
    return f"{column_letters(column)}{number}"


def column_letters(column: int) -> str:
    """Name a column (from 0) as spreadsheets do: A, B … Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Give the number (from 0) of a column's letters."""
    number = 0
    for letter in letters:
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number - 1


def require_cells(rows: int, width: int) -> None:
    """Refuse a table of more than `CELLS` cells (``table_too_large``)."""
    if rows * width > CELLS:
        raise PlannerError("table_too_large", count=rows * width, limit=CELLS)
