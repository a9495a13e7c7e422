"""更改读法: read a file otherwise than it says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.systems import BD09, GCJ02
from parcels.export_systems import export_systems, system_text
from parcels.importing import PROJECT_PLACE
from parcels.messages import text
from parcels.ui import state
from parcels.ui.components.import_question import AREA_UNITS, drawing_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.read.parsed import Fault, Note
    from parcels.import_reading import ImportFile

_AS_FILE = ""
_WGS84 = "EPSG:4326"
_UTM = "EPSG:32649"
_ORDERS = ("en", "ne")
# What a reader of drawings is told, and the codes of what it is about.
_DRAWINGS = {
    ("nested", "parcels"): {"dxf_rings_nested"},
    ("close", "yes"): {"dxf_open_polyline", "dxf_open_polylines"},
}


def override(lang: str, file: ImportFile) -> None:
    """Draw one choice for each thing that can be read in more than one way."""
    with st.expander(text(lang, "ui.import.override")):
        systems = _systems(lang)
        answers = file.answers
        if answers.crs:
            systems.setdefault(answers.crs, answers.crs)
        _choice(lang, file, "crs", "head_crs", systems)
        orders = {order: text(lang, f"report.axes_{order}") for order in _ORDERS}
        _choice(lang, file, "axes", "head_axes", orders)
        units = {unit: text(lang, f"report.unit_{unit}") for unit in AREA_UNITS}
        _choice(lang, file, "area_unit", "head_area_unit", units)
        if file.layers:
            layers = {name: name for name in file.layers}
            _choice(lang, file, "layer", "head_layer", layers)
        for role, value in _drawn_otherwise(file):
            _drawing_choice(lang, file, role, value)


def _drawn_otherwise(file: ImportFile) -> Iterator[tuple[str, str]]:
    """Give what the lines of a drawing may mean otherwise, where it has such lines."""
    survey = file.survey
    said: list[Fault | Note] = [*survey.skipped, *survey.notes] if survey else []
    found = {one.code for one in said}
    for (role, value), codes in _DRAWINGS.items():
        if role in file.answers.columns or codes & found:
            yield role, value


def _drawing_choice(lang: str, file: ImportFile, role: str, value: str) -> None:
    key = f"import_override_{role}_{file.key}"
    state.put_widget(key, file.answers.columns.get(role, _AS_FILE))
    words = {_AS_FILE: text(lang, "ui.import.as_file"), value: drawing_words(lang, role, value)}
    st.selectbox(
        text(lang, f"ui.import.role_{role}"),
        list(words),
        format_func=lambda one: words.get(one, one),
        key=key,
        on_change=_redraw,
        args=(file, role, key),
    )


def _redraw(file: ImportFile, role: str, key: str) -> None:
    others = {name: value for name, value in file.answers.columns.items() if name != role}
    chosen = state.widget(key)
    file.settle(columns=others | ({role: chosen} if chosen else {}))


def _systems(lang: str) -> dict[str, str]:
    """Return what numbers may be in: the zones of the project, degrees, web maps."""
    own = {one.definition: system_text(lang, one) for one in export_systems(PROJECT_PLACE[0])}
    web = {name: text(lang, "candidate.web_map", name=name) for name in (GCJ02, BD09)}
    return own | {_WGS84: "WGS 84 (EPSG:4326)", _UTM: "WGS 84 / UTM 49N (EPSG:32649)"} | web


def _choice(lang: str, file: ImportFile, name: str, label: str, options: dict[str, str]) -> None:
    key = f"import_override_{name}_{file.key}"
    state.put_widget(key, getattr(file.answers, name) or _AS_FILE)
    as_file = text(lang, "ui.import.as_file")
    st.selectbox(
        text(lang, f"report.{label}"),
        [_AS_FILE, *options],
        format_func=lambda value: options.get(value, as_file),
        key=key,
        on_change=_override,
        args=(file, name, key),
    )


def _override(file: ImportFile, name: str, key: str) -> None:
    file.settle(**{name: state.widget(key) or None})
