"""Tables with one row a parcel or a firm."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import shapely

from geo.errors import PlannerError
from geo.read.parsed import Fault, Parsed, require_size, unique_names
from geo.read.tables.cell_geometry import (
    Geometries,
    looks_like_wkt,
    read_pairs,
    read_strings,
    read_wkt,
)
from geo.read.tables.grid import PLAIN_NUMBER, column_letters
from geo.read.tables.headings import STRING, WKT, column_role
from geo.survey.fields import KNOWN, find_fields, fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geo.read.limits import Limits
    from geo.read.parsed import AxisOrder
    from geo.read.tables.grid import Grid

ROLES = ("wkt", "x", "y", "id", "name", "area", "use", "code")
_TOTAL = re.compile(
    r"\s*(?:合\s*计|总\s*计|小\s*计|共\s*计|总\s*和|累\s*计|(?:sub|grand\s*)?total)", re.IGNORECASE
)
_HEAD_ROWS = 30
_PAIRS = (("x", "y"), ("lon", "lat"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The heading row of a listing.

    Attributes
    ----------
    row : int
        Position in the grid.
    names : tuple of str
        Headings, made unique; columns without one are named by their letter.
    roles : mapping of str to int
        ``wkt``, ``string`` (坐标串), ``x`` and ``y``, ``lon`` and ``lat``, `KNOWN` to column.
    """

    row: int
    names: tuple[str, ...]
    roles: Mapping[str, int]

    @property
    def pair(self) -> tuple[str, str] | None:
        """Roles of two columns of coordinates."""
        return next((pair for pair in _PAIRS if {*pair} <= set(self.roles)), None)

    @property
    def geometry(self) -> set[int]:
        """Columns that hold shapes or coordinates."""
        roles = [role for role in ("wkt", "string") if role in self.roles]
        return {self.roles[role] for role in (roles[:1] or self.pair or ())}

    @property
    def axes(self) -> AxisOrder | None:
        """Order of the two numbers as the kind of columns has it."""
        if "wkt" in self.roles:
            return "en"
        if "string" in self.roles:
            return None
        return "ne" if self.pair == ("x", "y") else "en"


def column_signature(names: Sequence[str]) -> str:
    """Give a stable key of a table's columns, under which their roles can be remembered.

    Width of letters, case and blanks do not count; the order does.
    """
    folded = "\x1f".join(fold(name) for name in names)
    return hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def find_head(grid: Grid, chosen: Mapping[str, str]) -> Head | None:
    """Find the heading row of a listing.

    Parameters
    ----------
    grid : Grid
        The sheet; titles may stand above the heading.
    chosen : mapping
        Role to heading as the user says.

    Returns
    -------
    Head or None
        None when no row looks like a heading.

    Raises
    ------
    PlannerError
        ``column_unknown`` when a chosen column is nowhere.
    """
    heads = [_head(grid, row, chosen) for row in range(min(_HEAD_ROWS, len(grid.rows)))]
    if chosen:
        heads = [head for head in heads if set(chosen.values()) <= set(head.names)]
    known = [head for head in heads if len(head.roles) > 1 or head.geometry]
    worded = [head for head in heads if _is_worded(grid.rows[head.row])]
    found = next(iter([*known, *worded]), None)
    if found is None and chosen:
        column = next(iter(chosen.values()))
        columns = [cell for cell in grid.rows[0] if cell] if grid.rows else []
        raise PlannerError("column_unknown", column=column, columns=columns)
    return found


def read_listing(sheets: Sequence[tuple[Grid, Head]], limits: Limits) -> Parsed:
    """Read sheets of one row a parcel, all with the same columns.

    Parameters
    ----------
    sheets : sequence of (Grid, Head)
        What `find_head` found.
    limits : Limits
        Of rows and columns.

    Returns
    -------
    Parsed
        All cells as text. Polygons (WKT), bare rings (坐标串) or points (X and Y, north first);
        null where a row has no geometry.

    Raises
    ------
    PlannerError
        ``file_too_many_*``; ``systems_differ`` when WKT names several systems.
    """
    head = sheets[0][1]
    found = _Rows()
    for grid, own in sheets:
        for row in range(own.row + 1, len(grid.rows)):
            found.add(grid, row, own)
    count, width = len(found.cells), len(head.names)
    require_size(features=count, columns=width, vertices=0, limits=limits)
    shapes = _shapes(head, found.cells)
    faults = shapes.faults | found.faults
    shapes.shapes[list(faults)] = None
    by_column = zip(*(grid.rows[row][:width] for grid, row in found.cells), strict=True)
    columns = list(by_column) if found.cells else [()] * width
    geometry = head.geometry
    kept = [column for column in range(width) if column not in geometry]
    return Parsed(
        table=pa.table(
            {head.names[one]: pa.array(_texts(columns[one]), pa.string()) for one in kept}
        ),
        wkb=pa.array(shapely.to_wkb(shapes.shapes), pa.binary()),
        where=pa.array([grid.place(row) for grid, row in found.cells], pa.string()),
        faults=faults,
        skipped=tuple(found.skipped),
        remarks=tuple(found.remarks),
        rings="string" in head.roles and "wkt" not in head.roles,
        axes=head.axes,
        crs=shapes.srid,
        fields={role: head.names[one] for role, one in head.roles.items() if role in KNOWN},
        layer=sheets[0][0].name or None if len(sheets) == 1 else None,
    )


