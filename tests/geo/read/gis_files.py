"""GIS files built byte by byte for tests, so that nobody's writer mends them."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

from geo.read.formats import Request, parse
from geo.read.limits import Limits
from geo.read.sniff import sniff
from tests.geo.read.read_samples import zipped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geo.read.parsed import Parsed

Ring = list[tuple[float, float]]
X, Y = 38_360_000.0, 3_650_000.0
GK38 = (
    'PROJCS["CGCS2000_3_Degree_GK_Zone_38",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",'
    'DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],'
    'UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",38500000.0],'
    'PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",114.0],PARAMETER["Scale_Factor",1.0],'
    'PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
)


def square(east: float, north: float, size: float, *, clockwise: bool = True) -> Ring:
    ring = [
        (X + east, Y + north),
        (X + east, Y + north + size),
        (X + east + size, Y + north + size),
        (X + east + size, Y + north),
        (X + east, Y + north),
    ]
    return ring if clockwise else ring[::-1]


def polygon(*rings: Ring, kind: int = 5) -> bytes:
    """Write the content of one polygon record; its winding is nobody's business."""
    points = [point for ring in rings for point in ring]
    starts = [sum(len(ring) for ring in rings[:number]) for number in range(len(rings))]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    box = (min(xs), min(ys), max(xs), max(ys)) if points else (0.0, 0.0, 0.0, 0.0)
    content = struct.pack("<i4dii", kind, *box, len(rings), len(points))
    content += struct.pack(f"<{len(starts)}i", *starts)
    return content + b"".join(struct.pack("<2d", *point) for point in points)


NULL = struct.pack("<i", 0)


def shp(records: Sequence[bytes], kind: int = 5) -> tuple[bytes, bytes]:
    """Give the ``.shp`` and the ``.shx`` file."""
    body, index = b"", b""
    for number, record in enumerate(records, start=1):
        index += struct.pack(">ii", 50 + len(body) // 2, len(record) // 2)
        body += struct.pack(">ii", number, len(record) // 2) + record

    def head(size: int) -> bytes:
        return struct.pack(">i20xi", 9994, (100 + size) // 2) + struct.pack("<ii64x", 1000, kind)

    return head(len(body)) + body, head(len(index)) + index


def dbf(
    fields: Sequence[tuple[bytes, str, int, int]],
    rows: Sequence[Sequence[bytes]],
    *,
    deleted: Sequence[int] = (),
    language: int = 0,
) -> bytes:
    """Write fields of (name, type, width, decimals) and rows of cells."""
    described = b"".join(
        struct.pack("<11sc4xBB14x", name[:10], kind.encode(), width, decimals)
        for name, kind, width, decimals in fields
    )
    width = 1 + sum(field[2] for field in fields)
    head = struct.pack(
        "<4BIHH17xB2x", 3, 126, 1, 1, len(rows), 33 + len(described), width, language
    )
    body = b"".join(
        (b"*" if number in deleted else b" ")
        + b"".join(cell.ljust(field[2]) for cell, field in zip(row, fields, strict=True))
        for number, row in enumerate(rows)
    )
    return head + described + b"\r" + body + b"\x1a"


def names_table(*names: str, codec: str = "utf-8", **options: Any) -> bytes:
    return dbf(
        [("名称".encode(codec), "C", 30, 0)], [[name.encode(codec)] for name in names], **options
    )


def bundle(records: Sequence[bytes], *, stem: str = "地块", **parts: bytes | None) -> bytes:
    """Zip a Shapefile; parts by suffix replace the usual ones, None leaves one out."""
    shapes, index = shp(records)
    count = len(records)
    usual = {
        "shp": shapes,
        "shx": index,
        "dbf": names_table(*(f"甲{number}" for number in range(1, count + 1))),
        "prj": GK38.encode(),
        "cpg": b"UTF-8",
    }
    members = {
        f"{stem}.{suffix}": content
        for suffix, content in (usual | parts).items()
        if content is not None
    }
    return zipped(members)


def read(data: bytes, folder: Path, layer: str | None = None, **limits: Any) -> Parsed:
    """Sniff and parse, through the answer that the reading process would leave."""
    folder = folder / f"read{len(list(folder.iterdir()))}"
    folder.mkdir()
    (folder / "input").write_bytes(data)
    request = Request(path=folder / "input", folder=folder, layer=layer, limits=Limits(**limits))
    parsed = parse(sniff(data, "file"), request)
    parsed.save(folder)
    loaded = type(parsed).load(folder)
    assert len(loaded.table) == len(loaded.wkb)
    nulls = {row for row, one in enumerate(loaded.wkb.is_null().to_pylist()) if one}
    assert set(loaded.faults) == nulls
    return loaded


def faults(parsed: Parsed) -> dict[str, str]:
    """Give place to code of all that could not be taken."""
    return {fault.where: fault.code for fault in parsed.faults.values()}


def notes(parsed: Parsed) -> list[str]:
    return [note.code for note in parsed.notes]


def remarks(parsed: Parsed) -> dict[str, str]:
    return {remark.where: remark.code for remark in parsed.remarks}
