"""What of a memo fits on one page: lines that texts take, and who gets the lines there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_NARROW = 0.6  # of a character of the Latin alphabet beside a Chinese one
_ASCII = 0x7F
MORE = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Texts below one heading.

    Attributes
    ----------
    texts : tuple of str
    columns : int
        In how many columns they stand.
    least : int
        Lines that it gets before the others get more than theirs.
    """

    name: str
    texts: tuple[str, ...]
    columns: int = 1
    least: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """How many texts of a section fit, how many are left out, and the lines that it takes."""

    count: int
    left: int
    lines: int


def text_lines(text: str, width: int) -> int:
    """Return how many lines a text takes where ``width`` Chinese characters fit on one."""
    return max(1, -(-int(text_width(text) * 100) // (width * 100)))


def text_width(text: str) -> float:
    """Return how many Chinese characters a text is as wide as."""
    return sum(_NARROW if ord(char) <= _ASCII else 1.0 for char in text)


def shortened(text: str, width: float) -> str:
    """Cut a text to a width, with … at its end; line ends become spaces."""
    plain = " ".join(text.split())
    if text_width(plain) <= width:
        return plain
    kept, used = [], 1.0
    for char in plain:
        used += _NARROW if ord(char) <= _ASCII else 1.0
        if used > width:
            break
        kept.append(char)
    return "".join(kept) + MORE


def share_lines(sections: Sequence[Section], lines: int, width: int) -> dict[str, Fitted]:
    """Give every section its least lines, then the rest to the sections in their order.

    Parameters
    ----------
    lines : int
        Lines of the page for texts; headings are not counted.
    width : int
        Chinese characters on a line across the page.
    """
    wanted = {one.name: _fit(one, lines, width).lines for one in sections}
    given = {one.name: min(one.least, wanted[one.name]) for one in sections}
    rest = lines - sum(given.values())
    for one in sections:
        more = max(0, min(wanted[one.name] - given[one.name], rest))
        given[one.name] += more
        rest -= more
    return {one.name: _fit(one, given[one.name], width) for one in sections}


def _fit(section: Section, lines: int, width: int) -> Fitted:
    """Take texts as long as there are lines; a line is kept for saying that some are left out."""
    each = width // section.columns - section.columns + 1
    needed = [text_lines(one, each) for one in section.texts]
    if _height(needed, section.columns) <= lines:
        height = _height(needed, section.columns)
        return Fitted(count=len(needed), left=0, lines=height)
    count = 0
    while count < len(needed) and _height([*needed[: count + 1], 1], section.columns) <= lines:
        count += 1
    left = len(needed) - count
    height = _height([*needed[:count], 1], section.columns)
    return Fitted(count=count, left=left, lines=height)


def _height(needed: Sequence[int], columns: int) -> int:
    """Return the lines of the highest column: an item is not broken, so one may stand out."""
    if columns == 1 or not needed:
        return sum(needed)
    return -(-sum(needed) // columns) + max(needed) - 1
