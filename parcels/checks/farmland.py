"""Permanent basic farmland and arable land inside parcels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcels.checks.model import Check
from parcels.checks.over_layers.hits import overlap_findings
from parcels.checks.over_layers.thresholds import threshold_findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.checks.model import CheckInput
    from parcels.findings import Batch

KINDS = {"farmland": "OV_PBF", "arable": "OV_ARABLE"}
THRESHOLDS = {"arable_ha", "other_land_ha"}


def run(given: CheckInput) -> Iterator[Batch]:
    """Find protected farmland, arable land to be balanced, and what decides who approves."""
    yield from overlap_findings(given, CHECK.id, KINDS, protective=("farmland",))
    for applied in given.book.of(CHECK.id):
        if applied.rule.metric in THRESHOLDS:
            yield from threshold_findings(given, applied)


CHECK = Check(id="farmland", run=run)
