"""The best mix in words and as JSON."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from parcels.finding_words import rule_title
from parcels.messages import text
from parcels.proposal.advice_words import change_words, exact_words
from parcels.proposal.field_paths import field_path
from parcels.proposal.fields import field_title, fields, floor_columns, quantity_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcels.proposal.mix_terms import BestMix, Goal, Lack, MixLimit, Price

_UNITS: dict[Goal, str] = {"tax": "万元/亩", "output": "万元/亩", "jobs": "人/亩", "core": "%"}
_PERCENT = 100


def best_entry(best: BestMix, rows: Sequence[int], lang: str) -> dict[str, Any]:
    """Return a best mix as plain JSON values; shares are 0 to 1."""
    return {
        "status": best.status,
        "goal": best.goal,
        "unit": "ratio" if best.goal == "core" else _UNITS[best.goal],
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
    if best.status != "found" or best.after is None:
        named = [_lack_words(lang, one) for one in best.lacks]
        named += [f"{rule_title(lang, one)} [{one.id}]" for one in best.conflict]
        yield text(lang, f"proposal.best.{best.status}", named=named)
        return
    own, reached = (goal_words(best.goal, one) for one in (best.own, best.best))
    yield text(lang, "proposal.best.found", own=own, best=reached)
    for change in best.changes:
        yield f"  {change_words(lang, best.after, change)}"
    for price in best.prices:
        yield f"  {_price_words(lang, best.goal, price)}"


def goal_words(goal: Goal, value: Fraction | float | None) -> str:
    """Write a value of a goal with its unit."""
    if value is None:
        return "—"
    exact = Fraction(value) * (_PERCENT if goal == "core" else 1)
    return f"{float(exact):,.2f} {_UNITS[goal]}"


def _price_words(lang: str, goal: Goal, price: Price) -> str:
    rule = f"{rule_title(lang, price.limit.applied)} [{price.limit.applied.id}]"
    if not price.gain:
        return text(lang, "proposal.best.free", rule=rule)
    step = _step_words(lang, price.limit)
    return text(
        lang, "proposal.best.price", rule=rule, step=step, gain=goal_words(goal, price.gain)
    )


def _step_words(lang: str, limit: MixLimit) -> str:
    if limit.unit == "ratio":
        points = exact_words(limit.step * _PERCENT, places=0)
        return text(lang, "proposal.best.points", points=points)
    return exact_words(limit.step, limit.unit)


def _lack_path(lack: Lack, rows: Sequence[int]) -> str:
    return lack.field if lack.row is None else f"floors[{rows[lack.row]}].{lack.field}"


def _lack_words(lang: str, lack: Lack) -> str:
    if lack.row is None:
        known = fields().get(lack.field)
        return field_title(lang, known) if known else text(lang, f"proposal.quantity.{lack.field}")
    title = field_title(lang, floor_columns()[lack.field])
    return text(lang, "proposal.row_field", row=lack.row + 1, title=title)
