"""The table of an import's report, and the chosen row in full below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from parcels.messages import text
from parcels.ui import state
from parcels.ui.components import import_tables
from parcels.ui.components.import_map import look_at, parcel_row
from parcels.ui.components.import_tables import PAGE_ROWS
from parcels.ui.markup import Markup, join, tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from geo.read.parsed import Fault
    from geo.survey.model import Survey
    from parcels.import_reading import ImportFile
    from parcels.parcel_sets import ParcelSet

_TABLE, _LINE, _SHOWN = "import_table", "import_line", "import_shown"
_ROW_HEIGHT = 32
_SHORT = 5  # rows that fit on the smallest screen
_HEIGHT = 140  # replaced by the style sheet with what the window leaves
_MOST_FOR_ID, _CELL_MARGIN, _DIGIT_WIDTH = 180, 18, 8
# Width in pixels, and how numbers are written; None: text.
_PARCELS: dict[str, tuple[int, str | None]] = {
    "number": (40, "%,d"),
    "id": (58, None),
    "name": (92, None),
    "quality": (66, None),
    "rings": (34, "%,d"),
    "vertices": (54, "%,d"),
    "area_m2": (96, "%,.2f"),
    "area_ha": (66, "%,.4f"),
    "area_mu": (74, "%,.4f"),
    "area_plane_m2": (96, "%,.2f"),
    "declared_area_m2": (96, "%,.2f"),
    "difference_plane": (94, "%,.2f"),
    "difference_ellipsoid": (94, "%,.2f"),
    "compare": (62, None),
}
_ENGLISH = {
    "id": 50,
    "name": 74,
    "rings": 44,
    "area_plane_m2": 88,
    "declared_area_m2": 92,
    "difference_plane": 130,
    "difference_ellipsoid": 140,
    "area_m2": 92,
    "area_ha": 60,
    "vertices": 50,
}  # widths for other words
_FINDINGS: dict[str, tuple[int, str | None]] = {
    "severity": (76, None),
    "number": (48, "%,d"),
    "name": (130, None),
    "where": (120, None),
    "message": (560, None),
}
_FAULTS: dict[str, tuple[int, str | None]] = {
    "where": (190, None),
    "value": (150, None),
    "count": (48, "%,d"),
    "message": (540, None),
}
_NOTES: dict[str, tuple[int, str | None]] = {"where": (190, None), "message": (740, None)}
_BY_REPORT = {"rings", "vertices", "number", "id", "name"}
Owner = tuple[str, int] | None
Page = tuple["pd.DataFrame", list[Owner], dict[str, tuple[int, str | None]]]


def report_table(lang: str, file: ImportFile, held: ParcelSet, view: str, start: int) -> None:
    """Draw a page of a table; a click on a row moves the map and shows the row in full."""
    version = (file.version, view, start, lang)
    frame, owners, columns = state.once(
        "import_frame", version, lambda: _page(lang, held, view, start)
    )
    line = _marked(file, owners, version)
    state.remember(_SHOWN, (file, owners, version, f"{_TABLE}_{view}"))
    _draw(lang, frame, columns, line, f"{_TABLE}_{view}")
    if line is not None:
        st.html(_in_full(lang, held, view, frame, line))


def _page(lang: str, held: ParcelSet, view: str, start: int) -> Page:
    """Build a page: table, what each row is about, columns."""
    survey, end = held.survey, start + PAGE_ROWS
    if view == "parcels":
        frame = import_tables.parcel_page(held, lang, start)
        return frame, [("parcel", start + row) for row in range(len(frame))], _PARCELS
    if view == "quality":
        order = import_tables.finding_order(survey)[start:end]
        frame = import_tables.finding_page(held, lang, order)
        return frame, [("parcel", int(number) - 1) for number in frame["number"]], _FINDINGS
    if view == "notes":
        frame = import_tables.note_page(lang, survey, start)
        return frame, [None] * len(frame), _NOTES
    faults = (survey.rejected if view == "rejected" else survey.skipped)[start:end]
    return import_tables.fault_page(lang, faults), _repaired(survey, faults), _FAULTS


def _repaired(survey: Survey, faults: Sequence[Fault]) -> list[Owner]:
    """Tell which faults are of features that could be repaired: a fault may name a point."""
    rows = {repair.where: repair.row for repair in survey.repairs}
    owners: list[Owner] = []
    for fault in faults:
        steps = fault.where.split(";")
        places = (";".join(steps[:count]) for count in range(len(steps), 0, -1))
        found = next((rows[place] for place in places if place in rows), None)
        owners.append(None if found is None else ("feature", found))
    return owners


def _marked(file: ImportFile, owners: Sequence[Owner], version: object) -> int | None:
    """Return the row that was clicked, else the one of the parcel that was clicked on the map."""
    line, position = state.recall(_LINE), parcel_row(file)
    if (
        line
        and line[0] == version
        and (position is None or owners[line[1]] == ("parcel", position))
    ):
        row: int = line[1]
        return row
    wanted = ("parcel", position)
    return owners.index(wanted) if position is not None and wanted in owners else None


def _draw(
    lang: str,
    frame: pd.DataFrame,
    columns: dict[str, tuple[int, str | None]],
    line: int | None,
    key: str,
) -> None:
    state.select_row(key, line)
    short = len(frame) <= _SHORT
    with st.container(key="import_table_short" if short else "import_table_box"):
        st.dataframe(
            frame,
            key=key,
            on_select=_choose_row,
            selection_mode=("single-row", "single-cell"),
            hide_index=True,
            row_height=_ROW_HEIGHT,
            height="content" if short else _HEIGHT,
            alt=text(lang, "ui.import.table_alt"),
            placeholder="—",
            column_config={
                name: _column(_label(lang, name), _width(lang, name, width, frame), written)
                for name, (width, written) in columns.items()
                if name in frame
            },
        )


def _width(lang: str, name: str, width: int, frame: pd.DataFrame) -> int:
    """Return the width of a column in pixels: numbers of parcels are not cut off."""
    usual = _ENGLISH.get(name, width) if lang == "en" else width
    if name != "id":
        return usual
    longest = max((len(one) for one in frame[name] if one), default=0)
    return max(usual, min(_MOST_FOR_ID, _CELL_MARGIN + longest * _DIGIT_WIDTH))


def _label(lang: str, name: str) -> str:
    shared = name in _BY_REPORT or name.startswith(("area_", "declared_", "difference_"))
    return text(lang, f"report.column_{name}" if shared else f"ui.import.column_{name}")


def _column(label: str, width: int, written: str | None) -> Any:
    if written is None:
        return st.column_config.TextColumn(label, width=width)
    return st.column_config.NumberColumn(label, width=width, format=written)


def _choose_row() -> None:
    file, owners, version, key = state.recall(_SHOWN)
    row = state.selected_row(key)
    if row is None or row >= len(owners):
        return
    state.remember(_LINE, (version, row))
    if owners[row] is not None:
        look_at(file, *owners[row])
    else:
        look_at(file, "", None)


def _in_full(lang: str, held: ParcelSet, view: str, frame: pd.DataFrame, line: int) -> Markup:
    """Write out a row whose cells may be too narrow; of a parcel, what was found about it."""
    row = frame.iloc[line]
    if view != "parcels":
        place = row["where"] if view != "quality" else f"№ {row['number']} {row['name']}"
        said = tag("p", tag("strong", place), " ", row["message"], cls="pl-note")
        return tag("div", said, cls="pl-full")
    findings = import_tables.findings_of(held.survey, int(row["number"]) - 1)
    said = join(
        *(
            tag("p", one["severity"], " ", one["message"], cls="pl-note")
            for one in import_tables.finding_page(held, lang, findings).to_dict("records")
        )
    )
    if not findings:
        said = tag("p", text(lang, "ui.import.none_quality"), cls="pl-note pl-muted")
    named = (f"№ {row['number']}", row["id"], row["name"])
    head = tag("strong", " · ".join(str(one) for one in named if one))
    return tag("div", tag("p", head, cls="pl-note"), said, cls="pl-full")
