"""A floor area ratio as planners write it: with two decimals."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parcels.proposal.verdict import RuleResult

_METRIC = "far"
_CENT = Decimal("0.01")


def with_two_decimals(told: str, results: Iterable[RuleResult]) -> str:
    """Write a floor area ratio with two decimals, any other value as it is told.

    A ratio that would then seem to be a limit which it is not keeps its digits.

    Parameters
    ----------
    told : str
        The value of the results in words.
    results : iterable of RuleResult
        All that measure the same.
    """
    every = list(results)
    if not all(_is_exact_ratio(one) for one in every):
        return told
    value = Decimal(told.replace(",", ""))
    rounded = value.quantize(_CENT, ROUND_HALF_UP)
    if rounded != value and rounded in {end for one in every for end in _ends(one.finding.limit)}:
        return told
    return f"{rounded:,f}"


def _is_exact_ratio(result: RuleResult) -> bool:
    measured = result.measured
    is_exact = measured is not None and measured.exact is not None
    return is_exact and result.applied.rule.metric == _METRIC


def _ends(limit: Any) -> Iterator[Decimal]:
    """Return the numbers of a limit."""
    for one in limit if isinstance(limit, (list, tuple)) else (limit,):
        if isinstance(one, (int, float, Decimal)):
            yield Decimal(str(one))
