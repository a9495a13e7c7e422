"""The largest rectangle along the axes inside an outline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from parcels.proposal.massing.model import Rect

if TYPE_CHECKING:
    import numpy.typing as npt
    from shapely.geometry.base import BaseGeometry

    _Floats = npt.NDArray[np.float64]

_LINES = 33  # between the ends of the outline, beside those through its corners
_MOST_CORNERS = 60  # an outline with more is looked at by the lines between its ends alone
_TOLERANCE = 1e-6  # m: by so much a rectangle may touch beyond the outline
_LEAST = 0.01  # m: lines nearer than this are one


def largest_rectangle(outline: BaseGeometry) -> Rect | None:
    """Find a large rectangle along the axes that lies inside an outline.

    Its sides lie on lines through the corners of the outline and on lines between them, so that
    it is the largest one where all edges are along the axes, and near it elsewhere.

    Parameters
    ----------
    outline : Polygon or MultiPolygon
        In a plane, m.

    Returns
    -------
    Rect or None
        None where the outline is empty or holds none.
    """
    outline = _areas_only(outline)
    if outline.is_empty:
        return None
    west, south, east, north = outline.bounds
    if outline.area >= (east - west) * (north - south) * (1 - 1e-12):
        return Rect(x=west, y=south, width=east - west, depth=north - south)
    corners = shapely.get_coordinates(outline)
    corners = corners if len(corners) <= _MOST_CORNERS else corners[:0]
    xs = _lines(corners[:, 0], west, east)
    ys = _lines(corners[:, 1], south, north)
    grown = shapely.buffer(outline, _TOLERANCE, join_style="mitre")
    shapely.prepare(grown)
    cells = shapely.box(xs[None, :-1], ys[:-1, None], xs[None, 1:], ys[1:, None])
    return _largest(shapely.covers(grown, cells), xs, ys)


def _areas_only(shape: BaseGeometry) -> BaseGeometry:
    """Leave out lines and points that a difference of shapes may leave behind."""
    parts = [one for one in shapely.get_parts(shape) if one.area > 0]
    pieces = [one for part in parts for one in shapely.get_parts(part)]
    whole: BaseGeometry = shapely.multipolygons(pieces) if pieces else shapely.Polygon()
    return whole


def _lines(corners: _Floats, low: float, high: float) -> _Floats:
    every = np.unique(np.concatenate([corners, np.linspace(low, high, _LINES)]))
    apart = np.concatenate([[True], np.diff(every) > _LEAST])
    return np.asarray(every[apart], dtype=np.float64)


def _largest(inside: npt.NDArray[np.bool_], xs: _Floats, ys: _Floats) -> Rect | None:
    """Find the largest rectangle of cells that are inside, row by row with a stack."""
    best: Rect | None = None
    area = 0.0
    since = np.zeros(len(xs) - 1, dtype=np.intp)  # row from which a column is inside unbroken
    for row in range(len(ys) - 1):
        since = np.where(inside[row], since, row + 1)
        for left, right, start in _runs(since, row):
            rect = Rect(
                x=float(xs[left]),
                y=float(ys[start]),
                width=float(xs[right] - xs[left]),
                depth=float(ys[row + 1] - ys[start]),
            )
            if rect.width * rect.depth > area * (1 + 1e-12):
                best, area = rect, rect.width * rect.depth
    return best


def _runs(since: npt.NDArray[np.intp], row: int) -> list[tuple[int, int, int]]:
    """Give every widest run of columns with the row from which all of them are inside."""
    found = []
    stack: list[tuple[int, int]] = []  # first column, row from which it is inside
    for column, start in enumerate([*since.tolist(), row + 1]):
        first = column
        while stack and stack[-1][1] < start:
            first, lower = stack.pop()
            found.append((first, column, lower))
        if start <= row and (not stack or stack[-1][1] > start):
            stack.append((first, start))
    return found
