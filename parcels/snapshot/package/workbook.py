"""Tables as a workbook: a sheet a table, texts forced to be texts, numbers unrounded."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from geo.read.tables.delimited import FORMULA_SIGNS
from geo.write.columns import distinct_names
from geo.write.workbook import FORBIDDEN_IN_TEXT, put_text, workbook_bytes
from parcels.messages import messages, text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from parcels.snapshot.package.table import Column, Table

_OUTCOME = "outcome.{}"
_WORDED: Mapping[str, str] = MappingProxyType(
    {
        "outcome": _OUTCOME,
        "outcome_after": _OUTCOME,
        "original": _OUTCOME,
        "cause": "cause.{}.short",
        "confidence": "mark.{}",
        "status": "status.{}",
        "geometry_class": "map.geometry_{}",
        "geometry_role": "package.role.{}",
        "opinion_verdict": "reviews.verdict.{}",
        "verdict": "reviews.verdict.{}",
        "kind": "package.said.{}",
        "level": "package.level.{}",
    }
)
_FORMATS = {"_m2": "#,##0.00", "_mu": "#,##0.0000", "_ha": "#,##0.0000", "_m": "#,##0.00"}
_SHARE, _PLAIN = "0.00%", "General"
_SHORT = 32_000  # signs that fit into a cell for sure
_TEXT_WIDTHS = {"message": 60, "name": 28, "source": 36, "location_text": 32, "needs": 28}
_NARROW, _WIDE = 10, 18
_A4 = 9
_NAME_LENGTH = 27  # of 31: a number may follow
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f\ufffe\uffff]")
_MOST_ROWS = 1_048_576


def workbook_of(tables: Sequence[Table], notes: Sequence[tuple[str, str]], lang: str) -> bytes:
    """Write a sheet a table and, last, what the reader must know.

    Parameters
    ----------
    tables : sequence of Table
        Units stand in the headings; codes of outcomes, causes and classes become words.
    notes : sequence of (str, str)
        Subject and text of the rows of the last sheet.

    Returns
    -------
    bytes
        xlsx; the same tables give the same bytes. A number is a number in full, shown rounded;
        a text is a text whatever it begins with.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    titles = sheet_names([one.heading(lang) for one in tables])
    for title, table in zip(titles, tables, strict=True):
        _sheet(book, title, table, lang)
    _notes(book, notes, lang)
    return workbook_bytes(book)


def sheet_names(titles: Sequence[str]) -> list[str]:
    """Make names that spreadsheets accept: short, without the signs of formulas, each once."""
    plain = [_NOT_IN_NAMES.sub(" ", one).strip(" '")[:_NAME_LENGTH] or "-" for one in titles]
    return distinct_names(plain)


def _sheet(book: Workbook, title: str, table: Table, lang: str) -> None:
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title)
    head = 2 if table.note else 1
    rows = min(len(table), _MOST_ROWS - head)
    sheet.freeze_panes = f"A{head + 1}"
    sheet.auto_filter.ref = f"A{head}:{get_column_letter(max(len(table.columns), 1))}{head + rows}"
    _set_up(sheet, head)
    for at, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = _width(column)
    if table.note:
        sheet.append([_text_cell(sheet, table.note)])
    headings = [_heading_cell(sheet, one.heading(lang)) for one in table.columns]
    sheet.append(headings or [_heading_cell(sheet, text(lang, "package.nothing"))])
    writers = [_writer(sheet, one, lang) for one in table.columns]
    for row in zip(*(one.values[:rows] for one in table.columns), strict=True):
        sheet.append([write(value) for write, value in zip(writers, row, strict=True)])


def _notes(book: Workbook, notes: Sequence[tuple[str, str]], lang: str) -> None:
    sheet = book.create_sheet(text(lang, "package.table.notes"))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = _WIDE, 100
    _set_up(sheet, 1)
    for subject, said in notes:
        sheet.append([_heading_cell(sheet, subject), _text_cell(sheet, said, wrap=True)])


def _set_up(sheet: Worksheet, head: int) -> None:
    """Make a sheet print on A4 across, its heading on every page."""
    from openpyxl.worksheet.properties import PageSetupProperties

    setup = sheet.page_setup
    setup.paperSize, setup.orientation = _A4, "landscape"
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{head}:{head}"
    sheet.oddFooter.right.text = "&P / &N"


def _width(column: Column) -> int:
    if column.name in _TEXT_WIDTHS:
        return _TEXT_WIDTHS[column.name]
    some = next((one for one in column.values if one is not None), "")
    return _WIDE if isinstance(some, str) else _NARROW + 4


def _writer(sheet: Worksheet, column: Column, lang: str) -> Callable[[Any], Any]:
    """Give the function that writes the values of a column."""
    words = {} if column.title else _words(column.name, lang)
    shown = _format(column)

    def write(value: Any) -> Any:
        if value is None or value == "":
            return None
        if isinstance(value, bool):
            return text(lang, "amount.yes" if value else "amount.no")
        if isinstance(value, (int, float)):
            return _number_cell(sheet, value, shown)
        said = words.get(value, str(value))
        return _text_cell(sheet, said) if _needs_care(said) else said

    return write


def _needs_care(said: str) -> bool:
    """Whether a workbook would take a text for something else, or cannot hold it."""
    taken = said[0] in FORMULA_SIGNS or said[0] == "#" or len(said) > _SHORT
    return taken or FORBIDDEN_IN_TEXT.search(said) is not None


def _words(name: str, lang: str) -> dict[str, str]:
    """Give what the codes of a column are called."""
    pattern = _WORDED.get(name)
    if pattern is None:
        return {}
    before, _, after = pattern.partition("{}")
    words = {
        key.removeprefix(before).removesuffix(after): said
        for key, said in messages(lang).items()
        if key.startswith(before) and key.endswith(after)
    }
    if pattern == _OUTCOME:
        return {code: f"{text(lang, f'glyph.{code}')} {said}" for code, said in words.items()}
    return words


def _format(column: Column) -> str:
    if column.name == "share":
        return _SHARE
    return next((one for end, one in _FORMATS.items() if column.name.endswith(end)), _PLAIN)


def _number_cell(sheet: Worksheet, value: float, shown: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet)
    cell.value, cell.data_type = repr(value), "n"  # as a float it would lose a digit
    if shown != _PLAIN:
        cell.number_format = shown
    return cell


def _text_cell(sheet: Worksheet, said: str, *, wrap: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    cell = WriteOnlyCell(sheet)
    put_text(cell, said)
    if wrap:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _heading_cell(sheet: Worksheet, said: str) -> Any:
    from openpyxl.styles import Font

    cell = _text_cell(sheet, said, wrap=True)
    cell.font = Font(bold=True)
    return cell
