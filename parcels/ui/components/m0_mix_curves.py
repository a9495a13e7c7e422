"""The two charts of the best mix with what the user chooses: a limit, a second goal."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from parcels.messages import text
from parcels.proposal.mix.curves import frontier, sensitivity
from parcels.proposal.mix.words import (
    goal_amount,
    goal_title,
    lack_words,
    limit_title,
    limit_words,
)
from parcels.ui import state
from parcels.ui.components.m0_charts import HEIGHT, curve_spec, frontier_spec
from parcels.ui.components.permu_chart import draw
from parcels.ui.components.permu_palette import palette
from parcels.ui.markup import tag

if TYPE_CHECKING:
    from parcels.proposal.mix.curves import Frontier
    from parcels.proposal.mix.terms import BestMix, Goal, MixLimit

_RULE, _SECOND = "m0_mix_rule", "m0_mix_second"
_RULE_PARAM, _SECOND_PARAM = "mixrule", "mixsecond"
_SECONDS: tuple[Goal, ...] = ("jobs", "core", "output", "tax")


def curve_chart(lang: str, mix: BestMix) -> None:
    """Draw the best goal as a function of one limit, which the user chooses."""
    limits = {_name(one): one for one in mix.problem.limits}
    named = state.param(_RULE_PARAM)
    chosen = named if named in limits else _dearest(mix)
    with st.container(key="m0_mix_curve", gap=None):
        state.put_widget(_RULE, chosen)
        st.selectbox(
            text(lang, "ui.best_mix.curve_rule"),
            list(limits),
            format_func=lambda one: _label(lang, mix, limits[one]),
            key=_RULE,
            on_change=partial(_chosen, _RULE, _RULE_PARAM),
            label_visibility="collapsed",
        )
        found = state.once(
            "m0_mix_curve", (mix.problem, chosen), lambda: sensitivity(mix, limits[chosen])
        )
        if any(goal is not None for _, goal in found.points):
            draw(curve_spec(lang, mix, found, palette()), height=HEIGHT)
        else:
            said = text(lang, "ui.best_mix.never")
            st.html(tag("p", said, cls="pl-box pl-note", role="status"))


def frontier_chart(lang: str, mix: BestMix) -> None:
    """Draw what the goal and a second one, which the user chooses, allow each other."""
    offered = [one for one in _SECONDS if one != mix.goal]
    named = state.param(_SECOND_PARAM)
    known = [one for one in offered if not mix.problem.lacks[one]]
    second = next((one for one in offered if one == named), next(iter([*known, *offered])))
    with st.container(key="m0_mix_frontier", gap=None):
        state.put_widget(_SECOND, second)
        st.selectbox(
            text(lang, "ui.best_mix.second"),
            offered,
            format_func=lambda one: text(
                lang,
                "ui.best_mix.chart_frontier",
                first=goal_title(lang, mix.goal),
                second=goal_title(lang, one),
            ),
            key=_SECOND,
            on_change=partial(_chosen, _SECOND, _SECOND_PARAM),
            label_visibility="collapsed",
        )
        found = state.once("m0_mix_frontier", (mix.problem, second), lambda: frontier(mix, second))
        if len(found.points) > 1:
            draw(frontier_spec(lang, found, palette()), height=HEIGHT)
        else:
            st.html(tag("p", _no_trade(lang, mix, found), cls="pl-box pl-note", role="status"))


def _no_trade(lang: str, mix: BestMix, found: Frontier) -> str:
    if found.lacks:
        lacks = lack_words(lang, mix.problem.proposal, found.lacks)
        return text(lang, "ui.best_mix.second_lacking", lacks=lacks)
    both = [
        f"{goal_title(lang, goal)} {goal_amount(lang, goal, value)}"
        for goal, value in zip((found.second, found.first), *found.points, strict=True)
    ]
    return text(lang, "ui.best_mix.agree", first=both[1], second=both[0])


def _label(lang: str, mix: BestMix, limit: MixLimit) -> str:
    title = f"{limit_title(lang, mix.problem, limit)} {limit_words(lang, limit)}"
    goal = goal_title(lang, mix.goal)
    return text(lang, "ui.best_mix.chart_curve", goal=goal, rule=title)


def _name(limit: MixLimit) -> str:
    """Name a limit in the address."""
    end = "max" if limit.is_upper else "min"
    return ".".join(part for part in (limit.applied.id, limit.function, end) if part)


def _dearest(mix: BestMix) -> str:
    """Name the limit that costs most; without a mix one that leaves none; else the first."""
    if mix.prices:
        return _name(max(mix.prices, key=lambda one: one.gain).limit)
    limits = mix.problem.limits
    return _name(next((one for one in limits if one.applied in mix.conflict), limits[0]))


def _chosen(key: str, param: str) -> None:
    state.set_params(**{param: state.widget(key)})
