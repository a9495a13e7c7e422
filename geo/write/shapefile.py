"""Shapefile in a zip archive, written record by record, with nothing cut off in silence."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.write.columns import columns_of
from geo.write.dbf import table_bytes

if TYPE_CHECKING:
    import pyarrow as pa

    from geo.write.model import Outgoing

_POLYGON = 5
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16
_UNSAFE = '\\/:*?"<>|\x00\n\r\t'


def write_shapefile(outgoing: Outgoing, *, encoding: str = "utf-8") -> bytes:
    """Write parcels as a Shapefile of polygons.

    Parameters
    ----------
    outgoing : Outgoing
        Outer rings clockwise, as the format wants them.
    encoding : str
        ``utf-8``, or ``gbk`` for programs that know nothing else; stated in the ``.cpg`` file.

    Returns
    -------
    bytes
        A zip archive of ``.shp``, ``.shx``, ``.dbf``, ``.prj`` and ``.cpg``; where names of
        columns had to be shortened to ten bytes, ``FIELDS.txt`` says which.

    Raises
    ------
    PlannerError
        ``shapefile_text_too_long`` for a text above 254 bytes.
    """
    columns = columns_of(outgoing)
    codec = "utf-8" if encoding.lower().startswith("utf") else _chinese(columns)
    table, names = table_bytes(columns, codec)
    shapes, index = _shapes(outgoing.geometries)
    stem = _stem(outgoing.title)
    members = {
        f"{stem}.shp": shapes,
        f"{stem}.shx": index,
        f"{stem}.dbf": table,
        f"{stem}.prj": outgoing.crs.to_wkt("WKT1_ESRI").encode(),
        f"{stem}.cpg": codec.upper().encode(),
    }
    shortened = {short: name for short, name in names.items() if short != name}
    if shortened:
        lines = [f"{short} = {name}\r\n" for short, name in shortened.items()]
        members["FIELDS.txt"] = "".join(lines).encode("utf-8-sig")
    return _zipped(members)


def _chinese(columns: pa.Table) -> str:
    """GBK is known everywhere; GB18030 only where a character needs it."""
    try:
        repr(columns.to_pydict()).encode("gbk")
    except UnicodeEncodeError:
        return "gb18030"
    return "gbk"


def _stem(title: str) -> str:
    safe = "".join("_" if char in _UNSAFE else char for char in title).strip(". ")
    return safe or "parcels"


def _zipped(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, _FIXED_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = _READABLE
            archive.writestr(info, content)
    return packed.getvalue()


def _shapes(geometries: Any) -> tuple[bytes, bytes]:
    """Make the ``.shp`` and the ``.shx`` file."""
    bounds = shapely.bounds(geometries)
    records = [_record(shape, box) for shape, box in zip(geometries, bounds, strict=True)]
    shapes, index = bytearray(), bytearray()
    for number, record in enumerate(records, start=1):
        words = len(record) // 2
        index += struct.pack(">ii", 50 + len(shapes) // 2, words)
        shapes += struct.pack(">ii", number, words) + record
    extent = shapely.total_bounds(geometries) if records else np.zeros(4)
    return _header(len(shapes), extent) + shapes, _header(len(index), extent) + index


def _header(size: int, extent: Any) -> bytes:
    words = (100 + size) // 2
    return struct.pack(">i20xi", 9994, words) + struct.pack(
        "<ii8d", 1000, _POLYGON, *map(float, extent), 0.0, 0.0, 0.0, 0.0
    )


def _record(shape: Any, box: Any) -> bytes:
    rings = shapely.get_rings(shapely.get_parts(shape))
    points, owner = shapely.get_coordinates(rings, return_index=True)
    starts = np.searchsorted(owner, np.arange(len(rings))).astype("<i4")
    head = struct.pack("<i4dii", _POLYGON, *map(float, box), len(rings), len(points))
    return b"".join((head, starts.tobytes(), points.astype("<f8").tobytes()))
