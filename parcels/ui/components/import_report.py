"""What was read from a file: its head, and the table that is switched to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from parcels.crs_words import crs_text
from parcels.messages import text
from parcels.survey_report import failure_report, head_lines, survey_account
from parcels.ui import state
from parcels.ui.components import import_tables
from parcels.ui.components.import_map import held_of, look_at, parcel_row
from parcels.ui.components.import_tables import PAGE_ROWS
from parcels.ui.markup import Markup, tag

if TYPE_CHECKING:
    import pandas as pd

    from geo.survey.model import Survey
    from parcels.import_reading import ImportFile
    from parcels.parcel_sets import ParcelSet

_VIEWS = ("parcels", "rejected", "skipped", "quality", "notes")
_VIEW, _TABLE = "import_view", "import_table"
_ROW_HEIGHT = 32
_SHORT = 5  # rows that fit on the smallest screen
_HEIGHT = 220  # replaced by the style sheet with what the window leaves
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
    "id": 52,
    "name": 80,
    "rings": 44,
    "area_plane_m2": 88,
    "declared_area_m2": 92,
    "difference_plane": 112,
    "difference_ellipsoid": 112,
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


def report_head(lang: str, file: ImportFile) -> None:
    """Draw what is known of the file as a whole, and how it is known."""
    survey = file.survey
    if survey is None:
        return
    account = state.once("import_account", (file.version, lang), lambda: _account(survey, lang))
    parcels, rejected, skipped = file.counts or (0, 0, 0)
    sums = {"parcels": f"{parcels:,}", "rejected": f"{rejected:,}", "skipped": f"{skipped:,}"}
    features = text(lang, "ui.import.features", features=f"{survey.features:,}", **sums)
    lines = [*head_lines(account, lang), (text(lang, "ui.import.head_features"), features)]
    rows = (tag("tr", tag("th", label, scope="row"), tag("td", value)) for label, value in lines)
    st.html(tag("div", tag("table", *rows), cls="pl-extract pl-head"))


def _account(survey: Survey, lang: str) -> dict[str, Any]:
    """Account for the file as a whole, with format and system in the words of the page."""
    whole = replace(survey, rejected=(), skipped=(), remarks=(), repairs=(), notes=())
    account = survey_account(whole, lang)
    system = {**account["crs"], "epsg": None, "name": crs_text(lang, survey.crs)}
    words = text(lang, f"ui.import.format_{survey.format}")
    encoding = survey.encoding and survey.encoding.upper()
    return {**account, "crs": system, "format": words, "encoding": encoding}


def report(lang: str, file: ImportFile | None) -> None:
    """Draw the tables of a file; before there is one, what happens here."""
    if file is None or file.reading is None:
        st.html(_nothing_yet(lang))
        return
    held = held_of(file)
    if held is None:
        _failure(lang, file)
        return
    survey = held.survey
    counts = _counts(survey, file)
    with st.container(key="import_views", horizontal=True, vertical_alignment="center"):
        shown = st.segmented_control(
            text(lang, "ui.import.views"),
            _VIEWS,
            default="parcels" if len(held) else "rejected",
            required=True,
            format_func=lambda view: text(
                lang, f"ui.import.view_{view}", count=f"{counts[view]:,}"
            ),
            key=f"{_VIEW}_{file.key}",
            label_visibility="collapsed",
        )
        st.space("stretch")
        start = _page_start(file, shown, _rows(survey, shown))
    if not _rows(survey, shown):
        nothing = text(lang, f"ui.import.none_{shown}")
        st.html(tag("p", nothing, cls="pl-note pl-empty", role="status"))
        return
    _table(lang, file, held, shown, start)


def _counts(survey: Survey, file: ImportFile) -> dict[str, int]:
    parcels, rejected, skipped = file.counts or (0, 0, 0)
    return {
        "parcels": parcels,
        "rejected": rejected,
        "skipped": skipped,
        "quality": survey.findings.num_rows,
        "notes": len(survey.notes) + len(survey.remarks),
    }


def _rows(survey: Survey, view: str) -> int:
    rows: dict[str, int] = {
        "parcels": survey.parcels.num_rows,
        "rejected": len(survey.rejected),
        "skipped": len(survey.skipped),
        "quality": survey.findings.num_rows,
        "notes": len(survey.notes) + len(survey.remarks),
    }
    return rows[view]


def _page_start(file: ImportFile, view: str, rows: int) -> int:
    """Draw the pages of a long table; return the first row of the one that is shown."""
    pages = -(-rows // PAGE_ROWS)
    if pages <= 1:
        return 0
    key = f"import_page_{view}_{file.version}"
    return (int(st.pagination(pages, key=key, max_visible_pages=5)) - 1) * PAGE_ROWS


def _table(lang: str, file: ImportFile, held: ParcelSet, view: str, start: int) -> None:
    frame, owners, columns = state.once(
        "import_frame",
        (file.version, view, start, lang),
        lambda: _page(lang, held, view, start),
    )
    _draw(lang, frame, columns, _marked(file, owners), view)
    state.remember("import_owners", (file, owners))


Owner = tuple[str, int] | None
Page = tuple["pd.DataFrame", list[Owner], dict[str, tuple[int, str | None]]]


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
    rows = {repair.where: repair.row for repair in survey.repairs}
    owners: list[Owner] = [
        ("feature", rows[fault.where]) if fault.where in rows else None for fault in faults
    ]
    return import_tables.fault_page(lang, faults), owners, _FAULTS


def _marked(file: ImportFile, owners: list[Owner]) -> int | None:
    position = parcel_row(file)
    wanted = ("parcel", position)
    return owners.index(wanted) if position is not None and wanted in owners else None


def _draw(
    lang: str,
    frame: pd.DataFrame,
    columns: dict[str, tuple[int, str | None]],
    marked: int | None,
    view: str,
) -> None:
    key = f"{_TABLE}_{view}"
    state.select_row(key, marked)
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
                name: _column(_label(lang, name), _width(lang, name, width), written)
                for name, (width, written) in columns.items()
                if name in frame
            },
        )
    state.remember("import_table_key", key)


def _width(lang: str, name: str, width: int) -> int:
    return _ENGLISH.get(name, width) if lang == "en" else width


def _label(lang: str, name: str) -> str:
    shared = name in _BY_REPORT or name.startswith(("area_", "declared_", "difference_"))
    return text(lang, f"report.column_{name}" if shared else f"ui.import.column_{name}")


def _column(label: str, width: int, written: str | None) -> Any:
    if written is None:
        return st.column_config.TextColumn(label, width=width)
    return st.column_config.NumberColumn(label, width=width, format=written)


def _choose_row() -> None:
    row = state.selected_row(state.recall("import_table_key"))
    file, owners = state.recall("import_owners")
    if row is not None and row < len(owners) and owners[row] is not None:
        look_at(file, *owners[row])


def _failure(lang: str, file: ImportFile) -> None:
    """Say in the table's place what stands in the way of one."""
    error = file.reading.error if file.reading else None
    if error is None:
        return
    account = failure_report(file.name, error, lang)
    words = "ui.import.waits" if account["question"] else "ui.import.refused"
    st.html(tag("p", text(lang, words), cls="pl-note pl-empty", role="status"))


def _nothing_yet(lang: str) -> Markup:
    steps = (tag("li", text(lang, f"ui.import.step_{number}")) for number in (1, 2, 3))
    return tag("div", tag("ol", *steps), cls="pl-extract pl-empty pl-steps")
