"""Paper and its boxes: where title, map, columns and foot stand, in millimetres from below left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Paper = Literal["A4", "A3"]
PAPERS: tuple[Paper, ...] = get_args(Paper)
_BINDING, _MARGIN = 25.0, 10.0
_SHORT_LONG: dict[Paper, tuple[float, float]] = {"A4": (210.0, 297.0), "A3": (297.0, 420.0)}


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on paper.

    Attributes
    ----------
    x, y : float
        Lower left corner.
    width, height : float
        Sizes.
    """

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Right edge."""
        return self.x + self.width

    @property
    def top(self) -> float:
        """Upper edge."""
        return self.y + self.height

    @property
    def centre(self) -> tuple[float, float]:
        """Middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    def inset(self, by: float) -> Box:
        """Give the box that is smaller by a length on each side."""
        return Box(self.x + by, self.y + by, self.width - 2 * by, self.height - 2 * by)

    def rows(self, *heights: float, gap: float) -> tuple[Box, ...]:
        """Cut into boxes one below the other; the last takes what is left."""
        boxes, top = [], self.top
        for height in heights:
            boxes.append(Box(self.x, top - height, self.width, height))
            top -= height + gap
        return (*boxes, Box(self.x, self.y, self.width, top - self.y))

    def columns(self, *widths: float, gap: float) -> tuple[Box, ...]:
        """Cut into boxes side by side; the last takes what is left."""
        boxes, left = [], self.x
        for width in widths:
            boxes.append(Box(left, self.y, width, self.height))
            left += width + gap
        return (*boxes, Box(left, self.y, self.right - left, self.height))


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The boxes of a sheet.

    Attributes
    ----------
    width, height : float
        Of the paper.
    border : Box
        The outer frame; the left margin is for binding.
    title, map : Box
        Across the top; the frame of the map.
    facts, checks, legend : Box
        Beside the map, below it on upright paper.
    scale, signatures, code : Box
        The foot: scale and sources, four boxes to sign in, the QR code.
    line : Box
        The line under the foot.
    body : Box
        Between title and line, where a page has neither map nor foot.
    letter : float
        Height of the letters of a text, 2.4 is the smallest of all.
    """

    width: float
    height: float
    border: Box
    title: Box
    map: Box
    facts: Box
    checks: Box
    legend: Box
    scale: Box
    signatures: tuple[Box, Box, Box, Box]
    code: Box
    line: Box
    body: Box
    letter: float


@dataclass(frozen=True, slots=True)
class _Sizes:
    pad: float
    title: float
    map: tuple[float, float]
    facts: float
    legend: float
    foot: float
    code: float
    sign: float
    line: float
    gap: float
    letter: float


_SIZES: dict[tuple[Paper, bool], _Sizes] = {
    ("A4", True): _Sizes(5, 18, (166, 138), 42, 28, 26, 34, 32, 5, 3, 3.0),
    ("A3", True): _Sizes(6, 20, (281, 219), 56, 52, 28, 36, 32, 6, 4, 3.2),
    ("A4", False): _Sizes(0, 18, (175, 150), 41, 28, 26, 34, 20, 5, 3, 3.0),
    ("A3", False): _Sizes(0, 20, (262, 244), 52, 38, 28, 38, 32, 6, 4, 3.2),
}


def layout(paper: Paper, *, landscape: bool = True) -> Layout:
    """Lay out a sheet."""
    sizes = _SIZES[paper, landscape]
    short, long = _SHORT_LONG[paper]
    width, height = (long, short) if landscape else (short, long)
    border = Box(_BINDING, _MARGIN, width - _BINDING - _MARGIN, height - 2 * _MARGIN)
    inner = Box(border.x + sizes.pad, border.y, border.width - 2 * sizes.pad, border.height)
    title = Box(inner.x, inner.top - sizes.title, inner.width, sizes.title)
    line = Box(inner.x, inner.y, inner.width, sizes.line)
    foot = Box(inner.x, line.top, inner.width, sizes.foot)
    map_box = Box(inner.x, title.y - sizes.map[1], *sizes.map)
    facts, checks, legend = _beside(sizes, inner, map_box, foot, landscape=landscape)
    scale, first, second, third, fourth, code = foot.columns(
        inner.width - sizes.code - 4 * sizes.sign, *[sizes.sign] * 4, gap=0
    )
    return Layout(
        width=width,
        height=height,
        border=border,
        title=title,
        map=map_box,
        facts=facts,
        checks=checks,
        legend=legend,
        scale=scale,
        signatures=(first, second, third, fourth),
        code=code,
        line=line,
        body=Box(inner.x, line.top, inner.width, title.y - line.top).inset(0),
        letter=sizes.letter,
    )


def _beside(
    sizes: _Sizes, inner: Box, map_box: Box, foot: Box, *, landscape: bool
) -> tuple[Box, Box, Box]:
    """Give the boxes of facts, checks and legend."""
    gap = sizes.gap
    if landscape:
        left = map_box.right + 4
        column = Box(left, map_box.y, inner.right - left, map_box.height)
        checks = column.height - sizes.facts - sizes.legend - 2 * gap
        facts, checked, legend = column.rows(sizes.facts, checks, gap=gap)
        return facts, checked, legend
    low, top = foot.top + gap, map_box.y - gap
    below = Box(inner.x, low, inner.width, top - low)
    left_column, checked = below.columns((below.width - gap) / 2, gap=gap)
    facts, legend = left_column.rows(below.height - gap - sizes.legend, gap=gap)
    return facts, checked, legend
