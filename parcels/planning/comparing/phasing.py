"""Which rows to submit in which year: the best sequence under an annual quota (年度指标)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

import numpy as np

from geo.errors import PlannerError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

Goal = Literal["area", "count", "priority"]
Reason = Literal["area_unknown", "no_year", "prerequisite", "quota"]
_TOLERANCE_M2 = Fraction(1, 1000)
"""Quotas are kept to this: areas typed in 亩 are thirds that no float holds."""
_MARGINS_M2 = (0.0, 0.01, 0.1, 1.0, 10.0)
"""What quotas are lowered by, one after the other, where the solver's rounding broke one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submittable:
    """A row that waits for its submission (报批).

    Attributes
    ----------
    id, title : str
    area_m2 : float or None
        None: not known; such a row is never scheduled.
    priority : int
        Weight, from 0.
    earliest, latest : int or None
        Years, inclusive.
    after : tuple of str
        Ids of rows that must be submitted in the same year or before.
    """

    id: str
    title: str
    area_m2: float | None
    priority: int = 1
    earliest: int | None = None
    latest: int | None = None
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A row without a year, and why.

    Attributes
    ----------
    reason : str
        ``area_unknown``; ``no_year``: no year with a quota lies in its window; ``prerequisite``:
        a row that it needs is left out; ``quota``.
    short_m2 : float or None
        Of ``quota``: what is missing in the year of its window that has most left.
    """

    id: str
    reason: Reason
    short_m2: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A suggestion: nobody has decided anything.

    Attributes
    ----------
    years : mapping of int to tuple of str
        Every year with a quota, in order; ids in the order in which they were given.
    used_m2 : mapping of int to float
    left_m2 : mapping of int to float
        Quota that the year leaves, with what it took over where quotas carry over.
    left_out : tuple of LeftOut
    """

    years: Mapping[int, tuple[str, ...]]
    used_m2: Mapping[int, float]
    left_m2: Mapping[int, float]
    left_out: tuple[LeftOut, ...]


def schedule(
    rows: Sequence[Submittable],
    quota: Mapping[int, float],
    *,
    goal: Goal = "area",
    carry_over: bool = False,
) -> Schedule:
    """Suggest the year of each row so that most is submitted, and that as early as possible.

    Parameters
    ----------
    rows : sequence of Submittable
        Different ids.
    quota : mapping of year to float
        Square metres, from 0.
    goal : str
        What is made most of: ``area``, ``count`` or ``priority``; among equals the earlier.
    carry_over : bool
        What a year leaves is the next year's too.

    Returns
    -------
    Schedule
        Best by integer programming (HiGHS); that no quota is broken is checked exactly.

    Raises
    ------
    PlannerError
        ``phasing_row_unknown``, ``phasing_row_repeated``, ``phasing_circle``, ``phasing_quota``.
    """
    _require_sense(rows, quota)
    plan = _Plan(years=tuple(sorted(quota)), quota=quota, carry_over=carry_over)
    known = _reachable([one for one in rows if one.area_m2 is not None and plan.window(one)])
    return _told(rows, plan, _best(known, plan, goal) if known else {})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """The years and what each allows."""

    years: tuple[int, ...]
    quota: Mapping[int, float]
    carry_over: bool

    def window(self, row: Submittable) -> list[int]:
        """List the years in which a row may be submitted."""
        return [
            year
            for year in self.years
            if (row.earliest is None or row.earliest <= year)
            and (row.latest is None or year <= row.latest)
        ]

    def accounts(
        self, rows: Sequence[Submittable], chosen: Mapping[str, int]
    ) -> dict[int, tuple[Fraction, Fraction]]:
        """Give what each year uses and what it leaves, exactly."""
        accounts, carried = {}, Fraction(0)
        for year in self.years:
            taken = [one.area_m2 for one in rows if chosen.get(one.id) == year]
            used = sum((Fraction(area) for area in taken if area is not None), Fraction(0))
            left = Fraction(self.quota[year]) + carried - used
            accounts[year] = (used, left)
            carried = left if self.carry_over else Fraction(0)
        return accounts


def _best(rows: Sequence[Submittable], plan: _Plan, goal: Goal) -> dict[str, int]:
    """Find the year of each row that gets one; what the solver's floats let slip is refused."""
    for margin in _MARGINS_M2:
        chosen = _solve(rows, plan, goal, margin)
        if all(left >= -_TOLERANCE_M2 for _, left in plan.accounts(rows, chosen).values()):
            return chosen
    raise PlannerError("phasing_unsolved")


