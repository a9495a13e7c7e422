"""Tables with one row a parcel or a firm."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import shapely

from geo.errors import PlannerError
from geo.read.parsed import Parsed, require_size, unique_names
from geo.read.tables.cell_geometry import (
    Geometries,
    looks_like_wkt,
    read_pairs,
    read_strings,
    read_wkt,
)
from geo.read.tables.grid import PLAIN_NUMBER, column_letters
from geo.read.tables.headings import STRING, WKT, column_role
from geo.read.tables.listed_rows import ListedRows
from geo.survey.fields import KNOWN, find_fields, fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.read.limits import Limits
    from geo.read.parsed import AxisOrder
    from geo.read.tables.grid import Grid

ROLES = ("wkt", "x", "y", "id", "name", "area", "use", "code")
_UNIT_CELL = re.compile(
    r"[(\[（【]?\s*(?:单位\s*[:：]?\s*)?(?:亩|公顷|平方米|平方公里|㎡|m²|m2|hm²|hm2|ha|km²|km2|[万亿]?元"
    r"|[万亿]?元/亩|[%％人个家吨米m°度年])\s*[)\]）】]?",
    re.IGNORECASE,
)
_HEAD_ROWS = 30
_PAIRS = (("x", "y"), ("lon", "lat"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The heading row of a listing.

    Attributes
    ----------
    row : int
        Position in the grid; of units below the headings, if they have a row of their own.
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
    worded.sort(key=lambda head: -sum(map(bool, grid.rows[head.row])))
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
    found = ListedRows()
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
    cells, row = _with_units(grid, row)
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


def _with_units(grid: Grid, row: int) -> tuple[Sequence[str], int]:
    """Join headings with the units that stand in a row of their own below them."""
    cells = grid.rows[row]
    below = grid.rows[row + 1] if row + 1 < len(grid.rows) else []
    filled = [cell for cell in below if cell.strip()]
    if not filled or not all(_UNIT_CELL.fullmatch(cell.strip()) for cell in filled):
        return cells, row
    joined = [
        f"{cell.strip()}({unit.strip(' ()（）[]【】')})" if cell.strip() and unit.strip() else cell
        for cell, unit in zip(cells, below, strict=True)
    ]
    return joined, row + 1


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
