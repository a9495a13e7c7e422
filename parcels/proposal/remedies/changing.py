"""Moves that were found, as changes of a proposal and as people say them."""

from __future__ import annotations

from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from parcels.proposal.model import FLOOR, Change, changed
from parcels.proposal.remedies.advice import Move
from parcels.proposal.remedies.levers import FLOOR_LEVERS
from parcels.proposal.remedies.shifting import point_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from parcels.proposal.model import Part, Proposal
    from parcels.proposal.remedies.levers import Space
    from parcels.proposal.remedies.shifting import Shift

_TOTALS: Mapping[str, Callable[[Part], bool]] = MappingProxyType(
    {
        "gfa_total": lambda _: True,
        "gfa_above_ground": lambda part: not part.below_ground,
        "gfa_counted": lambda part: part.is_counted,
    }
)
"""Totals that are stated beside the parts, and the parts that they sum."""


def changes_of(shifts: Sequence[Shift], proposal: Proposal, space: Space) -> tuple[Change, ...]:
    """Write shifts as quantities before and after; totals that were sums of parts stay sums."""
    point, names = point_of(shifts, space.values), _names(shifts, space)
    changes = tuple(
        Change(
            quantity=names.get(one, one),
            before=_said(one, before, proposal),
            after=_said(one, point[one], proposal),
            function=space.new.get(one, ""),
        )
        for one, before in space.values.items()
        if point[one] != before
    )
    return (*changes, *_totals(proposal, changed(proposal, changes)))


def moves_of(shifts: Sequence[Shift], space: Space) -> tuple[Move, ...]:
    """Write shifts as steps, the dearest first."""
    names = _names(shifts, space)
    dearest = sorted(shifts, key=lambda one: -one.cost * one.amount)
    return tuple(_move(one, names) for one in dearest)


def _move(shift: Shift, names: Mapping[str, str]) -> Move:
    source, target = (names.get(one, one) for one in (shift.source, shift.target))
    if shift.lever in FLOOR_LEVERS:
        return Move(lever=shift.lever, source=source, target=target, amount=shift.amount)
    amount = -shift.amount if source else shift.amount
    return Move(lever=shift.lever, target=source or target, amount=amount)


def _names(shifts: Sequence[Shift], space: Space) -> dict[str, str]:
    """Give the new parts that are used numbers without a gap."""
    targets = {one.target for one in shifts}
    used = [one for one in space.new if one in targets]
    first = min((int(one.partition(":")[2]) for one in space.new), default=0)
    return {one: f"{FLOOR}:{first + at}" for at, one in enumerate(used)}


def _said(quantity: str, value: Fraction, proposal: Proposal) -> Fraction | bool:
    return bool(value) if quantity in proposal.answers else value


def _totals(before: Proposal, after: Proposal) -> Iterator[Change]:
    for total, belongs in _TOTALS.items():
        stated = before.exact(total)
        old, new = (_sum(one, belongs) for one in (before, after))
        if stated is not None and new is not None and stated == old != new and before.parts:
            yield Change(quantity=total, before=stated, after=new)


def _sum(proposal: Proposal, belongs: Callable[[Part], bool]) -> Fraction | None:
    areas = [
        proposal.exact(f"{FLOOR}:{at}") for at, part in enumerate(proposal.parts) if belongs(part)
    ]
    known = [one for one in areas if one is not None]
    return sum(known, Fraction(0)) if len(known) == len(areas) else None
