"""What a memo says of changes and of missing data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcels.messages import text
from parcels.proposal.advice_words import (
    needed_words,
    no_remedy_words,
    remedy_title,
    remedy_words,
    rules_words,
)
from parcels.proposal.fields import quantity_words
from parcels.proposal.report import is_verified, missing_data
from parcels.rule_words import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.proposal.advice import Advice
    from parcels.proposal.case import Case


def change_lines(case: Case, lang: str) -> Iterator[str]:
    """Give the cheapest change of every pack that needs one; the others are named together."""
    asked = [(in_words(lang, one.title), case.advice.get(one.id)) for one in case.book.packs]
    if case.together is not None:
        asked.insert(0, (text(lang, "cli.proposal.together"), case.together))
    kept = []
    for pack, advice in asked:
        if advice is None:
            continue
        if advice.conflict or advice.remedies or advice.distances or advice.withheld:
            yield _change(case, advice, pack, lang)
        else:
            kept.append(pack)
    if kept:
        yield text(lang, "proposal.memo.no_need", packs=kept)


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
    limits = [one for one in found if one.partition(":")[0] in {"local", "value"}]
    for need, rules in found.items():
        if need not in limits:
            named = need_briefly(lang, need, case)
            yield text(lang, "proposal.memo.need", need=named, count=len(rules))
    if limits:
        yield text(lang, "proposal.memo.limits", count=len(limits))


def need_briefly(lang: str, need: str, case: Case) -> str:
    """Name a missing datum briefly: fields by their titles, numbers of rules as such."""
    kind, _, subject = need.partition(":")
    if kind == "field":
        return quantity_words(lang, subject)
    if kind in {"local", "value"}:
        return text(lang, "proposal.memo.no_limit")
    return needed_words(lang, need, case.book)
