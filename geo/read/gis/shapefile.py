"""Shapefile, record by record: rings as they stand, because winding is what tools get wrong."""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from geo.errors import PlannerError
from geo.read.archive import open_shapefile
from geo.read.gis.blobs import place, shapes_of
from geo.read.gis.cells import table_of_columns
from geo.read.gis.dbf import count_rows, read_dbf
from geo.read.gis.declared import declared_crs
from geo.read.parsed import Fault, Note, Parsed, require_size

if TYPE_CHECKING:
    from geo.read.archive import Shapefile
    from geo.read.formats import Request
    from geo.read.limits import Limits

_HEADER = 100
_MAGIC = 9994
_NULL, _MULTIPATCH = 0, 31
_POINTS, _LINES, _POLYGONS, _MULTIPOINTS = (1, 11, 21), (3, 13, 23), (5, 15, 25), (8, 18, 28)
_WITH_HEIGHT = (11, 13, 15, 18)
_POINT = struct.pack("<BI", 1, 1)
_LINE = struct.pack("<BI", 1, 2)
_MULTIPOINT = struct.pack("<BI", 1, 4)
_MULTILINE = struct.pack("<BI", 1, 5)
_PAIR = 16


class _BrokenShapeError(Exception):
    """A record that does not hold what it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Records:
    """Where the records of a ``.shp`` file are: offset and length of each content, in bytes."""

    spans: list[tuple[int, int]]
    rest: int


def parse_shapefile(request: Request) -> Parsed:
    """Read a zipped Shapefile.

    Parameters
    ----------
    request : Request
        The archive; ``layer`` says which Shapefile, when there are several.

    Returns
    -------
    Parsed
        Polygons as bare rings. Records that are marked as deleted are skipped
        (``record_deleted``); faults ``no_geometry``, ``shape_broken``, ``shape_type_differs``,
        ``ring_too_short`` and those of `shapes_of`; notes of `read_dbf` and `declared_crs`,
        ``shapefile_no_table``, ``shapefile_no_prj``.

    Raises
    ------
    PlannerError
        ``archive_*``, ``file_many_layers``, ``shapefile_truncated``,
        ``shapefile_rows_differ``, ``file_broken``, ``file_encoding_unknown``, ``file_too_many_*``.
    """
    files = open_shapefile(request.data, layer=request.layer, limits=request.limits)
    return read_shapefile(files, request.limits)


def read_shapefile(files: Shapefile, limits: Limits) -> Parsed:
    """Read the parts of one Shapefile; results and errors as `parse_shapefile`."""
    data, table = files.parts[".shp"], files.parts.get(".dbf", b"")
    if len(data) < _HEADER or struct.unpack_from(">i", data)[0] != _MAGIC:
        raise PlannerError("shapefile_truncated", part=f"{files.name}.shp", record=0)
    rows = count_rows(table) if table else None
    spans = _records(files, rows)
    require_size(features=len(spans), columns=0, vertices=0, limits=limits)
    if rows is not None and rows != len(spans):
        raise PlannerError("shapefile_rows_differ", shapes=len(spans), rows=rows)
    kind = struct.unpack_from("<i", data, 32)[0]
    blobs, faults = _shapes(data, spans, kind)
    shapes = shapes_of(blobs, limits, faults)
    notes = shapes.notes if kind not in _WITH_HEIGHT else (Note(code="z_dropped"),)
    crs, crs_notes = _crs(files)
    parsed = Parsed(
        table=table_of_columns([], [], len(spans)),
        wkb=shapes.wkb,
        faults=shapes.faults,
        remarks=shapes.remarks,
        rings=kind in _POLYGONS,
        crs=crs,
        layer=files.name,
        format="shapefile",
        notes=(*notes, *crs_notes),
    )
    if rows is None:
        return replace(parsed, notes=(*parsed.notes, Note(code="shapefile_no_table")))
    return _with_attributes(parsed, files, limits)


def _with_attributes(parsed: Parsed, files: Shapefile, limits: Limits) -> Parsed:
    label = files.parts.get(".cpg", b"").decode("ascii", errors="ignore").strip("\x00 \r\n")
    attributes = read_dbf(files.parts[".dbf"], label=label, name=files.name, limits=limits)
    kept = np.flatnonzero(~attributes.deleted).tolist()
    gone = np.flatnonzero(attributes.deleted).tolist()
    places = {place(row) for row in gone}
    return replace(
        parsed,
        table=attributes.table.take(pa.array(kept, pa.int64())),
        wkb=parsed.wkb.take(pa.array(kept, pa.int64())),
        where=pa.array([place(row) for row in kept]) if gone else None,
        faults={new: parsed.faults[old] for new, old in enumerate(kept) if old in parsed.faults},
        skipped=tuple(Fault(code="record_deleted", where=place(row)) for row in gone),
        remarks=tuple(
            remark
            for remark in (*parsed.remarks, *attributes.remarks)
            if remark.where not in places
        ),
        encoding=attributes.encoding,
        notes=(*attributes.notes, *parsed.notes),
    )


def _crs(files: Shapefile) -> tuple[str | None, tuple[Note, ...]]:
    if ".prj" not in files.parts:
        return None, (Note(code="shapefile_no_prj"),)
    return declared_crs(files.parts[".prj"].decode("utf-8", errors="replace"))


def _records(files: Shapefile, rows: int | None) -> list[tuple[int, int]]:
    """Find the records one after another; the index knows better where records were moved."""
    data = files.parts[".shp"]
    walked = _walk(data)
    indexed = _indexed(data, files.parts.get(".shx", b""))
    whole = 2 * struct.unpack_from(">i", data, 24)[0] <= len(data) and not walked.rest
    wanted = rows if rows is not None else len(indexed or walked.spans)
    if indexed is not None and len(indexed) == wanted:
        return indexed
    if not whole and len(walked.spans) != wanted:
        record = len(walked.spans) + 1
        raise PlannerError("shapefile_truncated", part=f"{files.name}.shp", record=record)
    if not whole and rows is None:
        raise PlannerError(
            "shapefile_truncated", part=f"{files.name}.shp", record=len(walked.spans) + 1
        )
    return walked.spans


def _walk(data: bytes) -> _Records:
    spans: list[tuple[int, int]] = []
    position, end = _HEADER, len(data)
    while position + 8 <= end:
        length = 2 * struct.unpack_from(">i", data, position + 4)[0]
        if length < 4 or position + 8 + length > end:  # noqa: PLR2004
            break
        spans.append((position + 8, length))
        position += 8 + length
    return _Records(spans=spans, rest=end - position)


def _indexed(data: bytes, index: bytes) -> list[tuple[int, int]] | None:
    """Follow the ``.shx`` file; None: there is none, or it does not fit."""
    if len(index) < _HEADER:
        return None
    count = (len(index) - _HEADER) // 8
    entries = np.frombuffer(index, ">i4", 2 * count, _HEADER).astype(np.int64).reshape(-1, 2) * 2
    spans: list[tuple[int, int]] = []
    for offset, length in entries.tolist():
        if offset < _HEADER or length < 4 or offset + 8 + length > len(data):  # noqa: PLR2004
            return None
        if 2 * struct.unpack_from(">i", data, offset + 4)[0] != length:
            return None
        spans.append((offset + 8, length))
    return spans


def _shapes(
    data: bytes, spans: list[tuple[int, int]], kind: int
) -> tuple[list[bytes | None], dict[int, Fault]]:
    blobs: list[bytes | None] = []
    faults: dict[int, Fault] = {}
    for row, (offset, length) in enumerate(spans):
        own = struct.unpack_from("<i", data, offset)[0]
        blob = None
        if own not in (_NULL, kind):
            faults[row] = Fault(
                code="shape_type_differs", where=place(row), values={"found": own, "stated": kind}
            )
        elif own == _MULTIPATCH:
            faults[row] = Fault(
                code="unsupported_type", where=place(row), values={"type": "MultiPatch"}
            )
        elif own != _NULL:
            blob = _shape(data[offset : offset + length], own, row, faults)
        blobs.append(blob)
    return blobs, faults


def _shape(content: bytes, kind: int, row: int, faults: dict[int, Fault]) -> bytes | None:
    """Write one record as WKB, or say what is wrong with it."""
    try:
        if kind in _POINTS:
            return _POINT + _take(content, 4, _PAIR)
        if kind in _MULTIPOINTS:
            return _multipoint(content)
        rings = _parts(content)
    except (_BrokenShapeError, struct.error):
        faults[row] = Fault(code="shape_broken", where=place(row), values={"bytes": len(content)})
        return None
    if not rings:
        return None
    least = 4 if kind in _POLYGONS else 2
    for number, ring in enumerate(rings, start=1):
        if len(ring) < 2 * _PAIR or (kind in _POLYGONS and _distinct(ring) < least - 1):
            faults[row] = Fault(
                code="ring_too_short",
                where=f"{place(row)};ring:{number}",
                values={"points": len(ring) // _PAIR},
            )
            return None
    lines = (_LINE + struct.pack("<I", len(ring) // _PAIR) + ring for ring in rings)
    return _MULTILINE + struct.pack("<I", len(rings)) + b"".join(lines)


def _distinct(ring: bytes) -> int:
    """Count different points, no further than needed."""
    found: set[bytes] = set()
    for start in range(0, len(ring), _PAIR):
        found.add(ring[start : start + _PAIR])
        if len(found) == 3:  # noqa: PLR2004
            break
    return len(found)


def _multipoint(content: bytes) -> bytes:
    count = struct.unpack_from("<i", content, 36)[0]
    if count < 0:
        raise _BrokenShapeError
    points = _take(content, 40, count * _PAIR)
    each = (_POINT + points[start : start + _PAIR] for start in range(0, len(points), _PAIR))
    return _MULTIPOINT + struct.pack("<I", count) + b"".join(each)


def _parts(content: bytes) -> list[bytes]:
    """Cut the points of a record into its parts."""
    parts, points = struct.unpack_from("<ii", content, 36)
    if parts < 0 or points < 0 or (points and not parts):
        raise _BrokenShapeError
    starts = [*struct.unpack(f"<{parts}i", _take(content, 44, 4 * parts)), points]
    coordinates = _take(content, 44 + 4 * parts, points * _PAIR)
    if starts[0] or starts != sorted(starts):
        raise _BrokenShapeError
    bounds = pairwise(starts)
    return [coordinates[first * _PAIR : last * _PAIR] for first, last in bounds]


def _take(content: bytes, start: int, size: int) -> bytes:
    taken = content[start : start + size]
    if len(taken) != size:
        raise _BrokenShapeError
    return taken
