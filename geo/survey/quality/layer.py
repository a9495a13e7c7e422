"""A layer of parcels as neighbours: who lies near whom, and who does not fit exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.survey.quality.edges import misfits
from geo.survey.quality.tolerance import rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.survey.quality.vertices import Bools, Ints, Shapes

_CHUNK = 500
_MOST_PAIRS = 100_000
_SAMPLE = 500
_CROWDED = 100  # boxes that meet the box of one parcel: the search for misfits is quadratic
_FEWEST = 2


class Layer:
    """Parcels of one layer.

    Attributes
    ----------
    shapes : array of Polygon or MultiPolygon, shape (m,)
        The different valid ones.
    position : int array, shape (m,)
        Where they stand in the layer.
    same : int array, shape (k, 2)
        Positions of a parcel and of the first parcel that has the very same rings.
    crowded : bool
        So many lie on each other that the layer covers no ground once.
    suspect : bool array, shape (m,)
        Shares ground with another, or leaves a narrow gap; the others fit edge to edge.
    """

    def __init__(self, geometries: Shapes | Sequence[Any]) -> None:
        shapes = np.array(geometries, dtype=object)
        position = np.flatnonzero(shapely.is_valid(shapes) & ~shapely.is_empty(shapes))
        first = _first_alike(shapes[position])
        own = first == np.arange(len(first))
        self.same = np.stack([position[~own], position[first[~own]]], axis=1)
        self.position: Ints = position[own]
        self.shapes: Shapes = shapes[self.position]
        self.tree = shapely.STRtree(self.shapes)
        self.crowded = self._is_crowded()
        self.suspect: Bools = self._suspects()

    def _is_crowded(self) -> bool:
        asked, met = self._boxes(np.arange(0, len(self.shapes), self._step()))
        return len(met) > _CROWDED * len(np.unique(asked))

    def _step(self) -> int:
        return max(1, len(self.shapes) // _SAMPLE)

    def _suspects(self) -> Bools:
        """Mark the shapes that do not fit; all of them where too many lie on each other."""
        if len(self.shapes) < _FEWEST or self.crowded:
            return np.full(len(self.shapes), self.crowded)
        return misfits(self.shapes, self.tree, rule("gap", "closing_m"))

    def _boxes(self, asked: Ints) -> tuple[Ints, Ints]:
        """Return pairs of a shape asked for and one whose box its own meets, itself too."""
        one, other = self.tree.query(self.shapes[asked])
        return asked[one], other

    def pairs(self) -> tuple[Ints, Ints, Ints]:
        """Pair shapes whose boxes meet where at least one is suspect.

        Returns
        -------
        left, right : int array
            ``left < right``, sorted; at most 100,000.
        left_out : int array, shape (m,)
            How many further shapes each was not paired with.
        """
        found, count = [np.zeros((2, 0), dtype=np.intp)], 0
        left_out = np.zeros(len(self.shapes), dtype=np.intp)
        for start in range(0, len(self.shapes), _CHUNK):
            asked = np.arange(start, min(start + _CHUNK, len(self.shapes)))
            left, right = self._boxes(asked)
            kept = (left < right) & (self.suspect[left] | self.suspect[right])
            left, right = left[kept], right[kept]
            left_out += np.bincount(left[_MOST_PAIRS - count :], minlength=len(left_out))
            found.append(np.stack([left, right])[:, : _MOST_PAIRS - count])
            count += found[-1].shape[1]
        left, right = np.concatenate(found, axis=1)
        order = np.lexsort((right, left))
        return left[order], right[order], left_out

    def is_coverage(self) -> bool:
        """Tell whether enough parcels have a neighbour for gaps to be faults."""
        if self.crowded:
            return False
        sample = np.arange(0, len(self.shapes), self._step())
        asked, met = self.tree.query(
            self.shapes[sample], predicate="dwithin", distance=rule("gap", "closing_m")
        )
        beside = np.unique(asked[sample[asked] != met])
        return len(beside) >= max(_FEWEST, rule("gap", "coverage_share") * len(sample))


def _first_alike(shapes: Shapes) -> Ints:
    """Return for each shape the first one with the very same rings, however they start."""
    first = np.arange(len(shapes))
    keys = np.column_stack([shapely.bounds(shapes), shapely.get_num_coordinates(shapes)])
    _, group, size = np.unique(keys, axis=0, return_inverse=True, return_counts=True)
    doubted = np.flatnonzero(size[group.reshape(-1)] > 1)
    seen: dict[bytes, int] = {}
    for place, wkb in zip(doubted, shapely.to_wkb(shapely.normalize(shapes[doubted])), strict=True):
        first[place] = seen.setdefault(wkb, int(place))
    return first
