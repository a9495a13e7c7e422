"""Reports as workbooks: numbers are numbers, texts stay texts whatever they begin with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.write.workbook import put_text, workbook_bytes
from parcels.messages import text
from parcels.report.archives import without_clock
from parcels.report.xlsx_sheets import sheets_of

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell as BookCell
    from openpyxl.worksheet.worksheet import Worksheet

    from parcels.report.model import Cell, Column, Report
    from parcels.report.xlsx_sheets import Sheet

_CORE = "docProps/core.xml"
_TIME = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_NARROWEST, _WIDEST = 6.0, 90.0


def xlsx(report: Report) -> bytes:
    """Write a report as a workbook; the same report gives the same bytes.

    A number is the printed one, with its number of decimals as the format; its unit stands in the
    heading or in the column beside it.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for sheet in sheets_of(report):
        _fill(book, sheet, report)
    book.properties.title = f"{report.title} {report.subtitle}"
    time = rb"\g<1>" + report.made_at.encode()
    return without_clock(workbook_bytes(book), {_CORE: lambda core: _TIME.sub(time, core)})


def _fill(book: Workbook, sheet: Sheet, report: Report) -> None:
    made = book.create_sheet(text(report.lang, f"reports.sheet.{sheet.name}"))
    columns = list(sheet.columns.values())
    for at, column in enumerate(columns, start=1):
        put_text(made.cell(1, at), column.label)
        _dress_head(made, at, column)
    for number, row in enumerate(sheet.rows, start=2):
        for at, column in enumerate(columns, start=1):
            if column.name in row:
                _put(made.cell(number, at), row[column.name], column)
    made.freeze_panes = "A2"
    made.print_title_rows = "1:1"
    made.page_setup.orientation, made.page_setup.paperSize = "landscape", 9
    made.page_setup.fitToWidth, made.page_setup.fitToHeight = 1, 0
    made.sheet_properties.pageSetUpPr.fitToPage = True
    made.oddFooter.left.text = " ".join(report.foot).replace("&", "&&")
    made.oddFooter.right.text = "&P / &N"


def _dress_head(made: Worksheet, at: int, column: Column) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    head = made.cell(1, at)
    head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="F0F0F0")
    head.alignment = Alignment(wrap_text=True, vertical="top")
    width = max(column.width, 2.2 * len(column.label), _NARROWEST)
    made.column_dimensions[get_column_letter(at)].width = min(width, _WIDEST)


def _put(cell: BookCell, said: Cell, column: Column) -> None:
    """Write a number as one where the column holds numbers; everything else is text."""
    from openpyxl.styles import Alignment

    is_number = said.number is not None and column.kind != "text"
    cell.alignment = Alignment(
        wrap_text=True, vertical="top", horizontal="right" if is_number else None
    )
    if not is_number or said.number is None:
        put_text(cell, said.text)
        return
    cell.value = float(said.number)
    exponent = said.number.as_tuple().exponent
    places = max(-exponent, 0) if isinstance(exponent, int) else 0
    grouped = "," in said.text or abs(said.number) < 1000  # noqa: PLR2004 -- coordinates have none
    whole = "#,##0" if grouped else "0"
    cell.number_format = f"{whole}.{'0' * places}" if places else whole
