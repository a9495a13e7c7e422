"""Which rules leave no mix of floor areas, where no mix keeps all of them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from parcels.proposal.mix.goals import Aim
from parcels.proposal.mix.solving import scaled, solve
from parcels.proposal.remedies.conflict import smallest_conflict

if TYPE_CHECKING:
    from parcels.proposal.mix.problem import MixProblem
    from parcels.rules.load import AppliedRule


def conflict_of(problem: MixProblem) -> tuple[AppliedRule, ...]:
    """Return the fewest rules that no mix keeps together, in the order of the book.

    Empty where floor areas cannot add up to their totals even without rules.
    """
    asked = {one.applied.id for one in problem.limits}
    asked |= {one.id for one in problem.forbidden.values()}
    order = [rule for rule in problem.book.rules if rule in asked]
    found = smallest_conflict(order, lambda rules: rules if _has_mix(problem, rules) else None)
    return tuple(problem.book.rules[rule] for rule in found)


def _has_mix(problem: MixProblem, rules: frozenset[str]) -> bool:
    """Whether floor areas keep some rules and the totals."""
    limits = [one for one in problem.limits if one.applied.id in rules]
    if not problem.constants_kept(limits):
        return False
    forbidden = {at for at, one in problem.forbidden.items() if one.id in rules}
    nothing = tuple(Fraction(0) for _ in problem.rows)
    aim = Aim(above=nothing, below=nothing)
    program = scaled(problem).program(aim, problem.searched(limits), forbidden=forbidden)
    return solve([program])[0] is not None
