"""A page in greys: every colour by its lightness, letters and lines dark enough to be copied."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from layers.sheet.page import Areas, Dots, Lines, Page, Text

if TYPE_CHECKING:
    from layers.sheet.page import Mark

_DARKEST_FILL = 0xB0  # fills stay lighter than this, so that what lies on them is read
_LIGHTEST_INK = 0x70


def greyed(page: Page) -> Page:
    """Give the page without colours."""
    return Page(width=page.width, height=page.height, marks=[_grey(one) for one in page.marks])


def _grey(mark: Mark) -> Mark:
    if isinstance(mark, Text):
        return replace(mark, colour=_ink(mark.colour))
    if isinstance(mark, Lines):
        return replace(mark, colour=_tone(mark.colour))
    if isinstance(mark, Dots):
        return replace(mark, fill=_tone(mark.fill), edge=_ink(mark.edge))
    if isinstance(mark, Areas):
        return replace(
            mark,
            fill=None if mark.fill is None else _fill(mark.fill),
            edge=None if mark.edge is None else _ink(mark.edge),
            pattern_colour=_ink(mark.pattern_colour),
        )
    raise TypeError(type(mark).__name__)


@cache
def _lightness(colour: str) -> int:
    """Give the luma of ``#RRGGBB`` by ITU-R BT.601, 0 to 255."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return round(0.299 * red + 0.587 * green + 0.114 * blue)


def _hex(level: int) -> str:
    return f"#{level:02X}{level:02X}{level:02X}"


def _tone(colour: str) -> str:
    return _hex(_lightness(colour))


def _ink(colour: str) -> str:
    level = _lightness(colour)
    return _hex(level if level < _LIGHTEST_INK or level > 0xF0 else _LIGHTEST_INK)  # noqa: PLR2004


def _fill(colour: str) -> str:
    """Keep black signs black; lighten the fills of areas."""
    level = _lightness(colour)
    return _hex(level if level < 0x40 else max(level, _DARKEST_FILL))  # noqa: PLR2004
