"""Moves whose amounts are being found: floor area from here to there, a promise up or down."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from fractions import Fraction

    from parcels.proposal.remedies.advice import Lever
    from parcels.proposal.remedies.levers import Step
    from parcels.proposal.remedies.solving import Marks, Numbers

_NOISE = 1e-3
"""Amounts below this part of a grid step are the solver's noise."""
_IDLE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A move whose amount is being found.

    Attributes
    ----------
    source, target : str
        Quantity that falls, quantity that rises; "" for none.
    cost : Fraction
        Of one unit.
    grid : Fraction
        Steps of the amount.
    amount : Fraction
        Not below 0.
    is_rest : bool
        Takes what is left of its source, so that this becomes exactly 0.
    """

    lever: Lever
    source: str = ""
    target: str = ""
    cost: Fraction
    grid: Fraction
    amount: Fraction
    is_rest: bool = False

    def effect(self) -> dict[str, int]:
        """Return by how much each quantity changes for one unit."""
        return {one: sign for one, sign in ((self.source, -1), (self.target, 1)) if one}


def shifts_of(steps: Sequence[Step], amounts: Numbers) -> list[Shift]:
    """Pair what is converted away with what it becomes, the best liked first."""
    taken = [
        (one, _near(one.grid, float(amount)))
        for one, amount in zip(steps, amounts, strict=True)
        if amount > _NOISE * float(one.grid)
    ]
    found: list[Shift] = []
    converted = [pair for pair in taken if pair[0].lever == "convert"]
    for like in dict.fromkeys(one.like for one, _ in converted):
        found += _conversions([pair for pair in converted if pair[0].like == like])
    found += [_shift(one, amount) for one, amount in taken if one.lever != "convert"]
    return found


def idle_shifts(steps: Sequence[Step], marks: Marks, taken: Iterable[Shift]) -> list[Shift]:
    """Return the best liked ways to add or take away floor area that are not taken yet.

    By a few steps of the grid they make up for a limit that leaves one value (FAR exactly 4).
    """
    known = {(one.lever, one.source or one.target) for one in taken}
    found = []
    for lever in ("add", "remove"):
        free = [
            one
            for one, may in zip(steps, marks, strict=True)
            if may and one.lever == lever and (lever, one.quantity) not in known
        ]
        found += [_shift(one, 0 * one.grid) for one in sorted(free, key=_rank)[:_IDLE]]
    return found


def _rank(step: Step) -> int:
    return step.rank


def _shift(step: Step, amount: Fraction) -> Shift:
    return Shift(
        lever=step.lever,
        source=step.quantity if step.sign < 0 else "",
        target=step.quantity if step.sign > 0 else "",
        cost=step.cost,
        grid=step.grid,
        amount=amount,
    )


def _near(grid: Fraction, amount: float) -> Fraction:
    """Return the grid point at or below an amount, or the one that it is meant to be."""
    return floor(amount / float(grid) + _NOISE) * grid


def _conversions(taken: Sequence[tuple[Step, Fraction]]) -> list[Shift]:
    ordered = sorted(taken, key=lambda pair: pair[0].rank)
    targets = [step.quantity for step, _ in ordered if step.sign > 0]
    room = {step.quantity: amount for step, amount in ordered if step.sign > 0}
    found = []
    for source, amount in (pair for pair in ordered if pair[0].sign < 0):
        left = amount
        for target in targets:
            part = left if target == targets[-1] else min(left, room[target])
            room[target], left = room[target] - part, left - part
            if part > 0 or target == targets[-1]:
                shift = Shift(
                    lever="convert",
                    source=source.quantity,
                    target=target,
                    cost=source.cost,
                    grid=source.grid,
                    amount=part,
                )
                found.append(shift)
    return found


def point_of(shifts: Iterable[Shift], start: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Return every quantity after the shifts."""
    point = dict(start)
    for one in shifts:
        for quantity, sign in one.effect().items():
            point[quantity] += sign * one.amount
    return point
