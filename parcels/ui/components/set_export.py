"""导出: a format, a coordinate system, all parcels or the chosen one."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import PlannerError
from geo.systems import System, read_system
from geo.write.formats import WRITERS, Writer
from parcels.export_systems import export_systems, system_text
from parcels.exporting import export_with_notes
from parcels.messages import text
from parcels.ui import state
from parcels.ui.boundary import guarded, show_error
from parcels.ui.markup import tag
from parcels.wording import note_text

if TYPE_CHECKING:
    from parcels.parcel_sets import ParcelSet

_FORMAT, _SYSTEM, _SCOPE = "export_format", "export_system", "export_scope"
_ALL, _CHOSEN = "all", "chosen"
_ANY_TYPE = "application/octet-stream"


@st.fragment
def set_export(held: ParcelSet, position: int) -> None:
    """Draw the button; what is behind it runs by itself and only while it is open."""
    lang = state.lang()
    opened = st.popover(
        text(lang, "ui.set.export"), icon=":material/download:", key="set_export", on_change="rerun"
    )
    if opened.open:
        with opened:
            guarded(lambda: _offer(lang, held, position), lang)


def _offer(lang: str, held: ParcelSet, position: int) -> None:
    file_format = st.selectbox(
        text(lang, "ui.set.format"),
        list(WRITERS),
        format_func=lambda name: text(lang, f"ui.set.format_{name}"),
        key=_FORMAT,
    )
    systems = _systems(held, WRITERS[file_format])
    labels = {f"EPSG:{one.epsg}": system_text(lang, one) for one in systems}
    system = st.selectbox(
        text(lang, "report.head_crs"),
        list(labels),
        format_func=lambda code: labels.get(code, code),
        key=f"{_SYSTEM}_{file_format}",
    )
    scope = _scope(lang, held, position)
    positions = (position,) if scope == _CHOSEN else None
    version = (held.token, file_format, system, positions)
    try:
        with st.spinner(text(lang, "ui.set.exporting")):
            exported = state.once(
                "export",
                version,
                lambda: export_with_notes(held.survey, file_format, to=system, positions=positions),
            )
    except PlannerError as error:
        show_error(error, lang)
        return
    for note in exported.notes:
        st.html(tag("p", note_text(lang, note), cls="pl-note pl-muted"))
    st.download_button(
        text(lang, "ui.set.download", size=_size(len(exported.content))),
        exported.content,
        file_name=_file_name(held, positions, WRITERS[file_format]),
        mime=_ANY_TYPE,
        on_click="ignore",
        icon=":material/download:",
        key="set_download",
    )


def _scope(lang: str, held: ParcelSet, position: int) -> str:
    labels = {
        _ALL: text(lang, "ui.parcels.all", count=f"{len(held):,}"),
        _CHOSEN: text(lang, "ui.set.only_chosen", number=position + 1),
    }
    scope: str = st.segmented_control(
        text(lang, "ui.set.scope"),
        list(labels),
        default=_ALL,
        required=True,
        format_func=lambda value: labels[value],
        key=_SCOPE,
    )
    return scope


def _systems(held: ParcelSet, writer: Writer) -> list[System]:
    """List what a format can hold: the file's own system first, degrees where they are usual."""
    survey = held.survey
    west, _, east, _ = held.bounds
    found = {system.epsg: system for system in export_systems((west + east) / 2)}
    if survey.crs.epsg is not None:
        own = found.pop(survey.crs.epsg, None) or read_system(f"EPSG:{survey.crs.epsg}")
        found = {own.epsg: own, **found}
    fitting = [
        system
        for system in found.values()
        if writer.needs is None or system.is_degrees == (writer.needs == "degrees")
    ]
    return sorted(fitting, key=lambda one: writer.usual_degrees and not one.is_degrees)


def _file_name(held: ParcelSet, positions: tuple[int, ...] | None, writer: Writer) -> str:
    number = f"-{positions[0] + 1}" if positions else ""
    return f"{PurePath(held.title).stem}{number}{writer.suffix}"


def _size(count: int) -> str:
    """Write a size in the unit that suits it."""
    kilobytes = count / 1024
    return f"{kilobytes:,.0f} KB" if kilobytes >= 1 else f"{count:,} B"
