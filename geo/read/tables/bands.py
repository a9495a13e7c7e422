"""Heading rows of point tables: which columns hold names, coordinates, lengths."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.read.tables.grid import column_letters, column_number
from geo.read.tables.headings import column_role
from geo.survey.fields import unit_in_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.read.parsed import AxisOrder
    from geo.read.tables.grid import Grid

KEYS = ("number", "id", "name")
_OF_A_POINT = ("point", "length", "note", "ring", "serial")
_COORDINATES = (("x", "y"), ("lon", "lat"))
_AREA_UNITS = {"ha": "公顷", "m2": "平方米", "mu": "亩", "km2": "平方公里"}
_NUMBERS = {role for pair in _COORDINATES for role in pair}


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """The columns of one list of points; several may stand beside one another.

    Attributes
    ----------
    first, second : int
        Columns of the numbers in the order in which they are stored.
    axes : str
        ``ne`` for X and Y of a survey, ``en`` for longitude and latitude.
    roles : mapping of str to int
        Role to column, as `geo.read.tables.headings.column_role`.
    keys : tuple of int
        Columns that tell parcels apart.
    unread : tuple of str
        Headings of columns that mean nothing to us.
    end : int
        Number of columns up to the last heading; 0: not known.
    area_unit : str
        Unit that the heading of the areas names, "" if none.
    """

    first: int
    second: int
    axes: AxisOrder
    roles: Mapping[str, int]
    keys: tuple[int, ...] = ()
    unread: tuple[str, ...] = ()
    end: int = 0
    area_unit: str = ""

    def cell(self, cells: Sequence[str], role: str) -> str:
        """Return the cell of a role, "" where there is no such column."""
        column = self.roles.get(role)
        return "" if column is None else cells[column]


def find_bands(grid: Grid, row: int, chosen: Mapping[str, str]) -> list[Band]:
    """Read a heading row; the upper half of a heading in two rows counts too.

    Parameters
    ----------
    grid : Grid
        The sheet.
    row : int
        Position in ``grid.rows``.
    chosen : mapping
        Role to heading as the user says.

    Returns
    -------
    list of Band
        Empty when this is no heading row.
    """
    roles = _roles(grid.rows[row], chosen)
    if not any(first in roles and second in roles for first, second in _COORDINATES):
        return []
    headings = grid.rows[row]
    if row and grid.numbers[row] - grid.numbers[row - 1] == 1:
        upper = _roles(grid.rows[row - 1], chosen)
        covered = [cell.strip() for cell in headings]
        roles = [
            over if role is None and not text and over not in _NUMBERS else role
            for role, over, text in zip(roles, upper, covered, strict=True)
        ]
        headings = [
            own.strip() or over for own, over in zip(headings, grid.rows[row - 1], strict=True)
        ]
    bands = [band for part in _split(roles) if (band := _band(part, headings)) is not None]
    used = {column for band in bands for column in band.roles.values()}
    unread = tuple(
        cell.strip()
        for column, cell in enumerate(grid.rows[row])
        if cell.strip() and column not in used
    )
    return [replace(bands[0], unread=unread), *bands[1:]]


def lettered_band(grid: Grid, chosen: Mapping[str, str]) -> list[Band]:
    """Take columns by their letters, for a sheet without headings."""
    letters = {column_letters(column) for column in range(grid.width)}
    if not {"x", "y"} <= set(chosen) or not set(chosen.values()) <= letters:
        return []
    roles = {_renamed(role): column_number(letter) for role, letter in chosen.items()}
    return [Band(first=roles["x"], second=roles["y"], axes="ne", roles=roles, keys=_keys(roles))]


def _keys(roles: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(roles[role] for role in KEYS if role in roles)


def _roles(row: Sequence[str], chosen: Mapping[str, str]) -> list[str | None]:
    wanted = {column: _renamed(role) for role, column in chosen.items()}
    taken = set(wanted.values())
    known = [column_role(cell) for cell in row]
    return [
        wanted.get(cell.strip(), None if role in taken else role)
        for cell, role in zip(row, known, strict=True)
    ]


def _renamed(role: str) -> str:
    return "id" if role == "parcel" else role


def _split(roles: Sequence[str | None]) -> list[dict[str, int]]:
    """Begin a new list of points where a column of a point comes again."""
    parts: list[dict[str, int]] = [{}]
    for column, role in enumerate(roles):
        if role is None:
            continue
        again = role in parts[-1] and role in {"x", "lon", "y", *_OF_A_POINT}
        if again and any({*pair} <= set(parts[-1]) for pair in _COORDINATES):
            parts.append({})
        parts[-1].setdefault(role, column)
    return parts


def _band(part: dict[str, int], headings: Sequence[str]) -> Band | None:
    pair = next((pair for pair in _COORDINATES if {*pair} <= set(part)), None)
    if pair is None:
        return None
    first, second = (part[role] for role in pair)
    roles = {role: column for role, column in part.items() if role in pair or role not in _NUMBERS}
    if "serial" in part:
        roles.setdefault("point", part["serial"])
    is_degrees = pair == ("lon", "lat") or column_role(headings[first]) == "lon"
    return Band(
        first=first,
        second=second,
        axes="en" if is_degrees else "ne",
        roles=roles,
        keys=_keys(roles),
        end=max(column + 1 for column, heading in enumerate(headings) if heading.strip()),
        area_unit=_area_unit(headings[roles["area"]]) if "area" in roles else "",
    )


def _area_unit(heading: str) -> str:
    unit = unit_in_name(heading)
    return _AREA_UNITS[unit] if unit else ""
