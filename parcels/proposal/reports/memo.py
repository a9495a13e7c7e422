"""A memo about a proposal: what is kept, broken and unknown, what would help, where it is written.

Every statement comes from a finding and names its rule; the page is made by `memo_page`, and a
report may take the same parts.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parcels.finding_words import finding_text, rule_title
from parcels.findings import OUTCOMES, RANK
from parcels.messages import text
from parcels.proposal.measuring.measures import SITE
from parcels.proposal.model import FLOOR
from parcels.proposal.remedies.advice_words import exact_words, quantity_amount
from parcels.proposal.reports.comparison import (
    Line,
    comparison,
    line_title,
    line_whole,
    own_words,
)
from parcels.proposal.reports.memo_advice import change_lines, missing_lines, needs_briefly
from parcels.rule_words import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.findings import Outcome
    from parcels.proposal.reports.case import Case
    from parcels.proposal.verdict import PackVerdict, RuleResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one rule says.

    Attributes
    ----------
    glyph, text : str
        Sign of the outcome; the sentence of the finding.
    short : str
        The rule with the proposal's value, or with what is missing.
    rule, pack : str
        Id of the rule; id of its pack.
    title : str
        Of the rule.
    source : int
        Number of its document in `Memo.sources`, from 1.
    number : int
        Place of the finding among those of all packs in their order, from 1.
    """

    outcome: Outcome
    glyph: str
    text: str
    short: str
    rule: str
    pack: str
    title: str
    source: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PackLine:
    """One pack: its verdict, how often each outcome, and what to know before relying on it."""

    id: str
    title: str
    version: str
    place: str
    outcome: Outcome
    verdict: str
    counted: dict[Outcome, int]
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number of the proposal with its unit, and what it refers to; "" where nothing."""

    name: str
    value: str
    whole: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memo:
    """One proposal on one page.

    Attributes
    ----------
    summary : str
        One sentence on the whole.
    figures : tuple of Figure
    packs : tuple of PackLine
        Worst first, then in the order in which they were chosen.
    broken, unknown, kept : tuple of Statement
        Three lists that are never merged; ``broken`` holds what fails, then what asks for a look.
    changes : tuple of str
        The smallest changes, or why there are none; empty where nobody asked.
    missing : tuple of str
        Missing data with how many rules wait for each.
    sources : tuple of str
        Documents with number and mark; statements name them by their place.
    faults : int
        How many problems the document had.
    """

    title: str
    use: str
    as_of: str
    summary: str
    figures: tuple[Figure, ...]
    packs: tuple[PackLine, ...]
    broken: tuple[Statement, ...]
    unknown: tuple[Statement, ...]
    kept: tuple[Statement, ...]
    changes: tuple[str, ...]
    missing: tuple[str, ...]
    sources: tuple[str, ...]
    faults: int
    disclaimer: str


def memo_of(case: Case, lang: str) -> Memo:
    """Gather a memo.

    Parameters
    ----------
    case : Case
    lang : str
        ``zh`` or ``en``.
    """
    said = [_statement(lang, case, one, at) for at, one in _results(case)]
    return Memo(
        title=case.proposal.title or text(lang, "proposal.untitled"),
        use=case.proposal.use or text(lang, "outcome.unknown"),
        as_of=case.book.as_of.isoformat(),
        summary=_summary(case, lang),
        figures=tuple(_figures(case, lang)),
        packs=tuple(_pack_line(one, lang) for one in _ranked(case)),
        broken=tuple(one for one in said if one.outcome in {"fail", "warning"}),
        unknown=tuple(one for one in said if one.outcome == "unknown"),
        kept=tuple(one for one in said if one.outcome == "pass"),
        changes=tuple(change_lines(case, lang)),
        missing=tuple(missing_lines(case, lang)),
        sources=tuple(_sources(case, lang)),
        faults=len(case.told),
        disclaimer=text(lang, "proposal.disclaimer"),
    )


def _results(case: Case) -> list[tuple[int, RuleResult]]:
    """Give the results with their numbers, worst first."""
    every = (one for verdict in case.verdicts for one in verdict.results)
    return sorted(enumerate(every, start=1), key=lambda one: RANK[one[1].outcome])


def _statement(lang: str, case: Case, result: RuleResult, number: int) -> Statement:
    return Statement(
        outcome=result.outcome,
        glyph=text(lang, f"glyph.{result.outcome}"),
        text=finding_text(lang, result.finding),
        short=_short(lang, case, result),
        rule=result.applied.id,
        pack=result.applied.pack.id,
        title=rule_title(lang, result.applied),
        source=list(_documents(case)).index(_document(result)) + 1,
        number=number,
    )


def _short(lang: str, case: Case, result: RuleResult) -> str:
    """Name a rule with the value that was judged, or with every datum that is missing."""
    title = rule_title(lang, result.applied)
    needs = needs_briefly(lang, result.finding.needs, case.book)
    if result.outcome == "unknown" and needs:
        return text(lang, "proposal.memo.lacks", rule=title, needs=needs)
    line = Line(check=result.finding.check, cells=((result,),))
    own = own_words(lang, case.proposal, line)
    if result.applied.rule.op == "matrix":
        title, own = line_title(lang, line), own if result.measured else ""
    return text(lang, "proposal.memo.has", rule=title, own=own) if own else title


def _summary(case: Case, lang: str) -> str:
    counted = Counter(one.outcome for one in case.verdicts)
    said = [
        text(
            lang, "proposal.memo.counted", count=counted[one], outcome=text(lang, f"outcome.{one}")
        )
        for one in OUTCOMES
        if counted[one]
    ]
    return text(lang, "proposal.memo.summary", count=len(case.verdicts), outcomes=said)


def _ranked(case: Case) -> list[PackVerdict]:
    return sorted(case.verdicts, key=lambda one: RANK[one.outcome])


def _pack_line(verdict: PackVerdict, lang: str) -> PackLine:
    pack, outcome = verdict.pack, verdict.outcome
    counted = Counter(one.outcome for one in verdict.results)
    told = [in_words(lang, pack.legal_status)] if pack.legal_status else []
    if verdict.dormant:
        told.insert(0, text(lang, "proposal.memo.dormant", count=len(verdict.dormant)))
    return PackLine(
        id=pack.id,
        title=in_words(lang, pack.title),
        version=pack.version,
        place=pack.place,
        outcome=outcome,
        verdict=f"{text(lang, f'glyph.{outcome}')} {text(lang, f'outcome.{outcome}')}",
        counted={one: counted[one] for one in OUTCOMES},
        status=text(lang, "ui.review.clause_mark").join(told),
    )


def _figures(case: Case, lang: str) -> Iterator[Figure]:
    """Give the site, the floor area, then every number that a rule measured and that is known."""
    proposal = case.proposal
    site = proposal.exact(SITE)
    if site is not None:
        name = text(lang, "proposal.memo.site")
        yield Figure(name=name, value=quantity_amount(lang, SITE, site))
    areas = [proposal.exact(f"{FLOOR}:{at}") for at in range(len(proposal.parts))]
    known = [one for one in areas if one is not None]
    if known and len(known) == len(areas):
        name = text(lang, "proposal.memo.floor_area")
        yield Figure(name=name, value=exact_words(sum(known, start=known[0] * 0), "m²"))
    for line in comparison(case.verdicts):
        measured = line.first.measured
        if measured is None or measured.low is None or line.first.applied.rule.op == "matrix":
            continue
        yield Figure(
            name=line_title(lang, line),
            value=own_words(lang, proposal, line),
            whole=line_whole(lang, line),
        )


def _sources(case: Case, lang: str) -> Iterator[str]:
    """Give each document once, with its number and how far it was read."""
    for document, number, mark in _documents(case):
        named = f"{document} {number}".strip()
        marked = text(lang, f"mark.{mark}")
        yield text(lang, "proposal.memo.source", document=named, mark=marked)


def _documents(case: Case) -> dict[tuple[str, str, str], bool]:
    return {_document(one): True for verdict in case.verdicts for one in verdict.results}


def _document(result: RuleResult) -> tuple[str, str, str]:
    rule = result.applied.rule
    return (rule.source.document, rule.source.number, rule.confidence)
