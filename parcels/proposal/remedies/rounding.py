"""From a point near the optimum to exact amounts that keep every condition."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

import numpy as np

from parcels.proposal.remedies.shifting import point_of
from parcels.proposal.remedies.solving import NODES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from parcels.proposal.remedies.constraints import Row
    from parcels.proposal.remedies.shifting import Shift

_ZERO = Fraction(0)
_WINDOWS = (8, 5_000)
"""How many grid steps around the point are tried."""
_NUDGE = 1e-5
_ROUNDS = 4
_LIKING = 1e-3
"""What a shift that is liked less costs more, where costs are equal: too little for one step."""


def exact_shifts(
    shifts: Sequence[Shift], rows: Sequence[Row], start: Mapping[str, Fraction]
) -> list[Shift] | None:
    """Find the cheapest amounts on the grid, near the given ones, that keep every condition.

    A quantity that is to become 0 becomes exactly 0, even where it does not lie on the grid.

    Returns
    -------
    list of Shift or None
        Without those of amount 0. None: there are no such amounts near.
    """
    marked = _with_rests(shifts, rows, start)
    for window in _WINDOWS:
        found = _on_grid(marked, rows, start, window)
        if found is not None:
            return [one for one in found if one.amount > 0]
    return None


def _with_rests(
    shifts: Sequence[Shift], rows: Sequence[Row], start: Mapping[str, Fraction]
) -> list[Shift]:
    """Mark one shift of each quantity that has to become 0 and is not on the grid, or ends near."""
    forced = {one for row in rows if row.is_shut for one in row.terms}
    marked = list(shifts)
    for source in dict.fromkeys(one.source for one in shifts if one.source):
        own = [at for at, one in enumerate(marked) if one.source == source]
        grid = marked[own[0]].grid
        left = start[source] - sum((marked[at].amount for at in own), _ZERO)
        ends = abs(left) < grid * (len(own) + 1) and start[source] % grid
        if source in forced or ends:
            marked[own[-1]] = replace(marked[own[-1]], is_rest=True)
    return marked


def _on_grid(
    shifts: list[Shift], rows: Sequence[Row], start: Mapping[str, Fraction], window: int
) -> list[Shift] | None:
    """Solve for whole grid steps around the amounts, and check the answer exactly."""
    based = _settled(shifts, start)
    point = point_of(based, start)
    asked = [_around(row, based, point) for row in rows] + _rests_around(based)
    if any(not one.coefficients and not one.holds_still for one in asked):
        return None
    moving = [one for one in asked if one.coefficients]
    nudged = [0.0] * len(moving)
    for _ in range(_ROUNDS):
        offsets = _offsets(based, moving, nudged, window)
        if offsets is None:
            return None
        broken = [at for at, one in enumerate(moving) if not one.holds(offsets)]
        if not broken:
            return _settled(_moved(based, offsets), start)
        for at in broken:
            nudged[at] += _NUDGE
    return None


def _settled(shifts: Iterable[Shift], start: Mapping[str, Fraction]) -> list[Shift]:
    """Give every rest what the others leave of its source."""
    settled = list(shifts)
    for at, one in enumerate(settled):
        if one.is_rest:
            others = (x.amount for x in settled if x.source == one.source and not x.is_rest)
            settled[at] = replace(one, amount=start[one.source] - sum(others, _ZERO))
    return settled


def _moved(shifts: list[Shift], offsets: Mapping[int, int]) -> list[Shift]:
    return [
        replace(one, amount=one.amount + offsets.get(at, 0) * one.grid)
        for at, one in enumerate(shifts)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    """A condition as it depends on whole grid steps away from a point.

    Attributes
    ----------
    held : Fraction
        Its left side at the point.
    coefficients : mapping of int to Fraction
        What one grid step of each shift adds to it; those of 0 are left out.
    """

    held: Fraction
    coefficients: Mapping[int, Fraction]
    strict: bool

    @property
    def holds_still(self) -> bool:
        return self.holds({})

    def holds(self, offsets: Mapping[int, int]) -> bool:
        value = self.held + sum(
            (a * offsets.get(at, 0) for at, a in self.coefficients.items()), _ZERO
        )
        return value > 0 if self.strict else value >= 0


def _around(row: Row, shifts: list[Shift], point: Mapping[str, Fraction]) -> _Around:
    """Let a shift of a source that has a rest take from the rest what it takes more."""
    terms = row.terms
    per_unit: dict[int, Fraction] = {}
    for at, one in enumerate(shifts):
        if one.source in terms or one.target in terms:
            per_unit[at] = terms.get(one.target, _ZERO) - terms.get(one.source, _ZERO)
    rests = {one.source: per_unit.get(at, _ZERO) for at, one in enumerate(shifts) if one.is_rest}
    slopes = {
        at: per_unit.get(at, _ZERO) - rests.get(one.source, _ZERO)
        for at, one in enumerate(shifts)
        if not one.is_rest and (at in per_unit or one.source in rests)
    }
    return _Around(
        held=row.value(point),
        coefficients={at: shifts[at].grid * slope for at, slope in slopes.items() if slope},
        strict=row.strict,
    )


def _rests_around(shifts: list[Shift]) -> list[_Around]:
    """Keep what is left of a source from falling below 0."""
    return [
        _Around(
            held=rest.amount,
            coefficients={
                at: -one.grid
                for at, one in enumerate(shifts)
                if one.source == rest.source and not one.is_rest
            },
            strict=False,
        )
        for rest in shifts
        if rest.is_rest
    ]


def _offsets(
    shifts: list[Shift], conditions: list[_Around], nudged: list[float], window: int
) -> dict[int, int] | None:
    """Find the cheapest whole grid steps; what is near a limit is told by the exact check."""
    free = [at for at, one in enumerate(shifts) if not one.is_rest]
    if not free:
        return {}
    from scipy.optimize import Bounds, LinearConstraint, milp

    matrix = np.zeros((len(conditions), len(free)))
    low = np.zeros(len(conditions))
    for line, one in enumerate(conditions):
        scale = float(max(abs(a) for a in one.coefficients.values()))
        matrix[line] = [float(one.coefficients.get(at, _ZERO)) / scale for at in free]
        low[line] = -float(one.held) / scale + nudged[line] + (_NUDGE if one.strict else 0.0)
    rests = {one.source: one.cost for one in shifts if one.is_rest}
    costs = np.array(
        [
            float((shifts[at].cost - rests.get(shifts[at].source, _ZERO)) * shifts[at].grid)
            for at in free
        ]
    )
    costs /= np.abs(costs).max(initial=0) or 1.0
    costs += np.arange(len(free)) * _LIKING / window
    downward = [-min(window, floor(shifts[at].amount / shifts[at].grid)) for at in free]
    answer = milp(
        costs,
        constraints=LinearConstraint(matrix, low, np.inf) if len(conditions) else (),
        bounds=Bounds(downward, window),
        integrality=np.ones(len(free)),
        options={"mip_rel_gap": 0, "node_limit": NODES},
    )
    if answer.x is None:
        return None
    return {at: round(float(value)) for at, value in zip(free, answer.x, strict=True)}