@dataclass(slots=True)
class _Rows:
    """Rows of all sheets, and what was said of them."""

    cells: list[tuple[Grid, int]] = field(default_factory=list)
    faults: dict[int, Fault] = field(default_factory=dict)
    skipped: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)

    def add(self, grid: Grid, row: int, head: Head) -> None:
        cells = grid.rows[row]
        first = next(cell for cell in cells if cell.strip())
        if _TOTAL.fullmatch(first) or (_TOTAL.match(first) and not _is_named(cells, head)):
            values = {"value": first.strip()[:40]}
            self.skipped.append(Fault(code="row_total", where=grid.place(row), values=values))
            return
        if _is_repeated(cells, grid.rows[head.row]):
            values = {"value": first.strip()[:40]}
            self.skipped.append(Fault(code="row_heading", where=grid.place(row), values=values))
            return
        fault = grid.too_long(row, len(head.names))
        if fault:
            self.faults[len(self.cells)] = fault
        self.remarks += _odd_cells(grid, row, head)
        self.cells.append((grid, row))


def _is_named(cells: Sequence[str], head: Head) -> bool:
    return any(
        cells[head.roles[one]].strip() for one in ("wkt", "string", "x") if one in head.roles
    )


def _is_repeated(cells: Sequence[str], heading: Sequence[str]) -> bool:
    """Tell a heading that was printed again on a new page."""
    filled = [
        cell.strip() == name.strip() for cell, name in zip(cells, heading, strict=True) if cell
    ]
    return len(filled) > 1 and all(filled)


def _odd_cells(grid: Grid, row: int, head: Head) -> Iterator[Fault]:
    """Name errors and formulas without a value in attributes; those of coordinates are faults."""
    if not grid.kinds:
        return
    for column in range(len(head.names)):
        kind = grid.kinds.get((row, column))
        if kind and column not in head.geometry:
            code = "cell_error" if kind == "error" else "cell_without_value"
            values = {"value": grid.rows[row][column][:40]}
            yield Fault(code=code, where=grid.place(row, column), values=values)


def _shapes(head: Head, cells: Sequence[tuple[Grid, int]]) -> Geometries:
    if "wkt" in head.roles:
        return read_wkt(cells, head.roles["wkt"])
    if "string" in head.roles:
        return read_strings(cells, head.roles["string"])
    pair = head.pair
    if pair:
        return read_pairs(cells, head.roles[pair[0]], head.roles[pair[1]])
    return Geometries(shapes=np.full(len(cells), None, dtype=object))


def _texts(cells: Sequence[str]) -> list[str | None]:
    return [cell if cell.strip() else None for cell in cells]


def _head(grid: Grid, row: int, chosen: Mapping[str, str]) -> Head:
    cells = grid.rows[row]
    width = max((column + 1 for column, cell in enumerate(cells) if cell.strip()), default=0)
    names = unique_names(
        [cell.strip() or column_letters(column) for column, cell in enumerate(cells[:width])]
    )
    usable = {role: column for role, column in chosen.items() if column in names}
    roles: dict[str, int] = {}
    for column, name in enumerate(names):
        role = _role(name)
        if role and role not in usable:
            roles.setdefault(role, column)
    plain = {role: name for role, name in usable.items() if role in KNOWN}
    roles |= {role: names.index(name) for role, name in find_fields(names, {}, plain).items()}
    roles |= {role: names.index(name) for role, name in usable.items() if role in ("wkt", "x", "y")}
    return Head(row=row, names=tuple(names), roles=_checked(grid, row, roles))


def _checked(grid: Grid, row: int, roles: dict[str, int]) -> dict[str, int]:
    """Look into the cells: a 坐标 column may hold WKT, one named shape may hold anything."""
    following = grid.rows[row + 1 : row + 1 + _HEAD_ROWS]
    for role in ("wkt", "string"):
        if role in roles:
            filled = [cells[roles[role]] for cells in following if cells[roles[role]].strip()]
            is_wkt = any(looks_like_wkt(cell) for cell in filled)
            roles["wkt" if is_wkt else "string"] = roles.pop(role)
            break
    return roles


def _role(name: str) -> str | None:
    folded = fold(name)
    if folded in WKT:
        return "wkt"
    if folded in STRING:
        return "string"
    role = column_role(name)
    return role if role in {"x", "y", "lon", "lat"} else None


def _is_worded(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    return len(filled) > 1 and not any(PLAIN_NUMBER.fullmatch(cell) for cell in filled)
