"""The nearest point that keeps a set of conditions: a linear programme for HiGHS.

The programme only finds where to look: what is proposed is made exact and judged afterwards
(`parcels.proposal.remedies.rounding`, `parcels.proposal.remedies.remedy`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from parcels.proposal.model import FLOOR

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from parcels.proposal.remedies.constraints import Row
    from parcels.proposal.remedies.levers import Space, Step

Numbers = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]
NODES = 10_000
"""Where the search for whole numbers ends: the best found is taken, whatever the clock says."""
_KEPT = 1e-7
"""What the solver takes for kept, in the scale of a condition."""
_SLACK = 1e-9
"""By how much a second choice may cost more than the least cost."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Programme:
    """Conditions on steps of at least 0, each condition scaled to coefficients up to 1.

    Attributes
    ----------
    steps : sequence of Step, length n
    rows : sequence of Row, length m
    matrix : float array, shape (m, n)
    least : float array, shape (m,)
        ``matrix @ x >= least``; a strict condition asks for one step of the grid more.
    room : float array, shape (m,)
        One step of the grid in the scale of each row; 0 where nothing lies inside of a condition.
    """

    steps: Sequence[Step]
    rows: Sequence[Row]
    matrix: Numbers
    least: Numbers
    room: Numbers

    @cached_property
    def cost(self) -> Numbers:
        """Cost of each step, float array of shape (n,)."""
        return np.array([float(one.cost) for one in self.steps])

    @cached_property
    def rank(self) -> Numbers:
        """Which steps are liked less, from 0 to 1, float array of shape (n,)."""
        return np.array([one.rank for one in self.steps]) / max(1, len(self.steps))

    @cached_property
    def whole(self) -> Marks:
        """Which steps are whole numbers, bool array of shape (n,)."""
        return np.array([one.quantity == "jobs" for one in self.steps], dtype=bool)

    @cached_property
    def balance(self) -> Numbers:
        """What is converted arrives where floor area counts alike, float array of shape (k, n)."""
        likes = list(dict.fromkeys(one.like for one in self.steps if one.lever == "convert"))
        found = np.zeros((len(likes), len(self.steps)))
        for at, one in enumerate(self.steps):
            if one.lever == "convert":
                found[likes.index(one.like), at] = one.sign
        return found

    def only(self, rules: frozenset[str]) -> Programme:
        """Return the programme with the conditions of some rules, and those of none."""
        asked = [at for at, row in enumerate(self.rows) if not row.rule or row.rule in rules]
        return replace(
            self,
            rows=[self.rows[at] for at in asked],
            matrix=self.matrix[asked],
            least=self.least[asked],
            room=self.room[asked],
        )

    def kept(self, columns: Marks, rules: frozenset[str]) -> frozenset[str] | None:
        """Return rules that some steps keep, those given among them; None: there are none.

        Parameters
        ----------
        columns : bool array, shape (n,)
            Steps that may be taken.
        """
        asked = self.only(rules)
        conditions = asked.conditions(asked.least)
        point = _solve(asked, columns, np.zeros(len(self.steps)), conditions)
        if point is None:
            return None
        held = self.matrix @ point >= self.least - _KEPT
        broken = {row.rule for row, holds in zip(self.rows, held, strict=True) if not holds}
        return rules | {row.rule for row in self.rows if row.rule} - broken

    def conditions(self, least: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Return matrix, least and greatest values of the conditions, and of what is converted."""
        nothing = np.zeros(len(self.balance))
        return (
            np.vstack([self.matrix, self.balance]),
            np.concatenate([least, nothing]),
            np.concatenate([np.full(len(least), np.inf), nothing]),
        )

    def marks(self, holds: Callable[[Step], bool]) -> Marks:
        """Return which steps something holds for, bool array of shape (n,)."""
        return np.array([holds(one) for one in self.steps], dtype=bool)


def programme_of(space: Space, rows: Sequence[Row]) -> Programme:
    """Write conditions on quantities as conditions on steps.

    Steps of land, promises and answers are left out where no rule asks about them, and none has to
    stay inside another quantity.
    """
    asked = {one for row in rows if row.rule or len(row.terms) > 1 for one in row.terms}
    steps = [one for one in space.steps if one.quantity in asked or one.quantity.startswith(FLOOR)]
    place = {quantity: at for at, quantity in enumerate(space.values)}
    on_quantities = np.zeros((len(rows), len(place)))
    for at, row in enumerate(rows):
        for quantity, coefficient in row.terms.items():
            on_quantities[at, place[quantity]] = float(coefficient)
    scale = np.abs(on_quantities).max(axis=1, initial=0)
    is_fixed = scale == 0
    scale[is_fixed] = 1
    held = np.array([float(row.value(space.values)) for row in rows]) / scale
    held[is_fixed] = [0.0 if row.holds(space.values) else -1.0 for row in rows if not row.terms]
    aside = np.array([float(row.margin) for row in rows]) / scale
    is_strict = np.array([row.strict for row in rows], dtype=bool) & ~is_fixed
    has_room = np.array([row.has_room for row in rows], dtype=bool) & ~is_fixed
    columns = [place[one.quantity] for one in steps]
    signs = np.array([one.sign for one in steps], dtype=float)
    return Programme(
        steps=steps,
        rows=rows,
        matrix=on_quantities[:, columns] / scale[:, None] * signs,
        least=-held + np.where(is_strict, aside, 0.0),
        room=np.where(has_room, aside, 0.0),
    )


def nearest(programme: Programme, columns: Marks, *, aside: bool = False) -> Numbers | None:
    """Find the cheapest steps that keep every condition; of several the best liked.

    Parameters
    ----------
    columns : bool array, shape (n,)
        Steps that may be taken.
    aside : bool
        Stay one step of the grid inside of every condition, so that rounding breaks none.

    Returns
    -------
    float array, shape (n,), or None
        None: there are no such steps.
    """
    least = programme.least + (programme.room if aside else 0.0)
    matrix, low, high = programme.conditions(least)
    first = _solve(programme, columns, programme.cost, (matrix, low, high))
    if first is None or not columns.any():
        return first
    scale = programme.cost.max()
    dearest = float(programme.cost @ first) / scale
    limited = np.vstack([matrix, programme.cost / scale])
    low, high = np.append(low, -np.inf), np.append(high, dearest + _SLACK)
    second = _solve(programme, columns, programme.rank, (limited, low, high))
    return first if second is None else second


def _solve(
    programme: Programme,
    columns: Marks,
    cost: Numbers,
    conditions: tuple[Numbers, Numbers, Numbers],
) -> Numbers | None:
    """Minimise ``cost @ x`` over x ≥ 0 with ``low ≤ matrix @ x ≤ high``."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    matrix, low, high = conditions
    if not columns.any():
        return np.zeros(len(columns)) if bool((low <= 0).all()) else None
    answer = milp(
        cost[columns],
        constraints=LinearConstraint(matrix[:, columns], low, high),
        bounds=Bounds(0, np.inf),
        integrality=programme.whole[columns].astype(int),
        options={"mip_rel_gap": 0, "node_limit": NODES},
    )
    if answer.x is None:
        return None
    found = np.zeros(len(columns))
    found[columns] = answer.x
    return found
