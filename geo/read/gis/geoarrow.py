"""Geometries of GeoParquet as nested lists of coordinates (GeoArrow), turned into WKB."""

from __future__ import annotations

import math
import struct
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

# Encoding (GeoParquet 1.1), its type, and how many lists its positions are in.
_ENCODINGS = {
    "point": (shapely.GeometryType.POINT, 0),
    "linestring": (shapely.GeometryType.LINESTRING, 1),
    "polygon": (shapely.GeometryType.POLYGON, 2),
    "multipoint": (shapely.GeometryType.MULTIPOINT, 1),
    "multilinestring": (shapely.GeometryType.MULTILINESTRING, 2),
    "multipolygon": (shapely.GeometryType.MULTIPOLYGON, 3),
}
_AREAS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
_NO_WKB = b"\x00"


def blobs_of_geoarrow(column: pa.ChunkedArray, encoding: str) -> Sequence[bytes | None] | None:
    """Turn a column of coordinates into WKB.

    Parameters
    ----------
    column : pyarrow.ChunkedArray
        Lists of structures with ``x``, ``y`` and perhaps ``z``.
    encoding : str
        As the metadata name it.

    Returns
    -------
    sequence of bytes or None
        One a row, null where the row is; None instead when the column is not as named.
    """
    if encoding not in _ENCODINGS:
        return None
    kind, depth = _ENCODINGS[encoding]
    array = column.combine_chunks()
    if not _holds_positions(array.type, depth):
        return None
    missing = np.asarray(array.is_null().to_pylist(), dtype=bool)
    try:
        shapes = _shapes(array, kind, depth)
    except (shapely.errors.ShapelyError, ValueError):
        return [_one(row, kind) for row in array.to_pylist()]
    shapes[missing] = None
    return list(shapely.to_wkb(shapes))


def _holds_positions(kind: pa.DataType, depth: int) -> bool:
    for _ in range(depth):
        if not (pa.types.is_list(kind) or pa.types.is_large_list(kind)):
            return False
        kind = kind.value_type
    return pa.types.is_struct(kind) and {"x", "y"} <= set(kind.names)


def _shapes(array: pa.Array, kind: int, depth: int) -> Any:
    offsets = []
    for _ in range(depth):
        offsets.append(array.offsets.to_numpy())
        array = array.values
    axes = ["x", "y", *(["z"] if "z" in array.type.names else [])]
    points = [array.field(axis).cast(pa.float64()).to_numpy(zero_copy_only=False) for axis in axes]
    stacked = np.column_stack(points)
    if kind in _AREAS:
        _require_closed(stacked, offsets[-1])
    return shapely.from_ragged_array(kind, stacked, tuple(offsets[::-1]) or None)


def _require_closed(points: npt.NDArray[np.float64], starts: npt.NDArray[np.int64]) -> None:
    """Stop before open rings are closed without a word."""
    first, last = starts[:-1], starts[1:] - 1
    held = last >= first
    if (points[first[held]] != points[last[held]]).any():
        raise ValueError


def _one(row: Any, kind: int) -> bytes | None:
    """Write the rings of one row as they stand; other shapes of such a file cannot be read."""
    if row is None:
        return None
    if kind == shapely.GeometryType.POLYGON:
        return _polygon(row)
    if kind == shapely.GeometryType.MULTIPOLYGON:
        return struct.pack("<BII", 1, 6, len(row)) + b"".join(map(_polygon, row))
    return _NO_WKB


def _polygon(rings: list[list[dict[str, float | None]]]) -> bytes:
    written = [struct.pack("<BII", 1, 3, len(rings))]
    for ring in rings:
        written.append(struct.pack("<I", len(ring)))
        written += [struct.pack("<2d", *map(_number, (point["x"], point["y"]))) for point in ring]
    return b"".join(written)


def _number(value: float | None) -> float:
    return math.nan if value is None else float(value)
