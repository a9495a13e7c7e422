"""A snapshot as a file: the suffix says which, the content alone says what is in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from parcels.snapshot.canonical import canonical_bytes
from parcels.snapshot.model import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from layers.sheet.paper import Paper
    from parcels.sheets.templates import Sheet


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Settled(Snapshot):
    """A snapshot as it is read back from its bytes: keys in order, 300.0 as 300."""


def settled(snapshot: Snapshot) -> Settled:
    """Give the snapshot as it will be read back; one that is so already stays as it is.

    What is made from it has the same bytes whether the content was just built or read.
    """
    if isinstance(snapshot, Settled):
        return snapshot
    content = json.loads(canonical_bytes(snapshot.content))
    return Settled(content=content, digest=snapshot.digest)


def json_bytes(snapshot: Snapshot) -> bytes:
    """Write content and digest as canonical bytes; `read_snapshot` reads them."""
    return snapshot.envelope()


def html_bytes(snapshot: Snapshot) -> bytes:
    """Write the one page that opens without network."""
    from parcels.snapshot.page.page import page_bytes

    return page_bytes(snapshot)


def zip_bytes(snapshot: Snapshot) -> bytes:
    """Write the package: all forms of the content in one archive."""
    from parcels.snapshot.package.archive import package_zip

    return package_zip(snapshot)


def pdf_bytes(snapshot: Snapshot) -> bytes:
    """Write the sheet that suits the kind, all its pages; a ranking of firms has its report."""
    if own_template(snapshot):
        return own_sheet(snapshot).pdf()
    from parcels.report.building import report
    from parcels.report.pdf_writer import pdf

    return pdf(report(settled(snapshot), _REPORT))


def png_bytes(snapshot: Snapshot) -> bytes:
    """Write the first page of what `pdf_bytes` writes, to be printed."""
    if own_template(snapshot):
        return own_sheet(snapshot).png()
    from parcels.report.building import report
    from parcels.report.pdf_writer import page_images

    return page_images(report(settled(snapshot), _REPORT), _REPORT_DPI)[0]


def own_sheet(snapshot: Snapshot) -> Sheet:
    """Draw the sheet that suits the kind and what is known of the places.

    On A4; on A3 where more than two scenarios stand side by side, or the land is too wide.

    Raises
    ------
    PlannerError
        ``sheet_too_wide`` on A3 too, ``sheet_no_place``, ``sheet_no_elements``.
    """
    template, given = own_template(snapshot), settled(snapshot)
    if template == "comparison" and len(given.content["scenarios"]) > _ON_A4:
        return _drawn(given, template, "A3")
    try:
        return _drawn(given, template, "A4")
    except PlannerError as error:
        if error.code != "sheet_too_wide":
            raise
        return _drawn(given, template, "A3")


def _drawn(snapshot: Settled, template: str, paper: Paper) -> Sheet:
    from parcels.sheets.options import SheetOptions
    from parcels.sheets.templates import sheet

    return sheet(snapshot, SheetOptions(template=template, paper=paper))


def own_template(snapshot: Snapshot) -> str:
    """Name the template that suits a snapshot; "" where no map would say anything.

    One parcel: its own sheet; some with outlines: the survey map; many, rows of a plan and what
    is public: where they lie; scenarios: side by side; a proposal: its own sheet.
    """
    content = snapshot.content
    if content["kind"] != "review":
        return _TEMPLATES[snapshot.kind]
    chosen = [one for one in content["parcels"] if one.get("selected", True)]
    if len(chosen) == 1:
        return "cadastral"
    surveyed = len(chosen) <= _MOST_SURVEYED and any(one.get("shape") for one in chosen)
    return "survey_map" if surveyed and snapshot.level != "public" else "location"


_REPORT, _REPORT_DPI = "ranking", 200
_ON_A4 = 2
_MOST_SURVEYED = 60
"""Parcels whose points fit on some pages; more are a plan of where they lie, with a list."""
_TEMPLATES = MappingProxyType({"scenarios": "comparison", "proposal": "m0", "permu": ""})
WRITERS: Mapping[str, Callable[[Snapshot], bytes]] = MappingProxyType(
    {
        "json": json_bytes,
        "html": html_bytes,
        "zip": zip_bytes,
        "pdf": pdf_bytes,
        "png": png_bytes,
    }
)
"""Suffix without its dot to the function that writes the file."""
