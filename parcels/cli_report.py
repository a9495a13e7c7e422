"""``report``: a report of a snapshot as a document, a PDF, a workbook or a page."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from parcels.cli_files import console_of
from parcels.output_files import require_free, write_output
from parcels.wording import failure_text

if TYPE_CHECKING:
    from pathlib import Path

    from parcels.snapshot.model import Snapshot

_WRITTEN, _UNUSABLE = 0, 2
NOTICE = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOptions:
    """What the user typed after ``report``; see ``docs/cli.md``."""

    snapshot: Path
    name: str
    output: Path
    parcels: tuple[str, ...] = ()
    template: Path | None = None
    force: bool = False
    lang: str = "zh"


def run(options: ReportOptions) -> int:
    """Write a report.

    Returns
    -------
    int
        0 it is written, 2 the snapshot, the template or an option cannot be used.
    """
    try:
        require_free(options.output, force=options.force)
        write_output(options.output, _content(options), force=options.force)
    except PlannerError as error:
        sentence, hint = failure_text(options.lang, error)
        console_of(sys.stderr).print(f"{sentence}\n{hint}")
        return _UNUSABLE
    return _WRITTEN


def _content(options: ReportOptions) -> bytes:
    from parcels.report.writing import report_bytes
    from parcels.settings import load_settings
    from parcels.snapshot.input_values import reading

    settings = load_settings()
    suffix = options.output.suffix.lower().removeprefix(".")
    template = options.template or (
        settings.template_of(options.name) if suffix == "docx" else None
    )
    given, form = _snapshot(options.snapshot), _template(template)
    with reading("content"):  # whoever changed it could seal it again
        return report_bytes(
            given,
            options.name,
            suffix,
            parcels=options.parcels or None,
            template=form,
            contact=settings.notice_contact,
        )


def _snapshot(path: Path) -> Snapshot:
    from parcels.snapshot.files import read_snapshot

    try:
        data = path.read_bytes()
    except OSError as error:
        raise PlannerError("file_unreadable", file=path.name, reason=str(error.strerror)) from error
    return read_snapshot(data, path.name)


def _template(path: Path | None) -> tuple[str, bytes] | None:
    if path is None:
        return None
    try:
        return path.name, path.read_bytes()
    except OSError as error:
        raise PlannerError("report_template_unreadable", template=path.name) from error
