"""Ground of a typed width and depth along a road."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import shapely
from shapely.ops import substring

from geo.errors import PlannerError
from geo.shaping.meeting import SAME_M
from geo.shaping.sides import FARTHEST_M

if TYPE_CHECKING:
    import numpy.typing as npt

    from geo.shaping.paths import Floats

RoadSide = Literal["left", "right"]

_SHARPEST = -0.5  # cosine of the turn: 120°, where a mitre is twice the offset
_NOTHING_M = 1e-6


def along(
    line: shapely.LineString,
    start_m: float,
    width: float,
    depth: float,
    *,
    side: RoadSide,
    offset_m: float,
) -> shapely.Polygon:
    """Lay ground along one side of a road.

    The front runs parallel to the line at ``offset_m``, from beside the start for ``width`` metres
    along the front itself; the back runs parallel to the front at ``depth``. Bends are mitred,
    ends are perpendicular: beside a straight road it is a rectangle.

    Parameters
    ----------
    line : LineString
        The road's middle, metres; its direction tells left from right.
    start_m : float
        Metres along the line.
    width, depth : float
        Metres, above 0.
    side : {"left", "right"}
    offset_m : float
        From the middle to the front: half of the reserve, and a setback if there is one.

    Returns
    -------
    Polygon
        Front from its start, then back; valid.

    Raises
    ------
    PlannerError
        ``shape_along_dimension`` (``value``, ``most``); ``shape_along_start`` (``value``,
        ``length``); ``shape_along_too_short`` (``start``, ``available``, ``wanted``);
        ``shape_along_bends`` (``place``: metres along the line, ``depth``): the road turns so
        sharply that the front or back would fold, or by more than 120°.
    """
    for value, least in ((width, _NOTHING_M), (depth, _NOTHING_M), (offset_m, 0.0)):
        if not least <= value <= FARTHEST_M:
            raise PlannerError("shape_along_dimension", value=value, most=FARTHEST_M)
    if not 0 <= start_m < line.length - SAME_M:
        raise PlannerError("shape_along_start", value=start_m, length=line.length)
    sign = 1.0 if side == "left" else -1.0
    middle = _corners(substring(line, start_m, line.length))
    front = _front(middle, sign * offset_m, width, start_m)
    back, folded = _parallel(front, sign * depth)
    made = shapely.Polygon(np.vstack([front, back[::-1]]))
    if folded.any() or not made.is_valid:
        at = front[int(np.flatnonzero(folded)[0])] if folded.any() else front[-1]
        place = line.project(shapely.Point(at))
        raise PlannerError("shape_along_bends", place=place, depth=depth)
    return made


def _front(middle: Floats, offset: float, width: float, start_m: float) -> Floats:
    """Run parallel to the middle for a width."""
    line, folded = _parallel(middle, offset)
    steps = np.hypot(*np.diff(line, axis=0).T)
    ends = np.cumsum(steps)
    last = int(np.searchsorted(ends, width - _NOTHING_M))
    for bad in np.flatnonzero(folded)[:1].tolist():
        if bad <= last:
            walked = float(np.hypot(*np.diff(middle[: bad + 1], axis=0).T).sum())
            raise PlannerError("shape_along_bends", place=start_m + walked, depth=abs(offset))
    if last == len(steps):
        available = float(ends[-1])
        raise PlannerError(
            "shape_along_too_short", start=start_m, available=available, wanted=width
        )
    share = (width - (ends[last] - steps[last])) / steps[last]
    end = line[last] + share * (line[last + 1] - line[last])
    return np.vstack([line[: last + 1], end])


def _parallel(xy: Floats, offset: float) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Run parallel to a path, to the left by an offset; mark the edges that fold."""
    edges = np.diff(xy, axis=0)
    ways = edges / np.hypot(*edges.T)[:, None]
    normals = np.column_stack([-ways[:, 1], ways[:, 0]])
    before, after = np.vstack([normals[:1], normals]), np.vstack([normals, normals[-1:]])
    turn = (before * after).sum(axis=1)
    sharp = turn < _SHARPEST
    mitre = (before + after) / np.where(sharp, 1.0, 1.0 + turn)[:, None]
    made = xy + offset * mitre
    folded = (np.diff(made, axis=0) * ways).sum(axis=1) <= _NOTHING_M
    return made, folded | sharp[:-1] | sharp[1:]


def _corners(line: shapely.LineString) -> Floats:
    """Give the points of a line without those that repeat the one before."""
    xy = shapely.get_coordinates(line)
    steps = np.hypot(*np.diff(xy, axis=0).T)
    corners: Floats = xy[np.concatenate([[True], steps > SAME_M])]
    return corners
