"""The map frame: ground metres on paper at a true scale, ticks with coordinates, north, bar."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

from geo.errors import PlannerError
from layers.sheet.page import FRAME, INK, SMALLEST, THIN
from layers.sheet.paper import Box

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layers.sheet.page import Page

Bounds = tuple[float, float, float, float]
SCALES = (500, 1_000, 2_000, 5_000, 10_000, 25_000, 50_000, 100_000, 200_000)
"""The only scales of sheets: 1:500 … 1:200 000."""
TICK, BAR = 50.0, 50.0  # mm between ticks, length of the scale bar
_MM = 1_000.0  # in a metre
_TICK_LENGTH, _CROSS = 2.5, 1.5
_GREY = "#8A8A8A"


@dataclass(frozen=True, slots=True, kw_only=True)
class MapFrame:
    """A window of the plane on paper, north of the grid up.

    Attributes
    ----------
    box : Box
        On paper, mm.
    scale : int
        1,000: a metre is a millimetre.
    centre : tuple of float
        East and north of the middle of the box, metres of the plane.
    """

    box: Box
    scale: int
    centre: tuple[float, float]

    def on_paper(self, points: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Bring points of the plane, east and north, shape (n, 2), to the paper."""
        metres = np.asarray(points, dtype=float) - np.asarray(self.centre)
        placed: npt.NDArray[np.float64] = metres * (_MM / self.scale) + self.box.centre
        return placed

    def shapes(self, geometries: Any) -> Any:
        """Bring geometries of the plane to the paper."""
        return shapely.transform(geometries, self.on_paper)

    @property
    def bounds(self) -> Bounds:
        """West, south, east, north of the window, metres of the plane."""
        half = self.box.width / 2 * self.scale / _MM, self.box.height / 2 * self.scale / _MM
        (east, north) = self.centre
        return east - half[0], north - half[1], east + half[0], north + half[1]


def frame_for(
    bounds: Bounds, box: Box, *, scale: int | None = None, margin: float = 10.0
) -> MapFrame:
    """Choose the largest scale of the series at which the bounds fit, or test the one asked for.

    Parameters
    ----------
    bounds : tuple of float
        West, south, east, north of what must be seen, metres of the plane.
    scale : int, optional
        One of `SCALES`; default: the largest that fits.
    margin : float
        Room for labels on each side, mm; at a scale that is asked for a third of it will do.

    Raises
    ------
    PlannerError
        ``sheet_scale_unknown``; ``sheet_scale_too_large`` with the scale that would fit;
        ``sheet_too_wide``: it fits at no scale.
    """
    centre = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    needed = _needed(bounds, box, margin)
    fitting = next((one for one in SCALES if one >= needed), None)
    if scale is None:
        if fitting is None:
            raise PlannerError("sheet_too_wide", kilometres=_kilometres(bounds), scale=SCALES[-1])
        return MapFrame(box=box, scale=fitting, centre=centre)
    if scale not in SCALES:
        raise PlannerError("sheet_scale_unknown", scale=scale, scales=[*SCALES])
    if scale < _needed(bounds, box, margin / 3):
        raise PlannerError("sheet_scale_too_large", scale=scale, fitting=fitting or SCALES[-1])
    return MapFrame(box=box, scale=scale, centre=centre)


def _needed(bounds: Bounds, box: Box, margin: float) -> float:
    """Give the scale number at which the bounds just fit."""
    west, south, east, north = bounds
    return max(
        (east - west) * _MM / (box.width - 2 * margin),
        (north - south) * _MM / (box.height - 2 * margin),
    )


def _kilometres(bounds: Bounds) -> str:
    return f"{max(bounds[2] - bounds[0], bounds[3] - bounds[1]) / 1000:,.0f}"


