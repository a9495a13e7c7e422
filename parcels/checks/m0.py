"""新型产业用地: the rules of every chosen pack, for parcels of class M0."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcels.checks.indicators.judged import judge_indicators
from parcels.checks.model import Check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.checks.model import CheckInput
    from parcels.findings import Batch


def run(given: CheckInput) -> Iterator[Batch]:
    """Apply the packs chosen, by city and date; the plan's own pack has no number."""
    yield from judge_indicators(given, CHECK.id)


CHECK = Check(id="m0", run=run)
