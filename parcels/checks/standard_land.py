"""标准地 3+N+1: three indicators, what the place adds, and the 1 that is to be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcels.checks.indicators.judged import judge_indicators
from parcels.checks.model import Check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.checks.model import CheckInput
    from parcels.findings import Batch


def run(given: CheckInput) -> Iterator[Batch]:
    """Apply local figures, and the reference figures that were chosen, to industry and storage."""
    yield from judge_indicators(given, CHECK.id)


CHECK = Check(id="standard_land", run=run)
