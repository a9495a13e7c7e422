"""The best mix of floor area: what is asked, what is answered, before how it is found."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from parcels.proposal.measuring.measures import Ratio
    from parcels.proposal.mix.problem import MixProblem
    from parcels.proposal.model import Change, Proposal
    from parcels.proposal.verdict import PackVerdict
    from parcels.rules.judge import Verdict
    from parcels.rules.load import AppliedRule

Goal = Literal["tax", "output", "jobs", "core"]
"""万元/亩, 万元/亩, 人/亩 from the yields that rows state; the share of core floor area."""
GOALS: tuple[Goal, ...] = ("tax", "output", "jobs", "core")
Hold = Literal["total", "ceiling"]
"""Floor area above and below ground stay as they are; or counted floor area may grow up to the
FAR ceiling of the packs, and what is not counted stays as it is."""
HOLDS: tuple[Hold, ...] = ("total", "ceiling")
Status = Literal["found", "lacking", "empty", "no_ceiling", "infeasible", "off_grid"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """One datum without which a goal has no value.

    Attributes
    ----------
    field : str
        A column of floor area (``tax_rate``, ``area``, ``function``, ``storey_height``), or a
        field of the site (``site_area``); ``floors`` where there are no rows.
    row : int or None
        Position of the part.
    """

    field: str
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MixLimit:
    """One end of a limit on a number that floor areas make.

    Attributes
    ----------
    function : str
        The group of functions of a cap of the mixing table; "" for other rules.
    ratio : Ratio
    value : Fraction
        The limit.
    is_upper : bool
        At most, else at least.
    is_strict : bool
        Equality breaks it.
    unit : str
        As the rule writes it; ``ratio`` for shares.
    step : Fraction
        By how much people say that it is loosened: 1 percentage point, 0.1 of a FAR, 1 % else.
    """

    applied: AppliedRule
    function: str = ""
    ratio: Ratio
    value: Fraction
    is_upper: bool
    is_strict: bool
    unit: str
    step: Fraction

    def loosened(self, times: Fraction | int = 1) -> Fraction:
        """Return the limit after so many steps outwards; inwards where ``times`` is below 0."""
        return self.value + self.step * times * (1 if self.is_upper else -1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What a limit costs: how the best goal changes when the limit moves by one step.

    Attributes
    ----------
    gain : float
        The goal rises by this when the limit, and those that say the same, are loosened: 0 or
        above, in the unit of the goal. 0: the limit decides nothing.
    loss : float or None
        The goal falls by this when the limit is tightened, 0 or above. None: no mix is left.
    twins : tuple of MixLimit
        Limits that say the same of this proposal (support at most 30 %, core at least 70 %): one
        of them alone cannot be loosened to any effect.
    """

    limit: MixLimit
    gain: float
    loss: float | None
    twins: tuple[MixLimit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A rule about what the goal measures, compared with the best value; no part of the search."""

    applied: AppliedRule
    limit: Fraction
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class BestMix:
    """The floor areas that serve a goal best under the rules of some packs.

    Attributes
    ----------
    status : str
        ``found``; ``lacking``: the goal has no value, see ``lacks``; ``empty``: no floor area can
        change; ``no_ceiling``: nothing says how much floor area there may be; ``infeasible``: no
        mix keeps every rule, see ``conflict``; ``off_grid``: none of whole 0.01 m² does.
    own, best : Fraction or None
        The goal of the proposal and of the best mix, by the same yields, exactly: 万元/亩, 人/亩,
        or a share (0 to 1).
    problem : MixProblem
        Rows, limits that the search kept, rules that played no part.
    whole : str
        What the share of core floor area refers to; "" for other goals.
    changes : tuple of Change
        Rows that change; every new floor area is a multiple of 0.01 m².
    after, verdicts
        The proposal with the changes made, judged by the checks themselves: every limit that the
        search kept passes there.
    prices : tuple of Price
        Of every limit that the search kept, in the order of the packs.
    targets : tuple of Target
    lacks : tuple of Lack
    conflict : tuple of AppliedRule
        The fewest rules that no mix keeps together.
    """

    status: Status
    goal: Goal
    hold: Hold
    problem: MixProblem
    own: Fraction | None = None
    best: Fraction | None = None
    whole: str = ""
    changes: tuple[Change, ...] = ()
    after: Proposal | None = None
    verdicts: tuple[PackVerdict, ...] = ()
    prices: tuple[Price, ...] = ()
    targets: tuple[Target, ...] = ()
    lacks: tuple[Lack, ...] = ()
    conflict: tuple[AppliedRule, ...] = ()

    @property
    def grown(self) -> Fraction:
        """By how much floor area grows in all, m²."""
        return sum((after - before for before, after in self._areas()), start=Fraction(0))

    @property
    def moved(self) -> Fraction:
        """How much floor area becomes another one, m²: what the rows that shrink lose."""
        return sum(
            (max(before - after, Fraction(0)) for before, after in self._areas()), Fraction(0)
        )

    def _areas(self) -> list[tuple[Fraction, Fraction]]:
        return [(Fraction(one.before), Fraction(one.after)) for one in self.changes]
