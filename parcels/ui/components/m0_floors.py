"""The table of floor areas: every cell a text, so that 4.5万㎡ can be typed."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from parcels.messages import text
from parcels.proposal.document.typed_words import functions_of
from parcels.proposal.fields import field_title, floor_columns
from parcels.proposal.functions import roles_of
from parcels.ui import state
from parcels.ui.components.m0_draft import editing, put
from parcels.ui.components.m0_words import of_document, option_word, option_words
from parcels.ui.markup import tag

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parcels.proposal.fields import ProposalField
    from parcels.ui.components.m0_now import Now
    from parcels.ui.markup import Markup

Row = dict[str, str]
_MORE = "m0_more"
_FIRST_COLUMNS = ("name", "function", "role", "area")
_TOLD = ("land", "level")  # shown where a row has them
_WIDTHS = {"name": 128, "function": 156, "role": 66, "area": 114}
_NARROW = {"name": 110, "function": 104, "role": 54, "area": 108, "land": 88}
_WIDTH = 88
_ROW_HEIGHT = 31
_MOST_ROWS = 8
_RIGHT = {"floor", "land", "length", "count", "rate_money", "rate_people"}
_PLAIN = re.compile(r"[0-9][0-9,]*([.][0-9]+)?( ?(m²|㎡|m2))?")
_SHOWN, _ROUND = "m0_floors", "m0_round"


def floor_table(now: Now) -> None:
    """Draw the table; each edit is written to the draft."""
    lang = now.lang
    start = _start(now)
    rows = start["rows"]
    columns = _columns(rows)
    cells = [[row.get(one) for one in floor_columns()] for row in rows]
    st.data_editor(
        pd.DataFrame(cells, columns=list(floor_columns()), dtype=object),
        key=_key(),
        on_change=_take,
        num_rows="dynamic",
        hide_index=True,
        row_height=_ROW_HEIGHT,
        height="content" if len(rows) < _MOST_ROWS else _ROW_HEIGHT * (_MOST_ROWS + 2),
        column_order=columns,
        column_config={one: _column(lang, field, rows) for one, field in floor_columns().items()},
        placeholder="",
        alt=text(lang, "ui.m0.floors_alt"),
    )
    st.html(_echo(now))


def _echo(now: Now) -> Markup:
    """Say what was read of floor areas that are typed in another way than as m²."""
    read = [
        text(now.lang, "ui.m0.row_read", row=at + 1, echo=echo)
        for at, row in enumerate(now.draft.floors)
        if (echo := now.reading.echoes.get(f"floors[{at}].area"))
        and not _PLAIN.fullmatch(row.get("area", ""))
    ]
    said = text(now.lang, "ui.m0.rows_read", rows=read) if read else ""
    return tag("div", said, cls="pl-m0-rows-read pl-muted")


def _columns(rows: Sequence[Row]) -> list[str]:
    """Return the columns to show: those that few proposals need where they hold something."""
    if has_more_columns():
        return list(floor_columns())
    told = [one for one in _TOLD if any(row.get(one) for row in rows)]
    return [*_FIRST_COLUMNS, *told]


def has_more_columns() -> bool:
    """Whether all columns are shown."""
    return bool(state.recall(_MORE))


def more_columns(lang: str) -> None:
    """Offer the columns that few proposals need."""
    state.keep_widget("m0_more_switch", has_more_columns())
    st.toggle(text(lang, "ui.m0.more_columns"), key="m0_more_switch", on_change=_switch)


def _switch() -> None:
    state.hold_params()
    state.remember(_MORE, state.widget("m0_more_switch"))


def _start(now: Now) -> dict[str, Any]:
    """Return the rows that the table began with; it begins anew when the draft has others.

    What is typed changes the draft and not these rows, so the table stays where it is.
    """
    held: dict[str, Any] | None = state.recall(_SHOWN)
    floors = _plain(now.draft.floors)
    version = (now.lang, has_more_columns())
    if held is None or held["floors"] != floors or held["version"] != version:
        state.remember(_ROUND, state.recall(_ROUND, 0) + 1)
        held = {"floors": floors, "version": version, "rows": _shown(now), "typed": floors}
        state.remember(_SHOWN, held)
    return held


def _key() -> str:
    return f"m0_floors_{state.recall(_ROUND, 0)}"


def _plain(floors: Sequence[Mapping[str, str]]) -> list[Row]:
    return [dict(row) for row in floors]


def _shown(now: Now) -> list[Row]:
    """Write functions and kinds in the words of the language; what is no such word stays."""
    shown = []
    parts = dict(zip(now.reading.rows, now.proposal.parts, strict=True))
    for at, row in enumerate(now.draft.floors):
        roles = roles_of(parts[at]) if at in parts else frozenset()
        named = dict(row)
        if row.get("function"):
            named["function"] = function_word(now.lang, row["function"])
        if len(roles) == 1 and (row.get("function") or row.get("role")):
            named["role"] = option_word(now.lang, "role", next(iter(roles)))
        shown.append(named)
    return shown


def function_word(lang: str, typed: str) -> str:
    """Name the one function that a word means; else the word as typed."""
    meant, _ = functions_of(typed)
    if len(meant) == 1:
        return text(lang, f"ui.rules.function.{meant[0]}")
    return typed


def _column(lang: str, field: ProposalField, rows: Sequence[Row]) -> Any:
    title = field_title(lang, field)
    label = text(lang, "ui.m0.with_unit", title=title, unit=field.unit) if field.unit else title
    has_land = any(row.get("land") for row in rows)
    is_narrow = has_land or has_more_columns()
    width = (_NARROW if is_narrow else _WIDTHS).get(field.id, _WIDTH)
    options = option_words(lang, field)
    if options:
        others = [row[field.id] for row in rows if row.get(field.id)]
        every = list(dict.fromkeys([*options, *others]))
        return st.column_config.SelectboxColumn(label, options=every, width=width)
    is_number = field.kind in _RIGHT
    return st.column_config.TextColumn(
        label,
        width=width,
        alignment="right" if is_number else "left",
    )


def _take() -> None:
    """Write an edit to the draft; the table keeps what it began with."""
    held = state.recall(_SHOWN)
    edit = state.widget(_key())
    rows = edited(held["typed"], edit, held["version"][0])
    kept = tuple(MappingProxyType(row) for row in rows if row)
    put(replace(editing().draft, floors=kept))
    if not _moves(edit):
        state.remember(_SHOWN, held | {"floors": _plain(kept)})


def _moves(edit: Mapping[str, Any]) -> bool:
    """Whether an edit changes what other cells show: the kind follows the function."""
    changed = [*edit["edited_rows"].values(), *edit["added_rows"]]
    return any("function" in row for row in changed)


def edited(rows: Sequence[Row], edit: Mapping[str, Any], lang: str) -> list[Row]:
    """Put what was typed into the rows: cells that changed, rows added, rows taken away."""
    changed = edit["edited_rows"]
    kept = [
        _filled(lang, row, changed.get(at, {}))
        for at, row in enumerate(rows)
        if at not in edit["deleted_rows"]
    ]
    return [*kept, *(_filled(lang, {}, row) for row in edit["added_rows"])]


def _filled(lang: str, row: Row, cells: Mapping[str, Any]) -> Row:
    columns = floor_columns()
    typed = {
        one: of_document(lang, columns[one], str(cell)) if cell is not None else ""
        for one, cell in cells.items()
        if one in columns
    }
    return {one: cell for one, cell in {**row, **typed}.items() if cell}
