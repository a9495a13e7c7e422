"""The sheet of changes: what would make the proposal pass, a row a change."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from parcels.finding_words import amount
from parcels.messages import text
from parcels.proposal.fields import quantity_unit
from parcels.proposal.remedies.advice_words import (
    no_remedy_words,
    quantity_name,
    remedy_title,
    remedy_words,
    rules_words,
    step_words,
)
from parcels.proposal.reports.comparison_sheet import Page, heads, outcome_words, page_title
from parcels.proposal.reports.report import is_verified, outcome_after
from parcels.rule_words import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl import Workbook

    from parcels.proposal.model import Change
    from parcels.proposal.remedies.advice import Advice, Remedy
    from parcels.proposal.reports.case import Case
    from parcels.proposal.reports.comparison_sheet import Tone, Value

_WIDTHS = (26, 7, 14, 40, 24, 16, 16, 14, 14, 12, 14)
_HEADS = ("pack", "no", "kind", "steps", "what", "before", "after", "unit", "cost", "verified")


def changes_page(book: Workbook, case: Case, lang: str) -> None:
    """Write the sheet 改动: remedies by pack, then how far each rule is from being kept."""
    page = Page(book, text(lang, "proposal.book.changes"), _WIDTHS)
    page.title(page_title(case, lang, "changes"))
    page.head(heads(lang, *_HEADS, "outcome_after"), frozen_columns=2)
    if not case.advice:
        page.row([text(lang, "proposal.book.not_asked")])
        return
    asked = list(_asked(case, lang))
    for one in asked:
        _remedies(page, case, one, lang)
    page.blank()
    page.row(heads(lang, "pack", "no", "kind", "steps"), ["head"] * 4)
    for one in asked:
        for distance in one.advice.distances:
            rule = rules_words(lang, (distance.rule,), case.book)[0]
            kind = text(lang, f"proposal.lever.{distance.move.lever}")
            steps = step_words(lang, case.proposal, distance.move)
            said = text(lang, "proposal.book.distance", rule=rule, steps=steps)
            page.row([one.title, "", kind, said])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """Advice for some packs, and what they are called."""

    title: str
    packs: tuple[str, ...]
    advice: Advice


def _asked(case: Case, lang: str) -> Iterator[_Asked]:
    packs = case.book.packs
    for one in packs:
        if one.id in case.advice:
            title = in_words(lang, one.title)
            yield _Asked(title=title, packs=(one.id,), advice=case.advice[one.id])
    if case.together is not None:
        title, ids = text(lang, "cli.proposal.together"), tuple(one.id for one in packs)
        yield _Asked(title=title, packs=ids, advice=case.together)


def _remedies(page: Page, case: Case, asked: _Asked, lang: str) -> None:
    advice, pack = asked.advice, asked.title
    if advice.conflict:
        rules = "\n".join(rules_words(lang, advice.conflict, case.book))
        page.row(
            [pack, "", text(lang, "cli.proposal.infeasible"), rules], ["plain", "plain", "fail"]
        )
    elif not advice.remedies:
        page.row([pack, "", "", no_remedy_words(lang, advice, case.book)])
    for number, remedy in enumerate(advice.remedies, start=1):
        for at, change in enumerate(remedy.changes):
            said: list[Value] = [pack, number, remedy_title(lang, remedy)]
            said.append(remedy_words(lang, remedy) if at == 0 else "")
            after = _after_cells(remedy, asked, lang) if at == 0 else ["", "", ""]
            tones: list[Tone] = ["plain"] * 10
            tones.append(outcome_after(remedy, asked.packs) if at == 0 else "plain")
            page.row([*said, *_change_cells(change, remedy, lang), *after], tones)


def _change_cells(change: Change, remedy: Remedy, lang: str) -> list[Value]:
    name = quantity_name(lang, remedy.after, change.quantity)
    if isinstance(change.before, bool) or isinstance(change.after, bool):
        return [name, amount(lang, change.before), amount(lang, change.after), ""]
    ends = (Fraction(change.before), Fraction(change.after))
    return [name, *ends, quantity_unit(change.quantity)]


def _after_cells(remedy: Remedy, asked: _Asked, lang: str) -> list[Value]:
    checked = amount(lang, is_verified(remedy, asked.advice))
    return [remedy.cost, checked, outcome_words(lang, outcome_after(remedy, asked.packs))]
