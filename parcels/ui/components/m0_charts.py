"""Charts of the best mix: the best goal as a limit moves, and what two goals allow each other."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from parcels.messages import text
from parcels.proposal.mix_curves import frontier, sensitivity
from parcels.proposal.mix_words import (
    goal_amount,
    goal_title,
    goal_unit,
    lack_words,
    limit_title,
    limit_words,
)
from parcels.ui import state
from parcels.ui.components.permu_chart import draw
from parcels.ui.components.permu_palette import palette
from parcels.ui.markup import tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcels.proposal.mix_curves import Frontier, Sensitivity
    from parcels.proposal.mix_terms import BestMix, Goal, MixLimit
    from parcels.ui.components.permu_palette import Palette

Spec = dict[str, Any]
_HEIGHT = 176
_LINE = 2  # px
_PERCENT = 100
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
        draw(curve_spec(lang, mix, found, palette()), height=_HEIGHT)


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
            draw(frontier_spec(lang, found, palette()), height=_HEIGHT)
        else:
            st.html(tag("p", _no_trade(lang, mix, found), cls="pl-box pl-note", role="status"))


def curve_spec(lang: str, mix: BestMix, found: Sensitivity, colours: Palette) -> Spec:
    """Describe the best goal over a limit for Vega-Lite: limit and targets dashed, own diamond."""
    factor = _PERCENT if found.limit.unit == "ratio" else 1
    scale = _PERCENT if mix.goal == "core" else 1
    points = [{"x": float(x) * factor, "y": y * scale} for x, y in found.points if y is not None]
    title = limit_title(lang, mix.problem, found.limit)
    unit = "%" if found.limit.unit == "ratio" else found.limit.unit
    axes = _axes(
        text(lang, "ui.best_mix.axis", title=title, unit=unit).strip(),
        text(
            lang,
            "ui.best_mix.axis",
            title=goal_title(lang, mix.goal),
            unit=goal_unit(lang, mix.goal),
        ),
        [float(found.points[0][0]) * factor, float(found.points[-1][0]) * factor],
    )
    layers = [
        _line(points, axes, colours),
        *_upright(
            float(found.limit.value) * factor,
            text(lang, "ui.best_mix.limit_mark", limit=limit_words(lang, found.limit)),
            axes,
            colours,
        ),
        *(_level(lang, mix, one, axes, colours) for one in _targets(mix)),
    ]
    if found.own is not None:
        own = {"x": float(found.own[0]) * factor, "y": float(found.own[1]) * scale}
        layers += _diamond(own, text(lang, "ui.best_mix.own_mark"), axes, colours)
    return {"layer": layers}


def frontier_spec(lang: str, found: Frontier, colours: Palette) -> Spec:
    """Describe the pairs that no mix beats for Vega-Lite, and the proposal as a diamond."""
    factor = _PERCENT if found.second == "core" else 1
    scale = _PERCENT if found.first == "core" else 1
    points = [{"x": x * factor, "y": y * scale} for x, y in found.points]
    titles = [
        text(lang, "ui.best_mix.axis", title=goal_title(lang, one), unit=goal_unit(lang, one))
        for one in (found.second, found.first)
    ]
    axes = _axes(titles[0], titles[1], None)
    layers = [_line(points, axes, colours), _dots(points, axes, colours)]
    if found.own is not None:
        own = {"x": float(found.own[0]) * factor, "y": float(found.own[1]) * scale}
        layers += _diamond(own, text(lang, "ui.best_mix.own_mark"), axes, colours)
    return {"layer": layers}


def _axes(x: str, y: str, ends: list[float] | None) -> Spec:
    quiet = {"grid": True, "titleFontSize": 12, "labelFontSize": 12, "titleFontWeight": "normal"}
    across: Spec = {"zero": False, "nice": ends is None}
    if ends is not None:
        across["domain"] = ends
    return {
        "x": {
            "field": "x",
            "type": "quantitative",
            "scale": across,
            "axis": {**quiet, "title": x, "grid": False, "tickCount": 8},
        },
        "y": {
            "field": "y",
            "type": "quantitative",
            "scale": {"zero": False, "nice": True, "padding": 8},
            "axis": {**quiet, "title": y, "tickCount": 4},
        },
    }


def _line(points: Sequence[Spec], axes: Spec, colours: Palette) -> Spec:
    mark = {"type": "line", "strokeWidth": _LINE, "color": colours.ink}
    return {"data": {"values": list(points)}, "mark": mark, "encoding": axes}


def _dots(points: Sequence[Spec], axes: Spec, colours: Palette) -> Spec:
    mark = {"type": "point", "filled": True, "size": 22, "color": colours.ink, "opacity": 1}
    told = [{**axes[one], "format": ",.2f", "title": axes[one]["axis"]["title"]} for one in "xy"]
    for one in told:
        del one["axis"], one["scale"]
    return {
        "data": {"values": list(points)},
        "mark": mark,
        "encoding": {**axes, "tooltip": told},
    }


def _diamond(own: Spec, name: str, axes: Spec, colours: Palette) -> list[Spec]:
    data = {"values": [{**own, "name": name}]}
    mark = {"type": "point", "shape": "diamond", "size": 90, "filled": True, "opacity": 1}
    words = {"type": "text", "align": "left", "dx": 9, "fontSize": 12, "baseline": "middle"}
    return [
        {"data": data, "mark": {**mark, "color": colours.text}, "encoding": axes},
        {
            "data": data,
            "mark": {**words, "color": colours.text},
            "encoding": {**axes, "text": {"field": "name"}},
        },
    ]


def _upright(at: float, name: str, axes: Spec, colours: Palette) -> list[Spec]:
    data = {"values": [{"x": at, "name": name}]}
    rule = {"type": "rule", "strokeDash": [5, 4], "strokeWidth": _LINE, "color": colours.limit}
    words = {"type": "text", "align": "left", "dx": 5, "fontSize": 12, "color": colours.limit}
    foot = {"value": _HEIGHT - 48}
    return [
        {"data": data, "mark": rule, "encoding": {"x": axes["x"]}},
        {
            "data": data,
            "mark": {**words, "baseline": "bottom"},
            "encoding": {"x": axes["x"], "y": foot, "text": {"field": "name"}},
        },
    ]


def _targets(mix: BestMix) -> list[float]:
    return sorted({float(one.limit) for one in mix.targets})


def _level(lang: str, mix: BestMix, target: float, axes: Spec, colours: Palette) -> Spec:
    limit = goal_amount(lang, mix.goal, target)
    name = text(lang, "ui.best_mix.target_mark", limit=limit)
    data = {"values": [{"y": target, "name": name}]}
    rule = {"type": "rule", "strokeDash": [2, 3], "strokeWidth": 1, "color": colours.outline}
    words = {"type": "text", "align": "left", "dx": 4, "dy": -3, "fontSize": 12}
    return {
        "data": data,
        "encoding": {"y": axes["y"]},
        "layer": [
            {"mark": rule},
            {
                "mark": {**words, "baseline": "bottom", "color": colours.outline},
                "encoding": {"x": {"value": 0}, "text": {"field": "name"}},
            },
        ],
    }


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
    """Name the limit that costs most; the first where none decides."""
    prices = sorted(mix.prices, key=lambda one: -one.gain)
    return _name(prices[0].limit if prices else mix.problem.limits[0])


def _chosen(key: str, param: str) -> None:
    state.set_params(**{param: state.widget(key)})
