"""Point tables on a sheet, below or beside one another, with their titles and foot lines."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from geo.read.parsed import Fault
from geo.read.tables.bands import find_bands
from geo.read.tables.grid import PLAIN_NUMBER
from geo.read.tables.headings import FOOT, PAGE, TITLE, column_role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.read.tables.bands import Band
    from geo.read.tables.grid import Grid

_POINT_NAME = re.compile(r"\s*[A-Za-z]{0,4}[-_]?[0-9０-９]{1,6}['’#]?\s*")
_NUMERIC = {"x", "y", "lon", "lat", "point", "length"}
_ONLY_UNITS = re.compile(r"[\s()（）\[\]m米°度单位:：]*")
_DIGIT = re.compile(r"[0-9０-９]")


class Point(NamedTuple):
    """A row of a point table: NaN is what could not be read, ``key`` names the parcel.

    ``band`` is the list of its block in which it stands.
    """

    name: str
    first: float
    second: float
    row: int
    ring: str
    key: tuple[str, ...]
    gap: bool
    band: int = 0


@dataclass(slots=True, kw_only=True)
class Block:
    """One title, one heading, its points and its foot lines.

    Attributes
    ----------
    points : list of (list of Point), a list a band
    lengths : dict of (row, band) to text
        Length to the next point, or from the one before: nobody has said yet.
    faults : dict of (row, band) to Fault
        Why a number of this point could not be read.
    widened : list of (row, column)
        Numbers in full-width characters.
    filled : bool
        A parcel's name was left blank below its first row.
    resumed : bool
        Its heading, and its title if any, repeat those before.
    columns : (int, int or None)
        Where its words stand, when other tables stand beside it.
    """

    grid: Grid
    bands: Sequence[Band]
    head: list[int]
    points: list[list[Point]]
    foot: list[int] = field(default_factory=list)
    lengths: dict[tuple[int, int], str] = field(default_factory=dict)
    faults: dict[tuple[int, int], Fault] = field(default_factory=dict)
    widened: list[tuple[int, int]] = field(default_factory=list)
    filled: bool = False
    resumed: bool = False
    columns: tuple[int, int | None] = (0, None)


def read_blocks(grid: Grid, bands: Sequence[Band], chosen: Mapping[str, str]) -> list[Block]:
    """Go through a sheet from top to bottom.

    Parameters
    ----------
    grid : Grid
        The sheet.
    bands : sequence of Band
        Of a sheet without headings; else empty.
    chosen : mapping
        Role to heading as the user says.

    Returns
    -------
    list of Block
        In order; text rows above a heading belong to its block, those below its points too.
    """
    reader = _Reader(grid, chosen)
    if bands:
        reader.begin(bands)
    row = 0
    while row < len(grid.rows):
        reader.read(row)
        row = reader.read_plain(row + 1)
    reader.end()
    return reader.blocks


class _Reader:
    """Where the reading of a sheet stands: the open block and the text rows since its points."""

    def __init__(self, grid: Grid, chosen: Mapping[str, str]) -> None:
        self.grid = grid
        self.chosen = chosen
        self.blocks: list[Block] = []
        self.block: Block | None = None
        self.pending: list[int] = []

    def begin(self, bands: Sequence[Band], *, heading: bool = False) -> Block:
        known = {"".join(self.grid.rows[row]) for block in self.blocks for row in block.head}
        words = ["".join(self.grid.rows[row]) for row in self.pending]
        is_new = any(text not in known for text in words) and "续" not in "".join(words)
        self.block = Block(
            grid=self.grid,
            bands=bands,
            head=self.pending,
            points=[[] for _ in bands],
            resumed=bool(self.blocks) and heading and not is_new,
        )
        self.blocks.append(self.block)
        self.pending = []
        return self.block

    def end(self) -> None:
        if self.block is not None:
            self.block.foot += self.pending

    def read(self, row: int) -> None:
        if self.block is None or not any(self._is_plain(row, band) for band in self.block.bands):
            bands = find_bands(self.grid, row, self.chosen)
            if bands:
                self._drop_upper_heading(row)
                self.begin(bands, heading=True)
                return
        if self.block is None or not self._take(self.block, row):
            self._read_words(row)

    def read_plain(self, row: int) -> int:
        """Take the clean rows that follow, which most rows are; return the row after them."""
        block = self.block
        if block is None or block.foot or self.pending or self.grid.kinds or len(block.bands) > 1:
            return row
        return _take_plain(block, row)

    def _drop_upper_heading(self, row: int) -> None:
        above = self.pending[-1] if self.pending else None
        if above is not None and self.grid.numbers[row] - self.grid.numbers[above] == 1:
            roles = {column_role(cell) for cell in self.grid.rows[above] if cell}
            if roles & {"point", "serial", "length", "ring"}:
                self.pending.pop()

    def _read_words(self, row: int) -> None:
        words = "".join(self.grid.rows[row])
        if _ONLY_UNITS.fullmatch(words) or PAGE.fullmatch(words):
            return
        is_title = TITLE.search(words) is not None and "面积" not in words
        if self.block is None or self.pending or is_title or not FOOT.search(words):
            self.pending.append(row)
        else:
            self.block.foot.append(row)

    def _take(self, block: Block, row: int) -> bool:
        """Take the points of a row; False when it holds none."""
        is_point = [self._is_point(row, band) for band in block.bands]
        if any(is_point) and (block.foot or self.pending):
            block = self.begin(block.bands)
        taken = any(is_point)
        for position, band in enumerate(block.bands):
            if is_point[position]:
                block.points[position].append(_point(block, row, position))
            elif not self._has_words(row, band):
                taken = _lonely_length(block, row, position, band) or taken
        return taken

    def _is_plain(self, row: int, band: Band) -> bool:
        cells = self.grid.rows[row]
        if not PLAIN_NUMBER.fullmatch(cells[band.first]):
            return False
        name = band.cell(cells, "point")
        return (name.isascii() or not FOOT.search(name)) and bool(
            PLAIN_NUMBER.fullmatch(cells[band.second])
        )

    def _is_point(self, row: int, band: Band) -> bool:
        if self._is_plain(row, band):
            return True
        cells, kinds = self.grid.rows[row], self.grid.kinds
        if (row, band.first) in kinds or (row, band.second) in kinds:
            return True
        if self._has_words(row, band):
            return False
        numbers = cells[band.first], cells[band.second]
        is_number = any(map(PLAIN_NUMBER.fullmatch, numbers)) or all(map(_DIGIT.search, numbers))
        return is_number or _POINT_NAME.fullmatch(band.cell(cells, "point")) is not None

    def _has_words(self, row: int, band: Band) -> bool:
        """Tell a foot line; the name of a parcel or a remark may hold such words too."""
        cells = self.grid.rows[row]
        named = {band.roles[role] for role in band.roles if role not in _NUMERIC}
        return any(
            FOOT.match(cell) if column in named else FOOT.search(cell)
            for column, cell in enumerate(cells)
            if cell and column != band.roles.get("note")
        )


def _take_plain(block: Block, start: int) -> int:
    band, rows, numbers = block.bands[0], block.grid.rows, block.grid.numbers
    first, second, keys, end = band.first, band.second, band.keys, band.end
    name_column, ring_column = band.roles.get("point"), band.roles.get("ring")
    is_plain, take = PLAIN_NUMBER.fullmatch, block.points[0].append
    length = band.roles.get("length")
    if not end or not block.points[0]:
        return start
    for row in range(start, len(rows)):
        cells = rows[row]
        name = "" if name_column is None else cells[name_column].strip()
        ring = "" if ring_column is None else cells[ring_column].strip()
        key = tuple([cells[column].strip() for column in keys])
        if (
            not (is_plain(cells[first]) and is_plain(cells[second]) and name.isascii() and all(key))
            or (ring_column is not None and not ring)
            or numbers[row] - numbers[row - 1] != 1
            or (end < len(cells) and any(cells[end:]))
        ):
            return row
        if length is not None and cells[length]:
            block.lengths[row, 0] = cells[length]
        take(Point(name, float(cells[first]), float(cells[second]), row, ring, key, False))
    return len(rows)


def _point(block: Block, row: int, position: int) -> Point:
    band, before = block.bands[position], block.points[position]
    cells = block.grid.rows[row]
    last = before[-1] if before else None
    if length := band.cell(cells, "length"):
        block.lengths[row, position] = length
    if band.end and (fault := block.grid.too_long(row, band.end)):
        block.faults[row, position] = fault
    return Point(
        name=band.cell(cells, "point").strip(),
        first=_number(block, row, position, band.first),
        second=_number(block, row, position, band.second),
        row=row,
        ring=band.cell(cells, "ring").strip() or (last.ring if last else ""),
        key=_key(block, band, row, last) if band.keys else (),
        gap=last is not None and block.grid.is_after_gap(row, (band.first, band.second)),
        band=position,
    )


def _number(block: Block, row: int, position: int, column: int) -> float:
    grid = block.grid
    text = grid.rows[row][column]
    if PLAIN_NUMBER.fullmatch(text) and (row, column) not in grid.kinds:
        return float(text)
    number = grid.number(row, column)
    if isinstance(number, Fault):
        block.faults.setdefault((row, position), number)
        return math.nan
    if number[1]:
        block.widened.append((row, column))
    return number[0]


def _key(block: Block, band: Band, row: int, last: Point | None) -> tuple[str, ...]:
    """Read the cells that name the parcel; cells left blank repeat those above."""
    cells = block.grid.rows[row]
    key = tuple(cells[column].strip() for column in band.keys)
    if all(key) or last is None:
        return key
    covered = [block.grid.is_covered(row, column) for column in band.keys]
    if not any(key):
        block.filled = block.filled or not any(covered)
        return last.key
    return tuple(
        above if over and not own else own
        for own, above, over in zip(key, last.key, covered, strict=True)
    )


def _lonely_length(block: Block, row: int, position: int, band: Band) -> bool:
    """Take a row that holds nothing but the length between the points above and below it."""
    cells = block.grid.rows[row]
    length = band.cell(cells, "length")
    others = cells[band.first] + cells[band.second] + band.cell(cells, "point")
    if not length or others.strip() or not block.points[position]:
        return False
    block.lengths.setdefault((block.points[position][-1].row, position), length)
    return True
