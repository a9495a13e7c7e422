"""A report as sheets: the tables of one sort below each other, with the parcel of each row."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from parcels.messages import text
from parcels.report.model import Cell, Column, Facts, Heading, Notes, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcels.report.model import Report

_LISTS = {"concerned", "no_data", "not_concerned"}
_FINDINGS = "findings"


@dataclass(slots=True, kw_only=True)
class Sheet:
    """A sheet that is being filled: columns by name in their order, a row by column."""

    name: str
    columns: dict[str, Column] = field(default_factory=dict)
    rows: list[dict[str, Cell]] = field(default_factory=list)

    def put(self, column: Column, row: dict[str, Cell], cell: Cell) -> None:
        """Write a cell of a row; an amount has its unit in a column beside it."""
        self.columns.setdefault(column.name, column)
        row[column.name] = cell
        if column.kind == "amount":
            beside = f"{column.name}_unit"
            self.columns.setdefault(beside, Column(name=beside, label="", width=8))
            row[beside] = Cell(text=cell.unit, rests=cell.rests)


def sheets_of(report: Report) -> list[Sheet]:
    """Lay a report out as sheets: what it is, its parcels, then its tables in their order."""
    sheets: dict[str, Sheet] = {"about": Sheet(name="about")}
    _about(report, sheets["about"])
    now: Heading | None = None
    for block in report.blocks:
        if isinstance(block, Heading):
            now = block if block.key else None
        elif isinstance(block, Facts):
            _facts(report, block, now, sheets)
        elif isinstance(block, Table):
            _table(report, block, now, sheets)
        elif isinstance(block, Notes):
            _notes(report, block, now, sheets)
    return list(sheets.values())


def _label(report: Report, name: str) -> str:
    return text(report.lang, f"reports.columns.{name}")


def _words(report: Report, name: str, width: float = 20) -> Column:
    return Column(name=name, label=_label(report, name), width=width)


def _line(report: Report, sheet: Sheet, label: str, value: Cell) -> None:
    """Write a named fact or a note as a row of two columns."""
    row: dict[str, Cell] = {}
    sheet.put(_words(report, "fact", 28), row, Cell(text=label))
    sheet.put(_words(report, "value", 90), row, replace(value, number=None))
    sheet.rows.append(row)


def _about(report: Report, sheet: Sheet) -> None:
    for label, value in ((report.title, report.subtitle), ("", report.disclaimer)):
        _line(report, sheet, label, Cell(text=value))


def _facts(report: Report, block: Facts, about: Heading | None, sheets: dict[str, Sheet]) -> None:
    """Give a parcel a row of facts; facts of the whole stand in the first sheet."""
    if about is None:
        for fact in block.rows:
            _line(report, sheets["about"], fact.label, fact.value)
        return
    sheet = sheets.setdefault("parcels", Sheet(name="parcels"))
    row: dict[str, Cell] = {}
    for fact in block.rows:
        unit = fact.value.unit
        known = sheet.columns.get(fact.name)
        has_number = fact.value.number is not None
        label = f"{fact.label}（{unit}）" if unit and unit not in fact.label else fact.label
        if known is None or (has_number and known.kind == "text"):
            sheet.columns[fact.name] = Column(
                name=fact.name, label=label, width=18, kind="number" if has_number else "text"
            )
        row[fact.name] = fact.value
    sheet.rows.append(row)


def _table(report: Report, block: Table, about: Heading | None, sheets: dict[str, Sheet]) -> None:
    name = _FINDINGS if block.name in _LISTS else block.name
    sheet = sheets.setdefault(name, Sheet(name=name))
    for cells in (*block.rows, *block.foot):
        row: dict[str, Cell] = {}
        if about is not None:
            sheet.put(_words(report, "parcel"), row, Cell(text=about.label, rests=about.rests))
        if name == _FINDINGS or (block.title and about is not None):
            sheet.put(_words(report, "list", 24), row, Cell(text=block.title))
        _put_cells(report, sheet, row, block.columns, cells)
        sheet.rows.append(row)
    if not block.rows and not block.foot:
        _empty(report, sheet, block, about)


def _put_cells(
    report: Report,
    sheet: Sheet,
    row: dict[str, Cell],
    columns: Sequence[Column],
    cells: Sequence[Cell],
) -> None:
    for column, cell in zip(columns, cells, strict=True):
        sheet.put(column, row, cell)
        if column.kind == "amount":
            beside = f"{column.name}_unit"
            sheet.columns[beside] = replace(sheet.columns[beside], label=_label(report, "unit"))


def _empty(report: Report, sheet: Sheet, block: Table, about: Heading | None) -> None:
    """Say in a row that a list is empty, so that it does not seem forgotten."""
    row: dict[str, Cell] = {}
    if about is not None:
        sheet.put(_words(report, "parcel"), row, Cell(text=about.label, rests=about.rests))
    if block.title:
        sheet.put(_words(report, "list", 24), row, Cell(text=block.title))
    last = max(block.columns, key=lambda one: one.width)
    sheet.put(last, row, Cell(text=block.empty))
    sheet.rows.append(row)


def _notes(report: Report, block: Notes, about: Heading | None, sheets: dict[str, Sheet]) -> None:
    if about is None:
        for one in block.lines:
            _line(report, sheets["about"], block.title, one)
        return
    sheet = sheets.setdefault("said", Sheet(name="said"))
    for one in block.lines:
        row: dict[str, Cell] = {}
        sheet.put(_words(report, "parcel"), row, Cell(text=about.label, rests=about.rests))
        sheet.put(_words(report, "fact", 24), row, Cell(text=block.title))
        sheet.put(_words(report, "value", 90), row, replace(one, number=None))
        sheet.rows.append(row)
