"""Permanent basic farmland and arable land inside parcels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcels.checks.hits import overlap_findings
from parcels.checks.model import Check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.checks.model import CheckInput
    from parcels.findings import Batch

KINDS = {"farmland": "OV_PBF", "arable": "OV_ARABLE"}


def run(given: CheckInput) -> Iterator[Batch]:
    """Find protected farmland, and arable land that must be balanced."""
    yield from overlap_findings(given, CHECK.id, KINDS, protective=("farmland",))


CHECK = Check(id="farmland", run=run)
