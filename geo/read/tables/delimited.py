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
from geo.read.tables.reader import parse_grids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.read.formats import Request
    from geo.read.limits import Limits
    from geo.read.parsed import Parsed

DELIMITERS = ",\t;|，；"
# Signs that make spreadsheets take a text for a formula; our writers put a ' before them.
FORMULA_SIGNS = "=+-@\t\r\n＝＋－＠'"
_SAMPLE = 60


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
        ``file_encoding_unknown``, ``table_quote_open``, ``table_empty``, ``table_too_large``,
        ``columns_unknown``, ``file_too_many_*``.
    """
    text, encoding = decode(request.data)
    grid = read_grid(text, request.limits)
    return parse_grids([grid], request, encoding=encoding)


def read_grid(text: str, limits: Limits) -> Grid:
    """Split a text into cells; errors as `parse_delimited`."""
    rows: list[list[str]] = []
    numbers: list[int] = []
    for number, row in _records(text, sniff_delimiter(text)):
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


def sniff_delimiter(text: str) -> str:
    """Tell which sign separates the cells.

    Parameters
    ----------
    text : str
        The table.

    Returns
    -------
    str
        The one that splits most of the first lines into the same number of cells, the larger
        number winning; a comma when none does.
    """
    lines = [line for line in islice(_lines(text), _SAMPLE) if line.strip()]
    scores = {sign: _evenness(lines, sign) for sign in DELIMITERS}
    best = max(DELIMITERS, key=lambda sign: scores[sign])
    return best if scores[best] > (0, 0) else ","


def _lines(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield from text[start:end].removesuffix("\r").split("\r")
        start = end + 1


def _evenness(lines: list[str], sign: str) -> tuple[int, int]:
    """Count the lines that have the commonest number of this sign, and that number."""
    counts = [_unquoted(line).count(sign) for line in lines]
    present = [count for count in counts if count]
    if not present:
        return 0, 0
    commonest = max(sorted(set(present)), key=present.count)
    return present.count(commonest), commonest


def _unquoted(line: str) -> str:
    return "".join(line.split('"')[::2])


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
        value = next(islice(_lines(text), number - 1, None), "")[:40]
        raise PlannerError("table_quote_open", line=number, value=value) from error


def _unguarded(cell: str) -> str:
    guarded = len(cell) > 1 and cell[0] == "'" and cell[1] in FORMULA_SIGNS
    return cell[1:] if guarded else cell
