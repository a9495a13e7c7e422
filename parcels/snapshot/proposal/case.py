"""What a snapshot of a proposal is made of."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from parcels.proposal.document.reading import read_draft
from parcels.proposal.remedies.advice import Freedom
from parcels.proposal.reports.case import judge_case

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

    from layers.overlay import Overlay
    from parcels.checks.subject import Parcels
    from parcels.proposal.draft import Draft
    from parcels.proposal.mix.terms import Goal, Hold
    from parcels.proposal.reports.case import Case
    from parcels.rules.load import RuleBook


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceAsked:
    """Which changes were asked for.

    Attributes
    ----------
    freedom : Freedom
    alone : tuple of str
        Packs that are to be kept each by itself.
    together : bool
        All packs at once, where there are several.
    """

    freedom: Freedom = field(default_factory=Freedom)
    alone: tuple[str, ...]
    together: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MixAsked:
    """Which best mix was asked for; as `parcels.proposal.mix.best_mix.best_mix`."""

    goal: Goal
    hold: Hold = "total"
    packs: tuple[str, ...] | None = None
    keep: tuple[int, ...] | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Volumes:
    """That the volumes were studied, and on which outline.

    Attributes
    ----------
    outline : Polygon or MultiPolygon or None
        Of the parcel in a plane in metres, x east, y north; None: a rectangle or a square of the
        stated area.
    note : str
        Where the outline comes from, or why there is none; in words.
    """

    outline: BaseGeometry | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Place:
    """Where the proposal stands, and what lies around it.

    Attributes
    ----------
    parcels : Parcels
        The parcels around, its own among them.
    at : int or None
        Position of its own; None: it is not on the map.
    book : RuleBook
        With the packs of `parcels.proposal.neighbours.PACKS`.
    overlays : mapping of kind to Overlay
    """

    parcels: Parcels
    at: int | None
    book: RuleBook
    overlays: Mapping[str, Overlay] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, kw_only=True, eq=False)
class ProposalCase:
    """A proposal as typed, the packs, and what was asked about it.

    Attributes
    ----------
    draft : Draft
    book : RuleBook
    advice : AdviceAsked or None
        None: nobody asked for changes.
    mix : MixAsked or None
        None: nobody asked for the best mix.
    volumes : Volumes or None
        None: the volumes were not studied.
    place : Place or None
        None: nobody asked what lies around.
    under : tuple of mapping
        Groups of layers as `layers.payload.plain_groups` writes them: nothing is judged by them.
    notice : str
        How far off the drawn places are.
    """

    draft: Draft
    book: RuleBook
    advice: AdviceAsked | None = None
    mix: MixAsked | None = None
    volumes: Volumes | None = None
    place: Place | None = None
    under: tuple[Mapping[str, Any], ...] = ()
    notice: str = ""

    def judged(self, lang: str) -> Case:
        """Read the draft and judge it under every pack."""
        reading = read_draft(self.draft, lang)
        case = judge_case(reading.proposal, self.book, reading=reading, draft=self.draft)
        return self._with_mix(self._with_advice(case))

    def _with_advice(self, case: Case) -> Case:
        from parcels.proposal.remedies.remedy import advise

        asked = self.advice
        if asked is None:
            return case
        given = case.proposal, case.book
        alone = {one: advise(*given, packs=(one,), freedom=asked.freedom) for one in asked.alone}
        several = asked.together and len(case.book.packs) > 1
        together = advise(*given, packs=None, freedom=asked.freedom) if several else None
        return replace(case, advice=MappingProxyType(alone), together=together)

    def _with_mix(self, case: Case) -> Case:
        from parcels.proposal.mix.best_mix import best_mix

        asked = self.mix
        if asked is None:
            return case
        found = best_mix(
            case.proposal,
            case.book,
            packs=asked.packs,
            goal=asked.goal,
            hold=asked.hold,
            keep=asked.keep,
        )
        return replace(case, best_mix=found)
