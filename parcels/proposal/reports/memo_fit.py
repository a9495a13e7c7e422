"""What of a memo fits on one page: lines that texts take, and who gets the lines there are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_ASCII = 0x7F
# How wide characters are beside a Chinese one, in usual type without serifs.
_THIN, _NARROW, _WIDE, _BROAD = 0.3, 0.56, 0.67, 0.9
_WIDTHS = {
    **dict.fromkeys(" .,:;'|!iljtfI()[]", _THIN),
    **dict.fromkeys("ABCDEFGHKLNOPQRSTUVXYZ&_", _WIDE),
    **dict.fromkeys("mwMW%@", _BROAD),
}
MORE = "…"
_WORD = re.compile(r"[\x21-\x7e]+|.", re.DOTALL)
_INDENT, _GAP = 1.4, 2.4  # of lines after the first; between columns


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
    """How many texts of a section fit, and how many are left out."""

    count: int
    left: int


def text_lines(text: str, width: float) -> int:
    """Return how many lines a text takes where ``width`` Chinese characters fit on one.

    Lines end between Chinese characters and between words, in a word only where it is longer than
    a line. Lines after the first are indented.
    """
    lines, left = 1, width
    for word in _WORD.findall(text):
        wide = text_width(word)
        if wide > left:
            lines, left = lines + 1, width - _INDENT
            wide = wide if word.strip() else 0.0
        while wide > left:
            lines, wide = lines + 1, wide - left
        left -= wide
    return lines


def text_width(text: str) -> float:
    """Return how many Chinese characters a text is as wide as."""
    return sum(map(_char_width, text))


def _char_width(char: str) -> float:
    return _WIDTHS.get(char, _NARROW) if ord(char) <= _ASCII else 1.0


def shortened(text: str, width: float) -> str:
    """Cut a text to a width, with … at its end; line ends become spaces."""
    plain = " ".join(text.split())
    if text_width(plain) <= width:
        return plain
    kept, used = [], 1.0
    for char in plain:
        used += _char_width(char)
        if used > width:
            break
        kept.append(char)
    return "".join(kept) + MORE


def share_lines(sections: Sequence[Section], lines: int, width: float) -> dict[str, Fitted]:
    """Give every section a line, then its least lines, then the rest to sections in their order.

    Parameters
    ----------
    lines : int
        Lines of the page for texts; headings are not counted.
    width : int
        Chinese characters on a line across the page.
    """
    wanted = {one.name: block_lines(one.texts, one.columns, width) for one in sections}
    given = {one.name: min(1, wanted[one.name]) for one in sections}
    rest = lines - sum(given.values())
    for goal in ({one.name: one.least for one in sections}, wanted):
        for one in sections:
            more = max(0, min(goal[one.name], wanted[one.name]) - given[one.name])
            more = max(0, min(more, rest))
            given[one.name] += more
            rest -= more
    return {one.name: _fit(one, given[one.name], width) for one in sections}


def block_lines(texts: Sequence[str], columns: int, width: float) -> int:
    """Return how many lines texts take that stand in columns, each text in one piece."""
    return _height([text_lines(one, _column_width(columns, width)) for one in texts], columns)


def _column_width(columns: int, width: float) -> float:
    return (width - _GAP * (columns - 1)) / columns


def _fit(section: Section, lines: int, width: float) -> Fitted:
    """Take texts as long as there are lines; a line is kept for saying that some are left out."""
    each = _column_width(section.columns, width)
    needed = [text_lines(one, each) for one in section.texts]
    if _height(needed, section.columns) <= lines:
        return Fitted(count=len(needed), left=0)
    count = 0
    while count < len(needed) and _height([*needed[: count + 1], 1], section.columns) <= lines:
        count += 1
    return Fitted(count=count, left=len(needed) - count)


def _height(needed: Sequence[int], columns: int) -> int:
    """Return the least height in which items, none of them broken, fill columns one by one."""
    height = max(needed, default=0)
    while _columns_filled(needed, height) > columns:
        height += 1
    return height


def _columns_filled(needed: Sequence[int], height: int) -> int:
    columns, used = 0, height
    for lines in needed:
        used += lines
        if used > height:
            columns, used = columns + 1, lines
    return columns
