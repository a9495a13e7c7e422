"""Charts of the best mix for Vega-Lite: the goal over a limit, one goal over another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcels.messages import text
from parcels.proposal.mix.words import (
    goal_amount,
    goal_title,
    goal_unit,
    limit_title,
    limit_words,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcels.proposal.mix.curves import Frontier, Sensitivity
    from parcels.proposal.mix.terms import BestMix, Goal
    from parcels.ui.components.permu_palette import Palette

Spec = dict[str, Any]
HEIGHT = 176
"""Of a chart with its axes, px."""
_LINE = 2  # px
_PERCENT = 100
_EDGE = 0.17
_ROOM = {"top": 20, "bottom": 2, "left": 2, "right": 6}  # px


def curve_spec(lang: str, mix: BestMix, found: Sensitivity, colours: Palette) -> Spec:
    """Describe the best goal over a limit: limit and targets as dashed lines, own as a diamond.

    Parameters
    ----------
    mix : BestMix
        Whose goal it is.
    found : Sensitivity
        At least one of its points has a mix.
    colours : Palette
        Of the theme.

    Returns
    -------
    dict
    """
    factor, scale = _percent(found.limit.unit == "ratio"), _percent(mix.goal == "core")
    low, high = (float(found.points[at][0]) * factor for at in (0, -1))
    limit = float(found.limit.value) * factor
    axes = _axes(_limit_axis(lang, mix, found), _goal_axis(lang, mix.goal), ends=[low, high])
    points = [{"x": float(x) * factor, "y": y * scale} for x, y in found.points if y is not None]
    name = text(lang, "ui.best_mix.limit_mark", limit=limit_words(lang, found.limit))
    layers = [_line(points, axes, colours), *_upright(limit, name, axes, colours, [low, high])]
    marks = [limit]
    if found.own is not None:
        own: Spec = {"x": float(found.own[0]) * factor, "y": float(found.own[1]) * scale}
        own["name"] = text(lang, "ui.best_mix.own_mark")
        layers += _diamond(own, axes, colours, side=_side(own["x"], low, high, limit))
        marks.append(own["x"])
    for target in sorted({float(one.limit) for one in mix.targets}):
        asked = goal_amount(lang, mix.goal, target)
        level = {"y": target, "name": text(lang, "ui.best_mix.target_mark", limit=asked)}
        layers.append(_level(level, axes, colours, free=_free(marks, low, high)))
    return {"padding": _ROOM, "layer": layers}


def frontier_spec(lang: str, found: Frontier, colours: Palette) -> Spec:
    """Describe the pairs of goals that no mix beats, and the proposal as a diamond.

    Parameters
    ----------
    found : Frontier
        Of two points or more.
    colours : Palette
        Of the theme.

    Returns
    -------
    dict
    """
    factor, scale = _percent(found.second == "core"), _percent(found.first == "core")
    points = [{"x": x * factor, "y": y * scale} for x, y in found.points]
    axes = _axes(_goal_axis(lang, found.second), _goal_axis(lang, found.first))
    layers = [_line(points, axes, colours), _dots(points, axes, colours)]
    if found.own is not None:
        own: Spec = {"x": float(found.own[0]) * factor, "y": float(found.own[1]) * scale}
        every = [own["x"], *(one["x"] for one in points)]
        own["name"] = text(lang, "ui.best_mix.own_mark")
        layers += _diamond(own, axes, colours, side=_side(own["x"], min(every), max(every)))
    return {"padding": _ROOM, "layer": layers}


def _percent(is_share: bool) -> int:
    return _PERCENT if is_share else 1


def _goal_axis(lang: str, goal: Goal) -> str:
    title, unit = goal_title(lang, goal), goal_unit(lang, goal)
    return text(lang, "ui.best_mix.axis", title=title, unit=unit)


def _limit_axis(lang: str, mix: BestMix, found: Sensitivity) -> str:
    title = limit_title(lang, mix.problem, found.limit)
    unit = "%" if found.limit.unit == "ratio" else found.limit.unit
    named = text(lang, "ui.best_mix.axis", title=title, unit=unit).strip()
    has_gap = any(goal is None for _, goal in found.points)
    return text(lang, "ui.best_mix.blank", title=named) if has_gap else named


def _axes(x: str, y: str, ends: list[float] | None = None) -> Spec:
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
            "axis": {**quiet, "title": y, "tickCount": 4, "format": ",.2~f"},
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


def _diamond(own: Spec, axes: Spec, colours: Palette, *, side: str) -> list[Spec]:
    """Mark the proposal; its name stands above, on the side that is free."""
    mark = {"type": "point", "shape": "diamond", "size": 90, "filled": True, "opacity": 1}
    away = 5 if side == "left" else -5
    words = {"type": "text", "align": side, "dx": away, "dy": -8, "baseline": "bottom"}
    named = {**axes, "text": {"field": "name"}}
    data = {"values": [own]}
    return [
        {"data": data, "mark": {**mark, "color": colours.text}, "encoding": axes},
        {"data": data, "mark": {**words, "fontSize": 12, "color": colours.text}, "encoding": named},
    ]


def _side(at: float, low: float, high: float, other: float | None = None) -> str:
    """Choose on which side a name may stand: away from a line, inside the chart."""
    place = (at - low) / (high - low) if high > low else 0.0
    if place < _EDGE:
        return "left"
    if place > 1 - _EDGE:
        return "right"
    return "right" if other is not None and at < other else "left"


def _upright(
    at: float, name: str, axes: Spec, colours: Palette, ends: Sequence[float]
) -> list[Spec]:
    """Draw a limit as a dashed line with its name on top."""
    place = (at - ends[0]) / (ends[1] - ends[0])
    align = "left" if place < _EDGE else "right" if place > 1 - _EDGE else "center"
    data = {"values": [{"x": at, "name": name}]}
    rule = {"type": "rule", "strokeDash": [5, 4], "strokeWidth": _LINE, "color": colours.limit}
    words = {"type": "text", "align": align, "dy": -4, "fontSize": 12, "color": colours.limit}
    return [
        {"data": data, "mark": rule, "encoding": {"x": axes["x"]}},
        {
            "data": data,
            "mark": {**words, "baseline": "bottom"},
            "encoding": {"x": axes["x"], "y": {"value": 0}, "text": {"field": "name"}},
        },
    ]


def _free(marks: Sequence[float], low: float, high: float) -> str:
    """Choose where along a line its name is farthest from what stands there."""
    places = {"right": 0.86, "center": 0.5, "left": 0.14}
    taken = [(one - low) / (high - low) for one in marks]
    return max(places, key=lambda name: min(abs(places[name] - one) for one in taken))


def _level(level: Spec, axes: Spec, colours: Palette, *, free: str) -> Spec:
    """Draw what a rule on the promise for the goal asks, as a dotted line with its name."""
    rule = {"type": "rule", "strokeDash": [2, 3], "strokeWidth": 1, "color": colours.outline}
    words = {"type": "text", "align": free, "dy": -3, "fontSize": 12, "baseline": "bottom"}
    ends: dict[str, Any] = {"left": 0, "center": {"expr": "width / 2"}, "right": "width"}
    named = {"x": {"value": ends[free]}, "text": {"field": "name"}}
    return {
        "data": {"values": [level]},
        "encoding": {"y": axes["y"]},
        "layer": [
            {"mark": rule},
            {"mark": {**words, "color": colours.outline}, "encoding": named},
        ],
    }
