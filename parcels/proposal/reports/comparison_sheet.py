"""One sheet of the comparison: heading, rows, widths, how it prints."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from geo.write.workbook import put_text
from parcels.messages import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell

    from parcels.proposal.reports.case import Case

Tone = Literal["plain", "title", "head", "fail", "unknown", "warning", "pass", "not_applicable"]
Value = str | int | Fraction | None
"""Texts stay texts; numbers are numbers in full, shown with the decimals that they have."""

_FONT = "宋体"
_SIZE, _TITLE_SIZE = 10, 13
_A4 = 9
_THIN = Side(style="thin", color="CBD5DD")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_FILLS: dict[Tone, str] = {
    "head": "F3F6F8",
    "fail": "FBE6E4",
    "unknown": "EDE8F7",
    "warning": "FDF0D8",
    "pass": "E4F3EA",
    "not_applicable": "EBEFF2",
}
_INKS: dict[Tone, str] = {
    "fail": "A1221A",
    "unknown": "53378C",
    "warning": "7D4B00",
    "pass": "17603C",
    "not_applicable": "51606D",
}
_LEAST, _MOST = 2, 6
_LINE_HEIGHT = 14.0
_WIDE = 0x2E80  # from here on characters take two columns


def heads(lang: str, *names: str) -> list[str]:
    """Return headings of columns."""
    return [text(lang, f"proposal.book.{name}") for name in names]


def page_title(case: Case, lang: str, name: str) -> str:
    """Name a sheet's content: the proposal, the day."""
    title = case.proposal.title or text(lang, "proposal.untitled")
    day = case.book.as_of.isoformat()
    return text(lang, f"proposal.book.title_{name}", title=title, day=day)


def outcome_words(lang: str, outcome: str) -> str:
    """Write a verdict with its sign."""
    return f"{text(lang, f'glyph.{outcome}')} {text(lang, f'outcome.{outcome}')}"


class Page:
    """A sheet that is filled from the top and prints on A4 across.

    Parameters
    ----------
    name : str
        Of the sheet.
    widths : sequence of float
        Of its columns, in characters of half width.
    """

    def __init__(self, book: Workbook, name: str, widths: Sequence[float]) -> None:
        self.sheet = book.create_sheet(name)
        self.widths = tuple(widths)
        self.line = 1
        for column, width in enumerate(widths, start=1):
            self.sheet.column_dimensions[get_column_letter(column)].width = width
        setup = self.sheet.page_setup
        setup.paperSize, setup.orientation = _A4, "landscape"
        setup.fitToWidth, setup.fitToHeight = 1, 0
        self.sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        self.sheet.page_margins.left = self.sheet.page_margins.right = 0.4
        self.sheet.page_margins.top = self.sheet.page_margins.bottom = 0.6

    def title(self, words: str) -> None:
        """Write a line across the sheet."""
        self._put(self.sheet.cell(self.line, 1), words, "title")
        self.line += 1

    def head(self, heads: Sequence[str], *, frozen_columns: int = 1) -> None:
        """Write the heading; what is above it and the first columns stay in sight and on paper."""
        self.row(heads, ["head"] * len(heads))
        letter = get_column_letter(frozen_columns + 1)
        self.sheet.freeze_panes = f"{letter}{self.line}"
        self.sheet.print_title_rows = f"1:{self.line - 1}"

    def row(self, values: Sequence[Value], tones: Sequence[Tone] = ()) -> None:
        """Write a row; cells without a tone are plain."""
        for at, value in enumerate(values):
            tone = tones[at] if at < len(tones) else "plain"
            self._put(self.sheet.cell(self.line, at + 1), value, tone)
        needed = (_lines(one, self.widths[at]) for at, one in enumerate(values))
        self.sheet.row_dimensions[self.line].height = _LINE_HEIGHT * max(needed, default=1) + 3
        self.line += 1

    def blank(self) -> None:
        """Leave a row empty."""
        self.line += 1

    def filter(self, first: int, columns: int) -> None:
        """Let people filter the rows from a heading on."""
        self.sheet.auto_filter.ref = f"A{first}:{get_column_letter(columns)}{self.line - 1}"

    def _put(self, cell: Cell, value: Value, tone: Tone) -> None:
        is_number = isinstance(value, (int, Fraction))
        across = "right" if is_number else "left"
        cell.alignment = Alignment(horizontal=across, vertical="top", wrap_text=tone != "title")
        size = _TITLE_SIZE if tone == "title" and self.line == 1 else _SIZE
        cell.font = Font(
            name=_FONT, size=size, bold=tone in {"title", "head"}, color=_INKS.get(tone, "17222D")
        )
        if tone != "title":
            cell.border = _BOX
        if tone in _FILLS:
            cell.fill = PatternFill("solid", start_color=_FILLS[tone])
        if value is None or value == "":
            return
        if isinstance(value, (int, Fraction)):
            _put_number(cell, Fraction(value))
        else:
            put_text(cell, value)


def _put_number(cell: Cell, value: Fraction) -> None:
    whole = value.denominator == 1
    cell.value, cell.data_type = str(int(value)) if whole else repr(float(value)), "n"
    shown = f"{float(value):.{_MOST}f}".rstrip("0").partition(".")[2]
    cell.number_format = "#,##0" if whole else f"#,##0.{'0' * max(len(shown), _LEAST)}"


def _lines(value: Value, width: float) -> int:
    """Return how many lines a text takes in a column."""
    if not isinstance(value, str):
        return 1
    return sum(max(1, -(-_columns(line) // max(int(width) - 1, 1))) for line in value.split("\n"))


def _columns(line: str) -> int:
    return sum(2 if ord(char) >= _WIDE else 1 for char in line)
