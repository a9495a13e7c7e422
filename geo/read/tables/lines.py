"""Delimited text before it is split: is it a table at all, and by which sign."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from geo.read.tables.headings import column_role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DELIMITERS = ",\t;|，；"
BLANKS = " "
_SAMPLE = 60
_LINES = 30
_WHOLE = 4_096  # a shorter beginning is taken for a whole text
_FIGURE = re.compile(r"[-+]?[\d.]+")
_SEPARATOR = re.compile(r'"?sep=(.)"?[ \t]*', re.IGNORECASE)
_RUNS = re.compile("[ \t\u3000\u00a0]+")
_NUMBERS = 2  # in a row of a table whose cells stand apart by blanks


def looks_like_table(text: str) -> bool:
    """Whether most lines have equally many cells, at least two.

    Parameters
    ----------
    text : str
        The beginning of a file; its last line may be cut, even within quotation marks.
    """
    rows = list(islice(filter(str.strip, _records(text)), _LINES))
    if len(text) >= _WHOLE and len(rows) > 1:
        rows = [*rows[:-1], *([rows[-1]] if _is_open(rows[-1]) else [])]
    if separator(text) or (len(rows) == 1 and _is_heading(rows[0])):
        return True
    return any(_is_even(rows, sign) for sign in DELIMITERS) or _is_spaced(rows)


def separator(text: str) -> str | None:
    """Read the line ``sep=;`` that spreadsheets put above a table."""
    found = _SEPARATOR.fullmatch(next(lines_of(text), ""))
    return found[1] if found and found[1] in DELIMITERS else None


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
        number winning; `BLANKS` when only runs of blanks do; a comma when nothing does.
    """
    given = separator(text)
    if given:
        return given
    lines = [line for line in islice(lines_of(text), _SAMPLE) if line.strip()]
    scores = {sign: _evenness(lines, sign) for sign in DELIMITERS}
    best = max(DELIMITERS, key=lambda sign: scores[sign])
    if _is_spaced(lines) and 2 * scores[best][0] < len(lines):
        return BLANKS
    return best if scores[best] > (0, 0) else ","


def lines_of(text: str) -> Iterator[str]:
    """Give the lines of a text one by one, whatever ends them."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield from text[start:end].removesuffix("\r").split("\r")
        start = end + 1


def cells_apart(line: str) -> list[str]:
    """Split a line at runs of blanks."""
    return _RUNS.split(line.strip(" \t\u3000\u00a0\ufeff"))


def _records(text: str) -> Iterator[str]:
    """Give lines, those together whose line end stands within quotation marks."""
    pending: list[str] = []
    is_open = False
    for line in lines_of(text):
        pending.append(line)
        is_open ^= _is_open(line)
        if not is_open:
            yield "\n".join(pending)
            pending = []
    if pending:
        yield "\n".join(pending)


def _is_open(record: str) -> bool:
    return record.count('"') % 2 == 1


def _is_even(rows: Sequence[str], sign: str) -> bool:
    counts = [_unquoted(row).count(sign) for row in rows]
    if rows and _is_open(rows[-1]) and counts[-1] < counts[0]:
        counts[-1] = counts[0]  # cut within a cell
    usual = max(set(counts), key=counts.count, default=0)
    even = [row for row, count in zip(rows, counts, strict=True) if count == usual]
    enough = len(even) > 1 and 2 * len(even) >= len(rows)
    return bool(usual) and enough and _has_figures(even, sign)


def _has_figures(rows: Sequence[str], sign: str) -> bool:
    """Tell a table from prose, in which commas stand too: half of its rows hold figures."""
    cells = [[cell.strip(" \"'\t") for cell in row.split(sign)] for row in rows[1:]]
    if sign in "，；":
        found = [any(_FIGURE.fullmatch(cell) for cell in row) for row in cells]
    else:
        found = [any(char.isdigit() for char in "".join(row)) for row in cells]
    return 2 * sum(found) >= len(found)


def _is_spaced(rows: Sequence[str]) -> bool:
    """Whether most rows have equally many cells apart by blanks, two of them numbers."""
    cells = [cells_apart(row) for row in rows]
    counts = [len(row) for row in cells]
    usual = max(set(counts), key=counts.count, default=0)
    even = [
        row
        for row in cells
        if len(row) == usual and sum(bool(_FIGURE.fullmatch(cell)) for cell in row) >= _NUMBERS
    ]
    return len(even) > 1 and 2 * len(even) >= len(rows)


def _is_heading(row: str) -> bool:
    """Whether a single line is the heading of a table of points without any point."""
    roles = [{column_role(cell) for cell in row.split(sign)} for sign in DELIMITERS]
    return any({"x", "y"} <= one or {"lon", "lat"} <= one for one in roles)


def _evenness(lines: Sequence[str], sign: str) -> tuple[int, int]:
    """Count the lines that have the commonest number of this sign, and that number."""
    counts = [_unquoted(line).count(sign) for line in lines]
    present = [count for count in counts if count]
    if not present:
        return 0, 0
    commonest = max(sorted(set(present)), key=present.count)
    return present.count(commonest), commonest


def _unquoted(line: str) -> str:
    return "".join(line.split('"')[::2])
