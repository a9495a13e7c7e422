"""Registers and restricted areas: rights, earlier approvals, minerals, hazards and others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcels.checks.model import Check
from parcels.checks.over_layers.hits import overlap_findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.checks.model import CheckInput
    from parcels.findings import Batch

KINDS = {
    "title": "OV_TITLE",
    "approved": "OV_APPROVED",
    "idle": "OV_IDLE",
    "mineral": "OV_MINE",
    "geohazard": "OV_GEO",
    "heritage": "OV_HERIT",
    "river": "OV_RIVER",
    "military": "OV_MIL",
    "airport": "OV_AIR",
    "soil": "OV_SOIL",
}


def run(given: CheckInput) -> Iterator[Batch]:
    """Find land inside each register; military areas may not be taken at all."""
    yield from overlap_findings(given, CHECK.id, KINDS, protective=("military",))


CHECK = Check(id="registers", run=run)
