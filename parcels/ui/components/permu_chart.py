"""Pictures of the page 亩均: firms by one index beside the base, the zone from 2020 to 2025."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import streamlit as st

from parcels.messages import text
from parcels.permu.figures import index_text, index_unit, rounded
from parcels.permu.indices import index_value
from parcels.permu.sentences import in_words, role_title
from parcels.permu.terms import indicators
from parcels.permu.zone import YEARS, zone
from parcels.ui import state
from parcels.ui.components.permu_map import firm_map
from parcels.ui.components.permu_palette import palette
from parcels.ui.markup import tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcels.permu.indices import IndexValue
    from parcels.permu.scoring import Result
    from parcels.ui.components.permu_palette import Palette
    from parcels.ui.components.permu_source import Held

_INDEX, _PICTURE = "permu_index", "permu_picture"
_MOST_BARS = 12
_BAR = 20
_ZONE_HEIGHT = 190
_CHART, _MAP = "chart", "map"
_LABEL_GAP = 14.0  # 万元/亩, a line of letters in the zone's chart
_ZONE_ROOM = 1.06
_NAME_PIXELS = 118
_ROOM = 1.25  # for the number behind the longest line
_ABOVE = 20  # px, for the name of the base
Spec = dict[str, Any]
Mark = dict[str, Any]
_LINE = 2  # px


def firm_picture(lang: str, held: Held, results: Sequence[Result]) -> None:
    """Draw the firms by an index per 亩, as a chart or on a map; the address keeps which."""
    index = _index(results)
    values = [
        index_value(held.table, row.firm, indicators()[index], results[0].denominator)
        for row in results[0].rows
    ]
    picture = _MAP if state.param("picture") == _MAP else _CHART
    with st.container(key="permu_choice", horizontal=True, wrap=False):
        _choose_index(lang, index, results)
        state.put_widget(_PICTURE, picture)
        st.segmented_control(
            text(lang, "ui.permu.picture"),
            (_CHART, _MAP),
            required=True,
            format_func=lambda one: text(lang, f"ui.permu.picture_{one}"),
            key=_PICTURE,
            on_change=_picture_chosen,
            label_visibility="collapsed",
        )
    if picture == _MAP:
        firm_map(lang, held, index, values)
    else:
        _firm_chart(lang, results, index, values)


def zone_chart(lang: str) -> None:
    """Draw what the zone yields per 亩 in 2020 and 2025, a line a figure, named at its end."""
    rows: list[Mark] = []
    for year in YEARS:
        known = [one for one in zone().figures if year in one.per_mu]
        values = [float(one.per_mu[year]) for one in known]
        for figure, value, beside in zip(known, values, apart(values, _LABEL_GAP), strict=True):
            title = in_words(figure.title, lang)
            label = f"{rounded(figure.per_mu[year]):,}"
            rows.append(
                {"year": year, "value": value, "figure": title, "label": label, "beside": beside}
            )
    draw(zone_spec(rows, palette()), height=_ZONE_HEIGHT)


def apart(values: Sequence[float], gap: float) -> list[float]:
    """Place labels beside values so that none covers another: upwards, at least ``gap`` apart."""
    places: dict[int, float] = {}
    last = -math.inf
    for at in sorted(range(len(values)), key=lambda one: values[one]):
        last = places[at] = max(values[at], last + gap)
    return [places[at] for at in range(len(values))]


def zone_spec(rows: Sequence[Mark], colours: Palette) -> Spec:
    """Describe the lines of the zone for Vega-Lite: values, names and numbers at their ends."""
    x = {
        "field": "year",
        "type": "nominal",
        "axis": {"title": None, "labelAngle": 0, "domain": False, "ticks": False},
        "scale": {"padding": 0.45},
    }
    scale = {"domain": [0, _ZONE_ROOM * max(row["value"] for row in rows)]}
    y = {"field": "value", "type": "quantitative", "axis": None, "scale": scale}
    first, last = ({"filter": {"field": "year", "equal": year}} for year in YEARS)
    words: Spec = {"type": "text", "fontSize": 12, "color": colours.text, "baseline": "middle"}
    beside = {**y, "field": "beside"}
    named = {"calculate": "datum.label + '  ' + datum.figure", "as": "named"}
    return {
        "data": {"values": list(rows)},
        "encoding": {"x": x, "y": y, "detail": {"field": "figure", "type": "nominal"}},
        "layer": [
            {"mark": {"type": "line", "strokeWidth": _LINE, "color": colours.ink}},
            {"mark": {"type": "point", "filled": True, "size": 40, "color": colours.ink}},
            {
                "transform": [first],
                "mark": {**words, "align": "right", "dx": -8},
                "encoding": {"y": beside, "text": {"field": "label"}},
            },
            {
                "transform": [last, named],
                "mark": {**words, "align": "left", "dx": 8},
                "encoding": {"y": beside, "text": {"field": "named"}},
            },
        ],
    }


def _index(results: Sequence[Result]) -> str:
    offered = _offered(results)
    asked = state.param("index")
    return asked if asked in offered else offered[0]


def _offered(results: Sequence[Result]) -> list[str]:
    """Return the indices per land of the schemes in use, tax per 亩 first."""
    listed = [
        one.id
        for result in results
        for one in result.scheme.indicator
        if indicators()[one.id].per_land
    ]
    return list(dict.fromkeys(["tax_mu", *listed]))


def _choose_index(lang: str, index: str, results: Sequence[Result]) -> None:
    state.put_widget(_INDEX, index)
    st.selectbox(
        text(lang, "ui.permu.index"),
        _offered(results),
        format_func=lambda one: f"{role_title(one, lang)} {index_unit(one)}",
        key=_INDEX,
        on_change=_index_chosen,
        label_visibility="collapsed",
    )


def _index_chosen() -> None:
    state.set_params(index=state.widget(_INDEX))


def _picture_chosen() -> None:
    chosen = state.widget(_PICTURE)
    state.set_params(picture=_MAP if chosen == _MAP else None)


def _firm_chart(
    lang: str, results: Sequence[Result], index: str, values: Sequence[IndexValue]
) -> None:
    rows = sorted(_bars(results[0], index, values), key=lambda row: (-row["value"], row["order"]))
    unknown = len(values) - len(rows)
    if not rows:
        nothing = text(lang, "ui.permu.no_values", index=role_title(index, lang))
        st.html(tag("p", nothing, cls="pl-note pl-muted", role="status"))
        return
    shown, base = rows[:_MOST_BARS], _base(lang, results, index)
    draw(firm_spec(shown, base, palette()), height=_BAR * len(shown) + _ABOVE)
    if len(rows) > _MOST_BARS:
        counts = {"shown": _MOST_BARS, "total": len(rows), "unknown": unknown}
        st.html(tag("p", text(lang, "ui.permu.chart_rest", **counts), cls="pl-note pl-muted"))
    elif unknown:
        said = text(lang, "ui.permu.chart_unknown", unknown=unknown)
        st.html(tag("p", said, cls="pl-note pl-muted"))


def _bars(result: Result, index: str, values: Sequence[IndexValue]) -> list[Mark]:
    return [
        {
            "order": at,
            "name": row.firm.name or row.firm.id,
            "value": float(value.value),
            "label": index_text(index, value.value),
            "promised": row.firm.status == "promised",
        }
        for at, (row, value) in enumerate(zip(result.rows, values, strict=True))
        if value.value is not None
    ]


def _base(lang: str, results: Sequence[Result], index: str) -> Mark | None:
    """Return the base of the first scheme that has one for this index."""
    for result in results:
        for one in result.scheme.indicator:
            if one.id == index and one.base is not None:
                title = in_words(result.scheme.title, lang)
                label = text(lang, "ui.permu.base", scheme=title, value=one.base)
                return {"base": float(one.base), "label": label}
    return None


def firm_spec(rows: Sequence[Mark], base: Mark | None, colours: Palette) -> Spec:
    """Describe firms for Vega-Lite: a line from 0 and its value, promises as diamonds.

    Parameters
    ----------
    rows : sequence of dict
        ``order``, ``name``, ``value``, ``label``, ``promised``; the first stands on top.
    base : dict or None
        ``base`` and ``label`` of the dashed rule.
    colours : Palette
        Of the theme.

    Returns
    -------
    dict
    """
    most = max([row["value"] for row in rows] + ([base["base"]] if base else [])) or 1
    scale = {"domain": [0, most * _ROOM], "range": [_NAME_PIXELS, {"expr": "width"}]}
    x = {"field": "value", "type": "quantitative", "axis": None, "scale": scale}
    order = [row["order"] for row in rows]
    y = {"field": "order", "type": "ordinal", "sort": order, "axis": None}
    words: Spec = {"type": "text", "baseline": "middle", "fontSize": 12, "color": colours.text}
    name: Spec = {**words, "align": "left", "limit": _NAME_PIXELS - 10}
    left: Spec = {"value": 0}
    layers: list[Spec] = [
        {
            "mark": {"type": "rule", "strokeWidth": _LINE, "color": colours.ink},
            "encoding": {"x": x, "x2": {"datum": 0}},
        },
        _of(promised=False, mark={"type": "point", "size": 50, "color": colours.ink}, x=x),
        _of(
            promised=True,
            mark={"type": "point", "shape": "diamond", "size": 80, "color": colours.text},
            x=x,
        ),
        {
            "mark": {**words, "align": "left", "dx": 9},
            "encoding": {"x": x, "text": {"field": "label"}},
        },
        _of(promised=False, mark=name, x=left, words=True),
        _of(promised=True, mark={**name, "fontStyle": "italic"}, x=left, words=True),
    ]
    return {
        "data": {"values": list(rows)},
        "padding": {"top": _ABOVE, "bottom": 2, "left": 2, "right": 2},
        "layer": [
            {"encoding": {"y": y}, "layer": layers},
            *(_base_layers(base, scale, colours) if base else []),
        ],
    }


def _of(*, promised: bool, mark: Spec, x: Spec, words: bool = False) -> Spec:
    """Mark the promised firms, or the others; with their names where words are drawn."""
    own: Spec = {} if words else {"filled": True, "opacity": 1}
    named: Spec = {"text": {"field": "name"}} if words else {}
    return {
        "transform": [{"filter": f"datum.promised === {str(promised).lower()}"}],
        "mark": {**mark, **own},
        "encoding": {"x": x, **named},
    }


def _base_layers(base: Mark, scale: Spec, colours: Palette) -> list[Spec]:
    x = {"field": "base", "type": "quantitative", "axis": None, "scale": scale}
    rule = {"type": "rule", "strokeDash": [5, 4], "strokeWidth": _LINE, "color": colours.limit}
    words = {"type": "text", "fontSize": 12, "color": colours.limit, "baseline": "bottom"}
    data = {"values": [base]}
    return [
        {"data": data, "mark": rule, "encoding": {"x": x}},
        {
            "data": data,
            "mark": {**words, "align": "center", "dy": -3},
            "encoding": {"x": x, "y": {"value": 0}, "text": {"field": "label"}},
        },
    ]


def draw(spec: Spec, *, height: int) -> None:
    """Draw a chart of this height, as wide as its panel."""
    whole = {**spec, "height": height, "config": {"view": {"stroke": None}}}
    st.vega_lite_chart(spec=whole, width="stretch")
