"""The legend: a sample and a name for each look that was drawn, and for nothing else."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import shapely

from layers.sheet.page import SMALLEST
from layers.sheet.paper import Box
from layers.sheet.patterns import PATTERNS
from layers.sheet.signs import AreaLook, DotLook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.sheet.page import Page
    from layers.sheet.signs import Look

_SAMPLE = 8.0, 3.0
_MOST_COLUMNS = 3
_ROWS = (4.8, 4.2, 3.7)  # mm, the first that leaves room for all entries


def draw_legend(
    page: Page, box: Box, title: str, entries: Sequence[tuple[str, Look]], *, size: float = 2.6
) -> int:
    """Draw a legend in a box, in as many columns as its entries take.

    Returns
    -------
    int
        Number of entries that had no room.
    """
    page.box(box)
    inner = box.inset(2.0)
    page.text(title, inner.x, inner.top - 3.0, size=3.0, bold=True)
    pitch, rows, columns = _net(inner.height - 4.6, len(entries))
    across = inner.width / columns
    for at, (words, look) in enumerate(entries[: rows * columns]):
        column, row = divmod(at, rows)
        x, y = inner.x + across * column, inner.top - 5.2 - pitch * row
        draw_sample(page, Box(x, y - _SAMPLE[1], *_SAMPLE), look)
        page.text(
            words,
            x + _SAMPLE[0] + 1.5,
            y - _SAMPLE[1] / 2,
            size=size if columns < _MOST_COLUMNS else SMALLEST,
            up="center",
            room=across - _SAMPLE[0] - 2.5,
        )
    return max(0, len(entries) - rows * columns)


def _net(height: float, entries: int) -> tuple[float, int, int]:
    """Choose the height of a row, and how many rows and columns there are."""
    for pitch in _ROWS:
        rows = max(1, math.floor(height / pitch))
        columns = min(_MOST_COLUMNS, max(2, math.ceil(entries / rows)))
        if rows * columns >= entries:
            break
    return pitch, rows, columns


def draw_sample(page: Page, box: Box, look: Look) -> None:
    """Draw a look in a small box."""
    middle = box.y + box.height / 2
    if isinstance(look, DotLook):
        page.dots(
            [box.centre], radius=look.radius, fill=look.fill, edge=look.edge, width=look.width
        )
    elif isinstance(look, AreaLook):
        page.areas(
            [shapely.box(box.x, box.y, box.right, box.top)],
            fill=look.fill,
            edge=look.edge,
            width=look.width,
            dash=look.dash,
            opacity=look.opacity,
        )
        _draw_pattern(page, box, look)
    else:
        line = [(box.x, middle), (box.right, middle)]
        if look.casing_width:
            page.lines([line], width=look.casing_width, colour=look.casing)
        page.lines([line], width=look.width, colour=look.colour, dash=look.dash)


def _draw_pattern(page: Page, box: Box, look: AreaLook) -> None:
    """Draw a pattern about the middle of the sample, so that its sign is seen once at least."""
    if not look.pattern:
        return
    width, strokes = PATTERNS[look.pattern]
    around = Box(-box.width / 2, -box.height / 2, box.width, box.height)
    lines = [stroke + np.array(box.centre) for stroke in strokes(around)]
    page.lines(lines, width=width, colour=look.pattern_colour, clip=box)
