"""What a mix of floor area is to serve: tax, output, jobs a 亩, the share of core floor area."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from geo.units import M2_PER_MU
from parcels.proposal.functions import roles_of
from parcels.proposal.measuring.measures import SITE, ratio_of
from parcels.proposal.mix.problem import GRID
from parcels.proposal.mix.terms import Lack
from parcels.proposal.model import FLOOR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcels.proposal.measuring.measures import Ratio
    from parcels.proposal.mix.problem import Row
    from parcels.proposal.mix.terms import Goal
    from parcels.proposal.model import Part, Proposal
    from parcels.proposal.verdict import RuleResult

_ZERO, _ONE = Fraction(0), Fraction(1)
CORE_SHARE = "core_gfa_share"
_TOTAL = "gfa_total"
MEASURED_BY = {"tax": "tax_mu", "output": "out_mu"}
"""The indicator of rules by which the promise for a goal is judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """A goal as a quotient of two sums over the floor areas that may change.

    Attributes
    ----------
    above, below : tuple of Fraction
        Coefficients in the order of the rows of the problem.
    above_rest, below_rest : Fraction
        What the rows that stay as they are add to the sums.
    whole : str
        What a share refers to; "" where the sum below is 1.
    """

    above: tuple[Fraction, ...]
    above_rest: Fraction = _ZERO
    below: tuple[Fraction, ...]
    below_rest: Fraction = _ONE
    whole: str = ""

    @property
    def is_void(self) -> bool:
        """Whether the sum below is 0 for every mix."""
        return self.below_rest == 0 and not any(self.below)

    @property
    def below_rows(self) -> tuple[Row, ...]:
        """What the sum below asks of floor areas: at least one step of the grid."""
        if not any(self.below):
            return ()
        return ((tuple(-one for one in self.below), self.below_rest - GRID),)

    def value(self, areas: Sequence[Fraction]) -> Fraction | None:
        """Return the goal of floor areas; None where the sum below is 0."""
        below = _dot(self.below, areas) + self.below_rest
        return (_dot(self.above, areas) + self.above_rest) / below if below else None


def has_yield(part: Part, goal: Goal) -> bool:
    """Whether a part says what it yields for a goal; core floor area needs no yield."""
    return goal == "core" or goal in part.yields


def lacks_of(
    proposal: Proposal, goal: Goal, results: Sequence[RuleResult], rows: Sequence[int]
) -> tuple[Lack, ...]:
    """Return every datum without which a goal has no value."""
    if not proposal.parts:
        return (Lack(field="floors"),)
    lacks = [
        Lack(field="area", row=at)
        for at in range(len(proposal.parts))
        if proposal.exact(f"{FLOOR}:{at}") is None
    ]
    there = [
        at
        for at in range(len(proposal.parts))
        if at in rows or proposal.exact(f"{FLOOR}:{at}") != 0
    ]
    if goal == "core":
        ratio, _ = _core_share(proposal, results)
        return (*lacks, *(one for at in there for one in _open_in(proposal, ratio, at)))
    lacks += [
        Lack(field=f"{goal}_rate", row=at)
        for at in there
        if not has_yield(proposal.parts[at], goal)
    ]
    return (*lacks, *(() if proposal.exact(SITE) else (Lack(field=SITE),)))


def aim_of(
    proposal: Proposal, goal: Goal, results: Sequence[RuleResult], rows: Sequence[int]
) -> Aim:
    """Write a goal that lacks nothing as a quotient of sums."""
    if goal == "core":
        ratio, whole = _core_share(proposal, results)
        every = {at: _area(proposal, at) for at in range(len(proposal.parts))}
        rest = [at for at in every if at not in rows]
        above = {at: ratio.above.get(f"{FLOOR}:{at}", (_ZERO,))[0] for at in every}
        below = {at: ratio.below.get(f"{FLOOR}:{at}", (_ZERO,))[0] for at in every}
        return Aim(
            above=tuple(above[at] for at in rows),
            above_rest=sum((above[at] * every[at] for at in rest), start=_ZERO),
            below=tuple(below[at] for at in rows),
            below_rest=sum((below[at] * every[at] for at in rest), start=_ZERO),
            whole=whole,
        )
    a_mu = M2_PER_MU / _site(proposal)
    yields = [part.yields.get(goal, _ZERO) * a_mu for part in proposal.parts]
    rest = [at for at in range(len(yields)) if at not in rows]
    return Aim(
        above=tuple(yields[at] for at in rows),
        above_rest=sum((yields[at] * _area(proposal, at) for at in rest), start=_ZERO),
        below=tuple(_ZERO for _ in rows),
    )


def _core_share(proposal: Proposal, results: Sequence[RuleResult]) -> tuple[Ratio, str]:
    """Take the share as the first rule on it does, else of the total floor area."""
    for one in results:
        if one.applied.rule.metric == CORE_SHARE and one.ratio is not None:
            return one.ratio, one.applied.rule.denominator or _TOTAL
    ratio = ratio_of(proposal, CORE_SHARE, _TOTAL)
    if ratio is None:
        raise KeyError(CORE_SHARE)
    return ratio, _TOTAL


def _open_in(proposal: Proposal, ratio: Ratio, at: int) -> list[Lack]:
    """Return what leaves open how a part enters a share: what it is, its storey height."""
    found = []
    if len(roles_of(proposal.parts[at])) > 1:
        found.append(Lack(field="function", row=at))
    least, most = ratio.below.get(f"{FLOOR}:{at}", (_ONE, _ONE))
    if least != most:
        found.append(Lack(field="storey_height", row=at))
    return found


def _area(proposal: Proposal, at: int) -> Fraction:
    return proposal.exact(f"{FLOOR}:{at}") or _ZERO


def _site(proposal: Proposal) -> Fraction:
    site = proposal.exact(SITE)
    if not site:
        raise KeyError(SITE)
    return site


def _dot(coefficients: Sequence[Fraction], areas: Sequence[Fraction]) -> Fraction:
    return sum((c * x for c, x in zip(coefficients, areas, strict=True)), start=_ZERO)
