"""The rows of floor area as volumes: storeys, storey heights and footprints that can be typed."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.read.parsed import Fault
from parcels.messages import text
from parcels.proposal.document.drafting import put_changes
from parcels.proposal.document.quantities import read_quantity
from parcels.proposal.document.reading import read_draft
from parcels.proposal.fields import floor_columns
from parcels.proposal.massing.boxes import box_of
from parcels.proposal.massing.linking import footprint_of_drawing, with_footprint
from parcels.proposal.massing.study import study
from parcels.proposal.massing.wording import square_metres
from parcels.proposal.ruling.fact_rules import part_name
from parcels.ui import state
from parcels.ui.markup import tag
from parcels.wording import fault_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from parcels.proposal.draft import Draft
    from parcels.proposal.massing.model import Study
    from parcels.proposal.model import Proposal

_KEY, _ERRORS = "m0_massing_rows", "m0_massing_errors"
_ROUND, _EDITS = "m0_massing_round", "m0_massing_edits"
_TYPED = ("storeys", "storey_height")
_FOOTPRINT = "footprint"
_WIDTHS = {
    "number": 32,
    "name": 80,
    "storeys": 64,
    "storey_height": 76,
    "footprint": 90,
    "standing": 60,
}
_ROW_HEIGHT = 31
_MOST_ROWS = 7
_UNIT = " m²"


def row_table(lang: str, made: Study, draft: Draft, put: Callable[[Draft], None]) -> None:
    """Draw the table; an edit changes the draft, and the drawings follow."""
    import pandas as pd

    shown = _shown(lang, made, draft)
    if not shown:
        return
    key = _key(shown)
    columns = ["number", "name", *_TYPED, _FOOTPRINT, "standing"]
    cells = [[row[one] for one in columns] for row in shown]
    st.data_editor(
        pd.DataFrame(cells, columns=columns, dtype=object),
        key=key,
        on_change=_take,
        args=(lang, key, tuple(row["at"] for row in shown), put),
        hide_index=True,
        row_height=_ROW_HEIGHT,
        height="content" if len(shown) <= _MOST_ROWS else _ROW_HEIGHT * (_MOST_ROWS + 1),
        column_config={one: _column(lang, one) for one in columns},
        placeholder="",
        alt=text(lang, "ui.massing.rows_alt"),
    )
    errors: Mapping[str, Any] | None = state.recall(_ERRORS)
    if errors is not None and errors["draft"] == draft:
        lines = [tag("div", one) for one in errors["lines"]]
        st.html(tag("div", *lines, cls="pl-problem pl-massing-problem", role="alert"))
    _take_over(lang, made, draft, put)


def _key(shown: list[dict[str, Any]]) -> str:
    """Keep the table that is being typed into, as long as what was typed is what it should show.

    It begins anew when the rows are others, when a footprint was typed, which is written out with
    its decimals, and when the draft was changed elsewhere.
    """
    parts = tuple(row["at"] for row in shown)
    held_parts, edits = state.recall(_EDITS, (parts, {}))
    is_kept = held_parts == parts and all(
        shown[int(line)][column] == ("" if cell is None else cell)
        for line, cells in edits.items()
        for column, cell in cells.items()
    )
    if not is_kept:
        state.remember(_ROUND, state.recall(_ROUND, 0) + 1)
        edits = {}
    state.remember(_EDITS, (parts, edits))
    return f"{_KEY}_{state.recall(_ROUND, 0)}"


def _column(lang: str, name: str) -> Any:
    is_number = name in {"number", *_TYPED, _FOOTPRINT}
    return st.column_config.TextColumn(
        text(lang, f"ui.massing.column_{name}"),
        help=text(lang, f"ui.massing.help_{name}"),
        width=_WIDTHS[name],
        alignment="right" if is_number else "left",
        disabled=name in {"number", "name", "standing"},
    )


def _shown(lang: str, made: Study, draft: Draft) -> list[dict[str, Any]]:
    """Return a line for every row that has a box or lacks something for one."""
    reading = read_draft(draft, lang)
    numbers = {box.at: one.number for one in made.buildings for box in (*one.boxes, *one.basements)}
    boxes, lacks = box_of(made.buildings), {one.at: one.lack for one in made.not_drawn}
    lines = []
    for at in sorted([*boxes, *lacks]):
        typed = draft.floors[reading.rows[at]]
        box = boxes.get(at)
        if box is None:
            standing = text(lang, f"massing.lack.{lacks[at]}")
        elif box.below_ground:
            standing = text(lang, "ui.massing.below")
        elif made.site is not None and numbers[at] not in made.layout.places:
            standing = text(lang, "ui.massing.no_place")
        else:
            standing = ""
        lines.append(
            {
                "at": at,
                "number": str(numbers.get(at, "")),
                "name": part_name(reading.proposal.parts[at]),
                _FOOTPRINT: square_metres(box.footprint).removesuffix(_UNIT) if box else "",
                "standing": standing,
                **{one: typed.get(one, "") for one in _TYPED},
            }
        )
    return lines


def _take(lang: str, key: str, parts: tuple[int, ...], put: Callable[[Draft], None]) -> None:
    """Write an edit to the draft: storeys and heights as typed, a footprint as floor area."""
    from parcels.ui.components.m0_draft import editing

    draft = editing().draft
    lines: list[str] = []
    edits = state.widget(key)["edited_rows"]
    state.remember(_EDITS, (parts, {line: dict(cells) for line, cells in edits.items()}))
    for line, cells in edits.items():
        for column, cell in cells.items():
            typed = "" if cell is None else str(cell)
            draft, problem = edited(lang, draft, parts[int(line)], column, typed)
            lines += [problem] if problem else []
    state.remember(_ERRORS, {"draft": draft, "lines": lines} if lines else None)
    put(draft)


def edited(lang: str, draft: Draft, at: int, column: str, typed: str) -> tuple[Draft, str]:
    """Return the draft after one cell was typed, and what is wrong with it, else "".

    A footprint changes the floor area of its row, storeys stay; storeys change the footprint,
    floor area stays. What is not understood changes nothing and is quoted.
    """
    reading = read_draft(draft, lang)
    if at >= len(reading.rows):
        return draft, ""
    if column in _TYPED:
        floors = list(draft.floors)
        row = {**floors[reading.rows[at]], column: typed}
        floors[reading.rows[at]] = MappingProxyType({k: cell for k, cell in row.items() if cell})
        return replace(draft, floors=tuple(floors)), ""
    return _with_footprint(lang, draft, reading.proposal, at, typed)


def _with_footprint(
    lang: str, draft: Draft, proposal: Proposal, at: int, typed: str
) -> tuple[Draft, str]:
    name = part_name(proposal.parts[at])
    read = read_quantity(typed, floor_columns()["area"])
    if read.amount is None:
        fault = Fault(code=read.problem, where="", values=dict(read.values))
        said = fault_text(lang, fault)
        return draft, text(lang, "ui.massing.footprint_unread", name=name, said=said)
    if read.amount.exact is None:
        return draft, text(lang, "ui.massing.footprint_range", name=name, value=typed)
    made = study(proposal)
    if at not in box_of(made.buildings):
        return draft, text(lang, "ui.massing.footprint_no_box", name=name, value=typed)
    change = with_footprint(proposal, made, at, read.amount.exact)
    if change is None:
        return draft, ""
    return put_changes(draft, [change]), ""


def _take_over(lang: str, made: Study, draft: Draft, put: Callable[[Draft], None]) -> None:
    """Offer to state the footprint that is drawn."""
    change = footprint_of_drawing(read_draft(draft, lang).proposal, made)
    is_open = made.figures.footprint.exact is None
    code = "take_footprint_open" if is_open else "take_footprint_same"
    st.button(
        text(lang, "ui.massing.take_footprint"),
        key="m0_massing_take",
        icon=":material/foundation:",
        type="tertiary",
        disabled=change is None,
        help=text(lang, f"ui.massing.{code}") if change is None else None,
        on_click=_state_footprint,
        args=(lang, put),
    )


def _state_footprint(lang: str, put: Callable[[Draft], None]) -> None:
    from parcels.ui.components.m0_draft import editing

    draft = editing().draft
    proposal = read_draft(draft, lang).proposal
    change = footprint_of_drawing(proposal, study(proposal))
    if change is not None:
        put(put_changes(draft, [change]))
