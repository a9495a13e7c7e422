"""Sentences about a reference layer: where it speaks, what it left out, what nobody stated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.overlay_kinds import overlay_kinds
from parcels.messages import text
from parcels.wording import fault_text, note_text

if TYPE_CHECKING:
    from layers.overlay import Overlay


def kind_title(lang: str, kind: str) -> str:
    """Name a kind of layer."""
    title = overlay_kinds()[kind].title
    return title.en if lang == "en" else title.zh


def extent_text(lang: str, overlay: Overlay) -> str:
    """Say where "nothing here" may be concluded from a layer, and who says so."""
    if overlay.extent is None:
        return text(lang, "ui.overlays.covers_all")
    west, south, east, north = (f"{value:.3f}" for value in overlay.extent.bounds)
    key = f"ui.overlays.extent_{overlay.extent_how}"
    return text(lang, key, west=west, south=south, east=east, north=north)


def features_text(lang: str, overlay: Overlay) -> str:
    """Count the features that count."""
    return text(lang, "ui.overlays.used", count=f"{overlay.report.used:,}")


def skipped_text(lang: str, overlay: Overlay) -> str:
    """Count the rows that were left out, by reason; "" where none was."""
    skipped = overlay.report.skipped
    if not skipped:
        return ""
    reasons = [f"{text(lang, f'skipped.{reason}')} {count:,}" for reason, count in skipped.items()]
    count = f"{sum(skipped.values()):,}"
    return text(lang, "ui.overlays.skipped", count=count, reasons=reasons)


def account(lang: str, overlay: Overlay) -> tuple[str, ...]:
    """Say how a layer was read: format, coordinate system, columns, and what was assumed."""
    report = overlay.report
    columns = [one for one in (report.name_column, report.code_column) if one]
    read = text(lang, "ui.overlays.read", format=report.format, crs=report.crs, columns=columns)
    notes = [note_text(lang, note) for note in report.notes]
    remarks = [
        text(lang, "ui.overlays.remark", sentence=fault_text(lang, fault), count=f"{count:,}")
        for fault, count in report.remarks
    ]
    return (read, *notes, *remarks)
