"""What is said of an element, and changes of its outline that are typed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import shapely
import streamlit as st

from geo.errors import PlannerError
from layers.codes import SCHEMES, code_table
from parcels.messages import error_text, text
from parcels.planning.model import ELEMENT_KINDS
from parcels.planning.wording import element_name
from parcels.ui import state
from parcels.ui.components.sketch_saving import Change, change_of, command, save, send
from parcels.ui.markup import tag

if TYPE_CHECKING:
    from collections.abc import Callable

    from parcels.planning.model import Element
    from parcels.ui.components.sketch_now import Now

_ERROR = "sketch_field_error"
_WHOLE = -1
_MOST_SIDES = 60
_FIRST_YEAR, _LAST_YEAR = 1949, 2199
_LONGEST = 60


def fields(now: Now, element: Element) -> None:
    """Draw name, kind, code, year and width; a change is saved at once."""
    with st.container(key="sketch_fields", gap="xsmall"):
        _text(now, element, "name", element.name)
        with st.container(key="sketch_fields_kind", horizontal=True, wrap=False, gap="small"):
            _kind(now, element)
            _text(now, element, "year", "" if element.year is None else str(element.year))
            if element.kind == "road":
                width = "" if element.width_m is None else f"{element.width_m:g} m"
                _text(now, element, "width", width)
        if element.kind != "road":
            _code(now, element)
        _problem(now, element)


def shaping(now: Now, element: Element) -> None:
    """Draw what changes the outline: an area, right angles, a buffer, deleting."""
    lang = now.lang
    is_area = shapely.get_dimensions(element.shape) == 2  # noqa: PLR2004
    with st.container(key="sketch_shaping", gap="xsmall"):
        if is_area:
            with st.container(key="sketch_fit", horizontal=True, wrap=False, gap="small"):
                _fit(now, element)
        with st.container(
            key="sketch_shape_row",
            horizontal=True,
            gap="small",
            wrap=False,
            vertical_alignment="bottom",
        ):
            if is_area:
                _typed(now, element, "buffer", "distance")
                _button(now, element, "square", ":material/square_foot:")
            said = _said(lang, "delete", element)
            sent = {"do": "delete", "elements": [element.id]}
            st.button(
                text(lang, "ui.sketch.step_delete"),
                key="sketch_delete",
                icon=":material/delete:",
                disabled=now.desk.readonly,
                on_click=partial(_delete, change_of(now.scenario, said, command(sent))),
            )


def _key(element: Element, name: str) -> str:
    return f"sketch_{name}_{element.id}"


def _text(now: Now, element: Element, name: str, value: str) -> None:
    key = _key(element, name)
    state.keep_widget(key, value)
    st.text_input(
        text(now.lang, f"ui.sketch.field_{name}"),
        key=key,
        max_chars=_LONGEST,
        placeholder=text(now.lang, f"ui.sketch.field_{name}_hint"),
        disabled=now.desk.readonly,
        on_change=partial(_put, now.lang, now, element, name, key),
        autocomplete="off",
    )


def _kind(now: Now, element: Element) -> None:
    key = _key(element, "kind")
    state.put_widget(key, element.kind)
    st.selectbox(
        text(now.lang, "ui.sketch.field_kind"),
        ELEMENT_KINDS,
        format_func=lambda one: text(now.lang, f"ui.sketch.kind_{one}"),
        key=key,
        disabled=now.desk.readonly,
        on_change=partial(_put, now.lang, now, element, "kind", key),
    )


def _code(now: Now, element: Element) -> None:
    """Draw scheme and code side by side: a code says nothing without its scheme."""
    lang = now.lang
    scheme_key, code_key = _key(element, "scheme"), _key(element, "code")
    scheme = element.scheme or state.recall("sketch_scheme", SCHEMES[0])
    state.put_widget(scheme_key, scheme)
    with st.container(key="sketch_fields_code", horizontal=True, wrap=False, gap="small"):
        st.selectbox(
            text(lang, "ui.sketch.field_scheme"),
            SCHEMES,
            format_func=lambda one: text(lang, f"ui.scheme_long.{one}"),
            key=scheme_key,
            disabled=now.desk.readonly,
            on_change=partial(_put_scheme, now, element, scheme_key),
        )
        table = code_table(scheme)
        state.put_widget(code_key, element.code or None)
        known = [*table, *([element.code] if element.code and element.code not in table else [])]
        st.selectbox(
            text(lang, "ui.sketch.field_code"),
            known,
            format_func=lambda one: f"{one} {table[one].name}" if one in table else one,
            key=code_key,
            placeholder=text(lang, "ui.sketch.no_code"),
            disabled=now.desk.readonly,
            on_change=partial(_put_code, now, element, scheme, code_key),
        )


def _fit(now: Now, element: Element) -> None:
    """Draw the wanted area and which side moves for it."""
    lang = now.lang
    sides = {_WHOLE: text(lang, "ui.sketch.whole")}
    outer = _outer(element)
    for number in range(min(outer, _MOST_SIDES)):
        sides[number] = text(
            lang, "ui.sketch.side", first=number + 1, last=(number + 1) % outer + 1
        )
    side_key = _key(element, "side")
    _typed(now, element, "fit_area", "area", side_key=side_key)
    st.selectbox(
        text(lang, "ui.sketch.field_side"),
        list(sides),
        format_func=sides.__getitem__,
        key=side_key,
        disabled=now.desk.readonly,
        on_change=state.hold_params,
    )


def _outer(element: Element) -> int:
    """Count the sides of the outer ring; 0 where there are several parts."""
    if element.shape.geom_type != "Polygon":
        return 0
    return int(shapely.get_num_coordinates(element.shape.exterior)) - 1


def _typed(
    now: Now, element: Element, do: str, argument: str, *, side_key: str | None = None
) -> None:
    key = f"{_key(element, do)}_{state.recall('sketch_typed', 0)}"
    st.text_input(
        text(now.lang, f"ui.sketch.step_{do}"),
        key=key,
        placeholder=text(now.lang, f"ui.sketch.{do}_hint"),
        disabled=now.desk.readonly,
        on_change=partial(_do_typed, now, element, do, argument, key, side_key),
        autocomplete="off",
    )


def _button(now: Now, element: Element, do: str, icon: str) -> None:
    said = _said(now.lang, do, element)
    sent = {"do": do, "element": element.id}
    st.button(
        text(now.lang, f"ui.sketch.step_{do}"),
        key=f"sketch_{do}",
        icon=icon,
        disabled=now.desk.readonly,
        on_click=partial(send, change_of(now.scenario, said, command(sent))),
    )


def _said(lang: str, do: str, element: Element, value: str = "") -> str:
    kind = text(lang, f"ui.sketch.step_{do}")
    named = text(lang, "ui.sketch.step_of", kind=kind, names=[element_name(lang, element)])
    return f"{named} {value}".strip()


def _do_typed(
    now: Now, element: Element, do: str, argument: str, key: str, side_key: str | None
) -> None:
    typed = str(state.widget(key) or "").strip()
    if not typed:
        state.hold_params()
        return
    sent: dict[str, Any] = {"do": do, "element": element.id, argument: typed}
    if side_key is not None:
        side = state.widget(side_key)
        sent["side"] = None if side == _WHOLE else side
    said = _said(now.lang, do, element, typed)
    if save(change_of(now.scenario, said, command(sent))) is not None:
        state.remember("sketch_typed", state.recall("sketch_typed", 0) + 1)


def _put(lang: str, now: Now, element: Element, name: str, key: str) -> None:
    typed = str(state.widget(key) or "").strip()
    try:
        value = _READ.get(name, str)(typed)
    except PlannerError as error:
        state.hold_params()
        state.remember(_ERROR, (element.id, error))
        return
    _describe(now, element, **{name: value})
    del lang


def _year(typed: str) -> int | str:
    if not typed:
        return ""
    is_year = typed.isascii() and typed.isdigit() and len(typed) == len(str(_LAST_YEAR))
    if not is_year or not _FIRST_YEAR <= int(typed) <= _LAST_YEAR:
        raise PlannerError(
            "year_unreadable", value=typed, first=str(_FIRST_YEAR), last=str(_LAST_YEAR)
        )
    return int(typed)


_READ: dict[str, Callable[[str], Any]] = {"year": _year}


def _put_scheme(now: Now, element: Element, key: str) -> None:
    """Look at another scheme; the code goes, as it means something else there."""
    scheme = state.widget(key)
    state.remember("sketch_scheme", scheme)
    if element.code:
        _describe(now, element, code="", scheme="")
    else:
        state.hold_params()


def _put_code(now: Now, element: Element, scheme: str, key: str) -> None:
    code = state.widget(key) or ""
    _describe(now, element, code=code, scheme=scheme if code else "")


def _describe(now: Now, element: Element, **values: Any) -> None:
    """Save what is said; nothing where it is said already."""
    state.remember(_ERROR, None)
    if all(_said_already(element, name) == value for name, value in values.items()):
        state.hold_params()
        return
    sent = {"do": "describe", "element": element.id, **values}
    save(change_of(now.scenario, _said(now.lang, "describe", element), command(sent)))


def _said_already(element: Element, name: str) -> Any:
    if name == "width":
        return "" if element.width_m is None else f"{element.width_m:g} m"
    value = getattr(element, name)
    return "" if value is None else value


def _delete(change: Change) -> None:
    if save(change) is not None:
        state.set_params(element=None)


def _problem(now: Now, element: Element) -> None:
    """Quote what was typed and not understood."""
    found = state.recall(_ERROR)
    if found is None or found[0] != element.id:
        return
    sentence, hint = error_text(now.lang, found[1])
    st.html(tag("p", sentence, " ", hint, cls="pl-note pl-sk-wrong", role="alert"))
