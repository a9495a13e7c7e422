"""What may change in a proposal: free quantities, and the directions in which they may go."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from geo.units import M2_PER_MU
from parcels.proposal.functions import function_roles, roles_of
from parcels.proposal.measuring.measures import SITE
from parcels.proposal.model import FLOOR, LAND, Part, exactly

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from parcels.proposal.model import Proposal
    from parcels.proposal.remedies.advice import Freedom, Lever

PROMISES = (
    "investment",
    "output",
    "revenue",
    "value_added",
    "tax",
    "profit",
    "research",
    "energy",
    "emission",
    "electricity",
    "jobs",
    "footprint",
    "covered",
    "green",
    "core_split",
    "min_split_unit",
)
"""Quantities that the lever ``promises`` moves."""
Like = tuple[bool | None, ...]
WHOLE = "gfa_counted"
"""Floor area that is given as a whole only: no function of it can be told."""
_HUNDREDTH = Fraction(1, 100)
FLOOR_LEVERS: tuple[Lever, ...] = ("convert", "add", "remove")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One direction in which one quantity may go.

    Attributes
    ----------
    sign : {1, -1}
        Whether the quantity rises or falls. A lever ``convert`` falls in one row of floor area
        and rises by as much in another one.
    cost : Fraction
        Of one unit; what is converted costs where it comes from.
    grid : Fraction
        Its amount is a multiple of it.
    rank : int
        Of two steps that do equally well the lower rank is taken.
    like : tuple
        Floor area is converted only to floor area that counts alike: at the same level, in the
        counted floor area or not, and on the same side of every storey height that doubles it.
    """

    lever: Lever
    quantity: str
    sign: int
    cost: Fraction
    grid: Fraction
    rank: int
    like: Like = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """The free quantities of a proposal.

    Attributes
    ----------
    values : mapping of str to Fraction
        As proposed; an answer is 0 or 1, a part that does not exist yet 0.
    new : mapping of str to str
        Parts that may be added, ``floor:n`` to function.
    filled : Proposal
        The proposal with the new parts and with something in every free part, which shows what
        rules would say of them.
    steps : tuple of Step
        By every lever, whether it is allowed or not.
    """

    values: Mapping[str, Fraction]
    new: Mapping[str, str]
    filled: Proposal
    steps: tuple[Step, ...]


def grid_of(quantity: str, start: Fraction) -> Fraction:
    """Return the steps in which a quantity changes, so that what comes out can be typed.

    Whole persons, hundredths of other units; land that is a finite decimal in 亩 only (100 亩)
    changes by hundred-thousandths of that.
    """
    if quantity == "jobs":
        return Fraction(1)
    return _HUNDREDTH if _is_finite(start) else M2_PER_MU / 100_000


