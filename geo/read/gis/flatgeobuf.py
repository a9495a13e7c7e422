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
        ``file_too_many_*``.
    """
    limits = request.limits
    promised = _promised(request.data)
    require_size(features=promised, columns=0, vertices=0, limits=limits)
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
    try:
        size = struct.unpack_from("<I", data, _MAGIC_BYTES)[0]
        header = data[_MAGIC_BYTES + 4 : _MAGIC_BYTES + 4 + size]
        table = struct.unpack_from("<I", header)[0]
        fields = table - struct.unpack_from("<i", header, table)[0]
        known = struct.unpack_from("<H", header, fields)[0]
        offset = struct.unpack_from("<H", header, fields + _COUNT_FIELD)[0]
        if len(header) != size or known <= _COUNT_FIELD or not offset:
            return 0
        return int(struct.unpack_from("<Q", header, table + offset)[0])
    except struct.error as error:
        raise PlannerError("file_broken") from error
