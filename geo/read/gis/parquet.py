"""GeoParquet through Arrow; plain Parquet says nothing of geometry and is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyarrow import parquet

from geo.errors import PlannerError
from geo.read.gis.blobs import shapes_of
from geo.read.gis.declared import crs_of_json, declared_crs
from geo.read.gis.geoarrow import blobs_of_geoarrow
from geo.read.gis.native import native_table
from geo.read.parsed import Note, Parsed, require_size

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.read.formats import Request
    from geo.read.limits import Limits

_DEFAULT_CRS = "OGC:CRS84"
_SHOWN = 80


def parse_geoparquet(request: Request) -> Parsed:
    """Read a GeoParquet file.

    Parameters
    ----------
    request : Request
        One table; of several geometry columns the primary one is read.

    Returns
    -------
    Parsed
        Faults and notes of `shapes_of` and `native_table`; note ``geometry_columns_left_out``.

    Raises
    ------
    PlannerError
        ``parquet_no_geometry`` for a table that declares none, ``parquet_encoding_unknown``,
        ``file_crs_unreadable``, ``file_broken``, ``file_unpacks_too_large``, ``file_too_many_*``.
    """
    limits = request.limits
    try:
        with parquet.ParquetFile(request.path) as file:
            _require_bounded(file.metadata, limits)
            geo = _metadata(file.metadata.metadata or {})
            table = file.read(use_threads=False)
        table.validate(full=True)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise PlannerError("file_broken") from error
    primary, described = _primary(geo, table)
    shapes = shapes_of(_blobs(table.column(primary), described), limits)
    others = [name for name in geo["columns"] if name != primary and name in table.column_names]
    beside = [primary, *others, *_covering(described, table)]
    attributes, notes = native_table(table.drop_columns(beside), limits)
    if others:
        values = {"columns": "、".join(map(str, others)), "primary": primary}
        notes += (Note(code="geometry_columns_left_out", values=values),)
    return Parsed(
        table=attributes,
        wkb=shapes.wkb,
        faults=shapes.faults,
        remarks=shapes.remarks,
        crs=_crs(described),
        encoding="utf-8",
        notes=(*notes, *shapes.notes),
    )


def _require_bounded(metadata: Any, limits: Limits) -> None:
    """Judge the size by the footer, before a page is unpacked."""
    require_size(
        features=metadata.num_rows, columns=metadata.num_columns, vertices=0, limits=limits
    )
    groups = range(metadata.num_row_groups)
    if sum(metadata.row_group(one).total_byte_size for one in groups) > limits.unpacked_bytes:
        limit_mb = limits.unpacked_bytes // 1_000_000
        raise PlannerError("file_unpacks_too_large", limit_mb=limit_mb)


def _metadata(pairs: Mapping[bytes, bytes]) -> dict[str, Any]:
    if b"geo" not in pairs:
        raise PlannerError("parquet_no_geometry")
    try:
        geo = json.loads(pairs[b"geo"])
    except (ValueError, RecursionError) as error:
        raise PlannerError("parquet_no_geometry") from error
    if not isinstance(geo, dict) or not isinstance(geo.get("columns"), dict):
        raise PlannerError("parquet_no_geometry")
    return geo


def _primary(geo: Mapping[str, Any], table: pa.Table) -> tuple[str, Mapping[str, Any]]:
    name = geo.get("primary_column")
    described = geo["columns"].get(name) if isinstance(name, str) else None
    if not isinstance(name, str) or not isinstance(described, dict):
        raise PlannerError("parquet_no_geometry")
    if table.column_names.count(name) != 1:
        raise PlannerError("parquet_no_geometry")
    return name, described


def _blobs(column: pa.ChunkedArray, described: Mapping[str, Any]) -> Sequence[bytes | None]:
    encoding, kind = described.get("encoding"), column.type
    is_binary = pa.types.is_binary(kind) or pa.types.is_large_binary(kind)
    if encoding == "WKB" and (is_binary or pa.types.is_binary_view(kind)):
        written: list[bytes | None] = column.to_pylist()
        return written
    blobs = blobs_of_geoarrow(column, str(encoding))
    if blobs is None:
        raise PlannerError("parquet_encoding_unknown", encoding=str(encoding)[:_SHOWN])
    return blobs


def _covering(described: Mapping[str, Any], table: pa.Table) -> list[str]:
    """Name the column that only repeats the extent of each geometry."""
    covering = described.get("covering")
    box = covering.get("bbox") if isinstance(covering, dict) else None
    path = box.get("xmin") if isinstance(box, dict) else None
    name = path[0] if isinstance(path, list) and path else None
    return [name] if isinstance(name, str) and name in table.column_names else []


def _crs(described: Mapping[str, Any]) -> str | None:
    """Absent means degrees by the definition of the format, null means unknown."""
    if "crs" not in described:
        return _DEFAULT_CRS
    declared = described["crs"]
    if declared is None:
        return None
    # Before version 0.4 it was WKT.
    crs = declared_crs(declared)[0] if isinstance(declared, str) else crs_of_json(declared)
    if crs is None:
        raise PlannerError("file_crs_unreadable", crs=json.dumps(declared)[:_SHOWN])
    return crs
