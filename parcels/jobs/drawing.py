"""A sheet from values of JSON: what a wish or an address says of template, paper and names."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.sheets.templates import Sheet
    from parcels.snapshot.model import Snapshot


def drawing(snapshot: Snapshot, options: Mapping[str, Any]) -> Sheet:
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
