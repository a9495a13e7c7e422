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

if TYPE_CHECKING:
    import numpy.typing as npt

    from parcels.parcel_sets import ParcelSet

_TABLE = "set_table"
_FIND = "set_find"
_FILTER = "set_filter"
_ALL, _FLAGGED = "all", "flagged"
_ROW_HEIGHT = 34
_CONTENT_ROWS = 12
_WIDTHS = {"number": 56, "name": 138, "mu": 80, "sign": 46}
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
        max_chars=_MOST_TYPED,
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
    count = len(rows.ids)
    state.select_row(_TABLE, rows.ids.index(chosen) if chosen in rows.ids else None)
    st.dataframe(
        rows.frame,
        key=_TABLE,
        on_select=_choose_row,
        selection_mode=("single-row", "single-cell"),
        hide_index=True,
        row_height=_ROW_HEIGHT,
        height="content" if count <= _CONTENT_ROWS else _ROW_HEIGHT * (_CONTENT_ROWS + 1),
        alt=text(lang, "ui.set.table_alt"),
        column_config=_columns(lang),
    )
    state.remember("set_listed", rows.ids)


def _columns(lang: str) -> dict[str, Any]:
    columns = st.column_config
    return {
        "number": columns.NumberColumn(
            text(lang, "report.column_number"), width=_WIDTHS["number"], format="%d"
        ),
        "name": columns.TextColumn(text(lang, "ui.set.column_name"), width=_WIDTHS["name"]),
        "mu": columns.NumberColumn(
            text(lang, "report.column_area_mu"), width=_WIDTHS["mu"], format="accounting"
        ),
        "sign": columns.TextColumn(text(lang, "ui.set.column_sign"), width=_WIDTHS["sign"]),
    }


def _choose_row() -> None:
    row = state.selected_row(_TABLE)
    if row is not None:
        state.set_params(parcel=state.recall("set_listed")[row], feature=None, q=None)


def _choose_filter() -> None:
    value = state.widget(_FILTER)
    state.set_params(use=None if value == _ALL else value)


def _find() -> None:
    state.set_params(find=(state.widget(_FIND) or "").strip() or None)


def _clear() -> None:
    state.set_params(find=None, use=None)
