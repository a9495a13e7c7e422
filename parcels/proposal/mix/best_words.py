"""The best mix in words and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcels.finding_words import rule_title
from parcels.messages import text
from parcels.proposal.field_paths import field_path
from parcels.proposal.fields import quantity_unit
from parcels.proposal.mix.words import goal_amount, goal_unit, lack_words, price_sentence
from parcels.proposal.remedies.advice_words import change_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcels.proposal.mix.terms import BestMix, Lack


def best_entry(best: BestMix, rows: Sequence[int], lang: str) -> dict[str, Any]:
    """Return a best mix as plain JSON values; shares are 0 to 1."""
    return {
        "status": best.status,
        "goal": best.goal,
        "unit": "ratio" if best.goal == "core" else goal_unit(lang, best.goal),
        "whole": best.whole,
        "own": None if best.own is None else float(best.own),
        "best": None if best.best is None else float(best.best),
        "changes": [
            {
                "field": field_path(one.quantity, rows),
                "from": float(one.before),
                "to": float(one.after),
                "unit": quantity_unit(one.quantity),
            }
            for one in best.changes
        ],
        "prices": [
            {
                "rule_id": one.limit.applied.id,
                "function": one.limit.function,
                "limit": float(one.limit.value),
                "step": float(one.limit.step),
                "gain": one.gain,
                "loss": one.loss,
            }
            for one in best.prices
        ],
        "lacks": [_lack_path(one, rows) for one in best.lacks],
        "conflict": [one.id for one in best.conflict],
        "messages": list(best_lines(best, lang)),
    }


def best_lines(best: BestMix, lang: str) -> Iterator[str]:
    """Say what the best mix is, a line each, or why there is none."""
    problem = best.problem
    if best.status != "found" or best.after is None:
        named = list(lack_words(lang, problem.proposal, best.lacks))
        named += [f"{rule_title(lang, one)} [{one.id}]" for one in best.conflict]
        yield text(lang, f"proposal.best.{best.status}", named=named)
        return
    own, reached = (goal_amount(lang, best.goal, one) for one in (best.own, best.best))
    yield text(lang, "proposal.best.found", own=own, best=reached)
    for change in best.changes:
        yield f"  {change_words(lang, best.after, change)}"
    for price in best.prices:
        yield f"  {price_sentence(lang, problem, price)} [{price.limit.applied.id}]"


def _lack_path(lack: Lack, rows: Sequence[int]) -> str:
    return lack.field if lack.row is None else f"floors[{rows[lack.row]}].{lack.field}"
