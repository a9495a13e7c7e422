"""Geometries as well-known binary, checked row by row."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import shapely

from geo.read.parsed import Fault, Note, require_size

if TYPE_CHECKING:
    from collections.abc import Sequence

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Shapes:
    """Geometries of a layer in two dimensions, and what is to be said of them.

    Attributes
    ----------
    wkb : pyarrow.Array of binary
        Null where the row has a fault.
    faults, remarks, notes
        As in `Parsed`.
    """

    wkb: pa.Array
    faults: dict[int, Fault]
    remarks: tuple[Fault, ...] = ()
    notes: tuple[Note, ...] = ()


def shapes_of(
    blobs: Sequence[bytes | None], limits: Limits, faults: dict[int, Fault] | None = None
) -> Shapes:
    """Check geometries that came as well-known binary.

    Parameters
    ----------
    blobs : sequence of bytes or None
        ISO or extended WKB, one a row.
    limits : Limits
        ``vertices`` and ``parcel_vertices`` are the limits.
    faults : dict of int to Fault, optional
        Rows of which the reader already knows what is wrong; their blobs are None.

    Returns
    -------
    Shapes
        Faults ``no_geometry``, ``curve_geometry``, ``geometry_broken``,
        ``coordinate_not_finite``; remark ``ring_closed``; note ``z_dropped``.

    Raises
    ------
    PlannerError
        ``file_too_many_vertices``.
    """
    found = dict(faults or {})
    with np.errstate(all="ignore"):  # what is not finite is refused below, by row
        shapes, remarks = _decoded(blobs, found)
    has_height = bool((shapely.has_z(shapes) | shapely.has_m(shapes)).any())
    shapes = shapely.force_2d(shapes)
    _refuse_not_finite(shapes, found)
    vertices = int(shapely.get_num_coordinates(shapes).sum())
    require_size(features=0, columns=0, vertices=vertices, limits=limits)
    return Shapes(
        wkb=pa.array(shapely.to_wkb(shapes), type=pa.binary()),
        faults=dict(sorted(found.items())),
        remarks=tuple(remarks),
        notes=(Note(code="z_dropped"),) if has_height else (),
    )


def place(row: int) -> str:
    """Name the place of a row, counted from 0."""
    return f"feature:{row + 1}"


def _decoded(blobs: Sequence[bytes | None], faults: dict[int, Fault]) -> tuple[Any, list[Fault]]:
    """Decode all at once, and one by one what that does not read."""
    try:
        shapes = shapely.from_wkb(np.array(blobs, dtype=object), on_invalid="ignore")
    except NotImplementedError:
        shapes = np.array([_one(blob, "ignore") for blob in blobs], dtype=object)
    remarks: list[Fault] = []
    for row in map(int, np.flatnonzero(shapely.is_missing(shapes) | shapely.is_empty(shapes))):
        blob = blobs[row]
        if row in faults:
            continue
        if blob is None or shapes[row] is not None:
            shapes[row] = None
            faults[row] = Fault(code="no_geometry", where=place(row))
            continue
        shapes[row] = _one(blob, "fix")
        if shapes[row] is None:
            faults[row] = _broken(blob, row)
        else:
            remarks.append(Fault(code="ring_closed", where=place(row)))
    return shapes, remarks


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


def _refuse_not_finite(shapes: Any, faults: dict[int, Fault]) -> None:
    coordinates, owners = shapely.get_coordinates(shapes, return_index=True)
    bad = np.flatnonzero(~np.isfinite(coordinates).all(axis=1))
    rows, first = np.unique(owners[bad], return_index=True)
    for row, position in zip(rows.tolist(), bad[first].tolist(), strict=True):
        point = position - int(np.searchsorted(owners, row)) + 1
        value = ", ".join(repr(float(number)) for number in coordinates[position])
        shapes[row] = None
        faults[row] = Fault(
            code="coordinate_not_finite",
            where=f"{place(row)};point:{point}",
            values={"value": value},
        )
