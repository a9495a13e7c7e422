"""工业项目建设用地控制指标: FAR by industry, building coefficient, the 7 % and the 15 %."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcels.checks.indicators.judged import judge_indicators
from parcels.checks.model import Check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.checks.model import CheckInput
    from parcels.findings import Batch


def run(given: CheckInput) -> Iterator[Batch]:
    """Apply the editions in force to industrial parcels."""
    yield from judge_indicators(given, CHECK.id)


CHECK = Check(id="control_index", run=run)
