"""Reports as files: a snapshot, the name of a report and its parcels to bytes."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from parcels.report.model import Report
    from parcels.snapshot.model import Snapshot


def _report(snapshot: Snapshot, options: Mapping[str, Any]) -> Report:
    from parcels.report.building import report

    return report(snapshot, options["name"], parcels=options.get("parcels"))


def _docx(snapshot: Snapshot, options: Mapping[str, Any]) -> bytes:
    from parcels.report.docx_writer import docx

    own = options.get("template")
    return docx(_report(snapshot, options), Path(own) if own else None)


def _pdf(snapshot: Snapshot, options: Mapping[str, Any]) -> bytes:
    from parcels.report.pdf_writer import pdf

    return pdf(_report(snapshot, options))


def _xlsx(snapshot: Snapshot, options: Mapping[str, Any]) -> bytes:
    from parcels.report.xlsx_writer import xlsx

    return xlsx(_report(snapshot, options))


def _html(snapshot: Snapshot, _options: Mapping[str, Any]) -> bytes:
    from parcels.report.notice import notice_html

    return notice_html(snapshot)


REPORT_WRITERS: Mapping[str, Callable[[Snapshot, Mapping[str, Any]], bytes]] = MappingProxyType(
    {"docx": _docx, "pdf": _pdf, "xlsx": _xlsx, "html": _html}
)
"""Suffix without its dot to the function that writes the file."""
