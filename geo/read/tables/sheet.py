"""One sheet of a workbook: its XML read row by row, empty rows costing nothing."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from geo.errors import PlannerError
from geo.read.parsed import require_size
from geo.read.tables.grid import Grid, column_number, require_cells

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.read.limits import Limits
    from geo.read.tables.grid import CellKind

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384
_COLUMN = re.compile("[1-9][0-9]{0,4}")
_ON = {"1", "true"}
_MERGED_CELLS = 200_000
_DIGITS = 15  # that a spreadsheet keeps of a number


@dataclass(frozen=True, slots=True, kw_only=True)
class Styles:
    """What a cell's style makes of its number: a date, a code with leading zeros, percent."""

    date: bool
    zeros: int
    percent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """What all sheets share: texts, styles, the first day."""

    strings: Sequence[str]
    styles: Sequence[Styles]
    since_1904: bool
    limits: Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    text: str
    kind: CellKind | None = None


_EMPTY = _Cell(text="")


def read_sheet(data: bytes, name: str, book: Workbook, *, hidden: bool, member: str) -> Grid:
    """Read the cells of a sheet.

    Parameters
    ----------
    data : bytes
        XML without a DOCTYPE.
    name, member : str
        Name of the sheet, and of its file in the archive.
    book : Workbook
        Texts, styles and limits.
    hidden : bool
        Whether the sheet is hidden.

    Returns
    -------
    Grid
        Without empty rows.

    Raises
    ------
    PlannerError
        ``workbook_broken``, ``table_too_large``, ``file_too_many_*``.
    """
    found: dict[int, dict[int, _Cell]] = {}
    merges: list[str] = []
    columns: set[int] = set()
    size = last = 0
    concealed = False
    for element in _elements(data):
        if element.tag.endswith("}col"):
            columns |= _hidden_columns(element)
            continue
        if element.tag.endswith("}mergeCell"):
            merges.append(element.get("ref", ""))
            continue
        last, cells = _row(element, book, last)
        if not 0 < last <= _LAST_ROW or not cells.keys().isdisjoint(found.get(last, ())):
            raise PlannerError("workbook_broken", member=member)
        if cells:
            found.setdefault(last, {}).update(cells)
            size += len(cells)
            require_cells(size, 1)
            concealed |= element.get("hidden") in _ON or not columns.isdisjoint(cells)
    grid = _grid(name, found, _merged(merges), book.limits)
    return replace(grid, hidden=hidden, concealed=concealed)


def _hidden_columns(element: ET.Element) -> set[int]:
    """Give the columns (from 0) that a hidden range of columns covers."""
    ends = element.get("min", ""), element.get("max", "")
    if element.get("hidden") not in _ON or not all(map(_COLUMN.fullmatch, ends)):
        return set()
    return set(range(int(ends[0]) - 1, min(int(ends[1]), _LAST_COLUMN)))


def children(root: ET.Element, name: str) -> Iterator[ET.Element]:
    """Give the children of that name, whatever their namespace."""
    return (one for one in root if one.tag.rpartition("}")[2] == name)


def text_of(item: ET.Element) -> str:
    """Join the runs of a text, without the reading aids above Chinese characters."""
    parts = [
        one.text or ""
        for child in item
        if not child.tag.endswith("}rPh")
        for one in child.iter()
        if one.tag.endswith("}t")
    ]
    return _unescaped("".join(parts))


def _unescaped(text: str) -> str:
    """Read _x000D_ and its like, but never half a character."""
    return _ESCAPE.sub(lambda found: _character(found[0], int(found[1], 16)), text)


def _character(written: str, code: int) -> str:
    return written if 0xD800 <= code <= 0xDFFF else chr(code)  # noqa: PLR2004 -- surrogates


def _elements(data: bytes) -> Iterator[ET.Element]:
    """Give rows and merged ranges, freeing each when it was used."""
    parents: list[ET.Element] = []
    for event, element in ET.iterparse(io.BytesIO(data), events=("start", "end")):  # noqa: S314
        if event == "start":
            if element.tag.endswith("}sheetData"):
                parents.append(element)
        elif element.tag.endswith(("}row", "}mergeCell", "}col")):
            yield element
            element.clear()
            for parent in parents:
                parent.clear()


def _row(element: ET.Element, book: Workbook, last: int) -> tuple[int, dict[int, _Cell]]:
    written = element.get("r", str(last + 1))
    number = int(written) if written.isdecimal() and len(written) < len("10000000") else 0
    cells: dict[int, _Cell] = {}
    column = -1
    for one in element:
        if not one.tag.endswith("}c"):
            continue
        reference = _REFERENCE.fullmatch(one.get("r", ""))
        column = column_number(reference[1]) if reference else column + 1
        cell = _cell(one, book)
        if cell.text:
            cells[column] = cell
    return number, cells


