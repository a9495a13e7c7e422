"""Workbooks as people fill them in, read into a draft: headings moved, columns added, no order."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from geo.errors import PlannerError
from geo.read.archive import opened_archive
from geo.read.limits import MEGABYTE, Limits
from geo.read.parsed import Fault
from parcels.permu.units import fold
from parcels.proposal.document.sheets import GUIDE_SHEET, NOTE, NUMBER_HEADING
from parcels.proposal.document.stated_units import stated_name, with_unit
from parcels.proposal.document.typed_units import plain_unit
from parcels.proposal.draft import Draft
from parcels.proposal.field_names import column_id, field_id
from parcels.proposal.fields import fields, floor_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geo.read.archive import Archive
    from geo.read.tables.grid import Grid
    from parcels.proposal.fields import ProposalField

_LIMITS = Limits(
    file_bytes=5 * MEGABYTE, unpacked_bytes=40 * MEGABYTE, members=300, columns=300, vertices=5_000
)
_VALUE_HEADS = frozenset(map(fold, ("填写", "填写内容", "内容", "值", "数值", "value")))
_UNIT_HEADS = frozenset(map(fold, ("单位", "计量单位", "unit")))
_NOTES = frozenset(map(fold, (NOTE, "note", "来源")))
_LEAST_COLUMNS = 2
_SHOWN = 8
_DIGITS = 15
_RECKONED = re.compile(r"-?(?=[0-9.]{17,40}$)[0-9]{1,15}\.[0-9]+")
_FORMULA = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3}[0-9]{1,7})"[^>]*>\s*<(?:\w+:)?f\b')


def read_workbook(content: bytes) -> Draft:
    """Read a proposal from a workbook.

    Parameters
    ----------
    content : bytes
        xlsx. Of formulas the values that the spreadsheet saved; macros are not looked at.

    Returns
    -------
    Draft
        A plain number under a heading with a unit gets that unit: 60 under 亩 is ``60 亩``.

    Raises
    ------
    PlannerError
        ``archive_*``, ``workbook_*``; ``proposal_document_foreign`` where no sheet has a field
        or a table of floor area; ``proposal_document_twice``.
    """
    grids, formulas = _grids(content)
    if formulas:
        grids = [replace(one, rows=[[*map(_as_shown, row)] for row in one.rows]) for one in grids]
    given: dict[str, str] = {}
    floors: list[Mapping[str, str]] = []
    notes: list[str] = []
    is_ours = False
    for grid in (part for one in grids for part in _parts(one)):
        table = _floor_table(grid)
        labels = _label_column(grid, table.head if table else len(grid.rows))
        is_ours |= table is not None or labels is not None
        if labels is not None:
            _take_fields(grid, labels, table, given, notes)
        if table is not None:
            _take_floors(grid, table, floors, notes)
    if not is_ours:
        raise PlannerError("proposal_document_foreign", sheets=[one.name for one in grids])
    values = {"cells": "、".join(formulas[:_SHOWN]) + ("…" if len(formulas) > _SHOWN else "")}
    return Draft(
        fields=MappingProxyType(given),
        floors=tuple(floors),
        note="\n".join(filter(None, notes)),
        told=(Fault(code="proposal_formulas", values=values),) if formulas else (),
    )


def _grids(content: bytes) -> tuple[list[Grid], list[str]]:
    """Read the sheets that may hold a proposal, and name the cells with formulas."""
    from geo.read.tables.workbook import read_grids

    try:
        with opened_archive(content, _LIMITS) as archive:
            grids = read_grids(archive, _LIMITS)
            formulas = _formulas(archive)
    except ET.ParseError as error:  # names of XML that belong to nothing
        raise PlannerError("workbook_broken", member="xl") from error
    return [one for one in grids if fold(one.name) != GUIDE_SHEET], formulas


def _as_shown(cell: str) -> str:
    """Write the result of a formula with the 15 digits that a spreadsheet shows of it."""
    if not _RECKONED.fullmatch(cell):
        return cell
    number = Decimal(cell)
    rounded = number.quantize(Decimal(1).scaleb(number.adjusted() - _DIGITS + 1), ROUND_HALF_UP)
    return format(rounded.normalize(), "f")


def _formulas(archive: Archive) -> list[str]:
    """Name the cells that hold formulas; `read_grids` has made sure that it is plain XML."""
    found: list[str] = []
    for name in sorted(archive.members):
        if "/worksheets/" in name and name.endswith(".xml"):
            cells = _FORMULA.findall(archive.read(name))
            found += [one.decode() for one in cells]
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """A table of floor area: position of its heading row, ids and units by column."""

    head: int
    names: Mapping[int, str]
    units: Mapping[int, str]
    number: int | None


def _floor_table(grid: Grid) -> _Table | None:
    for at, row in enumerate(grid.rows):
        known = {col: _column(cell) for col, cell in enumerate(row) if cell.strip()}
        found = {col: one for col, one in known.items() if one is not None}
        ids = [name for name, _ in found.values()]
        if len(set(ids)) < _LEAST_COLUMNS or not {"function", "area"} & set(ids):
            continue
        twice = next((name for name in ids if ids.count(name) > 1), None)
        if twice:
            raise PlannerError("proposal_document_twice", value=floor_columns()[twice].title.zh)
        number = next((c for c, cell in enumerate(row) if fold(cell) == fold(NUMBER_HEADING)), None)
        strange = {col: row[col] for col, one in known.items() if one is None and col != number}
        return _Table(
            head=at,
            names={col: name for col, (name, _) in found.items()} | strange,
            units={col: unit for col, (_, unit) in found.items()},
            number=number,
        )
    return None


def _parts(grid: Grid) -> Iterator[Grid]:
    """Part a sheet below its table of floor area, where a list of fields with values is headed."""
    table = _floor_table(grid)
    ends = range(table.head + 1, len(grid.rows)) if table else ()
    end = next((at for at in ends if _heads_fields(grid.rows[at])), len(grid.rows))
    yield replace(grid, rows=grid.rows[:end], numbers=grid.numbers[:end])
    if end < len(grid.rows):
        yield replace(grid, rows=grid.rows[end:], numbers=grid.numbers[end:])


def _heads_fields(row: list[str]) -> bool:
    return not any(cell.strip().isdecimal() for cell in row) and not _VALUE_HEADS.isdisjoint(
        map(fold, row)
    )


def _column(heading: str) -> tuple[str, str] | None:
    return stated_name(heading, column_id, floor_columns())


def _label_column(grid: Grid, end: int) -> int | None:
    """Find the column that names most fields; None: no cell names one."""
    counts: dict[int, int] = {}
    for row in grid.rows[:end]:
        for col, cell in enumerate(row):
            if cell.strip() and stated_name(cell, field_id, fields()) is not None:
                counts[col] = counts.get(col, 0) + 1
    return max(counts, key=lambda col: (counts[col], -col)) if counts else None


def _take_fields(
    grid: Grid, labels: int, table: _Table | None, given: dict[str, str], notes: list[str]
) -> None:
    end = table.head if table else len(grid.rows)
    value_at, unit_at = _heads(grid, end)
    has_begun = False
    for at in range(end):
        row = grid.rows[at]
        label = row[labels]
        found = stated_name(label, field_id, fields()) if label.strip() else None
        has_begun |= found is not None
        values = _right_of(grid, at, labels) if value_at is None else iter((value_at,))
        column = next(values, None)
        typed = row[column] if column is not None else ""
        if fold(label) in _NOTES:
            notes.append(typed)
            continue
        if not has_begun or not typed or not label:
            continue
        name = found[0] if found else label
        if name in given:
            raise PlannerError("proposal_document_twice", value=label.strip()[:40])
        beside = unit_at if unit_at is not None else (column or 0) + 1
        stated = row[beside] if beside < len(row) else ""
        units = (found[1], stated) if found else ()
        given[name] = with_unit(typed, fields().get(name), units)


def _heads(grid: Grid, end: int) -> tuple[int | None, int | None]:
    """Find the columns that are headed 填写 and 单位."""
    for row in grid.rows[:end]:
        folded = [fold(cell) for cell in row]
        value = next((col for col, one in enumerate(folded) if one in _VALUE_HEADS), None)
        if value is not None:
            return value, next((col for col, one in enumerate(folded) if one in _UNIT_HEADS), None)
    return None, None


def _right_of(grid: Grid, at: int, column: int) -> Iterator[int]:
    """Give the columns right of a label that are no part of its merged cell."""
    number = grid.numbers[at]
    for col in range(column + 1, grid.width):
        if grid.merged.get((number, col)) != (number, column):
            yield col


def _take_floors(
    grid: Grid, table: _Table, floors: list[Mapping[str, str]], notes: list[str]
) -> None:
    columns = floor_columns()
    for at in range(table.head + 1, len(grid.rows)):
        row = {}
        for col, name in table.names.items():
            typed = _shown(grid, at, col, columns.get(name))
            if typed:
                row[name] = with_unit(typed, columns.get(name), (table.units.get(col, ""),))
        number = "" if table.number is None else grid.rows[at][table.number].strip()
        if row and not number.isdecimal() and number:
            row.setdefault("name", number)
        if not row and not number.isdecimal():
            notes += [cell for cell in grid.rows[at] if cell.strip()]
            continue
        floors.append(MappingProxyType(row))


def _shown(grid: Grid, at: int, column: int, asked: ProposalField | None) -> str:
    """Give a cell; a word that is merged over rows stands in each of them, a number does not."""
    typed = grid.rows[at][column]
    source = grid.merged.get((grid.numbers[at], column))
    is_word = asked is not None and not (asked.unit or plain_unit(asked))
    if typed or source is None or not is_word or source[1] != column:
        return typed
    if source[0] not in grid.numbers:
        return typed
    return grid.rows[grid.numbers.index(source[0])][column]
