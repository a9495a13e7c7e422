"""The chosen element: what it is, how large, its points, and where it goes back to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from parcels.messages import text
from parcels.planning.wording import element_name, step_text
from parcels.ui import state
from parcels.ui.components.set_points import points_table
from parcels.ui.components.sketch_fields import fields, shaping
from parcels.ui.components.sketch_look import look_at_shapes
from parcels.ui.components.sketch_points import MOST_POINTS, element_points, point_count
from parcels.ui.components.sketch_saving import change_of, command, send
from parcels.ui.components.sketch_words import area_units, mu_text
from parcels.ui.markup import Markup, literal, tag

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.planning.model import Element, Operation, State
    from parcels.ui.components.sketch_now import Now

_CHOICE, _BACK = "sketch_element_choice", "sketch_back_to"
_PARENT = ""


def element_panel(now: Now) -> None:
    """Draw the choice of the element and all that can be said and done about it."""
    lang, elements = now.lang, now.line.state
    if not elements:
        st.html(tag("p", text(lang, "ui.sketch.no_elements"), cls="pl-note pl-muted"))
        _deleted(now)
        return
    names = {one.id: element_name(lang, one) for one in elements.values()}
    chosen = now.element
    state.put_widget(_CHOICE, chosen.id if chosen else None)
    st.selectbox(
        text(lang, "ui.sketch.element"),
        list(names),
        format_func=lambda one: names.get(one, one),
        key=_CHOICE,
        on_change=partial(_choose, elements),
        placeholder=text(lang, "ui.sketch.element_hint"),
        label_visibility="collapsed",
    )
    if chosen is None:
        st.html(_overview(now))
        _deleted(now)
        return
    st.html(_figures(lang, _answered(now, chosen.id)))
    fields(now, chosen)
    shaping(now, chosen)
    _back(now, chosen)
    st.html(_points(lang, chosen))


def _choose(elements: State) -> None:
    chosen = state.widget(_CHOICE)
    state.set_params(element=chosen)
    if chosen in elements:
        look_at_shapes([elements[chosen].shape], fit=False)


def _answered(now: Now, element: str) -> Mapping[str, Any]:
    found = (one for one in now.answer["elements"] if one["id"] == element)
    return next(found, {})


def _figures(lang: str, figures: Mapping[str, Any]) -> Markup:
    """Write area and perimeter, or the length of a road."""
    rows = []
    if figures.get("area_m2"):
        square_metres, hectares, mu = area_units(figures["area_m2"])
        cells = {"unit_m2": square_metres, "unit_ha": hectares, "unit_mu": mu}
        rows += [(text(lang, "ui.sketch.area"), value, key) for key, value in cells.items()]
    for name in ("perimeter_m", "length_m"):
        if figures.get(name):
            rows.append((text(lang, f"ui.sketch.{name}"), f"{figures[name]:,.2f}", "unit_m"))
    lines = [
        tag(
            "tr",
            tag("th", title if at == 0 or rows[at - 1][0] != title else ""),
            tag("td", value, cls="pl-num"),
            tag("td", text(lang, f"ui.sketch.{unit}")),
        )
        for at, (title, value, unit) in enumerate(rows)
    ]
    note = _origin(lang, figures)
    return tag("div", tag("table", *lines), note, cls="pl-extract pl-sk-figures")


def _origin(lang: str, figures: Mapping[str, Any]) -> Markup | None:
    kind = figures.get("geometry_class")
    if not kind:
        return None
    metres = figures.get("accuracy_m")
    accuracy = (
        text(lang, "ui.sketch.accuracy_unknown")
        if metres is None
        else text(lang, "ui.sketch.accuracy", metres=f"{metres:,.6g}")
    )
    said = text(lang, "ui.sketch.origin", kind=text(lang, f"map.geometry_{kind}"), how=accuracy)
    return tag("p", said, cls="pl-note pl-muted")


def _overview(now: Now) -> Markup:
    """List all elements with their areas while none is chosen."""
    lang = now.lang
    rows = [
        tag(
            "tr",
            tag("th", one["name"] or text(lang, f"ui.sketch.kind_{one['kind']}")),
            tag("td", _size(lang, one), cls="pl-num"),
        )
        for one in now.answer["elements"]
    ]
    heads = (
        tag("th", text(lang, "ui.sketch.element")),
        tag("th", text(lang, "ui.sketch.size"), cls="pl-num"),
    )
    head = tag("thead", tag("tr", *heads))
    return tag("div", tag("table", head, *rows), cls="pl-extract pl-sk-overview")


def _size(lang: str, figures: Mapping[str, Any]) -> str:
    """Write an area, of a road of unknown width its length."""
    if figures["area_m2"] is not None:
        return text(lang, "ui.sketch.mu", mu=mu_text(figures["area_m2"]))
    return f"{figures['length_m'] or 0.0:,.2f} {text(lang, 'ui.sketch.unit_m')}"


def _points(lang: str, element: Element) -> Markup:
    count = point_count(element.shape)
    title = text(lang, "ui.sketch.points", count=f"{count:,}")
    if count > MOST_POINTS:
        said = text(lang, "ui.sketch.points_many", most=f"{MOST_POINTS:,}")
        return tag("p", f"{title} {said}", cls="pl-note pl-muted")
    zone, rings = element_points(element.shape)
    where = text(lang, "ui.sketch.points_zone", zone=zone)
    body = tag("div", tag("p", where, cls="pl-note pl-muted"), points_table(lang, rings))
    return tag("details", tag("summary", title), body, cls="pl-extract")


def _back(now: Now, element: Element) -> None:
    """Offer to bring the element back to an earlier step of its own."""
    lang, line = now.lang, now.line
    steps: dict[str, str] = {}
    if element.id in line.inherited and line.inherited[element.id] != element:
        steps[_PARENT] = text(lang, "ui.sketch.as_parent")
    for number, one in enumerate(line.done, 1):
        if any(put.id == element.id and put != element for put in one.puts):
            steps[one.id] = _numbered(lang, number, one)
    if not steps:
        return
    with st.container(
        key="sketch_back", horizontal=True, wrap=False, vertical_alignment="bottom", gap="small"
    ):
        chosen = st.selectbox(
            text(lang, "ui.sketch.back_to"),
            list(steps),
            index=0,
            format_func=steps.__getitem__,
            key=f"{_BACK}_{element.id}_{now.scenario.version}",
        )
        said = text(lang, "ui.sketch.revert")
        sent = {"do": "revert", "element": element.id, "to": chosen or None}
        st.button(
            said,
            key="sketch_revert",
            disabled=now.desk.readonly,
            on_click=partial(send, change_of(now.scenario, said, command(sent))),
        )


def _numbered(lang: str, number: int, step: Operation) -> str:
    return text(lang, "ui.sketch.numbered", number=number, step=step_text(lang, step))


def _deleted(now: Now) -> None:
    """Offer the elements that were deleted, each as it last was."""
    lang, last = now.lang, {}
    for one in now.line.done:
        last.update({put.id: (put, one.id) for put in one.puts})
    gone = [(put, step) for put, step in last.values() if put.id not in now.line.state]
    if not gone:
        return
    st.html(tag("p", text(lang, "ui.sketch.deleted", count=len(gone)), cls="pl-step"))
    for put, step in gone[-5:]:
        said = text(lang, "ui.sketch.bring_back", name=element_name(lang, put))
        sent = {"do": "revert", "element": put.id, "to": step}
        st.button(
            literal(said),
            key=f"sketch_bring_{put.id}",
            type="tertiary",
            disabled=now.desk.readonly,
            on_click=partial(send, change_of(now.scenario, said, command(sent))),
        )
