"""Places in a proposal as documents and reports write them: ``site_area``, ``floors[4].area``."""

from __future__ import annotations

import re

from parcels.proposal.fields import fields
from parcels.proposal.model import FLOOR, LAND

_COLUMN = {FLOOR: "area", LAND: "land", "function": "function"}
_QUANTITY = {column: kind for kind, column in _COLUMN.items()}
_ROW = re.compile(r"floors\[(0|[1-9][0-9]{0,3})\]\.([a-z_]+)")


def field_path(quantity: str) -> str:
    """Return where a quantity stands: ``floor:4`` is ``floors[4].area``, rows from 0."""
    kind, _, place = quantity.partition(":")
    return f"floors[{place}].{_COLUMN[kind]}" if place else quantity


def quantity_at(path: str) -> str | None:
    """Return the quantity or answer that stands at a place; None: there is none."""
    if path in fields():
        return path
    row = _ROW.fullmatch(path)
    if row is None or row[2] not in _QUANTITY:
        return None
    return f"{_QUANTITY[row[2]]}:{row[1]}"
