"""What the sheets of a table file are: boundary points, one row a parcel, or neither."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from geo.read.parsed import Fault, Note, choose_layer
from geo.read.tables.bands import find_bands, lettered_band
from geo.read.tables.grid import PLAIN_NUMBER
from geo.read.tables.headings import TITLE
from geo.read.tables.listing import ROLES, find_head, read_listing
from geo.read.tables.points import read_points

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.read.formats import Request
    from geo.read.parsed import Parsed
    from geo.read.tables.bands import Band
    from geo.read.tables.grid import Grid
    from geo.read.tables.listing import Head

_HEAD_ROWS = 100
_OF_POINTS = {"point", "ring", "length"}
_ROWS_A_PARCEL = 3


def parse_grids(grids: Sequence[Grid], request: Request, *, encoding: str | None) -> Parsed:
    """Read the sheets of a table file.

    Parameters
    ----------
    grids : sequence of Grid
        All sheets.
    request : Request
        ``layer`` picks a sheet, ``columns`` says what columns are.
    encoding : str or None
        Of a text.

    Returns
    -------
    Parsed
        All sheets of boundary points together; without any, the sheets of one row a parcel that
        have the same columns. Sheets that hold neither are in ``skipped``.

    Raises
    ------
    PlannerError
        ``table_empty``; ``file_layer_unknown``; ``file_many_layers`` for listings with different
        columns; ``columns_unknown`` (``question`` ``columns``, with ``roles`` and ``columns``)
        when it cannot be told what the columns are; those of `read_points` and
        `read_listing`.
    """
    sheets = [grid for grid in grids if grid.rows]
    if request.layer is not None:
        layer = choose_layer([grid.name for grid in grids], request.layer)
        sheets = [grid for grid in sheets if grid.name == layer]
    if not sheets:
        raise PlannerError("table_empty")
    bands = {grid.name: _point_bands(grid, request.columns) for grid in sheets}
    pointed = [grid for grid in sheets if bands[grid.name] is not None]
    if pointed:
        given = [(grid, bands[grid.name] or ()) for grid in pointed]
        parsed = read_points(given, request.columns, request.limits)
        used = pointed
    else:
        listed = _listings(sheets, request.columns)
        parsed = read_listing(listed, request.limits)
        used = [grid for grid, _ in listed]
    return _with_sheets(parsed, sheets, used, encoding)


def _with_sheets(
    parsed: Parsed, sheets: Sequence[Grid], used: Sequence[Grid], encoding: str | None
) -> Parsed:
    names = {grid.name for grid in used}
    left = tuple(
        Fault(code="sheet_not_read", where=f"sheet:{grid.name}", values={"rows": len(grid.rows)})
        for grid in sheets
        if grid.name not in names
    )
    hidden = [grid.name for grid in sheets if grid.hidden]
    notes = [Note(code="sheets_hidden", values={"sheets": "、".join(hidden)})] if hidden else []
    concealed = [grid.name for grid in used if grid.concealed]
    if concealed:
        notes.append(Note(code="cells_hidden", values={"sheets": "、".join(concealed)}))
    return replace(
        parsed,
        skipped=(*parsed.skipped, *left),
        notes=(*parsed.notes, *notes),
        encoding=encoding,
    )


def _point_bands(grid: Grid, chosen: Mapping[str, str]) -> list[Band] | None:
    """Tell whether a sheet is a point table; bands only of one whose columns have no headings."""
    if "wkt" in chosen:
        return None
    for row in range(min(_HEAD_ROWS, len(grid.rows))):
        bands = find_bands(grid, row, chosen)
        if bands:
            return [] if _is_of_points(grid, row, bands, chosen) else None
    return lettered_band(grid, chosen) or None


def _is_of_points(grid: Grid, row: int, bands: Sequence[Band], chosen: Mapping[str, str]) -> bool:
    """Tell a list of points from a list of firms each of which has one point."""
    roles = set(bands[0].roles)
    titles = "".join("".join(cells) for cells in grid.rows[:row])
    if roles & _OF_POINTS & {role for role in roles if not _is_serial(grid, row, bands[0], role)}:
        return True
    if len(bands) > 1 or {"point", "ring", "parcel"} & set(chosen) or TITLE.search(titles):
        return True
    if not bands[0].keys:
        return not roles & {"area", "use", "code"}
    below = [
        cells for cells in grid.rows[row + 1 :] if PLAIN_NUMBER.fullmatch(cells[bands[0].first])
    ]
    keys = {tuple(cells[column] for column in bands[0].keys) for cells in below}
    return len(below) >= _ROWS_A_PARCEL * len(keys)


def _is_serial(grid: Grid, row: int, band: Band, role: str) -> bool:
    """Tell 序号 or 名称, which a list of firms has too, from 点号."""
    from geo.read.tables.headings import column_role

    return role == "point" and column_role(grid.rows[row][band.roles["point"]]) == "serial"


def _listings(sheets: Sequence[Grid], chosen: Mapping[str, str]) -> list[tuple[Grid, Head]]:
    found = [(grid, head) for grid in sheets if (head := find_head(grid, chosen)) is not None]
    useful = [(grid, head) for grid, head in found if head.roles]
    if not useful:
        _ask(found[0][1].names if found else _letters(sheets[0]))
    if len({head.names for _, head in useful}) > 1:
        raise PlannerError(
            "file_many_layers", layers=[grid.name for grid, _ in useful], question="layer"
        )
    if not useful[0][1].geometry and _may_hold_coordinates(*useful[0]):
        _ask(useful[0][1].names)
    return useful


def _ask(columns: Sequence[str]) -> None:
    raise PlannerError(
        "columns_unknown", question="columns", roles=list(ROLES), columns=list(columns)
    )


def _letters(grid: Grid) -> list[str]:
    from geo.read.tables.grid import column_letters

    return [column_letters(column) for column in range(grid.width)]


def _may_hold_coordinates(grid: Grid, head: Head) -> bool:
    """Tell whether two columns of unknown meaning hold nothing but numbers."""
    known = set(head.roles.values())
    below = grid.rows[head.row + 1 :]
    numeric = [
        column
        for column in range(len(head.names))
        if column not in known
        and below
        and all(PLAIN_NUMBER.fullmatch(cells[column]) for cells in below)
    ]
    return len(numeric) > 1
