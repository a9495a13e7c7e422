"""The price of each limit: what the best goal gains when the limit moves by the usual step."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from parcels.proposal.mix_solving import scaled, solve
from parcels.proposal.mix_terms import Price

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.proposal.mix_goals import Aim
    from parcels.proposal.mix_problem import MixProblem, Row
    from parcels.proposal.mix_solving import Optimum, Program
    from parcels.proposal.mix_terms import MixLimit

NOTHING = 1e-7
"""A gain below this share of the goal is none: what floating point leaves."""


def prices_of(problem: MixProblem, aim: Aim, best: Optimum) -> tuple[Price, ...]:
    """Return the price of every limit, in the order of the packs.

    A limit that the best mix keeps with room to spare costs nothing, and is not searched again;
    the others are solved anew, loosened with those that say the same, and tightened alone.
    """
    twins = {one: twins_of(problem, one) for one in problem.limits}
    tight = [one for one in problem.limits if _binds(problem, one, best)]
    squeezed = [one for one in problem.limits if _binds(problem, one, best, steps=-1)]
    looser = solve(
        [
            moved(problem, aim, {one: Fraction(1) for one in (limit, *twins[limit])})
            for limit in tight
        ]
    )
    tighter = [solve([moved(problem, aim, {one: Fraction(-1)})])[0] for one in squeezed]
    gains = dict(zip(tight, looser, strict=True))
    losses = dict(zip(squeezed, tighter, strict=True))
    return tuple(
        Price(
            limit=one,
            gain=_difference(gains.get(one, best), best) or 0.0,
            loss=_difference(best, losses.get(one, best)),
            twins=twins[one] if one in gains else (),
        )
        for one in problem.limits
    )


def twins_of(problem: MixProblem, limit: MixLimit) -> tuple[MixLimit, ...]:
    """Return the other limits that say the same of these rows and totals."""
    own = problem.rest_of(problem.row_of(limit))
    if not any(own[0]):
        return ()
    return tuple(
        one
        for one in problem.limits
        if one is not limit and problem.rest_of(problem.row_of(one)) == own
    )


def moved(problem: MixProblem, aim: Aim, steps: Mapping[MixLimit, Fraction]) -> Program:
    """Write the search with limits moved by so many of their steps, outwards above 0."""
    rows: list[Row] = [
        problem.row_of(one, one.loosened(steps[one])) if one in steps else problem.row_of(one)
        for one in problem.limits
    ]
    below = [problem.below_row(one) for one in problem.limits if one.ratio.below]
    return scaled(problem).program(aim, [*rows, *dict.fromkeys(below)])


def _binds(problem: MixProblem, limit: MixLimit, best: Optimum, *, steps: int = 0) -> bool:
    """Whether the best mix lies on a limit, or beyond it once it is moved."""
    coefficients, most = problem.row_of(limit, limit.loosened(steps))
    if not any(coefficients):
        return bool(steps) and most < 0
    size = scaled(problem).size
    row = np.array([float(one) for one in coefficients])
    room = float(most) / size - float(row @ best.at)
    return room <= NOTHING * float(np.abs(row).max())


def _difference(more: Optimum | None, less: Optimum | None) -> float | None:
    if more is None or less is None:
        return None
    found = more.value - less.value
    return found if found > NOTHING * max(abs(more.value), abs(less.value)) else 0.0
