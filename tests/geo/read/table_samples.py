"""Tables made for tests: texts, and workbooks out of rows of cells."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import shapely

from geo.read.formats import Request
from geo.read.tables.delimited import parse_delimited
from geo.read.tables.workbook import parse_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from geo.read.parsed import Parsed


def read_text(folder: Path, text: str | bytes, **options) -> Parsed:
    data = text.encode() if isinstance(text, str) else text
    return parse_delimited(_request(folder, data, options))


def read_book(folder: Path, data: bytes, **options) -> Parsed:
    return parse_workbook(_request(folder, data, options))


def _request(folder: Path, data: bytes, options: dict) -> Request:
    (folder / "input").write_bytes(data)
    return Request(path=folder / "input", folder=folder, **options)


def workbook(sheets: dict[str, list[list]], merged: dict[str, list[str]] | None = None) -> bytes:
    """Write rows of cells with openpyxl; a text that begins with = is a formula without value."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
        for cells in (merged or {}).get(name, []):
            sheet.merge_cells(cells)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def shapes_of(parsed: Parsed) -> list:
    return list(shapely.from_wkb(parsed.wkb.to_numpy(zero_copy_only=False)))


def column(parsed: Parsed, role: str) -> list:
    name = parsed.fields.get(role)
    return parsed.table.column(name).to_pylist() if name else [None] * len(parsed.wkb)


def summary(parsed: Parsed) -> dict:
    """Say what a case file may expect: see ``tests/cases/tables/README.md``."""
    shapes = shapes_of(parsed)
    return {
        "ids": [one or "" for one in column(parsed, "id")],
        "names": [one or "" for one in column(parsed, "name")],
        "areas": [one or "" for one in column(parsed, "area")],
        "where": parsed.where.to_pylist(),
        "rings": [0 if one is None else len(shapely.get_parts(one)) for one in shapes],
        "points": [0 if one is None else int(shapely.get_num_coordinates(one)) for one in shapes],
        "square_metres": [0.0 if one is None else round(_ring_areas(one), 2) for one in shapes],
        "axes": parsed.axes,
        "crs": parsed.crs,
        "header": dict(parsed.header),
        "faults": [
            [row, fault.code, fault.where, str(fault.values.get("value"))]
            for row, fault in parsed.faults.items()
        ],
        "skipped": [[fault.code, fault.where] for fault in parsed.skipped],
        "remarks": [[fault.code, fault.where] for fault in parsed.remarks],
        "notes": [note.code for note in parsed.notes],
        "kinds": sorted({one.geom_type for one in shapes if one is not None}),
        "columns": parsed.table.column_names,
    }


def _ring_areas(shape) -> float:
    """Sum of the rings' areas, each for itself: what the reader may not know it does not take away."""
    if shape.geom_type in ("Polygon", "MultiPolygon", "Point"):
        return shape.area
    return sum(shapely.Polygon(line.coords).area for line in shape.geoms if len(line.coords) > 2)
