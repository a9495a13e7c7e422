"""Pages to look at, from values of JSON: a sheet or a report as a wish or an address names it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.report.model import Report
    from parcels.snapshot.model import Snapshot

_SCREEN = 110  # dots per inch


class Pages(Protocol):
    """What can be looked at page by page and printed."""

    @property
    def pages(self) -> int:
        """Number of pages."""

    def png(self, page: int = 1, dpi: float = ...) -> bytes:
        """Draw a page, counted from 1."""

    def pdf(self) -> bytes:
        """Draw all pages."""


@dataclass(frozen=True, eq=False)
class ReportPages:
    """A report as pages."""

    report: Report

    @cached_property
    def _images(self) -> list[bytes]:
        from parcels.report.pdf_writer import page_images

        return page_images(self.report, _SCREEN)

    @property
    def pages(self) -> int:
        """Number of pages."""
        return len(self._images)

    def png(self, page: int = 1, dpi: float = _SCREEN) -> bytes:
        """Give a page as a screen shows it; paper has the PDF."""
        del dpi
        return self._images[page - 1]

    def pdf(self) -> bytes:
        """Write the document."""
        from parcels.report.pdf_writer import pdf

        return pdf(self.report)


def report_pages(snapshot: Snapshot, options: Mapping[str, Any]) -> ReportPages:
    """Make the report that ``template`` names, of the parcels that are asked for.

    Raises
    ------
    PlannerError
        See `parcels.report.building.report`.
    """
    from parcels.report.building import report

    return ReportPages(report(snapshot, options["template"], parcels=options["parcels"] or None))


def drawing(snapshot: Snapshot, options: Mapping[str, Any]) -> Pages:
    """Draw a sheet; options that are none of `SheetOptions`' are for whoever writes the file.

    Raises
    ------
    PlannerError
        See `parcels.sheets.templates.sheet`.
    """
    from parcels.sheets.options import SheetOptions
    from parcels.sheets.templates import sheet

    known = {one.name for one in fields(SheetOptions)}
    given = {name: value for name, value in options.items() if name in known}
    return sheet(snapshot, SheetOptions(**{**given, "parcels": tuple(given.get("parcels", ()))}))
