"""更改读法: read a file otherwise than it says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.systems import BD09, GCJ02
from parcels.export_systems import export_systems, system_text
from parcels.importing import PROJECT_PLACE
from parcels.messages import text
from parcels.ui import state
from parcels.ui.components.import_question import AREA_UNITS

if TYPE_CHECKING:
    from parcels.import_reading import ImportFile

_AS_FILE = ""
_WGS84 = "EPSG:4326"
_UTM = "EPSG:32649"
_ORDERS = ("en", "ne")


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
