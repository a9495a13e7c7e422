"""How far each broken rule is from being kept, by one change alone."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from parcels.proposal.remedies.advice import LEVERS, Distance, Move
from parcels.proposal.remedies.levers import FLOOR_LEVERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from parcels.proposal.remedies.advice import Lever
    from parcels.proposal.remedies.constraints import Row
    from parcels.proposal.remedies.levers import Space, Step
    from parcels.proposal.verdict import RuleResult

_ZERO = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Single:
    """A move of one amount: what falls, what rises, and how well it is liked."""

    lever: Lever
    falls: str = ""
    rises: str = ""
    grid: Fraction
    rank: tuple[int, ...]

    def slope(self, row: Row) -> Fraction:
        """Return what one unit adds to a condition."""
        return row.terms.get(self.rises, _ZERO) - row.terms.get(self.falls, _ZERO)

    def move(self, amount: Fraction) -> Move:
        """Write it as people say it."""
        if self.lever in FLOOR_LEVERS:
            return Move(lever=self.lever, source=self.falls, target=self.rises, amount=amount)
        is_up = bool(self.rises)
        return Move(
            lever=self.lever,
            target=self.rises or self.falls,
            amount=amount if is_up else -amount,
        )


def distances_of(
    space: Space, broken: Iterable[RuleResult], rows: Sequence[Row]
) -> Iterator[Distance]:
    """Give for each broken rule about a number the smallest single change of every kind.

    One row of floor area is converted to one other, one is added to or taken from, the site or
    one promise changes. A kind that cannot keep the rule alone is left out. Levers that are not
    allowed are given too, locked quantities are not.
    """
    shut = {one for row in rows if row.is_shut for one in row.terms}
    numbers = {(one.applied.id, one.function): None for one in broken if one.ratio is not None}
    for rule, about in numbers:
        asked = [row for row in rows if row.has_room and (row.rule, row.about) == (rule, about)]
        held = [row.value(space.values) for row in asked]
        found: dict[tuple[Lever, str], tuple[Fraction, tuple[int, ...], Move]] = {}
        for single in _singles(space, asked, shut):
            amount = _least(single, asked, held, space.values)
            if amount is None:
                continue
            is_named = single.lever in {"land", "promises"}
            kind = (single.lever, single.move(amount).target if is_named else "")
            candidate = (amount, single.rank, single.move(amount))
            if kind not in found or candidate[:2] < found[kind][:2]:
                found[kind] = candidate
        yield from (Distance(rule=rule, move=move) for _, _, move in found.values())


def _singles(space: Space, rows: Sequence[Row], shut: set[str]) -> Iterator[_Single]:
    """Give the moves that may help; of floor areas that count alike the largest alone."""
    concerned = {one for row in rows for one in row.terms}
    by_lever = {lever: [one for one in space.steps if one.lever == lever] for lever in LEVERS}
    ups = {lever: _alike(by_lever[lever], rows, 1, shut) for lever in FLOOR_LEVERS}
    downs = {lever: _alike(by_lever[lever], rows, -1, set()) for lever in FLOOR_LEVERS}
    for down in downs["convert"]:
        for up in ups["convert"]:
            if down.like == up.like:
                yield _Single(
                    lever="convert",
                    falls=down.quantity,
                    rises=up.quantity,
                    grid=down.grid,
                    rank=(down.rank, up.rank),
                )
    yield from (_alone(one) for one in (*ups["add"], *downs["remove"]))
    others = (*by_lever["land"], *by_lever["promises"])
    yield from (_alone(one) for one in others if one.quantity in concerned)


def _alone(step: Step) -> _Single:
    falls, rises = (step.quantity, "") if step.sign < 0 else ("", step.quantity)
    return _Single(lever=step.lever, falls=falls, rises=rises, grid=step.grid, rank=(step.rank,))


def _alike(steps: Iterable[Step], rows: Sequence[Row], sign: int, shut: set[str]) -> list[Step]:
    """Keep of steps that do the same to every condition the best liked, in its order."""
    found: dict[tuple[object, ...], Step] = {}
    for one in sorted(steps, key=lambda step: step.rank):
        if one.sign == sign and one.quantity not in shut:
            terms = (row.terms.get(one.quantity, _ZERO).as_integer_ratio() for row in rows)
            does = (*terms, one.like)
            found.setdefault(does, one)
    return list(found.values())


def _least(
    single: _Single,
    rows: Sequence[Row],
    held: Sequence[Fraction],
    start: Mapping[str, Fraction],
) -> Fraction | None:
    """Return the least amount on the grid that keeps every condition; None: there is none."""
    grid, most = single.grid, start.get(single.falls)
    slopes = [single.slope(row) for row in rows]
    if not any(slopes):
        return None
    known = list(zip(rows, held, slopes, strict=True))
    least, is_strict = max(
        ((-value / slope, row.strict) for row, value, slope in known if slope > 0),
        default=(_ZERO, False),
    )
    amount = max(_ZERO, ceil(least / grid) * grid)
    if is_strict and amount == least:
        amount += grid
    if most is not None and amount > most:
        amount = most
    after = [(row, value + slope * amount) for row, value, slope in known]
    if any(value < 0 or (row.strict and value == 0) for row, value in after):
        return None
    return amount if amount > 0 else None
