"""What a memo says of changes and of missing data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcels.messages import text
from parcels.proposal.remedies.advice_words import (
    needed_words,
    no_remedy_words,
    remedy_title,
    remedy_words,
    rules_words,
)
from parcels.proposal.reports.report import is_verified, missing_data
from parcels.proposal.ruling.telling import quantities_words
from parcels.rule_words import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcels.proposal.remedies.advice import Advice
    from parcels.proposal.reports.case import Case
    from parcels.rules.load import RuleBook

_OF_RULES = {"local", "value"}


def change_lines(case: Case, lang: str) -> Iterator[str]:
    """Give the cheapest change of every pack that needs one; the others are named together."""
    if case.together is not None and not _is_content(case.together):
        yield _change(case, case.together, text(lang, "cli.proposal.together"), lang)
    kept: dict[str, list[str]] = {}
    for pack in case.book.packs:
        advice = case.advice.get(pack.id)
        if advice is None:
            continue
        if _is_content(advice):
            said = no_remedy_words(lang, advice, case.book)
            kept.setdefault(said, []).append(in_words(lang, pack.title))
        else:
            yield _change(case, advice, in_words(lang, pack.title), lang)
    for said, packs in kept.items():
        named = text(lang, "ui.list_mark").join(packs)
        yield text(lang, "proposal.memo.no_change", pack=named, said=said)


def _is_content(advice: Advice) -> bool:
    """Whether nothing is broken, so that no change is needed."""
    return not (advice.conflict or advice.remedies or advice.distances or advice.withheld)


def _change(case: Case, advice: Advice, pack: str, lang: str) -> str:
    """Say the cheapest change for one pack, or why there is none."""
    if advice.conflict:
        rules = rules_words(lang, advice.conflict, case.book)
        return text(lang, "proposal.memo.infeasible", pack=pack, rules=rules)
    good = [one for one in advice.remedies if is_verified(one, advice)]
    if not good:
        said = no_remedy_words(lang, advice, case.book)
        return text(lang, "proposal.memo.no_change", pack=pack, said=said)
    values = {"kind": remedy_title(lang, good[0]), "steps": remedy_words(lang, good[0])}
    return text(lang, "proposal.memo.change", pack=pack, more=len(good) - 1, **values)


def missing_lines(case: Case, lang: str) -> Iterator[str]:
    """Give what is missing of the proposal, with how many rules wait; limits are counted."""
    found = missing_data(case.verdicts)
    limits = [one for one in found if one.partition(":")[0] in _OF_RULES]
    by_count: dict[int, list[str]] = {}
    for need, rules in found.items():
        if need not in limits:
            by_count.setdefault(len(rules), []).append(need)
    for count, needs in by_count.items():
        for named in needs_briefly(lang, needs, case.book):
            yield text(lang, "proposal.memo.need", need=named, count=count)
    if limits:
        yield text(lang, "proposal.memo.limits", count=len(limits))


def needs_briefly(lang: str, needs: Sequence[str], book: RuleBook) -> list[str]:
    """Name missing data briefly: rows that follow together, numbers of rules as such."""
    named: dict[str, bool] = {}
    for need in needs:
        kind = need.partition(":")[0]
        if kind in _OF_RULES:
            named[text(lang, "proposal.memo.no_limit")] = True
        elif kind != "field":
            named[needed_words(lang, need, book)] = True
    fields = [one.removeprefix("field:") for one in needs if one.startswith("field:")]
    return [*named, *quantities_words(fields)[lang]]
