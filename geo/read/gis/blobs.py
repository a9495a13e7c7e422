"""Geometries as well-known binary, checked row by row."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import shapely

from geo.read.gis.curves import straight_shape
from geo.read.parsed import Fault, Note, require_size

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geo.read.limits import Limits

_CURVES = {
    8: "CircularString",
    9: "CompoundCurve",
    10: "CurvePolygon",
    11: "MultiCurve",
    12: "MultiSurface",
    15: "PolyhedralSurface",
    16: "TIN",
    17: "Triangle",
}
_PREFIX_BYTES = 5
_AT_ONCE = 4_000_000  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Shapes:
    """Geometries of a layer in two dimensions, and what is to be said of them.

    Attributes
    ----------
    wkb : pyarrow.ChunkedArray of binary
        Null where the row has a fault.
    faults, remarks, notes
        As in `Parsed`.
    """

    wkb: pa.Array | pa.ChunkedArray
    faults: dict[int, Fault]
    remarks: tuple[Fault, ...] = ()
    notes: tuple[Note, ...] = ()


def shapes_of(
    blobs: Iterable[bytes | None], limits: Limits, faults: dict[int, Fault] | None = None
) -> Shapes:
    """Check geometries that came as well-known binary.

    Parameters
    ----------
    blobs : iterable of bytes or None
        ISO or extended WKB, one a row; taken some at a time.
    limits : Limits
        ``vertices`` and ``parcel_vertices`` are the limits.
    faults : dict of int to Fault, optional
        Rows of which the reader knows what is wrong when it gives their blobs, which are None.
        Those that are found are added.

    Returns
    -------
    Shapes
        Faults ``no_geometry``, ``curve_geometry``, ``geometry_broken``,
        ``coordinate_not_finite``; remarks ``ring_closed``, ``curve_straightened``;
        note ``z_dropped``.

    Raises
    ------
    PlannerError
        ``file_too_many_vertices``.
    """
    found = {} if faults is None else faults
    remarks: list[Fault] = []
    chunks: list[pa.Array] = []
    row, vertices, has_height = 0, 0, False
    for some in _stretches(blobs):
        shapes = _checked(some, row, found, remarks)
        has_height |= bool((shapely.has_z(shapes) | shapely.has_m(shapes)).any())
        row, vertices = row + len(some), vertices + int(shapely.get_num_coordinates(shapes).sum())
        require_size(features=0, columns=0, vertices=vertices, limits=limits)
        chunks.append(pa.array(shapely.to_wkb(shapes, output_dimension=2), type=pa.binary()))
    return Shapes(
        wkb=pa.chunked_array(chunks, type=pa.binary()),
        faults=dict(sorted(found.items())),
        remarks=tuple(remarks),
        notes=(Note(code="z_dropped"),) if has_height else (),
    )


def _stretches(blobs: Iterable[bytes | None]) -> Iterator[list[bytes | None]]:
    """Cut rows into stretches of some megabytes, so that all never lie there in two forms."""
    some: list[bytes | None] = []
    size = 0
    for blob in blobs:
        some.append(blob)
        size += len(blob or b"")
        if size > _AT_ONCE:
            yield some
            some, size = [], 0
    if some:
        yield some


def _checked(
    blobs: list[bytes | None], start: int, faults: dict[int, Fault], remarks: list[Fault]
) -> Any:
    """Decode rows from ``start`` on; None where there is a fault."""
    with np.errstate(all="ignore"):  # what is not finite is refused below, by row
        shapes = _decoded(blobs, start, faults, remarks)
    _refuse_not_finite(shapes, start, faults)
    return shapes


def place(row: int) -> str:
    """Name the place of a row, counted from 0."""
    return f"feature:{row + 1}"


def _decoded(
    blobs: list[bytes | None], start: int, faults: dict[int, Fault], remarks: list[Fault]
) -> Any:
    """Decode all at once, and one by one what that does not read."""
    try:
        shapes = shapely.from_wkb(np.array(blobs, dtype=object), on_invalid="ignore")
    except NotImplementedError:
        shapes = np.array([_one(blob, "ignore") for blob in blobs], dtype=object)
    for at in map(int, np.flatnonzero(shapely.is_missing(shapes) | shapely.is_empty(shapes))):
        blob, row = blobs[at], start + at
        if row in faults:
            continue
        if blob is None or shapes[at] is not None:
            shapes[at] = None
            faults[row] = Fault(code="no_geometry", where=place(row))
            continue
        shapes[at], remark = _mended(blob, row)
        if remark is None:
            faults[row] = _broken(blob, row)
        else:
            remarks.append(remark)
    return shapes


def _mended(blob: bytes, row: int) -> tuple[Any, Fault | None]:
    """Make chords of arcs, or close the rings; say what was done."""
    straight = straight_shape(blob)
    if straight is not None:
        shape, arcs, points = straight
        values = {"arcs": arcs, "points": points}
        return shape, Fault(code="curve_straightened", where=place(row), values=values)
    closed = _one(blob, "fix")
    remark = None if closed is None else Fault(code="ring_closed", where=place(row))
    return closed, remark


def _one(blob: bytes | None, on_invalid: str) -> Any:
    with contextlib.suppress(NotImplementedError):
        return shapely.from_wkb(blob, on_invalid=on_invalid)
    return None


def _broken(blob: bytes, row: int) -> Fault:
    code = int.from_bytes(blob[1:_PREFIX_BYTES], "big" if blob[:1] == b"\x00" else "little")
    kind = (code & 0x0FFFFFFF) % 1000
    if kind in _CURVES and len(blob) > _PREFIX_BYTES:
        return Fault(code="curve_geometry", where=place(row), values={"type": _CURVES[kind]})
    return Fault(code="geometry_broken", where=place(row), values={"bytes": len(blob)})


def _refuse_not_finite(shapes: Any, start: int, faults: dict[int, Fault]) -> None:
    coordinates, owners = shapely.get_coordinates(shapes, return_index=True)
    bad = np.flatnonzero(~np.isfinite(coordinates).all(axis=1))
    rows, first = np.unique(owners[bad], return_index=True)
    for at, position in zip(rows.tolist(), bad[first].tolist(), strict=True):
        row, point = start + at, position - int(np.searchsorted(owners, at)) + 1
        value = ", ".join(repr(float(number)) for number in coordinates[position])
        shapes[at] = None
        faults[row] = Fault(
            code="coordinate_not_finite",
            where=f"{place(row)};point:{point}",
            values={"value": value},
        )
