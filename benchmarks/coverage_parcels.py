"""Parcels as a cadastre has them: shared wiggly edges, merged plots, holes, errors of survey.

Every two by two cells of the lattice are a block, split into parcels by one of `SPLITS`:
a letter a cell, row by row; cells of one letter are one parcel.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from benchmarks.coverage_lattice import Cell, Lattice, outline
from benchmarks.coverage_lines import (
    DECIMALS,
    Chains,
    Floats,
    Ints,
    places_within,
    rings_of,
    walked,
)

PER_BLOCK = 3.33
SPLITS = {
    "abcd": 0.50,
    "aabc": 0.07,
    "abac": 0.07,
    "abcc": 0.07,
    "abcb": 0.07,
    "aabb": 0.04,
    "abab": 0.04,
    "aaab": 0.03,
    "aaba": 0.03,
    "abaa": 0.03,
    "baaa": 0.03,
    "aaaa": 0.02,
}
_SECOND_PLOT, _PLOTS_ON, _NEAR_BY_M = 0.01, 12, 1000.0  # so far on, plots do not touch
_PONDS, _ENCLAVES, _TWINS, _ERRORS = 0.005, 0.01, 0.0005, 0.03
_ERROR_M = (0.01, 0.4)
_POND_M, _POND_POINTS = (8.0, 16.0), 12


@dataclass(frozen=True, slots=True)
class _Plots:
    """Plots by their lines: who owns each, its lines one after the other, how many they are."""

    owner: Ints
    sizes: Ints
    uses: Ints
    forward: npt.NDArray[np.bool_]
    middle: Floats


def parcels(lattice: Lattice, count: int, random: np.random.Generator) -> npt.NDArray[np.object_]:
    """Split a lattice into parcels, from the south-west, enclaves and twins at the end.

    Parameters
    ----------
    lattice : Lattice
        With an even number of rows and columns and room for ``count`` parcels.
    count : int
    random : Generator

    Returns
    -------
    array of Polygon or MultiPolygon, shape (count,)
        EPSG:4547, millimetres. Some overlap or leave gaps by less than half a metre, some are
        there twice; the others share their edges.
    """
    plots = _plots(lattice, random)
    enclaves, twins = round(_ENCLAVES * count), round(_TWINS * count)
    rings = rings_of(_with_errors(plots, lattice, random))
    shapes = shapely.polygons(rings)
    single = np.flatnonzero(plots.sizes == 4)
    single = single[np.argsort(plots.owner[single])]
    within = single[: np.searchsorted(plots.owner[single], count - enclaves - twins)]
    holed = random.choice(within, enclaves + round(_PONDS * count), replace=False)
    holes = _ponds(plots.middle[holed], random)
    shapes[holed] = shapely.polygons(rings[holed], holes=holes[:, None])
    owned = _of_owners(
        shapes, _with_second_plots(plots, within, round(_SECOND_PLOT * count), random)
    )
    if len(owned) < count - enclaves - twins:
        raise ValueError(f"room for {len(owned)} parcels, not for {count}")
    kept = owned[: count - enclaves - twins]
    again = kept[random.choice(len(kept), twins, replace=False)]
    return np.concatenate([kept, shapely.polygons(holes[:enclaves]), again])


def _plots(lattice: Lattice, random: np.random.Generator) -> _Plots:
    """Split all blocks; owners are counted block by block."""
    down, across = lattice.rows // 2, lattice.columns // 2
    row, column = (2 * index.ravel() for index in np.mgrid[0:down, 0:across])
    names = list(SPLITS)
    split = random.choice(len(names), len(row), p=list(SPLITS.values()))
    letters = np.array([len(set(name)) for name in names])[split]
    first = np.cumsum(letters) - letters
    found = []
    for number, name in enumerate(names):
        blocks = np.flatnonzero(split == number)
        for letter, cells in enumerate(_plots_of(name)):
            sides = outline(cells)
            uses = [
                lattice.line(k, row[blocks] + up, column[blocks] + right)
                for k, up, right, _ in sides
            ]
            middle = lattice.middle(row[blocks] + cells[0][0], column[blocks] + cells[0][1])
            forward = np.tile([side[3] for side in sides], len(blocks))
            sizes = np.full(len(blocks), len(sides))
            found.append(
                (first[blocks] + letter, sizes, np.stack(uses, 1).ravel(), forward, middle)
            )
    return _Plots(*(np.concatenate(column) for column in zip(*found, strict=True)))


def _plots_of(split: str) -> list[tuple[Cell, ...]]:
    """Give the cells of each plot of a block."""
    letters = sorted(set(split))
    return [tuple(divmod(n, 2) for n in range(4) if split[n] == letter) for letter in letters]


def _with_errors(plots: _Plots, lattice: Lattice, random: np.random.Generator) -> Chains:
    """Walk around the plots; of some, one line was surveyed a little beside the neighbour's."""
    chains = walked(lattice.lines, plots.uses, plots.forward, plots.sizes)
    starts = np.cumsum(plots.sizes) - plots.sizes
    wrong = random.choice(len(starts), round(_ERRORS * len(starts)), replace=False)
    use = starts[wrong] + random.integers(0, plots.sizes[wrong])
    number = plots.uses[use]
    ends = lattice.lines.start
    along = lattice.lines.xy[ends[number + 1] - 1] - lattice.lines.xy[ends[number]]
    across = np.column_stack([-along[:, 1], along[:, 0]]) / np.hypot(*along.T)[:, None]
    aside = random.uniform(*_ERROR_M, len(wrong)) * random.choice([-1, 1], len(wrong))
    moved = np.zeros((len(plots.uses), 2))
    moved[use] = aside[:, None] * across
    xy = chains.xy + np.where(chains.is_inner[:, None], moved[chains.use], 0.0)
    return Chains(np.round(xy, DECIMALS), chains.chain, chains.use, chains.is_inner)


def _ponds(middle: Floats, random: np.random.Generator) -> npt.NDArray[np.object_]:
    """Draw small rings around points."""
    lengths = np.full(len(middle), _POND_POINTS)
    pond = np.repeat(np.arange(len(middle)), lengths)
    angle = 2 * np.pi * places_within(lengths) / _POND_POINTS
    radius = random.uniform(*_POND_M, len(pond))
    xy = middle[pond] + radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    return shapely.linearrings(np.round(xy, DECIMALS), indices=pond)


def _with_second_plots(
    plots: _Plots, single: Ints, count: int, random: np.random.Generator
) -> Ints:
    """Give some owners of a plot another one near by, and count the owners anew."""
    one, other = single[:-_PLOTS_ON], single[_PLOTS_ON:]
    apart = np.hypot(*(plots.middle[one] - plots.middle[other]).T)
    chosen = random.choice(np.flatnonzero(apart < _NEAR_BY_M), count, replace=False)
    owner = plots.owner.copy()
    owner[other[chosen]] = owner[one[chosen]]
    return np.unique(owner, return_inverse=True)[1]


def _of_owners(shapes: npt.NDArray[np.object_], owner: Ints) -> npt.NDArray[np.object_]:
    """Give each owner one shape, of one or more plots."""
    order = np.argsort(owner, kind="stable")
    sorted_shapes, sorted_owner = shapes[order], owner[order]
    first = np.flatnonzero(np.diff(sorted_owner, prepend=-1))
    owned = sorted_shapes[first]
    several = np.bincount(sorted_owner) > 1
    parts = several[sorted_owner]
    rank = np.cumsum(several) - 1
    owned[several] = shapely.multipolygons(sorted_shapes[parts], indices=rank[sorted_owner[parts]])
    return owned
