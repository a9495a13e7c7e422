"""Lines that polygons share: wiggly lines, chains of lines, and rings made of them.

What two polygons have in common is one line here, so that they agree in every coordinate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
DECIMALS = 3  # millimetres, as surveys give them


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of different lengths: points of all, shape (k, 2), and where each starts, (n + 1,)."""

    xy: Floats
    start: Ints

    def __len__(self) -> int:
        """Count the lines."""
        return len(self.start) - 1


@dataclass(frozen=True, slots=True)
class Chains:
    """Lines walked one after the other: the points, the chain and the use each belongs to."""

    xy: Floats
    chain: Ints
    use: Ints
    is_inner: npt.NDArray[np.bool_]


def places_within(lengths: Ints) -> Ints:
    """Count 0, 1, 2 … within each run of the given length."""
    ends = np.cumsum(lengths)
    return np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - lengths, lengths)


def wiggly(
    first: Floats, last: Floats, inner: Ints, bow_m: float, random: np.random.Generator
) -> Lines:
    """Draw a line from each first point to its last one, with points beside the straight line.

    Parameters
    ----------
    first, last : float array, shape (n, 2)
    inner : int array, shape (n,)
        Points between the ends.
    bow_m : float
        How far these may lie beside the straight line; less near the ends.
    random : Generator

    Returns
    -------
    Lines
    """
    lengths = inner + 2
    line = np.repeat(np.arange(len(inner)), lengths)
    share = places_within(lengths) / (inner[line] + 1)
    along = last - first
    across = np.column_stack([-along[:, 1], along[:, 0]]) / np.hypot(*along.T)[:, None]
    aside = random.uniform(-bow_m, bow_m, len(line)) * np.minimum(1, 4 * share * (1 - share))
    xy = first[line] + share[:, None] * along[line] + aside[:, None] * across[line]
    ends = np.cumsum(lengths)
    xy[ends - lengths], xy[ends - 1] = first, last
    return Lines(np.round(xy, DECIMALS), np.concatenate([[0], ends]))


def walked(lines: Lines, uses: Ints, forward: npt.NDArray[np.bool_], per_chain: Ints) -> Chains:
    """Walk lines one after the other, each without its last point.

    Parameters
    ----------
    lines : Lines
    uses, forward : shape (m,)
        Which line, and whether it is walked from its first point.
    per_chain : int array, shape (n,)
        How many of the uses make each chain.
    """
    start, end = lines.start[uses], lines.start[uses + 1]
    lengths = end - start - 1
    use = np.repeat(np.arange(len(uses)), lengths)
    place = places_within(lengths)
    chosen = np.where(forward[use], start[use] + place, end[use] - 1 - place)
    chain = np.repeat(np.repeat(np.arange(len(per_chain)), per_chain), lengths)
    return Chains(lines.xy[chosen], chain, use, place > 0)


def joined(lines: Lines, groups: Ints) -> Lines:
    """Make one line of each row of lines, shape (n, m), that follow each other."""
    count, width = groups.shape
    uses = groups.ravel()
    walk = walked(lines, uses, np.ones(len(uses), bool), np.full(count, width))
    sizes = np.bincount(walk.chain, minlength=count)
    last = lines.xy[lines.start[groups[:, -1] + 1] - 1]
    xy = np.insert(walk.xy, np.cumsum(sizes), last, axis=0)
    return Lines(xy, np.concatenate([[0], np.cumsum(sizes + 1)]))


def together(one: Lines, other: Lines) -> Lines:
    """Lines of both, the second ones counted on."""
    start = np.concatenate([one.start, other.start[1:] + one.start[-1]])
    return Lines(np.concatenate([one.xy, other.xy]), start)


def rings_of(chains: Chains) -> npt.NDArray[np.object_]:
    """Close each chain to a linear ring."""
    rings: npt.NDArray[np.object_] = shapely.linearrings(chains.xy, indices=chains.chain)
    return rings
