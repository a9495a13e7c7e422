"""Indicators per 亩 of a parcel against the chosen figures; promised values are marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcels.checks.indicators.judged import judge_indicators
from parcels.checks.model import Check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.checks.model import CheckInput
    from parcels.findings import Batch


def run(given: CheckInput) -> Iterator[Batch]:
    """Apply every chosen figure per 亩; a class is never given to a parcel."""
    yield from judge_indicators(given, CHECK.id)


CHECK = Check(id="per_mu", run=run)
