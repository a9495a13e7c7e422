"""The left panel: search, filters with counts, the table of parcels and what to know about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from layers.style import USES
from parcels.map_scene import use_key
from parcels.messages import text
from parcels.ui import state
from parcels.ui.markup import join, tag
from parcels.workspace import MISUSED_DISTRICT, count_by_district, count_by_use

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcels.workspace import PlannedParcel

ALL = "all"
TWINS = "twins"
_TABLE = "parcel_table"
_FILTER = "parcel_filter"
_ROW_HEIGHT = 34
_CONTENT_ROWS = 12
_NAME_WIDTH = {"zh": 186, "en": 168}  # with the mark and the number they fill the panel
_USE_WIDTH = {"zh": 70, "en": 88}


def filters(parcels: Sequence[PlannedParcel]) -> dict[str, tuple[str, int]]:
    """Return the filters by address value: label as written and count."""
    uses = {use_key(use): (use, count) for use, count in count_by_use(parcels).items()}
    return uses | {TWINS: ("", sum(bool(parcel.twins) for parcel in parcels))}


def filtered(parcels: Sequence[PlannedParcel]) -> tuple[PlannedParcel, ...]:
    """Return the parcels that the filter of the address leaves in."""
    chosen = state.param("use") or ALL
    if chosen == TWINS:
        return tuple(parcel for parcel in parcels if parcel.twins)
    if chosen not in filters(parcels):
        return tuple(parcels)
    return tuple(parcel for parcel in parcels if use_key(parcel.row.use_text) == chosen)


def parcel_list(parcels: Sequence[PlannedParcel], chosen: str | None) -> None:
    """Draw filters, table and notes; a click writes the parcel to the address."""
    lang = state.lang()
    _filter_pills(lang, parcels)
    shown = filtered(parcels)
    if shown:
        _table(lang, shown, chosen)
    _notes(lang, parcels)


def _filter_pills(lang: str, parcels: Sequence[PlannedParcel]) -> None:
    labels = {ALL: text(lang, "ui.parcels.all", count=len(parcels))}
    for value, (name, count) in filters(parcels).items():
        labels[value] = (
            text(lang, "ui.parcels.twins", count=count)
            if value == TWINS
            else text(lang, "ui.parcels.count_of", name=use_name(lang, name), count=count)
        )
    chosen = state.param("use") or ALL
    st.pills(
        text(lang, "ui.parcels.filter"),
        list(labels),
        default=chosen if chosen in labels else ALL,
        required=True,
        format_func=lambda value: labels[value],
        key=_FILTER,
        on_change=_choose_filter,
        label_visibility="collapsed",
    )


def use_name(lang: str, use_text: str) -> str:
    """Name a use in the language of the page; in Chinese, and if unknown, as written."""
    key = use_key(use_text)
    return use_text if lang == "zh" or key == "unknown" else text(lang, f"ui.use.{key}")


def _table(lang: str, shown: Sequence[PlannedParcel], chosen: str | None) -> None:
    ids = [parcel.row.parcel_id for parcel in shown]
    names = {use_name(lang, parcel.row.use_text): parcel.row.use_text for parcel in shown}
    frame = pd.DataFrame(
        {
            "number": [parcel.row.number for parcel in shown],
            "name": [parcel.row.name for parcel in shown],
            "use": [[use_name(lang, parcel.row.use_text)] for parcel in shown],
        }
    )
    state.select_row(_TABLE, ids.index(chosen) if chosen in ids else None)
    st.dataframe(
        frame,
        key=_TABLE,
        on_select=_choose_row,
        selection_mode=("single-row", "single-cell"),
        hide_index=True,
        row_height=_ROW_HEIGHT,
        height="content" if len(shown) <= _CONTENT_ROWS else _ROW_HEIGHT * (_CONTENT_ROWS + 1),
        alt=text(lang, "ui.parcels.table_alt"),
        column_config={
            "number": st.column_config.NumberColumn(
                text(lang, "ui.parcels.column_number"), width=40
            ),
            "name": st.column_config.TextColumn(
                text(lang, "ui.parcels.column_name"), width=_NAME_WIDTH[lang]
            ),
            "use": st.column_config.MultiselectColumn(
                text(lang, "ui.parcels.column_use"),
                options=list(names),
                color=[_chip(USES[use_key(use)].tone) for use in names.values()],
                width=_USE_WIDTH[lang],
            ),
        },
    )
    state.remember("listed", ids)


def _chip(tone: str) -> str:
    """Lighten a land-use tone half way to white, so that dark text is readable on it."""
    parts = (int(tone[start : start + 2], 16) for start in (1, 3, 5))
    return "#" + "".join(f"{(part + 255) // 2:02X}" for part in parts)


def _choose_row() -> None:
    row = state.selected_row(_TABLE)
    if row is None:
        state.hold_params()
    else:
        state.set_params(parcel=state.recall("listed")[row], feature=None, q=None)


def _choose_filter() -> None:
    value = state.widget(_FILTER)
    state.set_params(use=None if value == ALL else value)


def _notes(lang: str, parcels: Sequence[PlannedParcel]) -> None:
    mark = text(lang, "ui.list_mark")
    number = {parcel.row.parcel_id: parcel.row.number for parcel in parcels}
    groups = sorted(
        {
            tuple(sorted([parcel.row.number, *(number[t] for t in parcel.twins)]))
            for parcel in parcels
        }
    )
    equal = mark.join(" = ".join(map(str, group)) for group in groups if len(group) > 1)
    misused = [p.row.number for p in parcels if MISUSED_DISTRICT in p.row.remarks]
    districts = mark.join(
        text(lang, "ui.parcels.count_of", name=name, count=count)
        for name, count in count_by_district(parcels).items()
    )
    twin_badge = tag("span", text(lang, "ui.parcels.twin_badge"), cls="pl-badge pl-unknown")
    st.html(
        join(
            tag(
                "p",
                twin_badge,
                " ",
                text(lang, "ui.parcels.twin_note", groups=equal),
                cls="pl-note",
            )
            if equal
            else None,
            tag(
                "p",
                text(lang, "ui.parcels.by_district", districts=districts),
                cls="pl-note pl-muted",
            ),
            tag(
                "p",
                text(lang, "ui.parcels.district_misused", rows=_spans(misused)),
                cls="pl-note pl-muted",
            )
            if misused
            else None,
        )
    )


def _spans(numbers: Sequence[int]) -> str:
    """Write whole numbers with runs as spans: 6–9."""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][-1] + 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    return ", ".join(f"{span[0]}–{span[-1]}" if len(span) > 1 else str(span[0]) for span in spans)
