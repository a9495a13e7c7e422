"""The ecological redline inside parcels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcels.checks.model import Check
from parcels.checks.over_layers.hits import overlap_findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.checks.model import CheckInput
    from parcels.findings import Batch

KINDS = {"eco_redline": "OV_ECO"}


def run(given: CheckInput) -> Iterator[Batch]:
    """Find land inside the redline."""
    yield from overlap_findings(given, CHECK.id, KINDS, protective=KINDS)


CHECK = Check(id="eco_redline", run=run)
