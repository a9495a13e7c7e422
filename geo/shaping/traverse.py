"""An outline from a start and legs of bearing and distance, and how well it closes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.errors import PlannerError
from geo.shaping.bearings import Leg, LineError, plain, read_leg
from geo.shaping.soundness import refuse_unsound
from geo.shaping.start_point import Start, read_meridian, read_start

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyproj import CRS

    from geo.shaping.paths import Floats

MOST_LINES = 5_000
CLOSED_M = 0.05
"""So near to the start the last leg has come back, whatever the length: accuracy of a survey."""
CLOSED_RATIO = 200
"""A traverse that closes worse than 1:200 is taken as one whose last leg is missing …"""
CLOSED_LEG = 5
"""… and so is one that misses by more than a fifth of its shortest leg."""

_CLOSING = {"闭合", "闭合到起点", "回到起点", "至起点", "close", "closed", "back to start"}
_FEWEST_POINTS = 3
_SHOWN = 80


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Traverse:
    """What a traverse encloses.

    Attributes
    ----------
    ring : Polygon
        In ``crs``: start and the ends of the legs as computed. Nothing is adjusted: where the last
        leg comes back to the start, its end is the start and the misclosure lies in that leg.
    crs : CRS
        Transverse Mercator in metres of the start's coordinates, or one about the start.
    closed : bool
        The last leg comes back; else the edge from the last point to the start was not typed.
    length_m : float
        Of all legs.
    misclosure_m : float
        From the end of the last leg to the start; of one that is not closed the missing edge.
    misclosure_east, misclosure_north : float
        The same as computed minus start.
    ratio : float or None
        n of 1:n, length over misclosure; None: not closed, or it closes to a micrometre.
    closing : Leg or None
        Bearing and length of the missing edge; None: closed.
    """

    ring: shapely.Polygon
    crs: CRS
    closed: bool
    length_m: float
    misclosure_m: float
    misclosure_east: float
    misclosure_north: float
    ratio: float | None
    closing: Leg | None


def read_traverse(text: str, *, meridian: float | None = None) -> Traverse:
    """Read a traverse, one line for the start and one a leg.

    Blank lines and lines after ``#`` do not count. A line before the start may tell the zone
    (``带号 38``, ``中央经线 114``); a last line 闭合 or close says that the last leg comes back to
    the start, however far off. Bearings count from grid north of the start's coordinates, and
    distances in their plane; from true north where the start is longitude and latitude.

    Parameters
    ----------
    text : str
        As typed or pasted; full-width digits count as digits.
    meridian : float, optional
        Central meridian of coordinates without zone prefix, in degrees.

    Returns
    -------
    Traverse
        Its ring is sound.

    Raises
    ------
    PlannerError
        Every line that cannot be read is named, with ``line`` and ``value`` as typed of the first
        and ``others``, the numbers of the others: ``shape_leg_unreadable``,
        ``shape_angle_unusable``, ``shape_leg_length_unusable``, ``shape_leg_north`` (from magnetic
        north, or from true north in a zone), and those of `geo.shaping.start_point.read_start`.
        Also ``shape_traverse_too_short`` (``count`` of points), ``shape_traverse_too_long``
        (``count``, ``most``), and those of `geo.shaping.soundness.problems_of`.
    """
    lines = _numbered(text)
    while lines and (told := read_meridian(lines[0][1])) is not None:
        meridian, lines = told, lines[1:]
    if not lines:
        raise PlannerError("shape_traverse_too_short", count=0)
    start = _start(lines[0], meridian)
    is_closing = plain(lines[-1][1]).lower() in _CLOSING
    legs = _legs(lines[1:-1] if is_closing else lines[1:], start)
    made = walked(start, legs, comes_back=is_closing)
    refuse_unsound(made.ring, made.crs)
    return made


def walked(start: Start, legs: Sequence[Leg], *, comes_back: bool = False) -> Traverse:
    """Walk legs from a start.

    Parameters
    ----------
    start : Start
    legs : sequence of Leg
    comes_back : bool
        The last leg ends at the start, however far off.

    Raises
    ------
    PlannerError
        ``shape_traverse_too_short``: fewer than three points.
    """
    steps = np.array([_step(leg) for leg in legs]).reshape(-1, 2)
    points = np.vstack([[0.0, 0.0], np.cumsum(steps, axis=0)])
    length, miss = sum(leg.metres for leg in legs), points[-1]
    missed = math.hypot(*miss)
    closed = comes_back or _has_come_back(missed, legs, length)
    corners = points[:-1] if closed else points
    if len(corners) < _FEWEST_POINTS:
        raise PlannerError("shape_traverse_too_short", count=len(corners))
    return Traverse(
        ring=shapely.Polygon(corners + np.array([start.east, start.north])),
        crs=start.crs,
        closed=closed,
        length_m=length,
        misclosure_m=missed,
        misclosure_east=float(miss[0]),
        misclosure_north=float(miss[1]),
        ratio=length / missed if closed and missed > 1e-6 else None,  # noqa: PLR2004
        closing=None if closed else _back(miss),
    )


def _numbered(text: str) -> list[tuple[int, str]]:
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise PlannerError("shape_traverse_too_long", count=len(lines), most=MOST_LINES)
    told = [(number, line.partition("#")[0].strip()) for number, line in enumerate(lines, 1)]
    return [(number, line) for number, line in told if line]


def _start(line: tuple[int, str], meridian: float | None) -> Start:
    number, typed = line
    try:
        return read_start(typed, meridian=meridian)
    except LineError as error:
        raise PlannerError(error.code, line=number, value=typed[:_SHOWN]) from None


def _legs(lines: Sequence[tuple[int, str]], start: Start) -> list[Leg]:
    """Read all legs; of those that cannot be read the first is told, the others by number."""
    legs: list[Leg] = []
    refused: list[tuple[int, str, str]] = []
    for number, typed in lines:
        try:
            legs.append(_from_known_north(read_leg(typed), start))
        except LineError as error:
            refused.append((number, typed, error.code))
    if refused:
        number, typed, code = refused[0]
        others = [other for other, _, _ in refused[1:]]
        raise PlannerError(code, line=number, value=typed[:_SHOWN], others=others)
    return legs


def _from_known_north(leg: Leg, start: Start) -> Leg:
    """Refuse bearings from a north that is not that of the plane: the difference is not known."""
    if leg.north == "magnetic" or (leg.north == "true" and not start.is_geographic):
        raise LineError("shape_leg_north")
    return leg


def _step(leg: Leg) -> tuple[float, float]:
    """Give the step east and north; along the four sides of the compass without rounding."""
    quarter, rest = divmod(leg.azimuth, 90.0)
    across, ahead = math.sin(math.radians(rest)), math.cos(math.radians(rest))
    east, north = ((across, ahead), (ahead, -across), (-across, -ahead), (-ahead, across))[
        int(quarter) % 4
    ]
    return leg.metres * east, leg.metres * north


def _has_come_back(missed: float, legs: Sequence[Leg], length: float) -> bool:
    shortest = min((leg.metres for leg in legs), default=0.0)
    near = min(length / CLOSED_RATIO, shortest / CLOSED_LEG)
    return bool(legs) and missed <= max(CLOSED_M, near)


def _back(miss: Floats) -> Leg:
    """Give the leg from the last point to the start."""
    azimuth = math.degrees(math.atan2(-miss[0], -miss[1])) % 360.0
    return Leg(azimuth, math.hypot(*miss), "grid")
