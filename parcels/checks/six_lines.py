"""The six control lines of city plans: red, green, blue, purple, yellow and orange."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcels.checks.model import Check
from parcels.checks.over_layers.hits import overlap_findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.checks.model import CheckInput
    from parcels.findings import Batch

KINDS = {
    "red_line": "OV_RED",
    "green_line": "OV_GREEN",
    "blue_line": "OV_BLUE",
    "purple_line": "OV_PURPLE",
    "yellow_line": "OV_YELLOW",
    "orange_line": "OV_ORANGE",
}


def run(given: CheckInput) -> Iterator[Batch]:
    """Find land inside any of the six lines."""
    yield from overlap_findings(given, CHECK.id, KINDS)


CHECK = Check(id="six_lines", run=run)
