"""The best mix on the page M0: the answer beside the proposal, what each rule costs, two charts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from parcels.finding_words import rule_title
from parcels.messages import text
from parcels.proposal.mix.best_mix import best_mix
from parcels.proposal.mix.goals import MEASURED_BY
from parcels.proposal.mix.words import (
    area_number,
    goal_amount,
    goal_title,
    lack_words,
    price_sentence,
    whole_of,
)
from parcels.proposal.remedies.advice_words import rules_words
from parcels.ui import state
from parcels.ui.components.m0_mix_asked import ask, asked_of
from parcels.ui.components.m0_mix_curves import curve_chart, frontier_chart
from parcels.ui.components.m0_mix_tables import mix_table, price_table
from parcels.ui.markup import Markup, tag

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from fractions import Fraction

    from parcels.proposal.mix.problem import MixProblem
    from parcels.proposal.mix.terms import BestMix
    from parcels.proposal.model import Change, Proposal
    from parcels.proposal.verdict import RuleResult
    from parcels.rules.load import RuleBook

    Apply = Callable[[tuple[Change, ...]], None]

_STYLE = Path(__file__).parents[1] / "m0_mix.css"
_PERCENT = 100


def best_mix_panel(
    lang: str, proposal: Proposal, book: RuleBook, packs: Sequence[str], *, apply: Apply
) -> None:
    """Draw goal, packs and what stays; the best mix beside the proposal; prices; two charts.

    Parameters
    ----------
    lang : str
        ``zh`` or ``en``.
    proposal : Proposal
    book : RuleBook
    packs : sequence of str
        Ids of packs of the book: one of them is kept, or all together, as the user chooses.
    apply : callable
        Takes the changes when the user applies the best mix.
    """
    with st.container(key="setup_m0_mix"):
        st.html(_STYLE)
    asked = asked_of(proposal, book, packs)
    with st.container(key="m0_mix", gap=None):
        ask(lang, asked)
        mix = state.once(
            "m0_best_mix",
            (proposal, book.digest, asked.key),
            lambda: best_mix(
                proposal,
                book,
                packs=asked.packs,
                goal=asked.goal,
                hold=asked.hold,
                keep=asked.keep,
            ),
        )
        if mix.status == "found":
            _answer(lang, mix, apply)
        else:
            st.html(tag("div", *_why_not(lang, mix), cls="pl-extract pl-box", role="status"))
        if mix.status in {"found", "infeasible"} and mix.problem.limits:
            with st.container(key="m0_mix_charts", horizontal=True, wrap=False, gap="small"):
                curve_chart(lang, mix)
                if mix.status == "found":
                    frontier_chart(lang, mix)
        st.html(_apart(lang, mix))


def _answer(lang: str, mix: BestMix, apply: Apply) -> None:
    with st.container(key="m0_mix_head", horizontal=True, wrap=False):
        st.html(_headline(lang, mix))
        st.space("stretch")
        st.button(
            text(lang, "ui.best_mix.apply"),
            key="m0_mix_apply",
            icon=":material/check:",
            type="primary",
            disabled=not mix.changes,
            on_click=apply,
            args=(mix.changes,),
        )
    with st.container(key="m0_mix_tables", horizontal=True, wrap=False, gap="small"):
        with st.container(key="m0_mix_areas"):
            st.html(mix_table(lang, mix))
        with st.container(key="m0_mix_prices"):
            st.html(price_table(lang, mix))
    if mix.prices:
        dearest = max(mix.prices, key=lambda one: one.gain)
        idle = text(lang, "ui.best_mix.free", goal=goal_title(lang, mix.goal))
        said = price_sentence(lang, mix.problem, dearest) if dearest.gain else idle
        st.html(tag("p", said, cls="pl-note"))


def _headline(lang: str, mix: BestMix) -> Markup:
    said = text(
        lang,
        "ui.best_mix.headline",
        goal=goal_title(lang, mix.goal),
        own=goal_amount(lang, mix.goal, mix.own),
        best=goal_amount(lang, mix.goal, mix.best),
    )
    targets = {(one.limit, one.verdict): one for one in mix.targets}
    badges = [
        tag(
            "span",
            text(
                lang,
                f"ui.best_mix.target_{one.verdict}",
                limit=goal_amount(lang, mix.goal, one.limit),
            ),
            cls="pl-badge pl-pass" if one.verdict == "pass" else "pl-badge pl-warning",
        )
        for one in targets.values()
    ]
    notes = text(lang, "ui.review.clause_mark").join(_notes(lang, mix))
    return tag(
        "div",
        tag("strong", said),
        *badges,
        tag("div", notes, cls="pl-note pl-muted"),
        cls="pl-mix-head",
    )


def _notes(lang: str, mix: BestMix) -> list[str]:
    """Say what the goal rests on, what was promised, how much floor area changes."""
    if mix.goal == "core":
        notes = [whole_of(lang, mix)]
    else:
        notes = [text(lang, "ui.best_mix.by_yields")]
        promised = _promised(mix)
        if promised is not None:
            shown = goal_amount(lang, mix.goal, promised)
            notes.append(text(lang, "ui.best_mix.promised", promised=shown))
    if _has_parts(mix.problem):
        notes.append(text(lang, f"ui.best_mix.parts_{mix.hold}"))
    if not mix.changes:
        return [*notes, text(lang, "ui.best_mix.same")]
    notes.append(text(lang, "ui.best_mix.moved", moved=area_number(mix.moved)))
    if mix.grown:
        key = "grown" if mix.grown > 0 else "shrunk"
        notes.append(text(lang, f"ui.best_mix.{key}", grown=area_number(abs(mix.grown))))
    return notes


def _has_parts(problem: MixProblem) -> bool:
    """Whether rows lie on both sides of what is held: below ground, or not counted."""
    parts = [problem.proposal.parts[at] for at in problem.rows]
    sides = {one.below_ground if problem.hold == "total" else one.is_counted for one in parts}
    return len(sides) > 1


def _promised(mix: BestMix) -> Fraction | None:
    """Return what the proposal promises for the goal, by the first rule that measures it."""
    metric = MEASURED_BY.get(mix.goal)
    for verdict in mix.verdicts:
        for one in verdict.results:
            if one.applied.rule.metric == metric and one.measured is not None:
                return one.measured.exact
    return None


def _why_not(lang: str, mix: BestMix) -> list[Markup]:
    if mix.status == "lacking":
        said = text(lang, "ui.best_mix.status_lacking", goal=goal_title(lang, mix.goal))
        lacks = lack_words(lang, mix.problem.proposal, mix.lacks)
        listed = tag("ul", *(tag("li", one) for one in lacks))
        where = tag("p", text(lang, "ui.best_mix.where"), cls="pl-note pl-muted")
        return [tag("strong", said, cls="pl-text-unknown"), listed, where]
    if mix.status != "infeasible":
        return [tag("p", text(lang, f"ui.best_mix.status_{mix.status}"))]
    key = "total" if mix.hold == "total" else ""
    rules = rules_words(lang, [one.id for one in mix.conflict], mix.problem.book)
    if not rules:
        return [tag("p", text(lang, "ui.best_mix.status_infeasible_sum"))]
    name = f"ui.best_mix.status_infeasible{'_' if key else ''}{key}"
    return [tag("p", text(lang, name, rules=rules))]


def _apart(lang: str, mix: BestMix) -> Markup:
    """Name the rules that played no part: what areas do not touch, and what is not known."""
    problem = mix.problem
    broken = [one for one in problem.idle if one.outcome in {"fail", "warning"}]
    key = "idle_broken" if broken else "idle_rules"
    folds = []
    if problem.idle:
        counts = {"count": len(problem.idle), "broken": len(broken)}
        summary = text(lang, f"ui.best_mix.{key}", **counts)
        folds.append(_fold(lang, summary, [*broken, *problem.idle], ""))
    if problem.unknown:
        summary = text(lang, "ui.best_mix.unknown_rules", count=len(problem.unknown))
        folds.append(_fold(lang, summary, problem.unknown, "pl-text-unknown"))
    return tag("div", *folds, cls="pl-extract pl-mix-apart")


def _fold(lang: str, summary: str, results: Sequence[RuleResult], cls: str) -> Markup:
    names = list(dict.fromkeys(rule_title(lang, one.applied) for one in results))
    listed = text(lang, "ui.list_mark").join(names)
    return tag("details", tag("summary", summary, cls=cls), tag("span", listed), cls="pl-note")
