"""A snapshot as a file: the suffix says which, the content alone says what is in it."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import TYPE_CHECKING

from parcels.snapshot.canonical import canonical_bytes
from parcels.snapshot.model import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from parcels.sheets.templates import Sheet


def settled(snapshot: Snapshot) -> Snapshot:
    """Give the snapshot as it will be read back: keys in order, 300.0 as 300.

    What is made from it has the same bytes whether the content was just built or read.
    """
    return Snapshot(content=json.loads(canonical_bytes(snapshot.content)), digest=snapshot.digest)


def json_bytes(snapshot: Snapshot) -> bytes:
    """Write content and digest as canonical bytes; `read_snapshot` reads them."""
    return canonical_bytes({"content": snapshot.content, "digest": snapshot.digest})


def html_bytes(snapshot: Snapshot) -> bytes:
    """Write the one page that opens without network."""
    from parcels.snapshot.page.page import page_bytes

    return page_bytes(snapshot)


def zip_bytes(snapshot: Snapshot) -> bytes:
    """Write the package: all forms of the content in one archive."""
    from parcels.snapshot.package.archive import package_zip

    return package_zip(snapshot)


def pdf_bytes(snapshot: Snapshot) -> bytes:
    """Write the sheet that suits the kind, all its pages."""
    return own_sheet(snapshot).pdf()


def png_bytes(snapshot: Snapshot) -> bytes:
    """Write the first page of the sheet that suits the kind."""
    return own_sheet(snapshot).png()


def own_sheet(snapshot: Snapshot) -> Sheet:
    """Draw the sheet that suits the kind and what is known of the places."""
    from parcels.sheets.options import SheetOptions
    from parcels.sheets.templates import sheet

    return sheet(settled(snapshot), SheetOptions(template=own_template(snapshot)))


def own_template(snapshot: Snapshot) -> str:
    """Name the template that suits a snapshot.

    One parcel: its own sheet; several with outlines: the survey map; rows of a plan: the plan of
    where they lie; scenarios: side by side; a proposal: its own sheet.
    """
    content = snapshot.content
    if content["kind"] != "review":
        return _TEMPLATES[snapshot.kind]
    chosen = [one for one in content["parcels"] if one.get("selected", True)]
    if len(chosen) == 1:
        return "cadastral"
    surveyed = any(one.get("shape") for one in chosen)
    return "survey_map" if surveyed and snapshot.level != "public" else "location"


_TEMPLATES = MappingProxyType({"scenarios": "comparison", "proposal": "m0"})
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
