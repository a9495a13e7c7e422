"""Shapefile and GeoPackage through GDAL, each opened with exactly its own driver."""

from __future__ import annotations

import sqlite3
import struct
from contextlib import closing
from typing import TYPE_CHECKING

import pyarrow as pa
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError

from geo.errors import PlannerError
from geo.read.archive import open_shapefile
from geo.read.charset import declared_encoding, decode_cut, find_encoding
from geo.read.parsed import Note, Parsed, choose_layer, require_size, unique_names

if TYPE_CHECKING:
    from pathlib import Path

    from geo.read.archive import Shapefile
    from geo.read.formats import Request
    from geo.read.limits import Limits

_GDAL_ERRORS = (DataLayerError, DataSourceError, FeatureError, FieldError)
_BYTES = "ISO-8859-1"
_SHP_HEADER = 100
_INDEX_RECORD = 8


def parse_shapefile(request: Request) -> Parsed:
    """Read a zipped Shapefile.

    Parameters
    ----------
    request : Request
        The archive; ``layer`` says which Shapefile, when there are several.

    Returns
    -------
    Parsed
        Texts decoded by `find_encoding` over all cells together; note
        ``encoding_not_as_declared`` when the ``.cpg`` file was wrong.

    Raises
    ------
    PlannerError
        ``archive_*``, ``file_many_layers``, ``shapefile_truncated``,
        ``shapefile_rows_differ``, ``file_broken``, ``file_encoding_unknown``, ``file_too_many_*``.
    """
    folder, limits = request.folder, request.limits
    files = open_shapefile(request.data, layer=request.layer, limits=limits)
    _require_whole(files)
    for suffix in files.parts.keys() - {".cpg"}:
        (folder / f"layer{suffix}").write_bytes(files.parts[suffix])
    meta, table, wkb = _read(folder / "layer.shp", limits, encoding=_BYTES)
    label = files.parts.get(".cpg", b"").decode("ascii", errors="ignore")
    declared = declared_encoding(label)
    table, encoding = _decode(table, declared)
    lies = declared is not None and encoding != declared
    return Parsed(
        table=table,
        wkb=wkb,
        crs=meta["crs"],
        encoding=encoding,
        layer=files.name,
        notes=(Note(code="encoding_not_as_declared"),) if lies else (),
    )


def parse_geopackage(request: Request) -> Parsed:
    """Read one feature table of a GeoPackage, read-only; views are never run.

    Parameters
    ----------
    request : Request
        ``layer`` is the name of the table, when there are several.

    Returns
    -------
    Parsed
        GeoPackage texts are UTF-8 by definition.

    Raises
    ------
    PlannerError
        ``file_broken``, ``file_many_layers``, ``file_layer_unknown``,
        ``network_empty`` when no feature table exists, ``file_too_many_*``.
    """
    path = request.path.rename(request.folder / "layer.gpkg")  # GDAL wants the usual name
    tables = _feature_tables(path)
    if not tables:
        raise PlannerError("network_empty", rows=0)
    name = choose_layer(tables, request.layer)
    meta, table, wkb = _read(
        path, request.limits, layer=name, IMMUTABLE="YES", LIST_ALL_TABLES="NO"
    )
    stated = None if '["Undefined ' in (meta["crs"] or "") else meta["crs"]  # srs_id -1 and 0
    return Parsed(table=table, wkb=wkb, crs=stated, encoding="utf-8", layer=name)


def _feature_tables(path: Path) -> list[str]:
    query = (
        "SELECT c.table_name FROM gpkg_contents c JOIN sqlite_master m ON m.name = c.table_name "
        "WHERE c.data_type = 'features' AND m.type = 'table' ORDER BY c.table_name"
    )
    try:
        with closing(
            sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
        ) as connection:
            return [row[0] for row in connection.execute(query)]
    except sqlite3.Error as error:
        raise PlannerError("file_broken") from error


def _read(
    path: Path, limits: Limits, **options: str
) -> tuple[dict[str, str | None], pa.Table, pa.Array]:
    """Read attributes and WKB, at most one row more than the limit."""
    try:
        meta, table = pyogrio.read_arrow(path, max_features=limits.features + 1, **options)
    except _GDAL_ERRORS as error:
        raise PlannerError("file_broken") from error
    geometry = meta["geometry_name"] or "wkb_geometry"
    shapes = shapely.force_2d(shapely.from_wkb(table.column(geometry).to_numpy(), "ignore"))
    table = table.drop_columns([geometry])
    table = table.cast(pa.schema([pa.field(one.name, one.type) for one in table.schema]))
    table = table.replace_schema_metadata(None)
    require_size(
        features=table.num_rows,
        columns=table.num_columns,
        vertices=int(shapely.get_num_coordinates(shapes).sum()),
        limits=limits,
    )
    return meta, table, pa.array(shapely.to_wkb(shapes), type=pa.binary())


def _require_whole(files: Shapefile) -> None:
    shapes = files.parts[".shp"]
    if len(shapes) < _SHP_HEADER or 2 * struct.unpack(">i", shapes[24:28])[0] > len(shapes):
        raise PlannerError("shapefile_truncated", part=f"{files.name}.shp")
    index, table = files.parts.get(".shx"), files.parts.get(".dbf")
    if not index or not table or len(table) < 8:  # noqa: PLR2004
        return
    counted = (len(index) - _SHP_HEADER) // _INDEX_RECORD
    rows = struct.unpack("<I", table[4:8])[0]
    if counted != rows:
        raise PlannerError("shapefile_rows_differ", shapes=counted, rows=rows)


def _decode(table: pa.Table, declared: str | None) -> tuple[pa.Table, str]:
    """Decode names and texts that GDAL handed over byte by byte."""
    texts = [one.name for one in table.schema if pa.types.is_string(one.type)]
    cells = [value for name in texts for value in table.column(name).to_pylist() if value]
    codec = find_encoding([text.encode(_BYTES) for text in cells + table.column_names], declared)
    for position, name in enumerate(table.column_names):
        if name in texts:
            values = [_recode(value, codec) for value in table.column(name).to_pylist()]
            table = table.set_column(position, name, pa.array(values, type=pa.string()))
    names = [_recode(name, codec) or "" for name in table.column_names]
    return table.rename_columns(unique_names(names)), codec


def _recode(value: str | None, codec: str) -> str | None:
    return None if value is None else decode_cut(value.encode(_BYTES), codec)
