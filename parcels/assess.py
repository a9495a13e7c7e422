"""The one pipeline: parcels, layers and rules in, findings of every check out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcels.checks.order import CHECKS
from parcels.findings import Assessment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from parcels.checks.model import Check, CheckInput
    from parcels.findings import Batch


def assess(
    given: CheckInput,
    *,
    checks: Sequence[Check] = CHECKS,
    progress: Callable[[str, int, int], None] | None = None,
) -> Assessment:
    """Run checks over parcels.

    Parameters
    ----------
    given : CheckInput
    checks : sequence of Check
        In report order.
    progress : callable, optional
        Told before each check: its id, how many are done, how many there are.

    Returns
    -------
    Assessment
        A check that says nothing about a parcel leaves it ``unknown`` there.
    """
    batches: list[Batch] = []
    for done, check in enumerate(checks):
        if progress is not None:
            progress(check.id, done, len(checks))
        batches += (batch for batch in check.run(given) if len(batch))
    return Assessment(
        count=len(given.parcels),
        checks=tuple(check.id for check in checks),
        batches=tuple(batches),
    )
