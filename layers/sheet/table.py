"""Tables that flow from box to box and from page to page, their head on top of each."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from layers.sheet.fonts import wrapped
from layers.sheet.page import INK, LINE_HEIGHT, THIN, Across
from layers.sheet.paper import Box
from layers.sheet.verdicts import draw_verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from layers.sheet.page import Page

_PAD = 1.0
_HEAD, _RULE = "#EEF0F1", "#B9C2C9"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its head, its share of the width, and where its text stands."""

    title: str
    share: float
    across: Across = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table.

    Attributes
    ----------
    cells : tuple of str
        One a column; a heading has one that goes across.
    heading : bool
        Set bold over all columns, and never left alone at the end of a box.
    closing : bool
        A heading that ends what is above it: it may stand last.
    verdict : str
        Outcome whose sign stands in the first cell before its text; "": none.
    """

    cells: tuple[str, ...]
    heading: bool = False
    closing: bool = False
    verdict: str = ""


def flow(
    columns: Sequence[Column],
    rows: Iterable[Row],
    rooms: Iterator[tuple[Page, Box]],
    *,
    size: float = 2.6,
) -> None:
    """Write rows into boxes until all are written.

    Parameters
    ----------
    rooms : iterator of (Page, Box)
        Asked for the next box when one is full; it must not end.
    """
    page, box = next(rooms)
    y = top = _head(page, box, columns, size)
    waiting: list[tuple[Row, list[list[str]]]] = []
    for row, is_last in _marked(rows):
        waiting.append((row, _lines(row, box, columns, size)))
        if row.heading and not row.closing and not is_last:
            continue
        if y - sum(_height(lines, size) for _, lines in waiting) < box.y and y < top:
            _close(page, box, y)
            page, box = next(rooms)
            y = top = _head(page, box, columns, size)
            waiting = [(one, _lines(one, box, columns, size)) for one, _ in waiting]
        edges = _edges(box, columns)
        for one, lines in waiting:
            height = _height(lines, size)
            place = Box(box.x, y - height, box.width, height)
            _write(page, place, columns, edges, (one, lines), size)
            y -= height
        waiting = []
    _close(page, box, y)


def _marked(rows: Iterable[Row]) -> Iterator[tuple[Row, bool]]:
    """Tell the last row."""
    before: Row | None = None
    for row in rows:
        if before is not None:
            yield before, False
        before = row
    if before is not None:
        yield before, True


def _edges(box: Box, columns: Sequence[Column]) -> list[float]:
    whole = sum(one.share for one in columns)
    edges = [box.x]
    for one in columns:
        edges.append(edges[-1] + box.width * one.share / whole)
    return edges


def _head(page: Page, box: Box, columns: Sequence[Column], size: float) -> float:
    """Write the heads; return their lower edge."""
    height = size * 2.0
    head = Box(box.x, box.top - height, box.width, height)
    page.box(head, fill=_HEAD)
    edges = _edges(box, columns)
    for column, left, right in zip(columns, edges, edges[1:], strict=False):
        x = {"left": left + _PAD, "right": right - _PAD, "center": (left + right) / 2}
        page.text(
            column.title,
            x[column.across],
            head.centre[1],
            size=size,
            across=column.across,
            up="center",
            bold=True,
            room=right - left - _PAD,
        )
    return head.y


def _lines(row: Row, box: Box, columns: Sequence[Column], size: float) -> list[list[str]]:
    if row.heading:
        return [wrapped(row.cells[0], size, box.width - 2 * _PAD)]
    edges = _edges(box, columns)
    rooms = [right - left - 2 * _PAD for left, right in pairwise(edges)]
    if row.verdict:
        rooms[0] -= size * 2.2
    return [wrapped(cell, size, room) for cell, room in zip(row.cells, rooms, strict=False)]


def _height(lines: list[list[str]], size: float) -> float:
    return size * (LINE_HEIGHT * max(map(len, lines)) + 0.45)


def _write(
    page: Page,
    box: Box,
    columns: Sequence[Column],
    edges: Sequence[float],
    written: tuple[Row, list[list[str]]],
    size: float,
) -> None:
    row, cells = written
    for at, lines in enumerate(cells):
        across: Across = "left" if row.heading else columns[at].across
        left, right = edges[at], edges[-1 if row.heading else at + 1]
        shift = 0.0
        if row.verdict and at == 0:
            shift = size * 2.2
            sign = Box(left + _PAD, box.top - size * 1.6, size * 1.7, size * 1.3)
            draw_verdict(page, sign, row.verdict)
        x = {"left": left + _PAD + shift, "right": right - _PAD, "center": (left + right) / 2}
        for line, words in enumerate(lines):
            page.text(
                words,
                x[across],
                box.top - size * (1.25 + LINE_HEIGHT * line),
                size=size,
                across=across,
                bold=row.heading,
            )
    upright = [] if row.heading else [[(x, box.top), (x, box.y)] for x in edges[1:-1]]
    page.lines([[(box.x, box.y), (box.right, box.y)], *upright], width=THIN, colour=_RULE)


def _close(page: Page, box: Box, y: float) -> None:
    """Draw the frame around what was written."""
    page.box(Box(box.x, y, box.width, box.top - y), edge=INK)
