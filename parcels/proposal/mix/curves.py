"""The best goal as a limit moves, and what two goals allow each other."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from parcels.proposal.mix.prices import NOTHING, moved, twins_of
from parcels.proposal.mix.solving import scaled, solve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcels.proposal.mix.solving import Program
    from parcels.proposal.mix.terms import BestMix, Goal, Lack, MixLimit

POINTS, STEPS = 41, 20
"""Points of a sensitivity; steps of a frontier."""
_FAR_ENDS = (Fraction(1), Fraction(5))
_MOST_SHARE = Fraction(2, 5)
_TENTH, _TWENTIETH, _ONE = Fraction(1, 10), Fraction(1, 20), Fraction(1)
_SLACK = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """The best goal as a function of one limit; the other rules stay.

    Attributes
    ----------
    limit : MixLimit
    twins : tuple of MixLimit
        Limits that say the same: they move along.
    points : tuple of (Fraction, float or None)
        41 limits, evenly, and the best goal; None: no mix keeps all rules there.
    own : (Fraction, Fraction) or None
        What the proposal has for this limit, and its goal; None where one is not known.
    """

    limit: MixLimit
    twins: tuple[MixLimit, ...]
    points: tuple[tuple[Fraction, float | None], ...]
    own: tuple[Fraction, Fraction] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frontier:
    """Mixes of which none serves both of two goals better than another.

    Attributes
    ----------
    first, second : Goal
    points : tuple of (float, float)
        Values of the second and of the first goal, by the second upwards and thus by the first
        downwards. One point: a single mix is best for both. Empty: the second has no value.
    own : (Fraction, Fraction) or None
        The proposal: second and first goal.
    lacks : tuple of Lack
        What the second goal lacks.
    """

    first: Goal
    second: Goal
    points: tuple[tuple[float, float], ...] = ()
    own: tuple[Fraction, Fraction] | None = None
    lacks: tuple[Lack, ...] = ()


def sensitivity(mix: BestMix, limit: MixLimit) -> Sensitivity:
    """Solve the search anew for 41 values of one limit.

    Parameters
    ----------
    mix : BestMix
        ``found`` or ``infeasible``.
    limit : MixLimit
        One of its limits.
    """
    problem = mix.problem
    own = problem.value_of(limit, problem.present)
    low, high = _ends(limit, own)
    values = [low + (high - low) * at / (POINTS - 1) for at in range(POINTS)]
    programs = moved(problem, problem.aims[mix.goal], limit, values)
    goals = _by_hardness(programs if limit.is_upper else programs[::-1])
    goals = goals if limit.is_upper else goals[::-1]
    return Sensitivity(
        limit=limit,
        twins=twins_of(problem, limit),
        points=tuple(zip(values, goals, strict=True)),
        own=_pair(own, mix.own),
    )


def frontier(mix: BestMix, second: Goal) -> Frontier:
    """Maximise a goal while a second one is held at 21 levels between what each allows.

    Parameters
    ----------
    mix : BestMix
        ``found``; its goal is the first.
    """
    problem = mix.problem
    made = Frontier(first=mix.goal, second=second, lacks=problem.lacks[second])
    if made.lacks:
        return made
    rows = problem.searched(problem.limits)
    one, two = (scaled(problem).program(problem.aims[goal], rows) for goal in (mix.goal, second))
    own = problem.aims[second].value(problem.present)
    return replace(made, points=_trade(one, two), own=_pair(own, mix.own))


def _pair(one: Fraction | None, two: Fraction | None) -> tuple[Fraction, Fraction] | None:
    return None if one is None or two is None else (one, two)


def _ends(limit: MixLimit, own: Fraction | None) -> tuple[Fraction, Fraction]:
    """Return between which values a limit is moved: the usual ones, its own, the proposal's."""
    shown = [limit.value, *(() if own is None else (own,))]
    least, most = min(shown), max(shown)
    if limit.unit == "ratio" and limit.is_upper:
        return Fraction(0), min(max(_rounded(max(limit.value + _TENTH, most)), _MOST_SHARE), _ONE)
    if limit.unit == "ratio":
        missing = _rounded(1 - min(limit.value - _TENTH, least))
        return max(1 - max(missing, _MOST_SHARE), Fraction(0)), _ONE
    if limit.applied.rule.metric == "far":
        return min(_FAR_ENDS[0], least), max(_FAR_ENDS[1], most)
    return min(limit.value / 2, least), max(limit.value * 3 / 2, most)


def _rounded(share: Fraction) -> Fraction:
    """Round a share up to 5 percentage points."""
    return _TWENTIETH * math.ceil(share / _TWENTIETH)


def _by_hardness(programs: Sequence[Program]) -> list[float | None]:
    """Solve programs of which each keeps what those before it keep, the hardest first.

    Up to some program there is no mix; halving finds it, and the others are solved together.
    """
    first = 0 if solve(programs[:1])[0] else 1
    last = len(programs) if first else 0
    while first < last:
        middle = (first + last) // 2
        if solve([programs[middle]])[0] is None:
            first = middle + 1
        else:
            last = middle
    found = solve(programs[first:])
    return [None] * first + [None if one is None else one.value for one in found]


def _trade(one: Program, two: Program) -> tuple[tuple[float, float], ...]:
    """Return the pairs of a second and a first goal that no mix beats in both."""
    [first], [second] = solve([one]), solve([two])
    if first is None or second is None:
        return ()
    [least] = solve([_held(two, one, first.value)])
    [most] = solve([_held(one, two, second.value)])
    low = two.value(first.at) if least is None else least.value
    ends = [
        (low, first.value),
        (second.value, one.value(second.at) if most is None else most.value),
    ]
    levels = np.linspace(low, second.value, STEPS + 1)[1:-1]
    found = solve([_held(one, two, float(level)) for level in levels])
    between = [(float(x), y.value) for x, y in zip(levels, found, strict=True) if y is not None]
    return _undominated([ends[0], *between, ends[1]])


def _held(goal: Program, other: Program, level: float) -> Program:
    """Ask that another goal is at least a level, less a hair."""
    row = level * other.d - other.n
    scale = float(np.abs(row).max(initial=0.0)) or 1.0
    most = (other.n0 - level * other.d0) / scale + _SLACK
    a = np.vstack([goal.a, row / scale])
    return replace(goal, a=a, b=np.append(goal.b, most))


def _undominated(points: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Leave out points that another one equals in one goal and beats in the other."""
    size = [max(abs(one[at]) for one in points) * NOTHING for at in (0, 1)]
    kept: list[tuple[float, float]] = []
    for point in reversed(points):
        if not kept or (point[1] > kept[-1][1] + size[1] and point[0] < kept[-1][0] - size[0]):
            kept.append(point)
    return tuple(reversed(kept))
