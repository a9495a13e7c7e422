"""The best mix: floor areas that serve a goal best under the rules of some packs."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from parcels.proposal.measuring.measures import Measured
from parcels.proposal.mix.conflict import conflict_of
from parcels.proposal.mix.goals import MEASURED_BY
from parcels.proposal.mix.prices import prices_of
from parcels.proposal.mix.rounding import on_grid
from parcels.proposal.mix.setup import limits_of_result, problem_of, touches
from parcels.proposal.mix.solving import nearest, scaled, solve
from parcels.proposal.mix.terms import BestMix, Target
from parcels.proposal.model import FLOOR, Change, changed
from parcels.proposal.ruling.judging import judge
from parcels.proposal.verdict import verdict_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from fractions import Fraction

    from parcels.proposal.mix.goals import Aim
    from parcels.proposal.mix.problem import MixProblem
    from parcels.proposal.mix.solving import Optimum
    from parcels.proposal.mix.terms import Goal, Hold, MixLimit
    from parcels.proposal.model import Proposal
    from parcels.proposal.verdict import PackVerdict, RuleResult
    from parcels.rules.load import RuleBook

_ROUNDS = 3


def best_mix(
    proposal: Proposal,
    book: RuleBook,
    *,
    packs: Sequence[str] | None = None,
    goal: Goal = "tax",
    hold: Hold = "total",
    keep: Iterable[int] | None = None,
) -> BestMix:
    """Find the floor areas that serve a goal best under the rules of some packs.

    Only the floor areas of the rows change. Every number rule with a limit that floor areas touch
    is kept, equality as the rule says, and rows whose function is forbidden become 0; rules
    without a verdict play no part. Of several best mixes it is the one with the least change.

    Parameters
    ----------
    proposal : Proposal
    book : RuleBook
    packs : sequence of str, optional
        Ids of packs of the book; default: all of them.
    goal : {"tax", "output", "jobs", "core"}
        万元/亩, 万元/亩 and 人/亩 by the yields that the rows state, on a fixed site; the share of
        core floor area, of what the first rule on it refers to.
    hold : {"total", "ceiling"}
        Whether floor area above and below ground stay as they are, each in sum; or counted floor
        area may grow up to the FAR ceiling, and what is not counted stays as it is in sum.
    keep : iterable of int, optional
        Rows that stay as they are; default: those that are neither core nor support. A row that
        may be several functions always stays.

    Returns
    -------
    BestMix
        Found by HiGHS, then put on a grid of 0.01 m² and judged by the checks themselves, exactly.
    """
    problem = problem_of(proposal, book, packs=packs, goal=goal, hold=hold, keep=keep)
    made = BestMix(status="lacking", goal=goal, hold=hold, problem=problem)
    if problem.lacks[goal]:
        return replace(made, lacks=problem.lacks[goal])
    aim = problem.aims[goal]
    own = aim.value(problem.present)
    made = replace(made, own=own, whole=aim.whole)
    if aim.is_void or (hold == "total" and not sum(problem.present)):
        return replace(made, status="empty")
    if hold == "ceiling" and not any(is_ceiling(one) for one in problem.limits):
        return replace(made, status="no_ceiling")
    return _searched(made, aim)


def is_ceiling(limit: MixLimit) -> bool:
    """Whether a limit says how much floor area there may be."""
    return limit.is_upper and not any(one.startswith(f"{FLOOR}:") for one in limit.ratio.below)


def _searched(made: BestMix, aim: Aim) -> BestMix:
    """Search, judge the answer, and search again under limits that only the answer brings up.

    Which cap of the mixing table holds may depend on which rows there are.
    """
    for _ in range(_ROUNDS):
        problem = made.problem
        best = _optimum(problem, aim)
        if best is None:
            return replace(made, status="infeasible", conflict=conflict_of(problem))
        if best.value == math.inf:
            return replace(made, status="no_ceiling")
        found = [float(one) * problem.size for one in best.at]
        areas = on_grid(problem, aim, problem.exact_rows(), found)
        if areas is None:
            break
        answer = _judged(made, aim, best, areas)
        broken = _broken(problem, answer.verdicts)
        if not broken:
            return answer
        more = tuple(limit for one in broken for limit in limits_of_result(one, problem.rows))
        if not more:
            break
        made = replace(made, problem=replace(problem, limits=(*problem.limits, *more)))
    return replace(made, status="off_grid")


def _optimum(problem: MixProblem, aim: Aim) -> Optimum | None:
    """Return the best mix with the least change, in floating point."""
    if not problem.constants_kept():
        return None
    scale = scaled(problem)
    program = scale.program(aim, problem.searched(problem.limits))
    [best] = solve([program])
    if best is None or best.value == math.inf:
        return best
    return nearest(program, best, scale.present)


def _judged(made: BestMix, aim: Aim, best: Optimum, areas: Sequence[Fraction]) -> BestMix:
    problem = made.problem
    changes = tuple(_changes(problem, areas))
    after = changed(problem.proposal, changes)
    verdicts = tuple(verdict_of(after, problem.book, pack) for pack in problem.packs)
    value = aim.value(areas)
    return replace(
        made,
        status="found",
        best=value,
        changes=changes,
        after=after,
        verdicts=verdicts,
        prices=prices_of(problem, aim, best),
        targets=tuple(_targets(made, verdicts, value)),
    )


def _changes(problem: MixProblem, areas: Sequence[Fraction]) -> Iterator[Change]:
    for at, before, after in zip(problem.rows, problem.present, areas, strict=True):
        if before != after:
            yield Change(quantity=f"{FLOOR}:{at}", before=before, after=after)


def _broken(problem: MixProblem, verdicts: Iterable[PackVerdict]) -> list[RuleResult]:
    """Return what the checks themselves do not pass of the rules that the search kept."""
    every = [one for verdict in verdicts for one in verdict.results]
    return [one for one in every if one.parts or (one.outcome != "pass" and _asked(problem, one))]


def _asked(problem: MixProblem, result: RuleResult) -> bool:
    """Whether a number was to be kept: not unknown before, not idle now."""
    if not touches(result, problem.rows) or any(
        _key(result) == _key(one) for one in problem.unknown
    ):
        return False
    named = {(one.applied.id, one.function) for one in problem.limits}
    return (result.applied.id, result.function) in named


def _key(result: RuleResult) -> tuple[str, str, bool]:
    return result.applied.id, result.function, bool(result.ratio and result.ratio.allotted)


def _targets(
    made: BestMix, verdicts: Iterable[PackVerdict], value: Fraction | None
) -> Iterator[Target]:
    """Compare the goal with the rules on the promise for it."""
    metric = MEASURED_BY.get(made.goal)
    measured = Measured(low=value, high=value)
    for one in (one for verdict in verdicts for one in verdict.results):
        if one.applied.rule.metric != metric or one.outcome == "not_applicable":
            continue
        for limit in one.limits:
            ends = [end for end in limit if end is not None]
            verdict = judge(one.applied.rule.op, (limit,), measured)
            yield Target(applied=one.applied, limit=ends[0], verdict=verdict)
