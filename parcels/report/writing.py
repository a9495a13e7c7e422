"""A report as a file, by the file's suffix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.errors import PlannerError
from parcels.report.building import report
from parcels.report.docx_writer import docx
from parcels.report.notice import notice_html
from parcels.report.pdf_writer import pdf
from parcels.report.xlsx_writer import xlsx

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcels.snapshot.model import Snapshot

NOTICE = "notice"
SUFFIXES = ("docx", "pdf", "xlsx")
"""Of every report but the notice, which is ``html``."""


def report_bytes(
    snapshot: Snapshot,
    name: str,
    suffix: str,
    *,
    parcels: Sequence[str] | None = None,
    template: tuple[str, bytes] | None = None,
    contact: str = "",
) -> bytes:
    """Write a report of a snapshot as a file.

    Parameters
    ----------
    name : str
        As `parcels.report.building.report` takes it, or ``notice``.
    suffix : str
        ``docx``, ``pdf`` or ``xlsx``; of the notice ``html``.
    parcels : sequence of str, optional
        Keys of parcels.
    template : (str, bytes), optional
        Name and content of a template of the bureau's, for ``docx``.
    contact : str
        Of the notice: whom to ask.

    Raises
    ------
    PlannerError
        ``report_suffix``, and those of the report and its writer.
    """
    known = ("html",) if name == NOTICE else SUFFIXES
    if suffix not in known:
        raise PlannerError("report_suffix", value=suffix, known=list(known))
    if name == NOTICE:
        return notice_html(snapshot, contact=contact)
    made = report(snapshot, name, parcels=parcels)
    if suffix == "docx":
        title, content = template or ("", None)
        return docx(made, content, name=title)
    return pdf(made) if suffix == "pdf" else xlsx(made)
