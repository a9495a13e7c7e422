"""Floor areas of the best mix on a grid of 0.01 m² that keep every limit exactly."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from parcels.proposal.mix.problem import GRID

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from parcels.proposal.mix.goals import Aim
    from parcels.proposal.mix.problem import MixProblem, Row

_REACH = (1, 10, 100)
"""How many steps of the grid a floor area may lie from the optimum; more only where needed."""
_SAME = 1e-4
"""A floor area this near to its present one, in m², has not changed."""
_NEARNESS = 1e-4
"""What a step away from the optimum costs, beside the greatest gain that a step may bring."""
_TIGHTER = (0.0, 2e-6)
"""How much rows are tightened, in steps, where the tolerance of HiGHS lets one be broken."""

Areas = list[Fraction]


def on_grid(
    problem: MixProblem, aim: Aim, rows: Sequence[tuple[Row, bool]], found: Sequence[float]
) -> Areas | None:
    """Return floor areas on the grid, as good as an optimum in floating point but for a step.

    Parameters
    ----------
    rows : sequence of (Row, bool)
        What must be kept, and whether equality breaks it.
    found : sequence of float
        The optimum, m².

    Returns
    -------
    list of Fraction or None
        Every row is kept, and every total within a step of the grid: exactly where it lies on
        it. None: no floor areas near the optimum do that.
    """
    start = [_begin(problem, place, x) for place, x in enumerate(found)]
    for reach in (0, *_REACH):
        for tighter in _TIGHTER if reach else (0.0,):
            areas = _shifted(problem, aim, rows, start, found, (reach, tighter))
            if areas is not None and _is_kept(problem, rows, areas):
                return areas
    return None


def _begin(problem: MixProblem, place: int, found: float) -> Fraction:
    """Return the present floor area where nothing changed, else the nearest on the grid."""
    present = problem.present[place]
    if problem.rows[place] in problem.forbidden:
        return Fraction(0)
    if abs(found - float(present)) < _SAME:
        return present
    return GRID * round(found / float(GRID))


def _is_kept(problem: MixProblem, rows: Sequence[tuple[Row, bool]], areas: Areas) -> bool:
    left = [_left(problem, at, areas) for at in range(len(problem.totals))]
    return (
        all(0 <= one < GRID for one in left)
        and min(areas, default=Fraction(0)) >= 0
        and all(problem.keeps(row, areas, is_strict=strict) for row, strict in rows)
    )


def _left(problem: MixProblem, at: int, areas: Areas) -> Fraction:
    """Return what of a total the floor areas leave over."""
    members, amount = problem.totals[at]
    return amount - sum((areas[place] for place in members), start=Fraction(0))


def _shifted(
    problem: MixProblem,
    aim: Aim,
    rows: Sequence[tuple[Row, bool]],
    start: Areas,
    found: Sequence[float],
    how: tuple[int, float],
) -> Areas | None:
    """Shift floor areas by whole steps of the grid, by an integer program over few steps.

    What the rows leave over is computed exactly first, so that the program has small numbers.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    reach, tighter = how
    if not reach:
        return start
    k = len(start)
    most = [_room(row, start, strict=strict) - tighter for row, strict in rows]
    upper = _matrix([row[0] for row, _ in rows], k)
    totals = np.zeros((len(problem.totals), k))
    for at, (members, _) in enumerate(problem.totals):
        totals[at, list(members)] = 1.0
    left = [math.floor(_left(problem, at, start) / GRID) for at in range(len(problem.totals))]
    away = np.array([(x - float(s)) / float(GRID) for x, s in zip(found, start, strict=True)])
    low, high = _reaches(problem, start, reach)
    eye = np.eye(k)
    known = milp(
        _costs(aim, start, k),
        constraints=LinearConstraint(
            np.vstack(
                [
                    np.hstack([np.vstack([upper, totals]), np.zeros((len(rows) + len(totals), k))]),
                    np.hstack([eye, -eye]),
                    np.hstack([-eye, -eye]),
                ]
            ),
            np.concatenate([np.full(len(rows), -np.inf), left, np.full(2 * k, -np.inf)]),
            np.concatenate([most, left, away, -away]),
        ),
        integrality=np.concatenate([np.ones(k), np.zeros(k)]),
        bounds=Bounds(
            np.concatenate([low, np.zeros(k)]), np.concatenate([high, np.full(k, np.inf)])
        ),
    )
    if known.x is None:
        return None
    return [s + GRID * round(x) for s, x in zip(start, known.x[:k], strict=True)]


def _reaches(
    problem: MixProblem, start: Areas, reach: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the steps down and up that floor areas may go; off the grid they stay."""
    low, high = np.zeros(len(start)), np.zeros(len(start))
    for place, area in enumerate(start):
        steps = area / GRID
        if problem.rows[place] in problem.forbidden or steps.denominator != 1:
            continue
        low[place], high[place] = -min(reach, int(steps)), reach
    return low, high


def _room(row: Row, start: Areas, *, strict: bool) -> float:
    """Return what a row leaves over, in steps, scaled like `_matrix`; less a hair where strict."""
    used = sum((c * x for c, x in zip(row[0], start, strict=True)), start=Fraction(0))
    scale = _scale(row[0])
    left = (row[1] - used) / GRID / scale
    return float(left) - (1e-5 if strict else 0.0)


def _scale(coefficients: Sequence[Fraction]) -> Fraction:
    return max(map(abs, coefficients), default=Fraction(0)) or Fraction(1)


def _matrix(rows: Sequence[Sequence[Fraction]], width: int) -> npt.NDArray[np.float64]:
    made = [[float(c / _scale(row)) for c in row] for row in rows]
    return np.array(made).reshape(len(rows), width)


def _costs(aim: Aim, start: Areas, k: int) -> npt.NDArray[np.float64]:
    """Return the loss of the goal a step, and the cost of a step away from the optimum."""
    value = aim.value(start) or Fraction(0)
    slope = [n - value * d for n, d in zip(aim.above, aim.below, strict=True)]
    scale = _scale(slope)
    return np.concatenate([[-float(one / scale) for one in slope], np.full(k, _NEARNESS)])
