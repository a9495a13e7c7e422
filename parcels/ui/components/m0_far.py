"""A floor area ratio as planners write it: with two decimals."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from parcels.proposal.reports.figures import rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parcels.proposal.verdict import RuleResult

_METRIC = "far"
_MOST = 40
_PLACES = range(2, _MOST + 1)


def with_two_decimals(told: str, results: Iterable[RuleResult]) -> str:
    """Write a floor area ratio with two decimals, any other value as it is told.

    A ratio that would then seem to be a limit which it is not has more of them.

    Parameters
    ----------
    told : str
        The value of the results in words.
    results : iterable of RuleResult
        All that measure the same.
    """
    every = list(results)
    measured = every[0].measured if every else None
    if measured is None or measured.exact is None or every[0].applied.rule.metric != _METRIC:
        return told
    limits = {end for one in every for end in _ends(one.finding.limit)}
    return next(
        f"{shown:,f}"
        for shown in (rounded(measured.exact, places) for places in _PLACES)
        if shown not in limits or shown == measured.exact or shown.as_tuple().exponent == -_MOST
    )


def _ends(limit: Any) -> Iterator[Decimal]:
    """Return the numbers of a limit."""
    for one in limit if isinstance(limit, (list, tuple)) else (limit,):
        if isinstance(one, (int, float, Decimal)):
            yield Decimal(str(one))
