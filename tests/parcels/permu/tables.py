"""Tables of firms for tests, as bytes and as files."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook

from geo.read.limits import DEFAULT_LIMITS
from geo.read.tables.delimited import read_grid
from parcels.permu.model import Answers, FirmTable
from parcels.permu.rating import rate
from parcels.permu.reading import firms_of_grids
from parcels.permu.schemes import find_classes, find_scheme

if TYPE_CHECKING:
    from parcels.permu.scoring import Result


def table_of(text: str, **answers: Any) -> FirmTable:
    """Read a csv in this process: the reading process has tests of its own."""
    grid = read_grid(text.strip(), DEFAULT_LIMITS)
    return firms_of_grids([grid], "firms.csv", Answers(**answers))


def rated(text: str, scheme: str, classes: str | None = None, **answers: Any) -> Result:
    borrowed = find_classes(classes) if classes else None
    return rate(table_of(text, **answers), find_scheme(scheme), borrowed=borrowed)


def workbook(rows: list[list[Any]], *, title: str = "企业") -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def codes(result: Result, name: str) -> list[str]:
    row = next(row for row in result.rows if row.firm.name == name)
    return [fault.code for fault in row.notes]
