"""What firms in production have together, and points that depend on it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parcels.permu.indices import IndexValue
    from parcels.permu.schemes import Scheme, SchemeIndicator

_WHOLE = 100
_KEPT = 10**15


class Peers:
    """What the firms in production have together: means of points, least and greatest values."""

    def __init__(self, scheme: Scheme, peers: Sequence[Mapping[str, IndexValue]]) -> None:
        self.known = {
            one.id: [value for values in peers if (value := values[one.id].value) is not None]
            for one in scheme.indicator
        }
        self._is_minmax = scheme.method == "minmax"
        self._ends = {index: _ends(known) for index, known in self.known.items()}
        self._means = {
            one.id: _mean([points_of(scheme, one, value, self) for value in self.known[one.id]])
            for one in scheme.indicator
            if one.missing == "peer_mean"
        }

    def ends(self, index: str) -> tuple[Fraction, Fraction] | None:
        """Return the least and the greatest value; None where all are one."""
        return self._ends[index]

    def is_beyond(self, index: str, value: Fraction) -> bool:
        """Tell whether a value is less than the least or greater than the greatest of min–max."""
        ends = self._ends[index]
        return self._is_minmax and ends is not None and not ends[0] <= value <= ends[1]

    def meanpoints_of(self, index: str) -> Fraction | None:
        """Return the mean of the points of those that have this datum."""
        return self._means[index]


def _ends(known: Sequence[Fraction]) -> tuple[Fraction, Fraction] | None:
    return (min(known), max(known)) if len(set(known)) > 1 else None


def _mean(points: Sequence[Fraction | None]) -> Fraction | None:
    """Return the mean, each term kept to 15 decimals: sums of thousands of fractions explode."""
    known = [one for one in points if one is not None]
    if len(set(known)) <= 1:
        return known[0] if known else None
    return Fraction(sum(round(one * _KEPT) for one in known), len(known) * _KEPT)


def points_of(
    scheme: Scheme, one: SchemeIndicator, value: Fraction, peers: Peers
) -> Fraction | None:
    """Turn the value of an index into points; None where the scheme does not say how."""
    if one.weight is None:
        return None
    weight = Fraction(one.weight)
    if scheme.method == "ratio" and one.base is not None:
        ratio = value / Fraction(one.base)
        return weight * (min(ratio, Fraction(one.cap)) if one.cap is not None else ratio)
    ends = peers.ends(one.id) if scheme.method == "minmax" else None
    if ends is None:
        return None
    low, high = Fraction(scheme.low), Fraction(scheme.high)
    return weight * (low + (high - low) * (value - ends[0]) / (ends[1] - ends[0])) / _WHOLE
