"""The import in three visible steps: what was read, what must be asked, take it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from parcels.messages import text
from parcels.parcel_sets import SETS
from parcels.ui import state
from parcels.ui.components import import_files
from parcels.ui.components.import_map import import_map
from parcels.ui.components.import_override import override
from parcels.ui.components.import_question import answered, area_question, question
from parcels.ui.components.import_repairs import repairs
from parcels.ui.components.import_report import report, report_head
from parcels.ui.markup import tag

if TYPE_CHECKING:
    from parcels.import_reading import ImportFile
    from parcels.map_scene import Lang

_WIDTH = 360


def import_flow(lang: Lang) -> bool:
    """Draw both panels.

    Returns
    -------
    bool
        Whether the page 地块 shall be opened now.
    """
    with st.container(key="import_panels", horizontal=True, wrap=False):
        left = st.container(key="import_left", width=_WIDTH, gap="small")
        right = st.container(key="import_right", width="stretch", gap="small")
    with left:
        with st.container(key="import_steps", gap="xsmall"):
            import_files.upload_box(lang)
            file = import_files.read_chosen(lang)
            if file:
                import_files.read_others(lang)
                import_files.file_list(lang)
                _steps(lang, file)
        opened = _accept(lang, file) if file else False
    with right:
        import_map(lang, file)
        report(lang, file)
    return opened


def _steps(lang: str, file: ImportFile) -> None:
    st.html(tag("p", file.name, cls="pl-step"))
    question(lang, file)
    answered(lang, file)
    report_head(lang, file)
    area_question(lang, file)
    repairs(lang, file)
    override(lang, file)


def _accept(lang: str, file: ImportFile) -> bool:
    """Draw the one button, or why there is nothing to take; tell whether to open the page 地块."""
    with st.container(key="import_foot", gap="xsmall"):
        if file.token:
            sentence = text(lang, "ui.import.taken", count=_count(file))
            st.html(tag("p", sentence, cls="pl-note", role="status"))
            open_ = text(lang, "ui.import.open")
            if st.button(open_, type="primary", width="stretch", key="import_open"):
                state.open_set(file.token)
                return True
            return False
        ready = file.status == "ready"
        reason = text(lang, f"ui.import.cannot_{file.status}") if not ready else None
        if reason:
            st.html(tag("p", reason, cls="pl-note pl-muted", role="status"))
        pressed = st.button(
            text(lang, "ui.import.accept", count=_count(file))
            if ready
            else text(lang, "ui.import.accept_none"),
            type="primary" if ready else "secondary",
            width="stretch",
            disabled=not ready,
            key="import_accept",
        )
        others = [one for one in import_files.files() if one.status == "ready" and one is not file]
        if others and ready:
            label = text(lang, "ui.import.accept_all", count=len(others) + 1)
            if st.button(label, width="stretch", key="import_accept_all"):
                return _take([file, *others])
    return _take([file]) if pressed else False


def _count(file: ImportFile) -> str:
    return f"{file.counts[0]:,}" if file.counts else "0"


def _take(files: list[ImportFile]) -> bool:
    """Keep files as parcel sets; open the first unless another file still needs its user."""
    for file in files:
        survey = file.survey
        if survey is not None:
            file.token = SETS.accept(survey, known=state.own_sets())
            state.keep_set(file.token)
    open_ = [one for one in import_files.files() if one.status in {"ready", "asked", "waiting"}]
    if open_:
        import_files.choose_file(open_[0])
        st.rerun()
    state.open_set(files[0].token)
    return True
