"""用地平衡表: the land of the shown scenario by code, in both schemes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from parcels.messages import text
from parcels.planning.figures.balance import balance
from parcels.planning.wording import element_name
from parcels.ui import state
from parcels.ui.components.sketch_words import area_units
from parcels.ui.markup import Markup, join, tag

if TYPE_CHECKING:
    from parcels.planning.figures.balance import Balance, BalanceRow, BalanceScheme
    from parcels.ui.components.sketch_now import Now

_SCHEMES: tuple[BalanceScheme, ...] = ("gb50137", "mnr2023")
_PERCENT = 100
_COLUMNS = ("code", "use", "hectares", "mu", "percent", "elements")
_NUMBERS = {"hectares", "mu", "percent"}
_MOST_NAMES = 3


def balance_panel(now: Now) -> None:
    """Draw a table a scheme, side by side."""
    if not now.line.state:
        st.html(tag("p", text(now.lang, "ui.sketch.no_elements"), cls="pl-note pl-muted"))
        return
    version = (now.scenario.id, now.scenario.version)
    tables = state.once("sketch_balance", version, partial(_tables, now))
    with st.container(key="sketch_balance", horizontal=True, wrap=False, gap="medium"):
        for scheme in _SCHEMES:
            with st.container(key=f"sketch_balance_{scheme}", width="stretch"):
                st.html(_table(now, tables[scheme]))


def _tables(now: Now) -> dict[BalanceScheme, Balance]:
    return {scheme: balance(now.line.state, scheme) for scheme in _SCHEMES}


def _table(now: Now, made: Balance) -> Markup:
    lang = now.lang
    heads = (
        tag("th", text(lang, f"ui.sketch.balance_{one}"), cls="pl-num" if one in _NUMBERS else "")
        for one in _COLUMNS
    )
    total = _line(
        lang, "", text(lang, "ui.sketch.balance_total"), made.total_m2, 1.0, "", cls="pl-sk-total"
    )
    rows = [_row(now, one) for one in made.rows]
    title = tag("h3", text(lang, f"ui.scheme_long.{made.scheme}"))
    table = tag("table", tag("thead", tag("tr", *heads)), *rows, total)
    return tag("div", title, table, *_notes(now, made), cls="pl-extract pl-sk-balance")


def _row(now: Now, row: BalanceRow) -> Markup:
    lang = now.lang
    name = row.name or text(lang, f"ui.sketch.balance_{row.standing}")
    elements = "" if row.standing == "group" else _names(now, row.elements)
    cls = {"group": "pl-sk-group", "class": ""}.get(row.standing, "pl-text-unknown")
    return _line(lang, row.code, name, row.area_m2, row.share, elements, cls=cls)


def _line(
    lang: str, code: str, name: str, area_m2: float, share: float, elements: str, *, cls: str
) -> Markup:
    _, hectares, mu = area_units(area_m2)
    figures = (hectares, mu, f"{share * _PERCENT:,.2f}")
    del lang
    return tag(
        "tr",
        tag("td", code),
        tag("td", name),
        *(tag("td", one, cls="pl-num") for one in figures),
        tag("td", elements, cls="pl-muted"),
        cls=cls,
    )


def _names(now: Now, ids: tuple[str, ...]) -> str:
    names = [element_name(now.lang, now.line.state[one]) for one in ids if one in now.line.state]
    shown = names[:_MOST_NAMES]
    if len(names) > _MOST_NAMES:
        shown.append(text(now.lang, "ui.sketch.and_more", count=len(names) - _MOST_NAMES))
    return text(now.lang, "ui.list_mark").join(shown)


def _notes(now: Now, made: Balance) -> list[Markup]:
    """Say what was counted once, what could not be measured, and which element wins."""
    lang, notes = now.lang, [text(now.lang, "ui.sketch.balance_order")]
    for one in made.overlaps:
        counted, left = (now.line.state.get(at) for at in (one.counted, one.left))
        if counted and left:
            notes.append(
                text(
                    lang,
                    "ui.sketch.balance_overlap",
                    counted=element_name(lang, counted),
                    left=element_name(lang, left),
                    mu=area_units(one.area_m2)[2],
                )
            )
    if made.unmeasured:
        names = [element_name(lang, now.line.state[one]) for one in made.unmeasured]
        notes.append(text(lang, "ui.sketch.balance_unmeasured", names=names))
    return [join(tag("p", one, cls="pl-note pl-muted")) for one in notes]
