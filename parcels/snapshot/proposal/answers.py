"""What the packs say of a proposal, side by side, with the changes that would make it pass."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from parcels.finding_words import limit_text, rule_title
from parcels.messages import text
from parcels.proposal.remedies.advice_words import (
    needed_words,
    no_remedy_words,
    remedy_title,
    rules_words,
    withheld_words,
)
from parcels.proposal.reports.comparison import (
    Line,
    cell_words,
    comparison,
    line_title,
    line_whole,
    margin_words,
    own_words,
)
from parcels.proposal.reports.memo import memo_of
from parcels.proposal.reports.report import case_entry, missing_data
from parcels.snapshot.proposal.around import around_answers
from parcels.snapshot.proposal.volumes import volume_answers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.proposal.remedies.advice import Advice
    from parcels.proposal.reports.case import Case
    from parcels.proposal.verdict import PackVerdict, RuleResult
    from parcels.snapshot.proposal.case import ProposalCase

Entry = dict[str, Any]
_PRICE_PLACES = 9


def proposal_answers(case: ProposalCase, lang: str) -> Entry:
    """Give verdicts, comparison, changes, memo, surroundings and volumes.

    Findings have ids: P1, P2 … in the order of the packs and of their rules; N1 … for what lies
    around. Changes are A1 …, lines of the comparison C1 …
    """
    judged = case.judged(lang)
    entry = case_entry(judged, lang)
    ids = _ids(judged)
    for told, verdict in zip(entry["packs"], judged.verdicts, strict=True):
        told["place"] = verdict.pack.place
        for finding, result in zip(told["findings"], verdict.results, strict=True):
            finding.update(_words(judged, result, ids, lang))
    _name_changes(case, judged, entry, lang)
    _settle_prices(entry["best_mix"])
    return {
        **entry,
        "comparison": list(_comparison(judged, ids, lang)),
        "memo": _memo(judged, lang),
        "missing": [
            {"need": need, "title": needed_words(lang, need, judged.book), "rules": rules}
            for need, rules in missing_data(judged.verdicts).items()
        ],
        "around": around_answers(case.place, judged.proposal, lang) if case.place else None,
        "volumes": volume_answers(case.volumes, judged.proposal, lang) if case.volumes else None,
    }


def _settle_prices(best_mix: Entry | None) -> None:
    """Cut what the solver leaves in the last digits: another build of it leaves something else."""
    for price in best_mix["prices"] if best_mix else ():
        for name in ("gain", "loss"):
            price[name] = None if price[name] is None else round(price[name], _PRICE_PLACES)


def _ids(judged: Case) -> dict[int, str]:
    """Give each result of all packs an id; they are told apart as the objects that they are."""
    every = (id(one) for verdict in judged.verdicts for one in verdict.results)
    return {one: f"P{at}" for at, one in enumerate(every, start=1)}


def _words(judged: Case, result: RuleResult, ids: dict[int, str], lang: str) -> Entry:
    line = Line(check=result.finding.check, cells=((result,),))
    return {
        "id": ids[id(result)],
        "pack": result.applied.pack.id,
        "rule_title": rule_title(lang, result.applied),
        "title": line_title(lang, line),
        "own_text": own_words(lang, judged.proposal, line),
        "whole_text": line_whole(lang, line),
        "limit_text": limit_text(lang, result.finding),
        "margin_text": margin_words(lang, result),
    }


def _comparison(judged: Case, ids: dict[int, str], lang: str) -> Iterator[Entry]:
    """Give a line a measure, a cell a pack; a pack that does not ask has no finding there."""
    for at, line in enumerate(comparison(judged.verdicts), start=1):
        yield {
            "id": f"C{at}",
            "check": line.check,
            "title": line_title(lang, line),
            "whole": line_whole(lang, line),
            "own": own_words(lang, judged.proposal, line),
            "cells": [
                {
                    "pack": verdict.pack.id,
                    "outcome": line.outcome(place),
                    "findings": [ids[id(one)] for one in line.cells[place]],
                    "texts": [cell_words(lang, one) for one in line.cells[place]],
                }
                for place, verdict in enumerate(judged.verdicts)
            ],
        }


def _memo(judged: Case, lang: str) -> Entry:
    """Give the parts of the memo; a statement names its finding."""
    entry = asdict(memo_of(judged, lang))
    for name in ("broken", "unknown", "kept"):
        for statement in entry[name]:
            statement["finding"] = f"P{statement.pop('number')}"
    return entry


def _name_changes(case: ProposalCase, judged: Case, entry: Entry, lang: str) -> None:
    """Give the changes of every pack ids, or say why there is none."""
    entry["advice_asked"] = case.advice is not None
    named = [(told, judged.advice.get(told["id"])) for told in entry["packs"]]
    whole: Entry = {"remedies": entry["remedies_all"]}
    counted = 0
    for told, advice in [*named, (whole, judged.together)]:
        told.update(_advice_words(judged, advice, lang))
        remedies = advice.remedies if advice else ()
        for change, remedy in zip(told["remedies"], remedies, strict=True):
            counted += 1
            change["id"] = f"A{counted}"
            change["title"] = remedy_title(lang, remedy)
            change["verdicts_after"] = [_after(one) for one in remedy.verdicts]
    entry["advice_all"] = {key: one for key, one in whole.items() if key != "remedies"}


def _advice_words(judged: Case, advice: Advice | None, lang: str) -> Entry:
    if advice is None:
        return {"advice_asked": False, "no_change_text": "", "withheld_text": ""}
    no_change = ""
    if advice.conflict:
        rules = rules_words(lang, advice.conflict, judged.book)
        no_change = text(lang, "snapshot_kinds.infeasible", rules=rules)
    elif not advice.remedies:
        no_change = no_remedy_words(lang, advice, judged.book)
    return {
        "advice_asked": True,
        "no_change_text": no_change,
        "withheld_text": withheld_words(lang, advice, judged.book),
    }


def _after(verdict: PackVerdict) -> Entry:
    return {"pack": verdict.pack.id, "outcome": verdict.outcome}
