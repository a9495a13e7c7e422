"""The best mix in words: goals, limits, what a step of a limit is worth, what is missing."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from parcels.finding_words import amount, rule_title
from parcels.messages import messages, text
from parcels.proposal.fields import field_title, fields, floor_columns
from parcels.proposal.model import FLOOR
from parcels.proposal.reports.figures import rounded, whole_words
from parcels.proposal.ruling.fact_rules import part_name
from parcels.rule_words import metric_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcels.proposal.mix.problem import MixProblem
    from parcels.proposal.mix.terms import BestMix, Goal, Lack, MixLimit, Price
    from parcels.proposal.model import Proposal

_LEAST, _MOST = 2, 6
_PERCENT = 100


def goal_title(lang: str, goal: Goal) -> str:
    """Name a goal."""
    return text(lang, f"best_mix.goal.{goal}")


def goal_unit(lang: str, goal: Goal) -> str:
    """Return the unit of a goal as it is shown."""
    return text(lang, f"best_mix.unit.{goal}")


def goal_amount(lang: str, goal: Goal, value: Fraction | float | None) -> str:
    """Write a value of a goal with its unit; a share as percent."""
    return "—" if value is None else f"{goal_number(goal, value)} {goal_unit(lang, goal)}"


def goal_number(goal: Goal, value: Fraction | float, *, sign: bool = False) -> str:
    """Write a value of a goal with two decimals, half up; more where two would show nothing."""
    exact = Fraction(value) * (_PERCENT if goal == "core" else 1)
    places = _LEAST
    while places < _MOST and exact and not rounded(exact, places):
        places += 1
    shown = f"{rounded(exact, places):,f}".replace("-", "−")
    return f"+{shown}" if sign and exact > 0 else shown


def area_number(area: Fraction, *, sign: bool = False) -> str:
    """Write a floor area in m², half up, without its unit."""
    shown = f"{rounded(area, _LEAST):,f}"
    return f"+{shown}" if sign and area > 0 else shown.replace("-", "−")


def whole_of(lang: str, mix: BestMix) -> str:
    """Say what a share refers to; "" for other goals."""
    if not mix.whole:
        return ""
    return text(lang, "best_mix.whole", whole=whole_words(mix.whole)[lang])


def limit_title(lang: str, problem: MixProblem, limit: MixLimit) -> str:
    """Name what a limit is about in a few characters; a cap of the mixing table by its rows."""
    if not limit.function:
        metric = limit.applied.rule.metric
        short = messages(lang).get(f"best_mix.short.{metric}")
        return short or metric_words(lang, metric) or rule_title(lang, limit.applied)
    rows = [
        part_name(part)
        for at, part in enumerate(problem.proposal.parts)
        if f"{FLOOR}:{at}" in limit.ratio.above
    ]
    return text(lang, "best_mix.cap", names=rows)


def limit_words(lang: str, limit: MixLimit) -> str:
    """Write operator and limit with its unit."""
    sign = (
        ("<" if limit.is_strict else "≤") if limit.is_upper else (">" if limit.is_strict else "≥")
    )
    return f"{sign} {amount(lang, float(limit.value), limit.unit)}"


def step_words(lang: str, limit: MixLimit) -> str:
    """Write by how much a limit is loosened, with its direction."""
    sign = "+" if limit.is_upper else "−"
    if limit.unit == "ratio":
        points = area_number(limit.step * _PERCENT).removesuffix(".00")
        return text(lang, "best_mix.points", sign=sign, points=points)
    return f"{sign}{amount(lang, float(limit.step), limit.unit)}"


def gain_words(lang: str, goal: Goal, price: Price) -> str:
    """Write what a step outwards is worth; that it does nothing where it does nothing."""
    if not price.gain:
        return text(lang, "best_mix.idle")
    return f"{goal_number(goal, price.gain, sign=True)} {goal_unit(lang, goal)}"


def loss_words(lang: str, goal: Goal, price: Price) -> str:
    """Write what a step inwards costs."""
    if price.loss is None:
        return text(lang, "best_mix.none_left")
    if not price.loss:
        return text(lang, "best_mix.idle")
    return f"{goal_number(goal, -price.loss)} {goal_unit(lang, goal)}"


def price_sentence(lang: str, problem: MixProblem, price: Price) -> str:
    """Say what a step of a limit is worth as people say it."""
    said = {
        "rule": limit_title(lang, problem, price.limit),
        "limit": limit_words(lang, price.limit),
        "step": step_words(lang, price.limit).lstrip("+−"),
        "goal": goal_title(lang, problem.goal),
        "gain": gain_words(lang, problem.goal, price).lstrip("+"),
    }
    if not price.gain:
        return text(lang, "best_mix.price_idle", **said)
    if not price.twins:
        return text(lang, "best_mix.price", **said)
    return text(lang, "best_mix.price_twins", **said, twins=twin_words(lang, problem, price.twins))


def twin_words(lang: str, problem: MixProblem, twins: Sequence[MixLimit]) -> list[str]:
    """Name the limits that say the same."""
    named = [f"{limit_title(lang, problem, one)} {limit_words(lang, one)}" for one in twins]
    return list(dict.fromkeys(named))


def lack_words(lang: str, proposal: Proposal, lacks: Sequence[Lack]) -> list[str]:
    """Say for each datum which rows lack it."""
    rows: dict[str, list[str]] = {}
    for one in lacks:
        named = rows.setdefault(one.field, [])
        if one.row is not None:
            name = part_name(proposal.parts[one.row])
            named.append(text(lang, "best_mix.row", row=one.row + 1, name=name))
    return [
        text(lang, "best_mix.lacks_rows", field=_field(lang, one), rows=named)
        if named
        else text(lang, "best_mix.lacks_field", field=_field(lang, one))
        for one, named in rows.items()
    ]


def _field(lang: str, name: str) -> str:
    known = fields().get(name) or floor_columns().get(name)
    return field_title(lang, known) if known else text(lang, f"proposal.quantity.{name}")
