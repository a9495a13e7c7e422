"""Pairs of polygons and the area that they share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.overlap.arrays import Floats, Places


@dataclass(frozen=True, slots=True)
class Pairs:
    """Overlapping pairs, sorted by ``first``, then ``second``.

    Attributes
    ----------
    first, second : int32 array, shape (m,)
        Rows in the two layers, from 0.
    area : float array, shape (m,)
        Shared square metres of the plane.
    """

    first: Places
    second: Places
    area: Floats

    def __len__(self) -> int:
        """Count the pairs."""
        return len(self.area)


def sorted_pairs(parts: Sequence[tuple[Places, Places, Floats]]) -> Pairs:
    """Unite what the jobs found, in any order."""
    if not parts:
        return Pairs(np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0))
    first, second, area = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.argsort((first.astype(np.int64) << 32) | second, kind="stable")
    return Pairs(first[order], second[order], area[order])
