"""What a file leaves open: asked, answered at once, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from parcels.import_scene import letter
from parcels.messages import text
from parcels.places import place_text
from parcels.ui import state
from parcels.ui.markup import join, literal, tag
from parcels.wording import candidate_text, failure_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.errors import PlannerError
    from parcels.import_reading import ImportFile

AREA_UNITS = ("ha", "m2", "mu", "km2")
_POINT_ROLES = ("x", "y", "point", "parcel", "ring")
_DRAWING_ROLES = {"close", "nested"}
_ROLES = ("x", "y", "wkt", "id", "name", "area", "use", "code", "parcel", "ring", "point")


def question(lang: str, file: ImportFile) -> None:
    """Draw what the file asks, or why it cannot be used."""
    error = file.reading.error if file.reading else None
    if error is None:
        return
    asked = file.reading.question if file.reading else None
    if asked is None:
        _refusal(lang, error)
        return
    sentence, _ = failure_text(lang, error)
    st.html(tag("p", sentence, cls="pl-box pl-ask pl-note", role="status"))
    if asked == "columns":
        _ask_columns(lang, file, error)
    elif asked == "layer":
        _ask_layer(lang, file)
    else:
        _ask_place(lang, file)


def _refusal(lang: str, error: PlannerError) -> None:
    sentence, hint = failure_text(lang, error)
    where = str(error.values.get("where", ""))
    place = tag("p", place_text(lang, where), cls="pl-note") if where else None
    advice = tag("p", hint, cls="pl-note") if hint else None
    st.html(tag("div", tag("strong", sentence), place, advice, cls="pl-problem", role="alert"))


def candidates_of(file: ImportFile) -> tuple[Mapping[str, Any], ...]:
    """Return the places that a question is about; of several with one answer the nearest."""
    error = file.reading.error if file.reading else None
    asked = file.reading.question if file.reading else None
    given = error.values.get("candidates") if error else None
    if asked not in {"crs", "axes"} or not isinstance(given, (list, tuple)):
        return ()
    found: dict[object, Mapping[str, Any]] = {}
    for one in given:
        found.setdefault(one["axes"] if asked == "axes" else (one["crs"], one["axes"]), one)
    return tuple(found.values())


def answer_place(file: ImportFile, position: int) -> None:
    """Answer with a candidate: its system, and its order of numbers where that is open too."""
    found = candidates_of(file)
    one = found[position]
    if file.reading and file.reading.question == "axes":
        file.settle(axes=one["axes"])
        return
    both = sum(other["crs"] == one["crs"] for other in found) > 1
    file.settle(crs=one["crs"], **({"axes": one["axes"]} if both else {}))


def _ask_place(lang: str, file: ImportFile) -> None:
    found = candidates_of(file)
    if not found:
        return
    orders = len({one["axes"] for one in found}) > 1
    key = f"import_place_{file.key}"
    st.radio(
        text(lang, "ui.import.which_place"),
        range(len(found)),
        index=None,
        format_func=lambda position: _place_label(lang, position, found[position], orders=orders),
        captions=[_place_caption(lang, one) for one in found],
        key=key,
        on_change=_answer_place,
        args=(file, key),
    )


def _place_label(lang: str, position: int, one: Mapping[str, Any], *, orders: bool) -> str:
    order = f" · {text(lang, 'report.axes_' + one['axes'])}" if orders else ""
    return literal(f"{letter(position)} · {candidate_text(lang, one)}{order}")


def _place_caption(lang: str, one: Mapping[str, Any]) -> str:
    place = f"{one['lon']:.4f}°E, {one['lat']:.4f}°N"
    if one.get("near_km") is None:
        return place
    return f"{place} · {text(lang, 'ui.import.distance', km=_kilometres(one['near_km']))}"


def _kilometres(value: float) -> str:
    return f"{value:,.1f}" if value < 100 else f"{value:,.0f}"  # noqa: PLR2004


def _answer_place(file: ImportFile, key: str) -> None:
    answer_place(file, state.widget(key))


def _ask_layer(lang: str, file: ImportFile) -> None:
    key = f"import_layer_{file.key}"
    st.selectbox(
        text(lang, "ui.import.which_layer"),
        file.layers,
        index=None,
        placeholder=text(lang, "ui.data.choose"),
        key=key,
        on_change=_answer,
        args=(file, key, "layer"),
    )


def _ask_columns(lang: str, file: ImportFile, error: PlannerError) -> None:
    """Let every role be given a column; nothing is read until it is said."""
    given = error.values.get("roles")
    listed = {str(role) for role in given} if isinstance(given, (list, tuple)) else set()
    roles = [role for role in _ROLES if role in listed | set(_POINT_ROLES)]
    with st.form(key=f"import_columns_{file.key}", border=False):
        st.html(tag("p", text(lang, "ui.import.which_columns"), cls="pl-note"))
        sides = st.columns(2, gap="small")
        for number, role in enumerate(roles):
            sides[number % 2].selectbox(
                text(lang, f"ui.import.role_{role}"),
                file.columns,
                index=_position(file.columns, file.answers.columns.get(role)),
                placeholder="—",
                key=_column_key(file, role),
            )
        st.form_submit_button(
            text(lang, "ui.import.read_so"),
            type="primary",
            on_click=_answer_columns,
            args=(file, roles),
        )


def _position(columns: Sequence[str], name: str | None) -> int | None:
    return columns.index(name) if name in columns else None


def _column_key(file: ImportFile, role: str) -> str:
    return f"import_column_{file.key}_{role}"


def _answer_columns(file: ImportFile, roles: Sequence[str]) -> None:
    said = {role: state.widget(_column_key(file, role)) for role in roles}
    file.settle(columns={role: column for role, column in said.items() if column})


def _answer(file: ImportFile, key: str, name: str) -> None:
    file.settle(**{name: state.widget(key)})


def area_question(lang: str, file: ImportFile) -> None:
    """Ask for the unit of the declared areas where no unit fits the shapes."""
    survey = file.survey
    if survey is None or all(note.code != "area_unit_unknown" for note in survey.notes):
        return
    key = f"import_unit_{file.key}"
    st.segmented_control(
        text(lang, "ui.import.which_unit"),
        AREA_UNITS,
        format_func=lambda unit: text(lang, f"report.unit_{unit}"),
        key=key,
        on_change=_answer,
        args=(file, key, "area_unit"),
    )


def answered(lang: str, file: ImportFile) -> None:
    """Name what the user said about the file, and let it be taken back."""
    said = list(_said(lang, file))
    if not said and not file.steps:
        return
    recalled = text(lang, "ui.import.recalled") if file.recalled else None
    with st.container(key="import_said", horizontal=True, vertical_alignment="center"):
        sentence = text(lang, "ui.import.said", answers=said)
        st.html(
            join(
                tag("p", sentence, cls="pl-note"),
                recalled and tag("p", recalled, cls="pl-note pl-muted"),
            )
        )
        st.button(
            text(lang, "ui.import.take_back"),
            icon=":material/undo:",
            key="import_take_back",
            type="tertiary",
            disabled=not file.steps,
            on_click=file.take_back,
        )


def drawing_words(lang: str, role: str, value: str) -> str:
    """Write what a role of a drawing was set to; the column of a table as it is named."""
    return text(lang, f"ui.import.{role}_{value}") if role in _DRAWING_ROLES else value


def _said(lang: str, file: ImportFile) -> list[str]:
    answers = file.answers
    named = {
        "head_crs": answers.crs,
        "head_axes": answers.axes and text(lang, f"report.axes_{answers.axes}"),
        "head_layer": answers.layer,
        "head_area_unit": answers.area_unit and text(lang, f"report.unit_{answers.area_unit}"),
    }
    said = [f"{text(lang, f'report.{key}')} {value}" for key, value in named.items() if value]
    said += [
        f"{text(lang, f'ui.import.role_{role}')} = {drawing_words(lang, role, column)}"
        for role, column in answers.columns.items()
    ]
    return said + ([text(lang, "ui.import.repairs_taken")] if answers.repair else [])
