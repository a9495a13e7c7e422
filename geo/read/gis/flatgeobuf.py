"""FlatGeobuf through GDAL, which knows no other driver in the reading process."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pyarrow as pa
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError

from geo.errors import PlannerError
from geo.read.gis.blobs import shapes_of
from geo.read.gis.declared import declared_crs
from geo.read.gis.native import native_table
from geo.read.parsed import Parsed, require_size

if TYPE_CHECKING:
    from geo.read.formats import Request

_GDAL_ERRORS = (DataLayerError, DataSourceError, FeatureError, FieldError)
_MAGIC_BYTES = 8
_COUNT_FIELD = 4 + 2 * 8  # ninth field of the header's table: the number of features
_NODE_FIELD = _COUNT_FIELD + 2  # tenth: entries in a node of the index, 0: no index
_NODE_SIZE = 16  # where the header does not state it
_NODE_BYTES = 40


def parse_flatgeobuf(request: Request) -> Parsed:
    """Read a FlatGeobuf file.

    Parameters
    ----------
    request : Request
        One layer.

    Returns
    -------
    Parsed
        Texts are UTF-8 by definition; faults and notes of `shapes_of` and `native_table`.

    Raises
    ------
    PlannerError
        ``file_broken``; ``features_missing`` when fewer come out than the header promises;
        ``features_beyond`` when something follows those; ``file_too_many_*``.
    """
    limits = request.limits
    data = request.data
    promised = _promised(data)
    require_size(features=promised, columns=0, vertices=0, limits=limits)
    if promised and (left := _left_over(data, promised)):
        raise PlannerError("features_beyond", promised=promised, bytes=left)
    del data
    path = request.path.rename(request.folder / "layer.fgb")
    # GDAL's own stream of this format gives wrong offsets beside features without geometry.
    pyogrio.set_gdal_config_options({"OGR_FLATGEOBUF_STREAM_BASE_IMPL": "YES"})
    try:
        meta, table = pyogrio.read_arrow(
            path, max_features=limits.features + 1, VERIFY_BUFFERS="YES"
        )
        table.validate(full=True)
    except IndexError as error:  # how pyogrio says that the driver knows no layer in it
        raise PlannerError("file_broken") from error
    except (*_GDAL_ERRORS, pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise PlannerError("file_broken") from error
    if promised and table.num_rows != promised:
        raise PlannerError("features_missing", found=table.num_rows, promised=promised)
    geometry = meta["geometry_name"] or "wkb_geometry"
    shapes = shapes_of(table.column(geometry).to_pylist(), limits)
    attributes, notes = native_table(table.drop_columns([geometry]), limits)
    crs, crs_notes = declared_crs(meta["crs"] or "")
    return Parsed(
        table=attributes,
        wkb=shapes.wkb,
        faults=shapes.faults,
        remarks=shapes.remarks,
        crs=crs,
        encoding="utf-8",
        notes=(*notes, *shapes.notes, *crs_notes),
    )


def _promised(data: bytes) -> int:
    """Read the number of features from the header; 0: not stated."""
    return _stated(data, _COUNT_FIELD, "<Q", 0)


def _left_over(data: bytes, promised: int) -> int:
    """Count the bytes behind the promised features, each of which begins with its length."""
    node = _stated(data, _NODE_FIELD, "<H", _NODE_SIZE)
    end = _MAGIC_BYTES + 4 + struct.unpack_from("<I", data, _MAGIC_BYTES)[0]
    level = promised
    while node > 1:  # the index: a tree of boxes, from the features up to one root
        end += level * _NODE_BYTES
        if level == 1:
            break
        level = -(-level // node)
    for _ in range(promised):
        if end + 4 > len(data):
            return 0
        end += 4 + int(struct.unpack_from("<I", data, end)[0])
    return len(data[end:].strip(b"\0"))


def _stated(data: bytes, field: int, form: str, default: int) -> int:
    """Read a number of the header's table; ``default`` where it is left out."""
    try:
        size = struct.unpack_from("<I", data, _MAGIC_BYTES)[0]
        header = data[_MAGIC_BYTES + 4 : _MAGIC_BYTES + 4 + size]
        table = struct.unpack_from("<I", header)[0]
        fields = table - struct.unpack_from("<i", header, table)[0]
        known = struct.unpack_from("<H", header, fields)[0]
        if len(header) != size or known <= field:
            return default
        offset = struct.unpack_from("<H", header, fields + field)[0]
        return int(struct.unpack_from(form, header, table + offset)[0]) if offset else default
    except struct.error as error:
        raise PlannerError("file_broken") from error
