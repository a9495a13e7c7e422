"""How far each broken rule is from being kept, by one change alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcels.proposal.advice import Distance
    from parcels.proposal.constraints import Row
    from parcels.proposal.levers import Space
    from parcels.proposal.verdict import RuleResult


def distances_of(
    space: Space, broken: Sequence[RuleResult], rows: Sequence[Row]
) -> Iterator[Distance]:
    return iter(())
