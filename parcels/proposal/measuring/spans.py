"""Between which ends a sum, or the quotient of two sums, lies while its quantities are ranges."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from parcels.proposal.model import Amount

Span = tuple[Fraction, Fraction]
"""A coefficient: its least and greatest value, equal where it is certain."""
Form = dict[str, Span]
"""A sum: quantity to coefficient."""
Ends = tuple[Fraction, Fraction | None]
"""Least and greatest value; None: no upper end."""

_ZERO, _ONE, _TWO = Fraction(0), Fraction(1), Fraction(2)
CERTAIN: Span = (_ONE, _ONE)
NO: Span = (_ZERO, _ZERO)
OPEN: Span = (_ZERO, _ONE)
TWICE: Span = (_TWO, _TWO)
ONCE_OR_TWICE: Span = (_ONE, _TWO)


def concerned(form: Form) -> tuple[str, ...]:
    """Name the quantities that may count in a sum."""
    return tuple(quantity for quantity, (_, most) in form.items() if most > 0)


def sum_ends(form: Form, amounts: Mapping[str, Amount]) -> Ends:
    """Return the least and the greatest value of a sum of quantities that are all known."""
    low: Fraction = _ZERO
    high: Fraction | None = _ZERO
    for quantity in concerned(form):
        least, most = _ends(form[quantity], amounts[quantity])
        low += least
        high = None if high is None or most is None else high + most
    return low, high


def exact_sum(form: Form, amounts: Mapping[str, Amount]) -> Fraction | None:
    """Return the value of a sum; None where it is a range."""
    total = _ZERO
    for quantity in concerned(form):
        value, (least, most) = amounts[quantity].exact, form[quantity]
        if value is None or (least != most and value != 0):
            return None
        total += most * value
    return total


def quotient_ends(above: Form, below: Form, amounts: Mapping[str, Amount]) -> Ends:
    """Return the least and the greatest quotient of two sums.

    Both ends are exact: Dinkelbach's steps (1967), of which few are needed. A quantity that
    stands in both sums has one value in both. The least value of the sum below is above 0.
    """
    least = _extreme(_terms(above, below, amounts, greatest=False), greatest=False)
    return least or _ZERO, _extreme(_terms(above, below, amounts, greatest=True), greatest=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Term:
    """A share ``n`` of something between ``low`` and ``high`` above, a share ``d`` of it below."""

    n: Fraction
    d: Fraction
    low: Fraction
    high: Fraction | None


def _ends(span: Span, amount: Amount) -> Ends:
    return span[0] * amount.low, None if amount.high is None else span[1] * amount.high


def _terms(
    above: Form, below: Form, amounts: Mapping[str, Amount], *, greatest: bool
) -> tuple[_Term, ...]:
    found = []
    for quantity in dict.fromkeys((*concerned(below), *concerned(above))):
        span = below.get(quantity, NO)
        upper = above.get(quantity, NO)
        counts_below = span[1] > 0
        low, high = _ends(span if counts_below else upper, amounts[quantity])
        share = _ONE
        if counts_below:
            share = upper[greatest] / span[greatest] if span[greatest] else _ZERO
        found.append(_Term(n=share, d=_ONE if counts_below else _ZERO, low=low, high=high))
    return tuple(found)


def _extreme(terms: tuple[_Term, ...], *, greatest: bool) -> Fraction | None:
    """Find the greatest or least quotient; None: it has no upper end."""
    without_end = [one for one in terms if one.high is None]
    if greatest and any(one.d == 0 for one in without_end):
        return None
    far = [one.n / one.d for one in without_end if one.d]
    guess = _quotient((one, one.low) for one in terms)
    guess = max((guess, *far)) if greatest else min((guess, *far))
    while True:
        found = _quotient((one, _chosen(one, guess, greatest=greatest)) for one in terms)
        if found == guess or (found < guess) == greatest:
            return guess
        guess = found


def _chosen(term: _Term, guess: Fraction, *, greatest: bool) -> Fraction:
    """Choose the end that leads beyond a quotient; one that is open cannot by the first guess."""
    slope = term.n - guess * term.d
    rises = slope > 0 if greatest else slope < 0
    return term.high if rises and term.high is not None else term.low


def _quotient(chosen: Iterable[tuple[_Term, Fraction]]) -> Fraction:
    above = below = _ZERO
    for term, value in chosen:
        above += term.n * value
        below += term.d * value
    return above / below
