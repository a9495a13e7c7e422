"""Geometries written into the cells of a table: WKT, strings of coordinates, two numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import shapely

from geo.errors import PlannerError
from geo.read.numbers import read_number
from geo.read.parsed import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.read.tables.grid import Grid

Place = tuple["Grid", int]
_SRID = re.compile(r"\s*SRID\s*=\s*(\d{4,6})\s*;", re.IGNORECASE)
_WKT = re.compile(
    r"\s*(?:MULTI)?(?:POLYGON|POINT|LINESTRING|SURFACE|CURVE)|\s*(?:CURVEPOLYGON|GEOMETRYCOLLECTION|COMPOUNDCURVE|TRIANGLE)",
    re.IGNORECASE,
)
_RING_MARK = re.compile(r"[|#@/&]")
_BETWEEN_RINGS = re.compile(r"[)\]）]{2}\s*[,，;；]?\s*[(\[（]{2}")
_BETWEEN_POINTS = re.compile(r"[)\]）]\s*[,，;；]?\s*[(\[（]")
_NAMED = re.compile(r"[A-Za-z]{1,3}-?[0-9]{1,5}(?:,.*)?|[0-9]{1,4}(?:,[0-9]{6}[0-9.]*){2}")
_RING_POINTS = 3
_SHOWN = 40


@dataclass(slots=True, kw_only=True)
class Geometries:
    """Geometries of n rows; None where a cell is empty or has a fault."""

    shapes: npt.NDArray[np.object_]
    faults: dict[int, Fault] = field(default_factory=dict)
    srid: str | None = None


def read_wkt(cells: Sequence[Place], column: int) -> Geometries:
    """Read a column of well-known text.

    Parameters
    ----------
    cells : sequence of (Grid, int)
        Sheet and row of each cell.
    column : int
        Column from 0.

    Returns
    -------
    Geometries
        Two-dimensional; ``srid`` as ``SRID=4490;…`` names it. Faults: ``wkt_unreadable``.

    Raises
    ------
    PlannerError
        ``systems_differ`` when rows name different systems.
    """
    texts = [grid.rows[row][column] for grid, row in cells]
    named = [_SRID.match(text) for text in texts]
    codes = {one[1] for one in named if one}
    if len(codes) > 1:
        raise PlannerError("systems_differ", systems=sorted(codes))
    plain = [_SRID.sub("", text).strip() for text in texts]
    shapes = shapely.from_wkt([text or None for text in plain], on_invalid="ignore")
    found = Geometries(
        shapes=shapely.force_2d(shapes), srid=f"EPSG:{codes.pop()}" if codes else None
    )
    for position in np.flatnonzero(shapely.is_missing(shapes)).tolist():
        if plain[position]:
            found.faults[position] = _fault("wkt_unreadable", cells[position], column)
    return found


def read_strings(cells: Sequence[Place], column: int) -> Geometries:
    """Read a column of coordinate strings.

    Accepted are ``x,y;x,y``, ``x y,x y``, ``x,y x,y`` and ``[[x,y],[x,y]]``, a point's name
    before its numbers; rings stand between ``|``, ``#`` or the like. The numbers stay in their
    order.

    Returns
    -------
    Geometries
        MultiLineString, a line a ring. Faults: ``coordinates_unreadable`` with the piece that is
        no pair, ``points_too_few``, and those of `geo.read.numbers.read_number`.
    """
    found = Geometries(shapes=np.full(len(cells), None, dtype=object))
    for position, place in enumerate(cells):
        text = place[0].rows[place[1]][column]
        if not text.strip():
            continue
        rings = _rings(text, place, column)
        if isinstance(rings, Fault):
            found.faults[position] = rings
        else:
            found.shapes[position] = shapely.MultiLineString(rings)
    return found


def read_pairs(cells: Sequence[Place], first: int, second: int) -> Geometries:
    """Read two columns of numbers as points; a row without both has no geometry.

    Returns
    -------
    Geometries
        Points; the first column is stored as x. Faults: those of `Grid.number`.
    """
    found = Geometries(shapes=np.full(len(cells), None, dtype=object))
    for position, (grid, row) in enumerate(cells):
        if not (grid.rows[row][first].strip() or grid.rows[row][second].strip()):
            continue
        numbers = [grid.number(row, column) for column in (first, second)]
        fault = next((one for one in numbers if isinstance(one, Fault)), None)
        if fault:
            found.faults[position] = fault
        else:
            found.shapes[position] = shapely.Point(
                [one[0] for one in numbers if not isinstance(one, Fault)]
            )
    return found


def looks_like_wkt(text: str) -> bool:
    """Tell whether a cell holds a geometry as text."""
    return _WKT.match(_SRID.sub("", text)) is not None


def _rings(text: str, place: Place, column: int) -> list[list[tuple[float, float]]] | Fault:
    where = place[0].place(place[1], column)
    rings = []
    for part in _RING_MARK.split(_BETWEEN_RINGS.sub("|", text).strip(" \t\n[]()（）")):
        points: list[tuple[float, float]] = []
        for piece in _pieces(part):
            numbers = [one for one in re.split(r"[,，\s]+", piece.strip("()（）[] ")) if one]
            if len(numbers) == 3 and _NAMED.fullmatch(",".join(numbers)):  # noqa: PLR2004
                del numbers[0]
            if len(numbers) != 2:  # noqa: PLR2004 -- two numbers a point
                return Fault(
                    code="coordinates_unreadable", where=where, values={"value": piece[:_SHOWN]}
                )
            try:
                first, second = (read_number(one, metres=True).value for one in numbers)
                points.append((first, second))
            except PlannerError as error:
                return Fault(code=error.code, where=where, values=error.values)  # type: ignore[arg-type]
        if len(set(points)) < _RING_POINTS:
            values = {"value": part.strip()[:_SHOWN], "count": len(set(points))}
            return Fault(code="points_too_few", where=where, values=values)
        rings.append(points)
    return rings


def _pieces(part: str) -> list[str]:
    """Split a ring into its points by the sign that stands between them."""
    if _BETWEEN_POINTS.search(part):
        pieces = _BETWEEN_POINTS.split(part)
    elif re.search(r"[;；\n]", part):
        pieces = re.split(r"[;；\n]", part)
    elif re.search(r"[0-9.][,，][0-9.+-]", part) and re.search(r"[0-9.]\s+[0-9.+-]", part):
        pieces = part.split()
        if any(not re.search(r"[,，]", piece) for piece in pieces):
            pieces = re.split(r"[,，]", part)
    else:
        pieces = re.split(r"[,，]", part)
    return [piece for piece in pieces if piece.strip()]


def _fault(code: str, place: Place, column: int) -> Fault:
    grid, row = place
    value = grid.rows[row][column].strip()[:_SHOWN]
    return Fault(code=code, where=grid.place(row, column), values={"value": value})
