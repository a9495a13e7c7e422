"""What was read from a file: its head, and the table that is switched to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from parcels.crs_words import crs_text
from parcels.messages import text
from parcels.survey_report import failure_report, head_lines, survey_account
from parcels.ui import state
from parcels.ui.components.import_map import held_of
from parcels.ui.components.import_table import report_table
from parcels.ui.components.import_tables import PAGE_ROWS
from parcels.ui.markup import Markup, tag

if TYPE_CHECKING:
    from geo.survey.model import Survey
    from parcels.import_reading import ImportFile

_VIEWS = ("parcels", "rejected", "skipped", "quality", "notes")
_VIEW = "import_view"


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
    report_table(lang, file, held, shown, start)


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
