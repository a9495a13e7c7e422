"""The limits that a rule sets a proposal: one, or several while its industry is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcels.proposal.ruling.judging import limit_ends
from parcels.rules.tables import limits

if TYPE_CHECKING:
    from parcels.proposal.model import Proposal
    from parcels.proposal.ruling.judging import Limit
    from parcels.rules.load import AppliedRule


def limits_of(applied: AppliedRule, proposal: Proposal) -> tuple[Limit, ...]:
    """Return every limit that may apply; none where no number is known.

    A limit by industry needs the code of the proposal; a local limit holds for every industry.
    """
    rule = applied.rule
    if rule.table is None or applied.override is not None:
        ends = limit_ends(rule.op, applied.limit)
        return () if ends is None else (ends,)
    if proposal.industry_code is None:
        return ()
    case = {"code": proposal.industry_code}
    if proposal.industry_edition is not None:
        case["edition"] = proposal.industry_edition
    found = [limit_ends(rule.op, one) for one in limits(rule, **case)]
    return tuple(one for one in found if one is not None)
