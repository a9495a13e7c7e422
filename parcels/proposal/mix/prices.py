"""The price of each limit: what the best goal gains when the limit moves by the usual step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from parcels.proposal.mix.solving import scaled, solve
from parcels.proposal.mix.terms import Price
from parcels.proposal.model import FLOOR

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from parcels.proposal.mix.goals import Aim
    from parcels.proposal.mix.problem import MixProblem
    from parcels.proposal.mix.solving import Optimum, Program, Vector
    from parcels.proposal.mix.terms import MixLimit

NOTHING = 1e-7
"""A gain below this share of the goal is none: what floating point leaves."""


def prices_of(problem: MixProblem, aim: Aim, best: Optimum) -> tuple[Price, ...]:
    """Return the price of every limit, in the order of the packs.

    A limit that the best mix keeps with room to spare costs nothing, and is not searched again;
    the others are solved anew, loosened together with those that say the same, and tightened.
    """
    tight = [one for one in problem.limits if _binds(problem, one, best)]
    squeezed = [one for one in problem.limits if _binds(problem, one, best, squeezed=True)]
    looser = solve([moved(problem, aim, one, [one.loosened()])[0] for one in tight])
    tighter = [solve(moved(problem, aim, one, [one.loosened(-1)]))[0] for one in squeezed]
    gains = dict(zip(tight, looser, strict=True))
    losses = dict(zip(squeezed, tighter, strict=True))
    return tuple(
        Price(
            limit=one,
            gain=_difference(gains.get(one, best), best) or 0.0,
            loss=_difference(best, losses.get(one, best)),
            twins=twins_of(problem, one) if one in gains else (),
        )
        for one in problem.limits
    )


def twins_of(problem: MixProblem, limit: MixLimit) -> tuple[MixLimit, ...]:
    """Return the other limits that say the same of these rows and totals."""
    own = problem.plain_rows[limit]
    if not any(own[0]):
        return ()
    return tuple(
        one for one in problem.limits if one is not limit and problem.plain_rows[one] == own
    )


def moved(
    problem: MixProblem, aim: Aim, limit: MixLimit, values: Sequence[Fraction]
) -> list[Program]:
    """Write the search with other values of a limit; those that say the same move along.

    They are left out: at the same value they would add nothing.
    """
    others = {limit, *twins_of(problem, limit)}
    scale = scaled(problem)
    base = scale.program(aim, problem.searched(one for one in problem.limits if one not in others))
    return [scale.with_row(base, problem.search_row(limit, value)) for value in values]


def _binds(problem: MixProblem, limit: MixLimit, best: Optimum, *, squeezed: bool = False) -> bool:
    """Whether the best mix lies on a limit, or beyond it once it is tightened by its step."""
    coefficients, most = problem.search_rows[limit]
    row = np.array([float(one) for one in coefficients])
    areas = best.at * scaled(problem).size
    room = float(most) - float(row @ areas)
    if squeezed:
        return room <= float(limit.step) * _below(problem, limit, areas) * (1 + NOTHING)
    return room <= NOTHING * float(np.abs(row).max()) * scaled(problem).size


def _below(problem: MixProblem, limit: MixLimit, areas: Vector) -> float:
    """Return the sum below a quotient at most; 1 where there is none."""
    below = limit.ratio.below
    own = {f"{FLOOR}:{at}": area for at, area in zip(problem.rows, areas, strict=True)}
    amounts = problem.proposal.amounts
    total = 0.0
    for quantity, (_, most) in below.items():
        if most and quantity not in own:
            high = amounts[quantity].high
            total += float(most) * (np.inf if high is None else float(high))
        elif most:
            total += float(most) * float(own[quantity])
    return total if below else 1.0


def _difference(more: Optimum | None, less: Optimum | None) -> float | None:
    if more is None or less is None:
        return None
    found = more.value - less.value
    return found if found > NOTHING * max(abs(more.value), abs(less.value)) else 0.0
