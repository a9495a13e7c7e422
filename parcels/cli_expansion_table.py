"""Indices of an expansion area as a table for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from parcels.cli_table import printable
from parcels.expansion import wording
from parcels.messages import text

if TYPE_CHECKING:
    from rich.console import Console

    from parcels.expansion.model import Index
    from parcels.expansion.report import ExpansionReport

WIDTH = 120
_STYLES = {"fail": "red", "unknown": "magenta", "warning": "yellow"}
_MOST_DETAILS = 12
_LISTED = {"E_PARTS", "E_HOLES", "E_WHOLE_UNITS", "E_FUNCTION", "E_ROADS", "E_USABLE", "E_CHUNK"}
"""Indices of which the lines below matter in a table; the JSON has all."""


def print_expansion(console: Console, report: ExpansionReport) -> None:
    """Write every index beside its bands, and below it why it is unknown and what it consists of.

    Parameters
    ----------
    console : Console
        Without markup: names are shown exactly as written.
    report : ExpansionReport
    """
    lang = report.lang
    packs = ", ".join(f"{pack.id} {pack.version}" for pack in report.book.packs)
    console.print(text(lang, "cli.check.head", day=report.book.as_of.isoformat(), packs=packs))
    for one in report.rejected:
        console.print(printable(f"  {one['where']}: {one['message']}"), style="red")
    if report.around.zone is not None and report.around.zone.is_schematic:
        metres = f"{report.around.zone.accuracy_m:,.0f}"
        console.print(text(lang, "cli.expansion.schematic", metres=metres))
    title = Text(printable(report.title))
    table = Table(box=None, pad_edge=False, title=title, title_justify="left")
    for key in ("verdict", "index", "value", "bands"):
        table.add_column(text(lang, f"cli.expansion.{key}"), overflow="fold")
    for index in report.indices:
        _add(table, report, index)
    console.print(table)
    for index in report.indices:
        _print_below(console, report, index)
    counted = (
        f"{text(lang, f'glyph.{outcome}')} {text(lang, f'outcome.{outcome}')} {count}"
        for outcome, count in report.summary.items()
    )
    console.print()
    console.print(" · ".join(counted))
    if report.is_sensitive:
        console.print(text(lang, "expansion.sensitive.text"), style="red")


def _add(table: Table, report: ExpansionReport, index: Index) -> None:
    lang = report.lang
    verdict = f"{text(lang, f'glyph.{index.outcome}')} {text(lang, f'outcome.{index.outcome}')}"
    written = ((band, wording.band_text(lang, band)) for band in index.bands)
    bands = [f"{wording.band_level(lang, band)} {limit}" for band, limit in written if limit]
    mark = text(lang, "ui.list_mark")
    table.add_row(
        verdict,
        wording.index_name(lang, index),
        wording.value_text(lang, index),
        mark.join(bands),
        style=_STYLES.get(index.outcome),
    )


def _print_below(console: Console, report: ExpansionReport, index: Index) -> None:
    lang = report.lang
    why = " ".join(
        said
        for said in (
            wording.reason_text(lang, index),
            wording.missing_text(lang, index, report.book),
        )
        if said
    )
    is_single = index.id == "E_PARTS" and len(index.details) == 1
    listed = index.details if index.id in _LISTED and not is_single else ()
    if not why and not listed:
        return
    console.print()
    said = f"{wording.index_name(lang, index)}  {why}".rstrip()
    console.print(said, style=_STYLES.get(index.outcome))
    for detail in listed[:_MOST_DETAILS]:
        console.print(printable(f"  {wording.detail_text(lang, detail)}"))
    if len(listed) > _MOST_DETAILS:
        console.print("  " + text(lang, "report.more", count=len(listed) - _MOST_DETAILS))
