"""The sign of an outcome on paper: told apart without colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.sheet.page import INK
from layers.sheet.paper import Box
from layers.sheet.signs import VIOLET

if TYPE_CHECKING:
    from layers.sheet.page import Page

_CROSS = ((-0.22, -0.22), (0.22, 0.22)), ((-0.22, 0.22), (0.22, -0.22))
_CHECK = (((-0.26, 0.0), (-0.06, -0.22), (0.28, 0.24)),)


def draw_verdict(page: Page, box: Box, outcome: str) -> None:
    """Draw the sign of ``fail``, ``unknown``, ``warning``, ``pass`` or ``not_applicable``.

    Black with a white cross; dashed and hatched with a question mark; grey with a bar and !;
    a thin frame with a tick; a dash without a frame.
    """
    x, y = box.centre
    size = box.height * 0.85
    if outcome == "fail":
        page.box(box, fill=INK)
        _strokes(page, box, _CROSS, "#FFFFFF", 0.45)
    elif outcome == "unknown":
        page.box(box, edge=VIOLET, dash=(0.9, 0.6), pattern="envelope", pattern_colour="#B9ACD6")
        page.text(
            "?", x, y, size=size, across="center", up="center", bold=True, halo=True, colour=VIOLET
        )
    elif outcome == "warning":
        page.box(box, fill="#E4E4E4")
        page.box(Box(box.x, box.y, box.width * 0.14, box.height), fill=INK, edge=None)
        page.text("!", x, y, size=size, across="center", up="center", bold=True)
    elif outcome == "pass":
        page.box(box, fill="#FFFFFF")
        _strokes(page, box, _CHECK, INK, 0.35)
    else:
        page.text("–", x, y, size=size, across="center", up="center")


def _strokes(
    page: Page,
    box: Box,
    strokes: tuple[tuple[tuple[float, float], ...], ...],
    colour: str,
    width: float,
) -> None:
    x, y = box.centre
    page.lines(
        [[(x + across * box.height, y + up * box.height) for across, up in one] for one in strokes],
        width=width,
        colour=colour,
    )
