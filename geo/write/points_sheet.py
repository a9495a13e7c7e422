"""界址点成果表 as a workbook: X is north, a sheet a parcel, the same bytes for the same parcels."""

from __future__ import annotations

import re
from copy import copy
from typing import TYPE_CHECKING, Any

import shapely
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from geo.errors import PlannerError
from geo.write.point_rows import areas_text, point_rows, system_of
from geo.write.workbook import FORBIDDEN_IN_TEXT, put_text, workbook_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.cell.cell import Cell

    from geo.write.model import Outgoing

SHEETS = 200
_FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NAME_LENGTH = 31
_LENGTH = 4  # its column
_WIDTHS = (12, 18, 18, 14, 20)
_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_FONT = Font(name="宋体", size=11)
_TITLE = Font(name="宋体", size=14, bold=True)
_CENTRE = Alignment(horizontal="center", vertical="center")
_NO_BOX = Border()
_A4 = 9
_METRE_DECIMALS = 3
_ROWS_AROUND = 7  # title, system, name, heading, two foot lines, a blank one
_LAST_ROW = 1_048_576


def write_points_sheet(outgoing: Outgoing) -> bytes:
    """Write a 界址点成果表.

    Parameters
    ----------
    outgoing : Outgoing
        Up to `SHEETS` parcels get a sheet each, more stand below one another on one.

    Returns
    -------
    bytes
        xlsx. Columns 点号, X(m) north, Y(m) east with the zone as the CRS has it (longitude and
        latitude for degrees), 边长(m), 备注; the first point is repeated at the end of each ring.
        The foot gives the plane area in 平方米, 公顷 and 亩. Numbers are numbers in full, texts
        are texts and never formulas.

    Raises
    ------
    PlannerError
        ``sheet_too_long`` when the points need more rows than a sheet has.
    """
    book = Workbook()
    book.remove(book.active)
    count = len(outgoing.geometries)
    if count > SHEETS or not count:
        _require_rows(outgoing)
        page = _Page(book, outgoing.title, is_long=True)
        for parcel in range(count):
            page.write(outgoing, parcel)
            page.row += 1
    else:
        for parcel in range(count):
            page = _Page(book, outgoing.names[parcel] or outgoing.ids[parcel])
            page.write(outgoing, parcel)
            page.sheet.freeze_panes = "A5"
            page.sheet.print_title_rows = "1:4"
    return workbook_bytes(book)


class _Page:
    """A sheet for A4 paper that is filled from the top."""

    def __init__(self, book: Workbook, name: str, *, is_long: bool = False) -> None:
        self.is_long = is_long
        self.looks: dict[tuple[int, int, int], Any] = {}
        self.sheet = book.create_sheet(_free_name(book, name))
        self.row = 1
        for column, width in enumerate(_WIDTHS, start=1):
            self.sheet.column_dimensions[get_column_letter(column)].width = width
        setup = self.sheet.page_setup
        setup.paperSize, setup.orientation = _A4, "portrait"
        setup.fitToWidth, setup.fitToHeight = 1, 0
        self.sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        self.sheet.print_options.horizontalCentered = True

    def write(self, outgoing: Outgoing, parcel: int) -> None:
        system = system_of(outgoing)
        name = outgoing.names[parcel] or outgoing.ids[parcel]
        self._line(f"{name}界址点坐标成果表({system.name})", _TITLE)
        self._line(system.line, _FONT)
        self._cells(["地块编号", outgoing.ids[parcel], "地块名称", outgoing.names[parcel], ""])
        self._merge(4)
        self._cells(system.headings)
        for point in point_rows(outgoing, parcel):
            self._cells([point.name, point.first, point.second, point.length, ""], system.decimals)
        self._line(f"面积 = {areas_text(float(outgoing.area_plane_m2[parcel]))}", _FONT)
        self._line("计算者：            检查者：            日期：      年    月    日", _FONT)

    def _line(self, text: str, font: Font) -> None:
        """Write a text across all columns."""
        cell = self.sheet.cell(self.row, 1)
        self._dress(cell, font, _NO_BOX)
        put_text(cell, text)
        self.row += 1
        self._merge(1)

    def _dress(self, cell: Cell, font: Font, border: Border, decimals: int = 0) -> None:
        """Give a cell its look; finding the same style anew each time would take the longest."""
        key = id(font), id(border), decimals
        if key not in self.looks:
            cell.font, cell.border, cell.alignment = font, border, _CENTRE
            if decimals:
                cell.number_format = f"0.{'0' * decimals}"
            self.looks[key] = copy(cell._style)  # noqa: SLF001 -- the one cheap way to share it
        cell._style = copy(self.looks[key])  # noqa: SLF001

    def _merge(self, first: int) -> None:
        """Merge the last row from a column to the end; among many parcels it would take hours."""
        if self.is_long:
            return
        row = self.row - 1
        self.sheet.merge_cells(
            start_row=row, start_column=first, end_row=row, end_column=len(_WIDTHS)
        )

    def _cells(self, values: Sequence[str | float | None], decimals: int = 3) -> None:
        for column, value in enumerate(values, start=1):
            cell = self.sheet.cell(self.row, column)
            places = decimals if column < _LENGTH else _METRE_DECIMALS
            self._dress(cell, _FONT, _BOX, places if isinstance(value, float) else 0)
            if isinstance(value, float):
                cell.value, cell.data_type = repr(value), "n"  # as a float it would lose a digit
            elif value:
                put_text(cell, value)
        self.row += 1


def _require_rows(outgoing: Outgoing) -> None:
    points = int(shapely.get_num_coordinates(outgoing.geometries).sum())
    rows = points + _ROWS_AROUND * len(outgoing.geometries)
    if rows > _LAST_ROW:
        raise PlannerError("sheet_too_long", count=rows, limit=_LAST_ROW)


def _free_name(book: Workbook, name: str) -> str:
    """Make a sheet's name that spreadsheets accept and that is not taken."""
    plain = _FORBIDDEN_IN_NAME.sub(" ", FORBIDDEN_IN_TEXT.sub(" ", name)).strip(" '")
    plain = plain[:_NAME_LENGTH].strip(" '") or "地块"
    taken = {*(one.casefold() for one in book.sheetnames), "history"}
    free, number = plain, 2
    while free.casefold() in taken:
        tail = f" {number}"
        free, number = plain[: _NAME_LENGTH - len(tail)] + tail, number + 1
    return free
