"""What the page M0 works on in one run: draft, what was read of it, rules, verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parcels.proposal.document.reading import read_draft
from parcels.proposal.verdict import verdicts
from parcels.ui import state
from parcels.ui.components.m0_draft import held_draft
from parcels.ui.components.review_current import as_of
from parcels.ui.components.rules_now import book_on

if TYPE_CHECKING:
    from parcels.proposal.document.reading import Reading
    from parcels.proposal.draft import Draft
    from parcels.proposal.model import Proposal
    from parcels.proposal.verdict import PackVerdict
    from parcels.rules.load import RuleBook
    from parcels.ui.components.m0_draft import Held

PACKS = "m0packs"  # in the address
DEFAULT_PACKS = (
    "m0_nanyang_plan",
    "m0_nanyang_pilot",
    "m0_zhengzhou_htz_2020",
    "m0_guangzhou_2019",
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Now:
    """One run.

    Attributes
    ----------
    held : Held
    reading : Reading
    book : RuleBook
        Of the day and the packs that the address asks for.
    verdicts : tuple of PackVerdict
        In the order of the packs.
    """

    lang: str
    held: Held
    reading: Reading
    book: RuleBook
    verdicts: tuple[PackVerdict, ...]

    @property
    def draft(self) -> Draft:
        """What was typed."""
        return self.held.draft

    @property
    def proposal(self) -> Proposal:
        """What was read."""
        return self.reading.proposal

    @property
    def version(self) -> tuple[object, ...]:
        """Tell what the verdicts rest on."""
        return self.draft, self.book.digest


def now() -> Now:
    """Read and judge what the address names, unless that was done before.

    Raises
    ------
    PlannerError
        See `rule_book`; ``as_of_unreadable``.
    """
    held = held_draft()
    lang = state.lang()
    reading = state.once("m0_reading", (held.draft, lang), lambda: read_draft(held.draft, lang))
    book = book_on(as_of(), chosen_packs())
    judged = state.once(
        "m0_verdicts", (held.draft, book.digest), lambda: verdicts(reading.proposal, book)
    )
    return Now(lang=lang, held=held, reading=reading, book=book, verdicts=judged)


def chosen_packs() -> list[str]:
    """Return the packs that the address names, else those that the page begins with."""
    written = state.param(PACKS)
    named = [one for one in (written or "").split(",") if one]
    return list(DEFAULT_PACKS) if written is None else named