def _is_finite(value: Fraction) -> bool:
    """Whether a number is a finite decimal: nothing but 2 and 5 divides its denominator."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def space_of(
    proposal: Proposal, freedom: Freedom, *, doubling_m: frozenset[Fraction] = frozenset()
) -> Space:
    """Return what can change: quantities that are known exactly and are not locked.

    Floor area is free where its one function is known and is core or support.

    Parameters
    ----------
    doubling_m : frozenset of Fraction
        Storey heights above which rules count floor area twice.

    Raises
    ------
    PlannerError
        ``remedy_weight_unfit``, ``remedy_function_unknown``.
    """
    _require_sense(freedom)
    new = _new_parts(proposal, freedom)
    parts = proposal.parts + tuple(Part(functions=(one,)) for one in new.values())
    floors = {one: Fraction(0) for one in new}
    for at, part in enumerate(proposal.parts):
        area = proposal.exact(f"{FLOOR}:{at}")
        if area is not None and _is_free(part) and f"{FLOOR}:{at}" not in freedom.locked:
            floors[f"{FLOOR}:{at}"] = area
    ordered = dict(sorted(floors.items(), key=lambda one: int(one[0].split(":")[1])))
    lands = (f"{LAND}:{at}" for at in range(len(proposal.parts)))
    others = {
        one: value
        for one in (SITE, *lands, *PROMISES, *(() if parts else (WHOLE,)))
        if (value := proposal.exact(one)) is not None and one not in freedom.locked
    }
    answers = {
        one: Fraction(said) for one, said in proposal.answers.items() if one not in freedom.locked
    }
    values = MappingProxyType(ordered | others | answers)
    ranks = {sign: _ranks(values, parts, sign) for sign in (1, -1)}
    filled = {one: exactly(1) for one, area in ordered.items() if area == 0}
    amounts = MappingProxyType(dict(proposal.amounts) | filled)
    return Space(
        values=values,
        new=MappingProxyType(new),
        filled=replace(proposal, parts=parts, amounts=amounts) if filled else proposal,
        steps=tuple(_steps(values, [_like(one, doubling_m) for one in parts], ranks, freedom)),
    )


def _require_sense(freedom: Freedom) -> None:
    for lever, weight in freedom.weights.items():
        if weight <= 0:
            raise PlannerError("remedy_weight_unfit", lever=lever, value=str(weight))
    for one in freedom.addable:
        if one not in function_roles():
            raise PlannerError("remedy_function_unknown", value=one)


def _is_free(part: Part) -> bool:
    return len(part.functions) == 1 and "other" not in roles_of(part)


def _new_parts(proposal: Proposal, freedom: Freedom) -> dict[str, str]:
    """Name parts of functions that no row above ground has; without any row none can be added."""
    if not proposal.parts:
        return {}
    there = {one.functions for one in proposal.parts if not one.below_ground}
    wanted = [one for one in dict.fromkeys(freedom.addable) if (one,) not in there]
    return {f"{FLOOR}:{len(proposal.parts) + at}": one for at, one in enumerate(wanted)}


def _like(part: Part, doubling_m: Iterable[Fraction]) -> Like:
    """Say how floor area of a part counts."""
    height = part.storey_height_m
    doubles = (None if height is None else height > one for one in sorted(doubling_m))
    return part.below_ground, part.is_counted, *doubles


def _steps(
    values: Mapping[str, Fraction],
    likes: Sequence[Like],
    ranks: Mapping[int, Mapping[str, int]],
    freedom: Freedom,
) -> Iterator[Step]:
    for quantity, value in values.items():
        for lever, sign in _directions(quantity, value):
            if sign > 0 or value > 0:
                is_paid = lever != "convert" or sign < 0
                place = quantity.partition(":")[2]
                yield Step(
                    lever=lever,
                    quantity=quantity,
                    sign=sign,
                    grid=grid_of(quantity, value),
                    cost=freedom.weights.get(lever, Fraction(1)) if is_paid else Fraction(0),
                    rank=ranks[sign][quantity],
                    like=likes[int(place)] if place else (),
                )


def _ranks(values: Mapping[str, Fraction], parts: tuple[Part, ...], sign: int) -> dict[str, int]:
    """Rank quantities: the largest floor areas first; before what rises, core rooms first."""

    def liking(quantity: str) -> tuple[bool, bool, Fraction]:
        kind, _, place = quantity.partition(":")
        is_core = bool(place) and "core" in roles_of(parts[int(place)])
        return kind != FLOOR, sign > 0 and not is_core, -values[quantity]

    return {one: rank for rank, one in enumerate(sorted(values, key=liking))}


def _directions(quantity: str, value: Fraction) -> tuple[tuple[Lever, int], ...]:
    if quantity == WHOLE:
        return (("add", 1), ("remove", -1))
    kind = quantity.partition(":")[0]
    if kind == FLOOR:
        return (("convert", -1), ("convert", 1), ("add", 1), ("remove", -1))
    if kind == LAND:
        return (("land", -1),)
    if kind == SITE:
        return (("land", 1), ("land", -1))
    if kind in PROMISES:
        return (("promises", 1), ("promises", -1))
    return (("answers", -1 if value else 1),)
