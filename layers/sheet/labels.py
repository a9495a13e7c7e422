"""Labels that lie on nothing: each has places where it may stand, in the order of preference."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

from layers.sheet.fonts import printable, width
from layers.sheet.page import INK, SMALLEST, THIN
from layers.sheet.rectangles import leader_line, rectangles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from layers.sheet.page import Page
    from layers.sheet.paper import Box

Floats = npt.NDArray[np.float64]
_TALL = 1.04  # height of a line of text as a share of the em square
_AIR = 0.25  # mm between two labels
_CROSSING = 3.0  # cost of lying on a line, in steps of preference
_TURN = 30.0
_UNSURE = 0.2  # mm
_STEEP = 55.0  # degrees
_REACHES = (4.0, 6.5, 9.0, 12.0, 16.0, 21.0)  # mm, of leader lines


@dataclass(frozen=True, slots=True)
class Spot:
    """A place for a label: the middle of its text, and its turn in degrees."""

    x: float
    y: float
    turn: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A text and where it may stand.

    Attributes
    ----------
    spots : tuple of Spot
        The best first.
    upright : bool
        Set Chinese signs one below the other where the place is steep, as maps here do.
    anchor : tuple of float or None
        The point that it names: a leader line starts there if no spot is free; None: no leader.
    """

    words: str
    spots: tuple[Spot, ...]
    size: float = SMALLEST
    colour: str = INK
    bold: bool = False
    upright: bool = False
    anchor: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A label in its place; ``leader`` is the line to what it names, shape (2, 2), or None."""

    label: Label
    spot: Spot
    leader: Floats | None = None


@dataclass(kw_only=True, eq=False)
class Placing:
    """Places labels one after the other; what is placed blocks what comes later.

    Attributes
    ----------
    frame : Box
        Labels stay inside.
    lines : sequence of geometry
        Labels had better not lie on them.
    blocked : list of geometry
        Labels must not lie on them.
    anchors : array of float, shape (n, 2)
        All points that get a name: no label stands nearer to another than to its own.
    """

    frame: Box
    lines: Sequence[Any] = ()
    blocked: list[Any] = field(default_factory=list)
    anchors: npt.ArrayLike = ()
    placed: list[Placed] = field(default_factory=list)
    left: list[Label] = field(default_factory=list)
    _boxes: Floats = field(default_factory=lambda: np.empty((0, 4)))
    _count: int = 0

    def __post_init__(self) -> None:
        """Prepare the search."""
        self._tree = shapely.STRtree(np.asarray([*self.lines], dtype=object))
        self._points = shapely.STRtree(shapely.points(np.reshape(self.anchors, (-1, 2))))
        given, self.blocked = self.blocked, []
        for one in given:
            self.block(one)

    def block(self, shape: Any) -> None:
        """Keep labels off a geometry."""
        if self._count == len(self._boxes):
            self._boxes = np.vstack([self._boxes, np.empty((max(64, self._count), 4))])
        self._boxes[self._count] = shapely.bounds(shape)
        self._count += 1
        self.blocked.append(shape)

    def place(self, labels: Iterable[Label]) -> None:
        """Place labels in their order; those without room are kept in ``left``.

        Labels that fit beside what they name come first, leader lines take what room is left.
        """
        waiting = [label for label in labels if not self._put(self._free_spot(label))]
        self.left.extend(label for label in waiting if not self._put(self._led(label)))

    def _put(self, found: Placed | None) -> bool:
        if found is None:
            return False
        self.placed.append(found)
        self.block(outline_of(found.label, found.spot, _AIR))
        if found.leader is not None:
            self.block(shapely.LineString(found.leader))
        return True

    def _free_spot(self, label: Label) -> Placed | None:
        if not label.spots:
            return None
        outlines = _outlines(label, label.spots)
        crossed = np.zeros(len(outlines))
        hits, _ = self._tree.query(outlines, predicate="intersects")
        np.add.at(crossed, hits, _CROSSING)
        clear = self._names_its_own(label, outlines)
        for at in np.argsort(np.arange(len(outlines)) + crossed, kind="stable"):
            if clear[at] and self._is_free(outlines[at]):
                return Placed(label=label, spot=label.spots[at])
        return None

    def _names_its_own(self, label: Label, outlines: npt.NDArray[np.object_]) -> Any:
        """Tell which places are as near to the point that the label names as to any other."""
        if label.anchor is None or not len(self._points.geometries):
            return np.ones(len(outlines), dtype=bool)
        nearest = self._points.geometries[self._points.nearest(outlines)]
        own = shapely.distance(outlines, shapely.Point(label.anchor))
        return own <= shapely.distance(outlines, nearest) + _UNSURE

    def _led(self, label: Label) -> Placed | None:
        """Find room farther away and draw a line to it."""
        if label.anchor is None:
            return None
        spots = tuple(
            spot
            for reach in _REACHES
            for spot in spots_around(label.anchor, label.words, label.size, gap=reach, turn=15)
        )
        for spot, outline in zip(spots, _outlines(label, spots), strict=True):
            if not self._is_free(outline):
                continue
            leader = leader_line(label.anchor, outline)
            if self._is_free(shapely.LineString(leader)):
                return Placed(label=label, spot=spot, leader=leader)
        return None

    def _is_free(self, shape: Any) -> bool:
        west, south, east, north = shapely.bounds(shape)
        frame = self.frame
        if west < frame.x or south < frame.y or east > frame.right or north > frame.top:
            return False
        boxes = self._boxes[: self._count]
        near = np.flatnonzero(
            (boxes[:, 0] < east)
            & (boxes[:, 2] > west)
            & (boxes[:, 1] < north)
            & (boxes[:, 3] > south)
        )
        return not any(self.blocked[at].intersects(shape) for at in near)

    def draw(self, page: Page) -> None:
        """Write what was placed."""
        page.lines([one.leader for one in self.placed if one.leader is not None], width=THIN)
        for one in self.placed:
            for words, spot in _set(one.label, one.spot):
                page.text(
                    words,
                    spot.x,
                    spot.y,
                    size=one.label.size,
                    colour=one.label.colour,
                    across="center",
                    up="center",
                    turn=spot.turn,
                    bold=one.label.bold,
                    halo=True,
                )


def _set(label: Label, spot: Spot) -> list[tuple[str, Spot]]:
    """Give the pieces of a label with their places: one, or each sign upright below the other."""
    words = printable(label.words)
    steep = abs(spot.turn) > _STEEP
    if not (label.upright and steep and all(one > "\u2fff" for one in words)):
        return [(label.words, spot)]
    angle = math.radians(spot.turn)
    down = -1.0 if math.sin(angle) > 0 else 1.0
    step = np.array([math.cos(angle), math.sin(angle)]) * down * label.size * 1.02
    middle = (len(words) - 1) / 2
    return [
        (one, Spot(spot.x + step[0] * (at - middle), spot.y + step[1] * (at - middle)))
        for at, one in enumerate(words)
    ]


def outline_of(label: Label, spot: Spot, air: float = 0.0) -> Any:
    """Give the rectangle that a label takes in a place, millimetres."""
    return _outlines(label, [spot], air)[0]


def _outlines(label: Label, spots: Sequence[Spot], air: float = 0.0) -> npt.NDArray[np.object_]:
    half = width(printable(label.words), label.size) / 2 + air, label.size * _TALL / 2 + air
    return rectangles(np.array([(one.x, one.y, one.turn) for one in spots]), *half)


def spots_around(
    anchor: tuple[float, float],
    words: str,
    size: float,
    *,
    gap: float = 0.8,
    away: tuple[float, float] | None = None,
    turn: float = _TURN,
) -> tuple[Spot, ...]:
    """List places around a point, those towards ``away`` first.

    Parameters
    ----------
    gap : float
        From the point to the text, mm.
    away : tuple of float, optional
        Direction that is best; default: to the upper right.
    turn : float
        Degrees between two places.
    """
    half = width(printable(words), size) / 2, size * _TALL / 2
    first = math.degrees(math.atan2(away[1], away[0])) if away else 45.0
    steps = round(360 / turn)
    turns = sorted((at * turn for at in range(steps)), key=lambda one: min(one, 360 - one))
    return tuple(_beside(anchor, half, math.radians(first + one), gap) for one in turns)


def _beside(
    anchor: tuple[float, float], half: tuple[float, float], angle: float, gap: float
) -> Spot:
    east, north = math.cos(angle), math.sin(angle)
    reach = gap + min(
        half[0] / abs(east) if abs(east) > 1e-9 else math.inf,  # noqa: PLR2004
        half[1] / abs(north) if abs(north) > 1e-9 else math.inf,  # noqa: PLR2004
    )
    return Spot(anchor[0] + east * reach, anchor[1] + north * reach)


def spots_along(start: Floats, end: Floats, words: str, size: float) -> tuple[Spot, ...]:
    """List places along a side, right of its direction first; none where the side is too short."""
    along = end - start
    length = float(np.hypot(*along))
    if length < width(printable(words), size) + 1.0:
        return ()
    unit = along / length
    right = np.array([unit[1], -unit[0]])
    turn = math.degrees(math.atan2(unit[1], unit[0]))
    turn = turn - 180 if turn > 90 else turn + 180 if turn <= -90 else turn  # noqa: PLR2004
    reach = size * _TALL / 2 + 0.7
    return tuple(
        Spot(float(at[0]), float(at[1]), turn)
        for side in (1, -1)
        for share in (0.5, 0.35, 0.65)
        for at in [start + along * share + right * side * reach]
    )
