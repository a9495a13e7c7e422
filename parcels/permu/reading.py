"""A file of firms or parcels as a `FirmTable`; nothing in it is guessed, nothing left unsaid."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from geo.errors import PlannerError
from geo.read.limits import DEFAULT_LIMITS
from geo.read.parsed import Fault, Note
from geo.read.source import content_of
from geo.read.tables.sheets import read_sheets, sniff_table
from geo.units import M2_PER_MU
from parcels.permu.head_rows import joined_head
from parcels.permu.headings import Head, looks_like_head, read_head
from parcels.permu.merged import too_wide, unmerged
from parcels.permu.model import Answers, Column, Firm, FirmTable
from parcels.permu.promises import promised_columns, title_promises
from parcels.permu.rows import Row, read_row, told_apart
from parcels.permu.unit_lines import are_units

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from geo.read.tables.grid import Grid
    from geo.survey.model import Survey
    from parcels.permu.model import Status

_HEAD_ROWS = 30
_COMPUTED = "area_m2"


def read_firms(source: Path | bytes, filename: str, answers: Answers | None = None) -> FirmTable:
    """Read firms from a table (xlsx, csv) or from the attributes of a file with parcels.

    Parameters
    ----------
    source : Path or bytes
        The file; what it is, its content tells.
    filename : str
        Named in errors.
    answers : Answers, optional
        What the user settled.

    Returns
    -------
    FirmTable

    Raises
    ------
    PlannerError
        With ``file`` among its values: ``permu_no_head`` when no row names columns of firms,
        ``permu_no_rows``, ``permu_sheet_absent``; those of `geo.read.tables.sheets.read_sheets`,
        `parcels.permu.headings.read_head` and, for files with parcels,
        `geo.survey.read.read_survey`.
    """
    settled = answers or Answers()
    try:
        data = content_of(source, DEFAULT_LIMITS)
        if sniff_table(data, filename) is None:
            from geo.survey.read import read_survey

            return firms_of_survey(read_survey(source, filename), settled)
        return firms_of_grids(read_sheets(data, filename), filename, settled)
    except PlannerError as error:
        raise PlannerError(error.code, **{"file": filename, **error.values}) from error


def firms_of_grids(grids: Sequence[Grid], title: str, answers: Answers) -> FirmTable:
    """Read the first sheet with firms, or the one that was asked for; errors as `read_firms`."""
    names = [grid.name for grid in grids]
    if answers.sheet is not None and answers.sheet not in names:
        raise PlannerError("permu_sheet_absent", value=answers.sheet, sheets=names)
    asked = [grid for grid in grids if answers.sheet in {None, grid.name}]
    for grid in asked:
        at = _head_row(grid, answers)
        if at is not None:
            left = tuple(
                Fault(
                    code="permu_sheet_left",
                    where=f"sheet:{other.name}",
                    values={"value": other.name, "rows": len(other.rows)},
                )
                for other in grids
                if other is not grid and other.rows
            )
            return _table(grid, at, title, answers, left)
    raise PlannerError("permu_no_head", columns=_first_words(asked))


def firms_of_rows(
    rows: Iterable[Mapping[str, Any]],
    title: str,
    answers: Answers | None = None,
    *,
    areas_m2: Sequence[float] | None = None,
) -> FirmTable:
    """Read firms from rows with named values, such as the attributes of a set of parcels.

    Parameters
    ----------
    rows : iterable of mapping
        Heading to value; numbers, texts, None.
    title : str
        Name of what they come from.
    answers : Answers, optional
        What the user settled.
    areas_m2 : sequence of float, optional
        Computed area of each row; taken for the mapped area where no column states one.

    Returns
    -------
    FirmTable
        Rows keep their position in ``at``. Without a column for it their status is unknown:
        a parcel is no firm in production until somebody says so.

    Raises
    ------
    PlannerError
        As `read_firms`.
    """
    settled = answers or Answers()
    listed = [dict(row) for row in rows]
    headings = list(dict.fromkeys(str(key) for row in listed for key in row))
    head = read_head(headings, settled) if headings else Head(columns=(), unread=())
    if areas_m2 is not None and not any(one.role == "mapped" for one in head.columns):
        headings.append(_COMPUTED)
        column = Column(
            at=len(headings) - 1,
            heading=_COMPUTED,
            role="mapped",
            unit="m²",
            factor=1 / M2_PER_MU,
        )
        head = Head(columns=(*head.columns, column), unread=head.unread, notes=head.notes)
        for row, area in zip(listed, areas_m2, strict=True):
            row[_COMPUTED] = area
    cells = (
        Row(
            cells=[_text(row.get(heading)) for heading in headings],
            number=number,
            where=f"feature:{number}",
            at=number - 1,
        )
        for number, row in enumerate(listed, start=1)
    )
    return _read(cells, head, title, settled, unstated="unknown")


def firms_of_survey(survey: Survey, answers: Answers | None = None) -> FirmTable:
    """Read firms from the attributes of surveyed parcels; computed areas count as mapped."""
    from parcels.survey_parcels import attribute_rows

    rows = attribute_rows(survey.attributes, survey.parcels.num_rows)
    areas = survey.parcels.column("area_m2").to_pylist()
    return firms_of_rows(rows, survey.file, answers, areas_m2=areas)


def _head_row(grid: Grid, answers: Answers) -> int | None:
    wanted = set(answers.columns.values())
    for at, cells in enumerate(grid.rows[:_HEAD_ROWS]):
        if looks_like_head(cells) or (wanted and wanted <= {cell.strip() for cell in cells}):
            return at
    return None


def _table(grid: Grid, at: int, title: str, answers: Answers, left: tuple[Fault, ...]) -> FirmTable:
    above = [cell for cells in grid.rows[:at] for cell in cells if cell]
    first = at + 1
    below: Sequence[str] = ()
    cells: Sequence[str] = grid.rows[at]
    if first < len(grid.rows) and (joined := joined_head(cells, grid.rows[first])):
        cells, first = joined, first + 1
    if first < len(grid.rows) and are_units(grid.rows[first]):
        below, first = grid.rows[first], first + 1
    head = read_head(cells, answers, above=above, below=below)
    kinds: dict[int, dict[int, str]] = {}
    for (row, column), kind in grid.kinds.items():
        kinds.setdefault(row, {})[column] = kind
    shown = unmerged(grid, first, head.columns)
    wide = too_wide(grid, first, cells)
    rows = (
        Row(
            cells=shown.cells.get(row, grid.rows[row]),
            number=grid.numbers[row],
            where=grid.place(row),
            kinds={**kinds.get(row, {}), **shown.kinds.get(row, {})},
            is_shifted=row in wide,
        )
        for row in range(first, len(grid.rows))
    )
    unstated: Status = "promised" if title_promises(above) else "production"
    table = _read(rows, head, title, answers, unstated=unstated, left=left)
    return replace(table, notes=(*table.notes, *_hidden(grid)))


def _hidden(grid: Grid) -> tuple[Note, ...]:
    """Say that what a sheet hides was read like the rest: rows, columns, the sheet itself."""
    codes = {"cells_hidden": grid.concealed, "sheets_hidden": grid.hidden}
    values = {"sheets": grid.name}
    return tuple(Note(code=code, values=values) for code, is_so in codes.items() if is_so)


def _read(
    rows: Iterable[Row],
    head: Head,
    title: str,
    answers: Answers,
    *,
    unstated: Status,
    left: tuple[Fault, ...] = (),
) -> FirmTable:
    read = [read_row(row, head.columns, answers.status or unstated) for row in rows]
    promised = promised_columns(head.columns)
    firms = told_apart([_promised(one, promised) for one in read if isinstance(one, Firm)])
    if not firms:
        raise PlannerError("permu_no_rows")
    found = FirmTable(
        title=title,
        firms=firms,
        columns=head.columns,
        unread=head.unread,
        skipped=(*left, *(one for one in read if isinstance(one, Fault))),
        notes=(*head.notes, *_promises(promised)),
    )
    if promised:
        return found
    stated = any(found.has(role) for role in ("status", "promised", "producing"))
    if stated:
        return found
    state = answers.status or unstated
    note = Note(code="permu_status_assumed", values={"status": state})
    return replace(found, notes=(*found.notes, note))


def _promised(firm: Firm, headings: Sequence[str]) -> Firm:
    """Take a firm for a promise where a heading says so, whatever its state."""
    is_taken = headings and firm.status in {"production", "unknown"}
    return replace(firm, status="promised") if is_taken else firm


def _promises(headings: Sequence[str]) -> tuple[Note, ...]:
    values = {"columns": "、".join(headings)}
    return (Note(code="permu_promised_columns", values=values),) if headings else ()


def _first_words(grids: Sequence[Grid]) -> list[str]:
    """Return the cells of the first row that holds several: what was taken for no heading."""
    rows = (row for grid in grids for row in grid.rows)
    return next(
        (filled for row in rows if len(filled := [one for one in row if one.strip()]) > 1), []
    )


def _text(value: Any) -> str:
    """Write a value as a cell would: numbers in full digits."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        from decimal import Decimal

        return format(Decimal(repr(float(value))), "f") if value == value else "NaN"  # noqa: PLR0124
    if isinstance(value, Fraction):
        return str(float(value))
    return str(value)
