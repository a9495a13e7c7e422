"""Parcels inside the zone and inside the urban growth boundary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcels.checks.model import Check
from parcels.checks.over_layers.inside import inside_findings
from parcels.checks.over_layers.rules import ruled_kinds, unruled, within_uses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.checks.model import CheckInput
    from parcels.findings import Batch

KINDS = {"zone": "OV_ZONE", "growth_boundary": "OV_UGB"}
WHOLE = {"zone"}
"""The file of a zone holds all of it, while growth boundaries are often cut out of larger ones."""


def run(given: CheckInput) -> Iterator[Batch]:
    """Find land outside the zone or the growth boundary."""
    yield from unruled(given, CHECK.id, KINDS)
    for kind, applied in ruled_kinds(given, CHECK.id):
        found = inside_findings(given, applied, kind, everywhere=kind in WHOLE)
        yield from within_uses(given, applied, found)


CHECK = Check(id="boundary", run=run)
