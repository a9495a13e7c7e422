"""The files of an import: drop them, see where each stands, choose one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from geo.read.limits import DEFAULT_LIMITS, MEGABYTE
from parcels.import_reading import ImportFile, joined_shapefiles
from parcels.limit_text import limits_text
from parcels.messages import text
from parcels.parcel_sets import SETS
from parcels.ui import state
from parcels.ui.markup import Markup, tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

MOST_FILES = 100
MOST_BYTES = 300 * MEGABYTE
_FILES, _CHOSEN, _ROUND, _LEFT_OUT = "import_files", "import_chosen", "import_round", "import_full"
_STANDS = "import_page_stands"
_TABLE = "import_file_table"
_PAUSE_SECONDS = 0.2
_ROW_HEIGHT = 33
_CONTENT_ROWS = 6
_COLUMNS = ("status", "name", "parcels", "rejected", "skipped")
_WIDTHS = {"zh": (80, 86, 54, 50, 46), "en": (78, 66, 57, 60, 59)}


def files() -> list[ImportFile]:
    """Return the files of this session in the order in which they came."""
    return list(state.recall(_FILES, ()))


def chosen_file() -> ImportFile | None:
    """Return the file that is looked at; None where there is none."""
    known = files()
    key = state.recall(_CHOSEN)
    return next((one for one in known if one.key == key), known[0] if known else None)


def choose_file(file: ImportFile) -> None:
    """Look at another file."""
    state.remember(_CHOSEN, file.key)


def upload_box(lang: str) -> None:
    """Draw where files are dropped; what was dropped moves to the list at once."""
    with st.container(key="import_drop_more" if files() else "import_drop_first"):
        st.file_uploader(
            text(lang, "ui.import.choose_files"),
            accept_multiple_files=True,
            key=_upload_key(),
            on_change=_take_in,
            label_visibility="collapsed",
        )
    with st.container(key="import_formats", horizontal=True, vertical_alignment="center"):
        st.html(tag("p", text(lang, "ui.import.formats"), cls="pl-note pl-muted"))
        with st.popover(text(lang, "ui.import.limits"), type="tertiary"):
            st.html(
                tag(
                    "div",
                    tag("p", text(lang, "ui.import.formats_long"), cls="pl-note"),
                    tag("p", limits_text(lang), cls="pl-note pl-muted"),
                )
            )
    left_out = state.recall(_LEFT_OUT)
    if left_out:
        limits = {"count": MOST_FILES, "size": MOST_BYTES // MEGABYTE}
        sentence = text(lang, "ui.import.full", files=left_out, **limits)
        st.html(tag("p", sentence, cls="pl-problem pl-note", role="alert"))


def _upload_key() -> str:
    return f"import_upload_{state.recall(_ROUND, 0)}"


def _take_in() -> None:
    """Move what was dropped to the list; the field is empty again for the next files."""
    dropped = [(one.name, one.getvalue()) for one in state.widget(_upload_key())]
    serial = state.recall(_ROUND, 0) + 1
    known, left_out = files(), []
    held = sum(len(one.content) for one in known)
    first = None
    for number, (name, content) in enumerate(joined_shapefiles(dropped)):
        if len(known) >= MOST_FILES or held + len(content) > max(MOST_BYTES, _largest()):
            left_out.append(name)
            continue
        held += len(content)
        known.append(ImportFile(key=f"{serial}-{number}", name=name, content=content))
        first = first or known[-1]
    state.remember(_ROUND, serial)
    state.remember(_FILES, known)
    state.remember(_LEFT_OUT, left_out)
    if first:
        choose_file(first)


def _largest() -> int:
    return DEFAULT_LIMITS.file_bytes


def read_chosen(lang: str) -> ImportFile | None:
    """Return the file that is looked at, read; say so while it is being read."""
    file = chosen_file()
    slot = st.empty()
    if file is not None and file.reading is None:
        slot.html(_progress(lang, file))
        file.read(_reference())
        slot.empty()
    return file


def read_others(lang: str) -> None:
    """Read the files that wait one by one, each after the page stands."""
    waiting = any(one.reading is None for one in files())
    state.remember(_STANDS, False)
    st.fragment(partial(_read_one, lang), run_every=_PAUSE_SECONDS if waiting else None)()


def _read_one(lang: str) -> None:
    """Read one file; the first call of a run only says so, and lets the page come first."""
    waiting = next((one for one in files() if one.reading is None), None)
    if waiting is not None:
        st.html(_progress(lang, waiting))
    if not state.recall(_STANDS):
        state.remember(_STANDS, True)
        return
    if waiting is not None:
        waiting.read(_reference())
    st.rerun()


def _progress(lang: str, file: ImportFile) -> Markup:
    known = files()
    done = sum(one.reading is not None for one in known) + 1
    reading = text(lang, "ui.import.reading", done=done, total=len(known), file=file.name)
    return tag("p", reading, cls="pl-note pl-busy", role="status")


def _reference() -> Iterator[BaseGeometry]:
    """Give the parcels that this session accepted: they lie where they should."""
    for token in state.own_sets():
        held = SETS.find(token)
        if held is not None:
            yield from held.shapes


def file_list(lang: str) -> None:
    """Draw one line a file; a click chooses it."""
    known = files()
    chosen = chosen_file()
    rows = [_row(lang, one) for one in known]
    current = next((number for number, one in enumerate(known) if one is chosen), None)
    state.select_row(_TABLE, current)
    st.dataframe(
        pd.DataFrame(rows, columns=list(_COLUMNS)),
        key=_TABLE,
        on_select=_choose_row,
        selection_mode=("single-row", "single-cell"),
        hide_index=True,
        row_height=_ROW_HEIGHT,
        height="content" if len(known) <= _CONTENT_ROWS else _ROW_HEIGHT * (_CONTENT_ROWS + 1),
        alt=text(lang, "ui.import.files_alt"),
        placeholder="—",
        column_config=_columns(lang),
    )
    _summary(lang, known)


def _row(lang: str, file: ImportFile) -> list[Any]:
    counts = file.counts or (None, None, None)
    return [text(lang, f"ui.import.status_{file.status}"), file.name, *counts]


def _columns(lang: str) -> dict[str, Any]:
    return {
        name: st.column_config.TextColumn(text(lang, f"ui.import.column_{name}"), width=width)
        if name in {"status", "name"}
        else st.column_config.NumberColumn(
            text(lang, f"ui.import.column_{name}"), width=width, format="%,d"
        )
        for name, width in zip(_COLUMNS, _WIDTHS[lang], strict=True)
    }


def _choose_row() -> None:
    row = state.selected_row(_TABLE)
    known = files()
    if row is not None and row < len(known):
        choose_file(known[row])


def _summary(lang: str, known: list[ImportFile]) -> None:
    with st.container(
        key="import_remove", horizontal=True, wrap=False, vertical_alignment="center"
    ):
        if len(known) > 1:
            states = [one.status for one in known]
            ready = sum(one in {"ready", "taken"} for one in states)
            asked, unusable = states.count("asked"), states.count("unusable")
            sums = {"ready": ready, "asked": asked, "unusable": unusable + states.count("empty")}
            sentence = text(lang, "ui.import.summary", files=len(known), **sums)
            st.html(tag("p", sentence, cls="pl-note pl-muted"))
        st.space("stretch")
        remove, clear = text(lang, "ui.import.remove"), text(lang, "ui.import.remove_all")
        st.button(remove, key="import_remove_one", type="tertiary", on_click=_remove)
        if len(known) > 1:
            st.button(clear, key="import_remove_all", type="tertiary", on_click=_remove_all)


def _remove() -> None:
    chosen = chosen_file()
    state.remember(_FILES, [one for one in files() if one is not chosen])
    state.remember(_LEFT_OUT, None)


def _remove_all() -> None:
    state.remember(_FILES, [])
    state.remember(_LEFT_OUT, None)