def _cell(element: ET.Element, book: Workbook) -> _Cell:
    parts = {child.tag.rpartition("}")[2]: child for child in element}
    kind = element.get("t", "n")
    if kind == "inlineStr":
        return _Cell(text=text_of(parts["is"])) if "is" in parts else _EMPTY
    value = (parts["v"].text or "") if "v" in parts else ""
    if value:
        return _filled(kind, value, element.get("s", ""), book)
    if "f" in parts and kind != "str":
        return _Cell(text=f"={parts['f'].text or ''}", kind="formula")
    return _EMPTY


def _filled(kind: str, value: str, style: str, book: Workbook) -> _Cell:
    if kind == "s":
        known = value.isdecimal() and int(value) < len(book.strings)
        return _Cell(text=book.strings[int(value)]) if known else _Cell(text="#REF!", kind="error")
    if kind == "n":
        text = _number(value, style, book)
        lost = text.isdecimal() and len(text.lstrip("0")) > _DIGITS and not value.isdecimal()
        return _Cell(text=text, kind="long" if lost else None)
    if kind == "e":
        return _Cell(text=value, kind="error")
    if kind == "b":
        return _Cell(text="TRUE" if value == "1" else "FALSE")
    return _Cell(text=_unescaped(value))


def _number(value: str, style: str, book: Workbook) -> str:
    """Write a number in full digits, a date as a date."""
    try:
        number = float(value)
        plain = format(Decimal(repr(number)), "f").removesuffix(".0")
        plain = value if value.isdecimal() else plain
    except (ValueError, ArithmeticError):
        return value
    known = style.isdecimal() and int(style) < len(book.styles)
    if not known:
        return plain
    look = book.styles[int(style)]
    if look.date:
        return _date(number, book) or plain
    if look.percent:
        shown = format(Decimal(repr(number)).scaleb(2).normalize(), "f")
        return f"{shown}%"  # 0.2 shown as 20% is not 0.2 under a heading in percent
    return plain.zfill(look.zeros) if look.zeros and plain.isdecimal() else plain


def _date(number: float, book: Workbook) -> str:
    from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

    try:
        found = from_excel(number, MAC_EPOCH if book.since_1904 else WINDOWS_EPOCH)
    except (ValueError, OverflowError):
        return ""
    if isinstance(found, datetime) and not (found.hour or found.minute or found.second):
        return found.date().isoformat()
    return found.isoformat(" ") if isinstance(found, datetime) else str(found)


def _merged(ranges: Sequence[str]) -> dict[tuple[int, int], tuple[int, int]]:
    """Map covered cells to the shown one; ranges of absurd size are left alone."""
    covered: dict[tuple[int, int], tuple[int, int]] = {}
    for text in ranges:
        corners = [_REFERENCE.fullmatch(corner) for corner in text.split(":")]
        if len(corners) != 2 or None in corners:  # noqa: PLR2004 -- first and last cell
            continue
        (top, left), (bottom, right) = (
            (int(one[2]), column_number(one[1])) for one in corners if one
        )
        if len(covered) + (bottom - top + 1) * (right - left + 1) > _MERGED_CELLS:
            continue
        cells = ((row, col) for row in range(top, bottom + 1) for col in range(left, right + 1))
        covered.update((cell, (top, left)) for cell in cells if cell != (top, left))
    return covered


def _grid(
    name: str,
    found: dict[int, dict[int, _Cell]],
    merged: dict[tuple[int, int], tuple[int, int]],
    limits: Limits,
) -> Grid:
    numbers = sorted(number for number, cells in found.items() if _says_anything(cells))
    width = max((max(found[number]) + 1 for number in numbers), default=0)
    require_size(features=0, columns=width, vertices=len(numbers), limits=limits)
    require_cells(len(numbers), width)
    rows = []
    kinds: dict[tuple[int, int], CellKind] = {}
    for position, number in enumerate(numbers):
        row = [""] * width
        for column, cell in found[number].items():
            row[column] = cell.text
            if cell.kind:
                kinds[position, column] = cell.kind
        rows.append(row)
    return Grid(name=name, rows=rows, numbers=numbers, kinds=kinds, merged=merged)


def _says_anything(cells: dict[int, _Cell]) -> bool:
    return any(cell.text.strip() for cell in cells.values())
