"""CSV and its relatives: tables in a text, whatever sign stands between their cells."""

from __future__ import annotations

import csv
import io
from itertools import islice
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from geo.read.charset import decode
from geo.read.parsed import require_size
from geo.read.tables.grid import Grid, require_cells
from geo.read.tables.lines import BLANKS, cells_apart, lines_of, separator, sniff_delimiter
from geo.read.tables.reader import parse_grids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.read.formats import Request
    from geo.read.limits import Limits
    from geo.read.parsed import Parsed

# Signs that make spreadsheets take a text for a formula; our writers put a ' before them.
FORMULA_SIGNS = "=+-@\t\r\n＝＋－＠'"


def parse_delimited(request: Request) -> Parsed:
    """Read a delimited text: boundary points, or one row a parcel.

    Parameters
    ----------
    request : Request
        A text with a header row; titles may stand above it.

    Returns
    -------
    Parsed
        As `geo.read.tables.reader.parse_grids`; ``where`` counts lines.

    Raises
    ------
    PlannerError
        ``file_encoding_unknown``, ``text_bytes_broken``, ``txt_not_text``, ``table_quote_open``,
        ``table_empty``, ``table_too_large``, ``columns_unknown``, ``file_too_many_*``.
    """
    text, encoding = decode(request.data)
    grid = read_grid(text, request.limits)
    return parse_grids([grid], request, encoding=encoding)


def read_grid(text: str, limits: Limits) -> Grid:
    """Split a text into cells; errors as `parse_delimited`."""
    if "\0" in text:
        raise PlannerError("txt_not_text", line=text.count("\n", 0, text.index("\0")) + 1)
    rows: list[list[str]] = []
    numbers: list[int] = []
    delimiter = sniff_delimiter(text)
    records = _spaced(text) if delimiter == BLANKS else _records(text, delimiter)
    for number, row in islice(records, 1 if separator(text) else 0, None):
        joined = "".join(row)
        if joined and not joined.isspace():
            rows.append(row)
            numbers.append(number)
    width = max(map(len, rows), default=0)
    require_size(features=0, columns=width, vertices=len(rows), limits=limits)
    require_cells(len(rows), width)
    for row in rows:
        if len(row) < width:
            row.extend([""] * (width - len(row)))
    if "'" in text:
        rows = [[_unguarded(cell) for cell in row] for row in rows]
    return Grid(name="", rows=rows, numbers=numbers)


def _spaced(text: str) -> Iterator[tuple[int, list[str]]]:
    """Give number and cells of each line of a table whose cells stand apart by blanks."""
    for number, line in enumerate(lines_of(text), 1):
        yield number, cells_apart(line)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Give the first line's number and the cells of each record."""
    csv.field_size_limit(max(len(text), csv.field_size_limit()))
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=delimiter, strict=True)
    number = 1
    try:
        for row in reader:
            yield number, row
            number = reader.line_num + 1
    except csv.Error as error:
        value = next(islice(lines_of(text), number - 1, None), "")[:40]
        raise PlannerError("table_quote_open", line=number, value=value) from error


def _unguarded(cell: str) -> str:
    guarded = len(cell) > 1 and cell[0] == "'" and cell[1] in FORMULA_SIGNS
    return cell[1:] if guarded else cell
