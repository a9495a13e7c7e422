"""Places in a proposal as documents and reports write them: ``site_area``, ``floors[4].area``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parcels.proposal.fields import fields
from parcels.proposal.model import FLOOR, LAND

if TYPE_CHECKING:
    from collections.abc import Sequence

_COLUMN = {FLOOR: "area", LAND: "land", "function": "function"}
_QUANTITY = {column: kind for kind, column in _COLUMN.items()}
_ROW = re.compile(r"floors\[(0|[1-9][0-9]{0,3})\]\.([a-z_]+)")


def field_path(quantity: str, rows: Sequence[int] = ()) -> str:
    """Return where a quantity stands: ``floor:4`` is ``floors[4].area``, rows from 0.

    Parameters
    ----------
    rows : sequence of int
        Row of the document of each part (`parcels.proposal.document.reading.Reading.rows`),
        where blank rows are no parts; a part beyond them is a new row after the last.
    """
    kind, _, place = quantity.partition(":")
    if not place:
        return quantity
    part = int(place)
    row = rows[part] if part < len(rows) else part + (rows[-1] + 1 - len(rows) if rows else 0)
    return f"floors[{row}].{_COLUMN[kind]}"


def quantity_at(path: str, rows: Sequence[int] = ()) -> str | None:
    """Return the quantity or answer that stands at a place; None: there is none."""
    if path in fields():
        return path
    found = _ROW.fullmatch(path)
    if found is None or found[2] not in _QUANTITY:
        return None
    row = int(found[1])
    if rows and row not in rows:
        return None
    return f"{_QUANTITY[found[2]]}:{rows.index(row) if rows else row}"
