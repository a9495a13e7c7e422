"""Tables of the best mix: areas beside the proposal's, and what each rule costs."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from parcels.messages import text
from parcels.proposal.mix.words import (
    area_number,
    gain_words,
    goal_title,
    limit_title,
    limit_words,
    loss_words,
    price_sentence,
    step_words,
    twin_words,
)
from parcels.proposal.model import FLOOR
from parcels.proposal.ruling.fact_rules import part_name
from parcels.ui.markup import Markup, join, tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.proposal.mix.terms import BestMix, Price
    from parcels.proposal.model import Proposal


def row_name(proposal: Proposal, at: int) -> str:
    """Name a row: as the user calls it, else by its function, else by its number."""
    name = part_name(proposal.parts[at])
    return name if name != "—" else f"{at + 1}"


def mix_table(lang: str, mix: BestMix) -> Markup:
    """Draw every row with its area now, at best, and the change."""
    heads = [tag("th", text(lang, "ui.best_mix.column_row"))]
    heads += [
        tag("th", text(lang, f"ui.best_mix.column_{one}"), cls="pl-num")
        for one in ("own", "best", "change")
    ]
    rows = list(_area_rows(lang, mix))
    return tag(
        "div",
        tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows)),
        cls="pl-extract pl-mix",
    )


def _area_rows(lang: str, mix: BestMix) -> Iterator[Markup]:
    own, after = mix.problem.proposal, mix.after
    if after is None:
        return
    now = then = Fraction(0)
    for at in range(len(own.parts)):
        before, best = (one.exact(f"{FLOOR}:{at}") or Fraction(0) for one in (own, after))
        if not before and not best:
            continue
        now, then = now + before, then + best
        name = join(row_name(own, at), _remark(lang, mix, at))
        yield _area_row(name, before, best)
    yield _area_row(text(lang, "ui.best_mix.total"), now, then, cls="pl-mix-total")


def _area_row(name: object, before: Fraction, best: Fraction, cls: str = "") -> Markup:
    change = best - before
    return tag(
        "tr",
        tag("td", name),
        tag("td", area_number(before), cls="pl-num"),
        tag("td", area_number(best), cls="pl-num"),
        tag("td", area_number(change, sign=True), cls="pl-num"),
        cls=cls,
    )


def _remark(lang: str, mix: BestMix, at: int) -> Markup | None:
    """Say of a row that a rule forbids it, or that it stays."""
    problem = mix.problem
    if at in problem.forbidden:
        key = "forbidden"
    elif at in problem.kept:
        key = "kept"
    else:
        return None
    return tag("span", text(lang, f"ui.best_mix.{key}"), cls="pl-badge")


def price_table(lang: str, mix: BestMix) -> Markup:
    """Draw what each limit costs: those that decide first, the dearest on top."""
    goal = goal_title(lang, mix.goal)
    if not mix.prices:
        said = text(lang, "ui.best_mix.no_limits")
        return tag("p", said, cls="pl-note pl-muted")
    heads = (
        tag("th", text(lang, "ui.best_mix.prices")),
        tag("th", text(lang, "ui.best_mix.column_step"), cls="pl-num"),
        tag("th", text(lang, "ui.best_mix.column_gain", goal=goal), cls="pl-num"),
        tag("th", text(lang, "ui.best_mix.column_loss"), cls="pl-num"),
    )
    prices = sorted(mix.prices, key=lambda one: -one.gain)
    rows = [_price_row(lang, mix, one) for one in prices]
    return tag(
        "div",
        tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows)),
        cls="pl-extract pl-mix",
    )


def _price_row(lang: str, mix: BestMix, price: Price) -> Markup:
    problem = mix.problem
    name = join(limit_title(lang, problem, price.limit), " ", limit_words(lang, price.limit))
    twins = None
    if price.twins and price.gain:
        said = text(lang, "ui.best_mix.twins", twins=twin_words(lang, problem, price.twins))
        twins = tag("span", text(lang, "ui.best_mix.together"), cls="pl-badge", title=said)
    return tag(
        "tr",
        tag("td", name, twins, title=price_sentence(lang, problem, price)),
        tag("td", step_words(lang, price.limit), cls="pl-num"),
        tag("td", gain_words(lang, mix.goal, price), cls="pl-num" + _quiet(price.gain)),
        tag("td", loss_words(lang, mix.goal, price), cls="pl-num" + _quiet(price.loss)),
        cls="" if price.gain else "pl-mix-idle",
    )


def _quiet(value: float | None) -> str:
    return " pl-muted" if value == 0 else ""
