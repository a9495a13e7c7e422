"""A proposal with what the rules of some packs say of it, and what would make it pass."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from parcels.findings import worst
from parcels.proposal.verdict import verdicts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.read.parsed import Fault
    from parcels.findings import Outcome
    from parcels.proposal.document.reading import Reading
    from parcels.proposal.draft import Draft
    from parcels.proposal.mix.terms import BestMix, Goal
    from parcels.proposal.model import Proposal
    from parcels.proposal.remedies.advice import Advice, Freedom, Remedy
    from parcels.proposal.verdict import PackVerdict
    from parcels.rules.load import RuleBook


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Everything that reports about a proposal are made of.

    Attributes
    ----------
    proposal : Proposal
    book : RuleBook
    verdicts : tuple of PackVerdict
        In the order of the packs of the book.
    reading : Reading or None
        Of the document that the proposal was read from, with what could not be taken.
    advice : mapping of pack id to Advice
        For each pack alone; empty where nobody asked.
    together : Advice or None
        For all packs at once; None where nobody asked or there is one pack only.
    best_mix : BestMix or None
    draft : Draft or None
        The proposal as it was typed.
    """

    proposal: Proposal
    book: RuleBook
    verdicts: tuple[PackVerdict, ...]
    reading: Reading | None = None
    advice: Mapping[str, Advice] = field(default_factory=lambda: MappingProxyType({}))
    together: Advice | None = None
    best_mix: BestMix | None = None
    draft: Draft | None = None

    @property
    def outcome(self) -> Outcome:
        """The worst of all packs."""
        return worst(one.outcome for one in self.verdicts)

    @property
    def told(self) -> tuple[Fault, ...]:
        """What of the document could not be taken, then what is to be told of the rest."""
        return () if self.reading is None else (*self.reading.faults, *self.reading.remarks)

    @property
    def rows(self) -> tuple[int, ...]:
        """Row of the document of each part."""
        if self.reading is not None:
            return self.reading.rows
        return tuple(range(len(self.proposal.parts)))

    @property
    def first_remedy(self) -> Remedy | None:
        """The cheapest change after which every pack is kept; None: nobody asked, or none is."""
        advice = self.together or next(iter(self.advice.values()), None)
        return advice.remedies[0] if advice and advice.remedies else None


def judge_case(
    proposal: Proposal,
    book: RuleBook,
    *,
    reading: Reading | None = None,
    freedom: Freedom | None = None,
    draft: Draft | None = None,
) -> Case:
    """Judge a proposal under every pack of a book.

    Parameters
    ----------
    reading : Reading, optional
        Of the document of the proposal.
    freedom : Freedom, optional
        What may change: advice is asked for. Without it there is none.
    draft : Draft, optional
        What the proposal was read from.
    """
    case = Case(
        proposal=proposal,
        book=book,
        verdicts=verdicts(proposal, book),
        reading=reading,
        draft=draft,
    )
    return case if freedom is None else with_advice(case, freedom)


def with_advice(case: Case, freedom: Freedom) -> Case:
    """Return the case with what would make it pass: each pack alone, and all of several."""
    from parcels.proposal.remedies.remedy import advise

    proposal, book = case.proposal, case.book
    ids = [pack.id for pack in book.packs]
    alone = {one: advise(proposal, book, packs=(one,), freedom=freedom) for one in ids}
    together = advise(proposal, book, packs=None, freedom=freedom) if len(ids) > 1 else None
    return replace(case, advice=MappingProxyType(alone), together=together)


def with_best_mix(case: Case, goal: Goal) -> Case:
    """Return the case with the best mix of floor area under all its packs."""
    from parcels.proposal.mix.best_mix import best_mix

    return replace(case, best_mix=best_mix(case.proposal, case.book, goal=goal))
