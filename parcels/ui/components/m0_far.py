"""A floor area ratio as planners write it: with two decimals."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from fractions import Fraction

    from parcels.proposal.verdict import RuleResult

_METRIC = "far"
_DIGITS = 400  # before and behind the point, whatever is typed
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
        f"{rounded:,f}"
        for rounded in (_rounded(measured.exact, places) for places in _PLACES)
        if rounded not in limits
        or rounded == measured.exact
        or rounded.as_tuple().exponent == -_MOST
    )


def _rounded(value: Fraction, places: int) -> Decimal:
    """Round half up, once."""
    with localcontext(prec=_DIGITS):
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _ends(limit: Any) -> Iterator[Decimal]:
    """Return the numbers of a limit."""
    for one in limit if isinstance(limit, (list, tuple)) else (limit,):
        if isinstance(one, (int, float, Decimal)):
            yield Decimal(str(one))