def _solve(
    rows: Sequence[Submittable], plan: _Plan, goal: Goal, margin_m2: float
) -> dict[str, int]:
    """Solve twice: for the goal, then for the earliest among the best."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    shape = (len(rows), len(plan.years))
    areas = np.array([one.area_m2 for one in rows], dtype=float)
    limits = np.array([plan.quota[year] for year in plan.years])
    counted = np.tril(np.ones((shape[1], shape[1]))) if plan.carry_over else np.eye(shape[1])
    constraints = [
        LinearConstraint(np.kron(np.eye(shape[0]), np.ones(shape[1])), -np.inf, 1),
        LinearConstraint(np.kron(areas, counted), -np.inf, counted @ limits - margin_m2),
        *(LinearConstraint(line, 0, np.inf) for line in _orders(rows, shape)),
    ]
    worth = {
        "area": areas,
        "count": np.ones(shape[0]),
        "priority": np.array([one.priority for one in rows], dtype=float),
    }[goal]
    gain = np.repeat(worth, shape[1])
    late = np.kron(areas, np.arange(shape[1]))
    allowed = np.array([[year in plan.window(one) for year in plan.years] for one in rows])
    bounds = Bounds(0, allowed.ravel().astype(float))

    def solved(cost: Floats, *more: LinearConstraint) -> Floats:
        found = milp(
            cost, constraints=[*constraints, *more], bounds=bounds, integrality=np.ones(gain.size)
        )
        if found.x is None:
            raise PlannerError("phasing_unsolved")
        whole: Floats = np.rint(found.x)
        return whole

    least = float(gain @ solved(-gain)) * (1 - 1e-9)
    earliest = solved(late, LinearConstraint(gain[np.newaxis, :], least, np.inf)).reshape(shape)
    return {rows[at].id: plan.years[year] for at, year in zip(*np.nonzero(earliest), strict=True)}


def _orders(rows: Sequence[Submittable], shape: tuple[int, int]) -> Iterator[Floats]:
    """Say that up to each year what is needed is submitted at least as often as what needs it."""
    place = {one.id: at for at, one in enumerate(rows)}
    for at, one in enumerate(rows):
        for needed in one.after:
            for until in range(1, shape[1] + 1):
                line = np.zeros(shape)
                line[place[needed], :until] += 1
                line[at, :until] -= 1
                yield line.reshape(1, -1)


def _reachable(rows: Sequence[Submittable]) -> list[Submittable]:
    """Leave out rows that need a row which can have no year."""
    kept = list(rows)
    while True:
        ids = {one.id for one in kept}
        left = [one for one in kept if ids.issuperset(one.after)]
        if len(left) == len(kept):
            return kept
        kept = left


def _told(rows: Sequence[Submittable], plan: _Plan, chosen: Mapping[str, int]) -> Schedule:
    accounts = plan.accounts(rows, chosen)
    left = {year: float(max(rest, Fraction(0))) for year, (_, rest) in accounts.items()}
    return Schedule(
        years={
            year: tuple(one.id for one in rows if chosen.get(one.id) == year) for year in plan.years
        },
        used_m2={year: float(used) for year, (used, _) in accounts.items()},
        left_m2=left,
        left_out=tuple(_why(one, plan, left, chosen) for one in rows if one.id not in chosen),
    )


def _why(
    row: Submittable, plan: _Plan, left: Mapping[int, float], chosen: Mapping[str, int]
) -> LeftOut:
    window = plan.window(row)
    if row.area_m2 is None:
        return LeftOut(id=row.id, reason="area_unknown")
    if not window:
        return LeftOut(id=row.id, reason="no_year")
    if not all(needed in chosen for needed in row.after):
        return LeftOut(id=row.id, reason="prerequisite")
    short = row.area_m2 - max(left[year] for year in window)
    return LeftOut(id=row.id, reason="quota", short_m2=max(short, 0.0))


def _require_sense(rows: Sequence[Submittable], quota: Mapping[int, float]) -> None:
    counted = Counter(one.id for one in rows)
    for name, count in counted.items():
        if count > 1:
            raise PlannerError("phasing_row_repeated", row=name)
    for one in rows:
        for needed in one.after:
            if needed not in counted:
                raise PlannerError("phasing_row_unknown", row=one.title, needed=needed)
    for year, limit in quota.items():
        if not 0 <= limit < float("inf"):
            raise PlannerError("phasing_quota", year=year, value=limit)
    waiting = {one.id: set(one.after) for one in rows}
    while free := {name for name, needs in waiting.items() if not needs}:
        waiting = {name: needs - free for name, needs in waiting.items() if name not in free}
    if waiting:
        raise PlannerError("phasing_circle", rows=sorted(waiting))