def draw_ticks(page: Page, frame: MapFrame, *, labelled: bool = True) -> list[Box]:
    """Draw the frame with ticks and crosses every 50 mm, with their coordinates.

    Parameters
    ----------
    labelled : bool
        False: the plane is a local one whose numbers say nothing; frame without ticks.

    Returns
    -------
    list of Box
        Room inside the frame that the numbers take.
    """
    box = frame.box
    page.box(box, width=FRAME)
    if not labelled:
        return []
    step = TICK * frame.scale / _MM
    west, south, east, north = frame.bounds
    easts = [(one, frame.on_paper([(one, south)])[0, 0]) for one in _multiples(west, east, step)]
    norths = [(one, frame.on_paper([(west, one)])[0, 1]) for one in _multiples(south, north, step)]
    across = [
        [(x, end), (x, end + inward)] for _, x in easts for end, inward in _ends(box.y, box.top)
    ]
    up = [
        [(end, y), (end + inward, y)] for _, y in norths for end, inward in _ends(box.x, box.right)
    ]
    page.lines([*across, *up], width=THIN)
    crosses = [cross for _, x in easts for _, y in norths for cross in _cross(x, y)]
    page.lines(crosses, width=THIN, colour=_GREY)
    for metres, x in easts:
        page.text(
            grid_number(metres), x, box.top + 1.0, size=SMALLEST, across="center", up="bottom"
        )
    return _north_labels(page, box, norths)


def _north_labels(page: Page, box: Box, norths: list[tuple[float, float]]) -> list[Box]:
    """Write northings along the left edge, outside of the frame."""
    for metres, y in norths:
        page.text(
            grid_number(metres),
            box.x - 1.0,
            y,
            size=SMALLEST,
            across="center",
            up="bottom",
            turn=90,
        )
    return []


def grid_number(metres: float) -> str:
    """Write a coordinate with blanks between thousands: ``38 454 500``."""
    return f"{round(metres):,}".replace(",", " ")


def _multiples(low: float, high: float, step: float) -> list[float]:
    """List the multiples of a step inside an interval, its ends left out by a little."""
    room = step * 0.13  # of a step: the number has room beside the corner
    first, last = math.ceil((low + room) / step), math.floor((high - room) / step)
    return [number * step for number in range(first, last + 1)]


def _ends(low: float, high: float) -> tuple[tuple[float, float], tuple[float, float]]:
    return (low, _TICK_LENGTH), (high, -_TICK_LENGTH)


def _cross(x: float, y: float) -> Iterable[list[tuple[float, float]]]:
    yield [(x - _CROSS, y), (x + _CROSS, y)]
    yield [(x, y - _CROSS), (x, y + _CROSS)]


def draw_north(page: Page, frame: MapFrame, word: str, *, keep_off: Any = None) -> Box:
    """Draw the arrow to the north of the grid; return its room.

    Parameters
    ----------
    keep_off : geometry, optional
        On paper: the arrow stands in the upper right corner, or in a lower one if this is there.
    """
    room = _north_room(frame.box, keep_off)
    x, top = room.centre[0], room.top - 1.5
    page.box(room, fill="#FFFFFF", edge=None)
    arrow = [(x, top), (x + 3.0, top - 9.0), (x, top - 7.2), (x - 3.0, top - 9.0)]
    page.areas([shapely.Polygon(arrow)], fill="#FFFFFF", edge=INK)
    page.areas([shapely.Polygon([arrow[0], arrow[2], arrow[3]])], fill=INK, edge=INK)
    page.text(word, x, top - 12.6, across="center", size=3.0, halo=True)
    return room


def _north_room(box: Box, keep_off: Any) -> Box:
    """Choose a corner; the upper right one if none is free."""
    right, low, high = box.right - 12.5, box.y + 3.5, box.top - 19.0
    corners = [Box(x, y, 9.0, 15.5) for x, y in ((right, high), (right, low), (box.x + 3.5, low))]
    free = (
        one
        for one in corners
        if keep_off is None
        or not keep_off.intersects(shapely.box(one.x, one.y, one.right, one.top))
    )
    return next(free, corners[0])


def draw_bar(page: Page, x: float, y: float, scale: int) -> None:
    """Draw a scale bar of 50 mm with its metres below; ``y`` is its upper edge."""
    metres = BAR * scale / _MM
    half, thick = BAR / 2, 1.2
    page.areas([shapely.box(x, y - thick, x + half, y)], fill=INK, edge=INK)
    page.areas([shapely.box(x + half, y - thick, x + BAR, y)], fill="#FFFFFF", edge=INK)
    for share in (0.0, 0.5, 1.0):
        number = f"{metres * share:,.10g}"
        words = f"{number} m" if share == 1.0 else number
        page.text(words, x + BAR * share, y - thick - 0.8, size=SMALLEST, across="center", up="top")
