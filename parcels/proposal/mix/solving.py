"""Linear and linear-fractional programs of the best mix, solved by HiGHS."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from fractions import Fraction

    import numpy.typing as npt

    from parcels.proposal.mix.goals import Aim
    from parcels.proposal.mix.problem import MixProblem, Row

    Vector = npt.NDArray[np.float64]

_FINE = 1e-10
"""The tightest tolerance of HiGHS, on floor areas as shares of the whole."""
_INFEASIBLE, _UNBOUNDED = 2, 3
_SLACK = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Maximise (n·x + n0) / (d·x + d0) over x ≥ 0 with A x ≤ b and E x = e.

    Attributes
    ----------
    n, d : float array, shape (k,)
        Of a linear goal ``d`` is 0 and ``d0`` is 1.
    a, b, e, e_sum : float array
        Rows; ``e_sum`` is the right side of ``e``.
    """

    n: Vector
    n0: float
    d: Vector
    d0: float
    a: Vector
    b: Vector
    e: Vector
    e_sum: Vector

    @property
    def is_linear(self) -> bool:
        """Whether the sum below is a constant."""
        return not self.d.any()

    def value(self, at: Vector) -> float:
        """Return the goal of floor areas."""
        return float((self.n @ at + self.n0) / (self.d @ at + self.d0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimum:
    """The best value of a program, and floor areas that give it; infinite: no end."""

    value: float
    at: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Scaled:
    """A problem in floating point: floor areas as shares of ``size``, a goal in its unit."""

    problem: MixProblem
    size: float

    @property
    def present(self) -> Vector:
        """The floor areas of the proposal."""
        return _vector(self.problem.present) / self.size

    def program(
        self, aim: Aim, rows: Iterable[Row], *, forbidden: Collection[int] | None = None
    ) -> Program:
        """Write the search for a goal under rows; ``forbidden`` stands for those of the problem."""
        asked = [*rows, *aim.below_rows]
        known = [self._row(one) for one in asked]
        totals = self._totals(self.problem.forbidden if forbidden is None else forbidden)
        below = float(aim.below_rest) / self.size if any(aim.below) else float(aim.below_rest)
        above = float(aim.above_rest) / self.size if any(aim.below) else float(aim.above_rest)
        scale = 1.0 if any(aim.below) else self.size
        return Program(
            n=_vector(aim.above) * scale,
            n0=above,
            d=_vector(aim.below),
            d0=below,
            a=np.array([one for one, _ in known]).reshape(len(known), self.width),
            b=np.array([most for _, most in known]),
            e=np.array([one for one, _ in totals]).reshape(len(totals), self.width),
            e_sum=np.array([amount for _, amount in totals]),
        )

    def with_row(self, program: Program, row: Row) -> Program:
        """Add a row to a search."""
        found, most = self._row(row)
        return replace(program, a=np.vstack([program.a, found]), b=np.append(program.b, most))

    @property
    def width(self) -> int:
        """How many floor areas there are."""
        return len(self.problem.rows)

    def _row(self, row: Row) -> tuple[Vector, float]:
        found = _vector(row[0])
        scale = float(np.abs(found).max(initial=0.0)) or 1.0
        return found / scale, float(row[1]) / self.size / scale

    def _totals(self, forbidden: Collection[int]) -> list[tuple[Vector, float]]:
        found = []
        for members, amount in self.problem.totals:
            row = np.zeros(self.width)
            row[list(members)] = 1.0
            found.append((row, float(amount) / self.size))
        for place, at in enumerate(self.problem.rows):
            if at in forbidden:
                row = np.zeros(self.width)
                row[place] = 1.0
                found.append((row, 0.0))
        return found


def scaled(problem: MixProblem) -> Scaled:
    """Choose the size that floor areas are shares of."""
    return Scaled(problem=problem, size=problem.size)


def solve(programs: Sequence[Program]) -> list[Optimum | None]:
    """Solve programs of one width together; None where nothing keeps every row.

    A quotient is maximised by the substitution of Charnes and Cooper (1962).
    """
    if not programs:
        return []
    made = [_linear(one) for one in programs]
    found = _highs(made)
    if found is None:
        return [_alone(one) for one in programs]
    return [_read(one, part) for one, part in zip(programs, found, strict=True)]


def nearest(program: Program, best: Optimum, present: Vector) -> Optimum:
    """Of all floor areas that are as good return those with the least change in all."""
    k = len(present)
    slope = program.n - best.value * program.d
    scale = float(np.abs(slope).max(initial=0.0)) or 1.0
    as_good = -slope / scale
    keeps = (program.n0 - best.value * program.d0) / scale + _SLACK
    eye = np.eye(k)
    moves = np.hstack([eye, -eye, eye])  # x - up + down = present
    found = _highs(
        [
            _Linear(
                c=np.concatenate([np.zeros(k), np.ones(2 * k)]),
                a=_beside(np.vstack([program.a, as_good]), 2 * k),
                b=np.append(program.b, keeps),
                e=np.vstack([_beside(program.e, 2 * k), moves]),
                e_sum=np.concatenate([program.e_sum, present]),
            )
        ]
    )
    return best if found is None else replace(best, at=found[0][:k])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Linear:
    """Minimise c·y over y ≥ 0."""

    c: Vector
    a: Vector
    b: Vector
    e: Vector
    e_sum: Vector


def _vector(numbers: Iterable[Fraction]) -> Vector:
    return np.array([float(one) for one in numbers])


def _beside(rows: Vector, columns: int) -> Vector:
    return np.hstack([rows, np.zeros((len(rows), columns))])


def _linear(program: Program) -> _Linear:
    if program.is_linear:
        c = -program.n / (float(np.abs(program.n).max(initial=0.0)) or 1.0)
        return _Linear(c=c, a=program.a, b=program.b, e=program.e, e_sum=program.e_sum)
    one = np.append(program.d, program.d0).reshape(1, -1)
    return _Linear(
        c=-np.append(program.n, program.n0),
        a=np.hstack([program.a, -program.b.reshape(-1, 1)]),
        b=np.zeros(len(program.b)),
        e=np.vstack([np.hstack([program.e, -program.e_sum.reshape(-1, 1)]), one]),
        e_sum=np.append(np.zeros(len(program.e_sum)), 1.0),
    )


def _read(program: Program, found: Vector) -> Optimum | None:
    at = found
    if not program.is_linear:
        if found[-1] <= _FINE:
            return None
        at = found[:-1] / found[-1]
    return Optimum(value=program.value(at), at=at)


def _alone(program: Program) -> Optimum | None:
    made = _linear(program)
    status, found = _call([made])
    if status == _UNBOUNDED:
        return Optimum(value=math.inf, at=np.zeros(len(program.n)))
    return None if found is None else _read(program, found[0])


def _highs(programs: Sequence[_Linear]) -> list[Vector] | None:
    return _call(programs)[1]


def _call(programs: Sequence[_Linear]) -> tuple[int, list[Vector] | None]:
    """Solve independent programs as one: what a call costs is paid once."""
    from scipy.optimize import linprog
    from scipy.sparse import block_diag

    def whole(rows: list[Vector]) -> Any:
        return rows[0] if len(rows) == 1 else block_diag(rows, format="csr")

    tolerances = {"primal_feasibility_tolerance": _FINE, "dual_feasibility_tolerance": _FINE}
    given: dict[str, Any] = {
        "c": np.concatenate([one.c for one in programs]),
        "A_ub": whole([one.a for one in programs]),
        "b_ub": np.concatenate([one.b for one in programs]),
        "A_eq": whole([one.e for one in programs]),
        "b_eq": np.concatenate([one.e_sum for one in programs]),
        "method": "highs-ds",
    }
    found = linprog(**given, options=tolerances)
    if found.status not in {0, _INFEASIBLE, _UNBOUNDED}:
        found = linprog(**given, options={**tolerances, "presolve": False})
    if found.status != 0:
        return int(found.status), None
    ends = np.cumsum([len(one.c) for one in programs])
    return 0, [np.maximum(one, 0.0) for one in np.split(found.x, ends[:-1])]
