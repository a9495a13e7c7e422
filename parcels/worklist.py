"""Which missing datum would settle most verdicts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from parcels.findings import RANK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.findings import Assessment, Batch

_UNKNOWN = RANK["unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A datum that is missing.

    Attributes
    ----------
    need : str
        As in `Finding.needs`.
    alone : int
        Unknown findings that it settles by itself.
    involved : int
        Unknown findings that need it, those that need more included.
    parcels, checks : int, tuple of str
        How many parcels, and which checks, it concerns.
    """

    need: str
    alone: int
    involved: int
    parcels: int
    checks: tuple[str, ...]


@dataclass(slots=True)
class _Tally:
    alone: int = 0
    involved: int = 0
    parcels: set[int] = field(default_factory=set)
    checks: dict[str, None] = field(default_factory=dict)


def data_gaps(assessment: Assessment) -> tuple[Gap, ...]:
    """Rank missing data: those that settle most findings alone first, then those most involved.

    Equal ones stand in the order in which the checks first ask for them.
    """
    tallies: dict[str, _Tally] = {}
    for batch in assessment.batches:
        for needs, parcels in _groups(batch):
            for need in dict.fromkeys(needs):
                tally = tallies.setdefault(need, _Tally())
                tally.involved += len(parcels)
                tally.alone += len(parcels) if len(set(needs)) == 1 else 0
                tally.parcels.update(parcels)
                tally.checks[batch.check] = None
    gaps = [
        Gap(
            need=need,
            alone=tally.alone,
            involved=tally.involved,
            parcels=len(tally.parcels),
            checks=tuple(tally.checks),
        )
        for need, tally in tallies.items()
    ]
    return tuple(sorted(gaps, key=lambda gap: (-gap.alone, -gap.involved)))


def _groups(batch: Batch) -> Iterator[tuple[tuple[str, ...], list[int]]]:
    """Give the needs of a batch with the parcels that have them, where the answer is unknown."""
    rows = np.flatnonzero(batch.ranks() == _UNKNOWN)
    if not len(rows):
        return
    if isinstance(batch.needs, tuple):
        yield batch.needs, batch.parcel[rows].tolist()
        return
    grouped: dict[tuple[str, ...], list[int]] = {}
    for row in rows.tolist():
        grouped.setdefault(tuple(batch.needs[row]), []).append(int(batch.parcel[row]))
    yield from grouped.items()
