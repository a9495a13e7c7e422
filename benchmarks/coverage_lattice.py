"""The lattice that parcels and zones stand on: bent cells, and the lines around groups of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from benchmarks.coverage_lines import DECIMALS, Floats, Ints, Lines, wiggly

CELL_M = 80.0
CENTRE = (362_000.0, 3_652_000.0)  # the high-tech zone in EPSG:4547, 138 km from its meridian
_JITTER = 0.15
_BOW_M = 1.8
_INNER = (1, 8)

Cell = tuple[int, int]
Side = tuple[int, int, int, bool]  # 0 horizontal or 1 vertical, row, column, walked forward
_SIDES: tuple[Side, ...] = ((0, 0, 0, True), (1, 0, 1, True), (0, 1, 0, False), (1, 0, 0, False))


@dataclass(frozen=True, slots=True)
class Lattice:
    """Cells by row (north) and column (east), and the lines around them, horizontal ones first."""

    rows: int
    columns: int
    lines: Lines

    def line(self, kind: Ints | int, row: Ints, column: Ints) -> Ints:
        """Find the horizontal (0) or vertical (1) line that starts at a corner."""
        upright = (self.rows + 1) * self.columns + row * (self.columns + 1) + column
        return np.where(kind, upright, row * self.columns + column)

    def middle(self, row: Ints, column: Ints) -> Floats:
        """Mean of the four corners of cells, shape (n, 2)."""
        lines, south, north = self.lines, self.line(0, row, column), self.line(0, row + 1, column)
        ends = [(lines.start[side], lines.start[side + 1] - 1) for side in (south, north)]
        return sum(lines.xy[at] for pair in ends for at in pair) / 4


def bent_lattice(rows: int, columns: int, random: np.random.Generator) -> Lattice:
    """Draw a lattice around the centre."""
    corners = np.stack(np.meshgrid(np.arange(columns + 1), np.arange(rows + 1)), axis=-1)
    places = corners - (columns / 2, rows / 2) + random.uniform(-_JITTER, _JITTER, corners.shape)
    places = np.round(places * CELL_M + CENTRE, DECIMALS)
    ends = ((places[:, :-1], places[:, 1:]), (places[:-1], places[1:]))
    first, last = (np.concatenate([pair[side].reshape(-1, 2) for pair in ends]) for side in (0, 1))
    inner = random.integers(*_INNER, len(first))
    return Lattice(rows, columns, wiggly(first, last, inner, _BOW_M, random))


@lru_cache
def outline(cells: tuple[Cell, ...]) -> tuple[Side, ...]:
    """Name the lines around cells that share sides, counter-clockwise."""
    around = {
        (kind, row + up, column + right, forward)
        for row, column in cells
        for kind, up, right, forward in _SIDES
    }
    outer = sorted(side for side in around if (*side[:3], not side[3]) not in around)
    after = {_ends(side)[0]: side for side in outer}
    walk = outer[:1]
    while (following := after[_ends(walk[-1])[1]]) != walk[0]:
        walk.append(following)
    return tuple(walk)


def _ends(side: Side) -> tuple[Cell, Cell]:
    kind, row, column, forward = side
    one, other = (row, column), (row + kind, column + 1 - kind)
    return (one, other) if forward else (other, one)
