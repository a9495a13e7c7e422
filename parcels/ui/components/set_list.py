"""The left panel for an accepted file: search, filter, table of its parcels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import streamlit as st

from geo.units import M2_PER_MU
from parcels.messages import text
from parcels.ui import state
from parcels.ui.markup import tag
from parcels.ui.row_script import show_row

if TYPE_CHECKING:
    import numpy.typing as npt

    from parcels.parcel_sets import ParcelSet

_TABLE = "set_table"
_FIND = "set_find"
_FILTER = "set_filter"
_ALL, _FLAGGED = "all", "flagged"
_ROW_HEIGHT = 34
_CONTENT_ROWS = 12
_PAGE_ROWS = 1_000
_WIDTHS = {"number": 50, "mu": 82, "sign": 32}
_NAME_WIDTH = 141  # with the other columns and the marks of few rows it fills the panel
_WIDER_MARKS = ((10_000, 16), (1_000, 12), (100, 4))  # rows, and pixels that their marks take
_MOST_TYPED = 200


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Listed:
    """The rows that search and filter leave in: ids as in the address, and the table."""

    ids: list[str]
    frame: pd.DataFrame


def listed(held: ParcelSet) -> Listed:
    """Return what the address leaves in the list; made anew only when that changes."""
    find = (state.param("find") or "").strip()
    only_flagged = state.param("use") == _FLAGGED
    version = (held.token, find, only_flagged)
    return state.once("set_rows", version, lambda: _listed(held, find, only_flagged=only_flagged))


def _listed(held: ParcelSet, find: str, *, only_flagged: bool) -> Listed:
    kept = held.flagged if only_flagged else np.ones(len(held), dtype=bool)
    if find:
        kept = kept & _matching(held, find.casefold())
    positions = np.flatnonzero(kept)
    mu = held.survey.parcels.column("area_m2").to_numpy()[positions] / float(M2_PER_MU)
    names = [held.labels[position] for position in positions.tolist()]
    frame = pd.DataFrame(
        {
            "number": positions + 1,
            "name": names,
            "mu": mu,
            "sign": np.where(
                held.serious[positions], "✕", np.where(held.flagged[positions], "!", "")
            ),
        }
    )
    return Listed(ids=(positions + 1).astype(str).tolist(), frame=frame)


def _matching(held: ParcelSet, find: str) -> npt.NDArray[np.bool_]:
    ids = held.survey.parcels.column("id").to_pylist()
    return np.array(
        [
            find in name.casefold() or find in own.casefold()
            for name, own in zip(held.labels, ids, strict=True)
        ],
        dtype=bool,
    )


def set_list(held: ParcelSet, rows: Listed, chosen: str | None) -> None:
    """Draw search, filter and table; a click writes the parcel to the address."""
    lang = state.lang()
    _find_field(lang)
    _filter_pills(lang, held)
    if rows.ids:
        _table(lang, rows, chosen)
    else:
        nothing = text(lang, "ui.set.nothing_found", total=f"{len(held):,}")
        st.html(tag("p", nothing, cls="pl-note", role="status"))
        st.button(text(lang, "ui.set.clear"), key="set_clear", on_click=_clear)


def _find_field(lang: str) -> None:
    state.put_widget(_FIND, state.param("find") or "")
    st.text_input(
        text(lang, "ui.set.find"),
        key=_FIND,
        placeholder=text(lang, "ui.set.find"),
        icon=":material/search:",
        on_change=_find,
        label_visibility="collapsed",
    )


def _filter_pills(lang: str, held: ParcelSet) -> None:
    flagged = int(held.flagged.sum())
    if not flagged:
        return
    labels = {
        _ALL: text(lang, "ui.parcels.all", count=f"{len(held):,}"),
        _FLAGGED: text(lang, "ui.set.flagged", count=f"{flagged:,}"),
    }
    state.put_widget(_FILTER, _FLAGGED if state.param("use") == _FLAGGED else _ALL)
    st.pills(
        text(lang, "ui.parcels.filter"),
        list(labels),
        required=True,
        format_func=lambda value: labels[value],
        key=_FILTER,
        on_change=_choose_filter,
        label_visibility="collapsed",
    )


def _table(lang: str, rows: Listed, chosen: str | None) -> None:
    row = rows.ids.index(chosen) if chosen in rows.ids else None
    first = _first_row(rows, row)
    ids = rows.ids[first : first + _PAGE_ROWS]
    shown = None if row is None or chosen not in ids else row - first
    state.select_row(_TABLE, shown)
    st.dataframe(
        rows.frame.iloc[first : first + _PAGE_ROWS],
        key=_TABLE,
        on_select=_choose_row,
        selection_mode=("single-row", "single-cell"),
        hide_index=True,
        row_height=_ROW_HEIGHT,
        height="content" if len(ids) <= _CONTENT_ROWS else _ROW_HEIGHT * (_CONTENT_ROWS + 1),
        alt=text(lang, "ui.set.table_alt"),
        column_config=_columns(lang, len(ids)),
    )
    state.remember("set_listed", ids)
    if len(rows.ids) > _PAGE_ROWS:
        _page_keys(lang, first, len(rows.ids))
    if shown is not None and len(ids) > _CONTENT_ROWS and state.recall("set_clicked") != chosen:
        show_row(_TABLE, shown, _ROW_HEIGHT)


def _first_row(rows: Listed, row: int | None) -> int:
    """Turn to the page of the chosen row, unless the user turned on since that was chosen."""
    version = (rows, row)
    turned = state.recall("set_page")
    if turned and turned[0] == version:
        return int(turned[1])
    first = (row or 0) // _PAGE_ROWS * _PAGE_ROWS
    state.remember("set_page", (version, first))
    return first


def _page_keys(lang: str, first: int, total: int) -> None:
    last = min(first + _PAGE_ROWS, total)
    sentence = text(
        lang, "ui.set.page", first=f"{first + 1:,}", last=f"{last:,}", total=f"{total:,}"
    )
    steps = (
        ("before", ":material/chevron_left:", first),
        ("after", ":material/chevron_right:", total - last),
    )
    with st.container(key="set_pages", horizontal=True, vertical_alignment="center"):
        st.html(tag("span", sentence, cls="pl-note pl-muted"))
        st.space("stretch")
        for key, icon, left in steps:
            st.button(
                "",
                icon=icon,
                key=f"set_page_{key}",
                help=text(lang, f"ui.set.page_{key}", count=f"{min(left, _PAGE_ROWS):,}"),
                disabled=left <= 0,
                on_click=_turn,
                args=(first + (_PAGE_ROWS if key == "after" else -_PAGE_ROWS),),
            )


def _turn(first: int) -> None:
    version, _ = state.recall("set_page")
    state.remember("set_page", (version, first))


def _columns(lang: str, count: int) -> dict[str, Any]:
    columns = st.column_config
    wider = next((pixels for rows, pixels in _WIDER_MARKS if count >= rows), 0)
    return {
        "number": columns.NumberColumn(
            text(lang, "report.column_number"),
            width=_WIDTHS["number"],
            format="%d",
            alignment="right",
        ),
        "name": columns.TextColumn(text(lang, "ui.set.column_name"), width=_NAME_WIDTH - wider),
        "mu": columns.NumberColumn(
            text(lang, "report.column_area_mu"),
            width=_WIDTHS["mu"],
            format="accounting",
            alignment="right",
        ),
        "sign": columns.TextColumn(text(lang, "ui.set.column_sign"), width=_WIDTHS["sign"]),
    }


def _choose_row() -> None:
    row = state.selected_row(_TABLE)
    if row is None:
        state.hold_params()
    else:
        parcel = state.recall("set_listed")[row]
        state.remember("set_clicked", parcel)
        state.set_params(parcel=parcel, feature=None, q=None)


def _choose_filter() -> None:
    value = state.widget(_FILTER)
    state.set_params(use=None if value == _ALL else value)


def _find() -> None:
    state.set_params(find=(state.widget(_FIND) or "").strip()[:_MOST_TYPED] or None)


def _clear() -> None:
    state.set_params(find=None, use=None)
