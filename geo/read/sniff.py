"""What a file is, told from its content and never from its name."""

from __future__ import annotations

import contextlib
import re
from pathlib import PurePosixPath
from typing import Literal

from geo.errors import PlannerError
from geo.read.charset import decode_roughly
from geo.read.parsed import Note

Format = Literal[
    "geojson",
    "geopackage",
    "zip",
    "shapefile",
    "kml",
    "kmz",
    "xlsx",
    "dxf",
    "txt",
    "csv",
    "flatgeobuf",
    "geoparquet",
]

_SQLITE = b"SQLite format 3\x00"
_GEOPACKAGE_IDS = (b"GPKG", b"GP10", b"GP11")
_BINARY: dict[bytes, Format] = {
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"PK": "zip",
    b"fgb": "flatgeobuf",
    b"PAR1": "geoparquet",
    b"AutoCAD Binary DXF": "dxf",
}
_REFUSED = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"RIFF": "WebP",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"\xd0\xcf\x11\xe0": "XLS/DOC",
    b"AC10": "DWG",
    b"AC1.": "DWG",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"PMTiles": "PMTiles",
    b"ARROW1": "Arrow",
    b"\x93NUMPY": "NumPy",
    b"MZ": "EXE",
    b"\x7fELF": "ELF",
}
_ROOTS = {
    "html": "HTML",
    "kml": "KML",
    "ogrvrtdatasource": "VRT",
    "vrtdataset": "VRT",
    "ogrwfsdatasource": "WFS",
    "wfs_capabilities": "WFS",
    "featurecollection": "GML",
    "gpx": "GPX",
    "svg": "SVG",
    "osm": "OSM",
    "qgis": "QGIS",
    "workbook": "XML Spreadsheet",
}
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ROOT = re.compile(r"<([A-Za-z_][\w.-]*:)?([\w.-]+)([^>]*)")
_TEXTS = (
    (re.compile(r"headbegin|datamark\s*:", re.IGNORECASE), "VCT"),
    (re.compile(r"!table\b", re.IGNORECASE), "MapInfo TAB"),
    (re.compile(r"version\s+\d+\s*(?:charset|delimiter|columns)", re.IGNORECASE), "MapInfo MIF"),
    (re.compile(r"\{\\rtf"), "RTF"),
    (re.compile(r"(?:multi)?(?:polygon|linestring|point)\s*z?m?\s*\(", re.IGNORECASE), "WKT"),
    (re.compile(r"(?:PROJCS|GEOGCS|PROJCRS|GEOGCRS)\["), "PRJ"),
)
_DXF = re.compile(r"(?:\s*999\r?\n?[^\r\n]*[\r\n]+)*\s*0+[ \t]*[\r\n]+[ \t]*SECTION[ \t]*[\r\n]")
_DBF_VERSIONS = frozenset((0x02, 0x03, 0x04, 0x05, 0x30, 0x31, 0x32, 0x83, 0x8B, 0xF5))
_HEAD = 16_384
_SHOWN = 24
_RARE = 10  # characters for each zero byte of a damaged text
_NAMED: dict[str, frozenset[str]] = {
    ".geojson": frozenset(("geojson",)),
    ".json": frozenset(("geojson",)),
    ".gpkg": frozenset(("geopackage",)),
    ".shp": frozenset(("shapefile",)),
    ".kml": frozenset(("kml",)),
    ".kmz": frozenset(("kmz",)),
    ".xlsx": frozenset(("xlsx",)),
    ".xlsm": frozenset(("xlsx",)),
    ".xls": frozenset(()),
    ".doc": frozenset(()),
    ".pdf": frozenset(()),
    ".dwg": frozenset(()),
    ".dxf": frozenset(("dxf",)),
    ".txt": frozenset(("txt", "csv")),
    ".csv": frozenset(("csv", "txt")),
    ".fgb": frozenset(("flatgeobuf",)),
    ".parquet": frozenset(("geoparquet",)),
    ".geoparquet": frozenset(("geoparquet",)),
}


def sniff(data: bytes, filename: str) -> Format:
    """Tell the format of a file from its content.

    Parameters
    ----------
    data : bytes
        The whole file, or its beginning.
    filename : str
        Only named in errors.

    Returns
    -------
    Format
        ``geojson`` also stands for any other JSON: its reader looks closer. ``zip`` is any
        archive: what lies in it, `geo.read.bundle.parse_zip` tells.

    Raises
    ------
    PlannerError
        ``file_empty``; ``shapefile_alone`` for a part of a Shapefile without the others;
        ``file_format_refused`` when the format is known but none that we read;
        ``file_format_unknown``.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise PlannerError("file_empty", file=filename)
    if data.startswith(_SQLITE):
        if data[68:72] in _GEOPACKAGE_IDS or b"gpkg_contents" in data:
            return "geopackage"
        raise PlannerError("file_format_refused", file=filename, found="SQLite")
    if data.startswith(b"\x00\x00\x27\x0a") or _is_dbf(data):
        raise PlannerError("shapefile_alone", file=filename)
    for start, found in _BINARY.items():
        if data.startswith(start):
            return found
    head = _head(data)
    if head is None or "\0" in head:
        return _sniff_binary(data, head or "", filename)
    _refuse_known(data, filename, least=3)
    return _sniff_text(head, filename)


def _refuse_known(data: bytes, filename: str, *, least: int) -> None:
    """Name a format that we do not read by its first bytes; two letters are no proof in a text."""
    for start, refused in _REFUSED.items():
        if data.startswith(start) and len(start) >= least:
            raise PlannerError("file_format_refused", file=filename, found=refused)


def named_otherwise(filename: str, file_format: str) -> tuple[Note, ...]:
    """Compare a name's suffix with what the file is.

    Parameters
    ----------
    filename : str
        As the user calls the file.
    file_format : str
        What was read: `Parsed.format`, or what `sniff` told.

    Returns
    -------
    tuple of Note
        ``format_not_as_named``, or nothing.
    """
    suffix = PurePosixPath(filename.replace("\\", "/")).suffix.lower()
    if suffix not in _NAMED or file_format in _NAMED[suffix]:
        return ()
    return (Note(code="format_not_as_named", values={"suffix": suffix, "format": file_format}),)


def _head(data: bytes) -> str | None:
    """Decode the beginning; None: it is no text."""
    head = data[:_HEAD]
    text = decode_roughly(head if b"\0" in head.rstrip(b"\0") else head.rstrip(b"\0"))
    return None if text is None else text.lstrip("\ufeff \t\r\n\x1e")


def _sniff_binary(data: bytes, head: str, filename: str) -> Format:
    """Refuse what is no text; of a text with zero bytes the reader names the line."""
    if 0 < head.rstrip("\0").count("\0") * _RARE <= len(head) or head.endswith("\0"):
        with contextlib.suppress(PlannerError):
            found = _sniff_text(head.replace("\0", ""), filename)
            if found in {"txt", "csv"}:
                return found
    _refuse_known(data, filename, least=1)
    shown = data[:_SHOWN].decode("ascii", errors="replace").replace("\ufffd", "·")
    raise PlannerError("file_format_unknown", file=filename, start=_printable(shown))


def _sniff_text(head: str, filename: str) -> Format:
    if head.startswith(("{\\rtf", "<")) or any(form.match(head) for form, _ in _TEXTS):
        return _sniff_marked(head, filename)
    if head.startswith(("{", "[{")):
        return "geojson"
    if _DXF.match(head):
        return "dxf"
    from geo.read.txt.reader import looks_like_txt

    if looks_like_txt(head):
        return "txt"
    if head.startswith("["):
        return "geojson"
    from geo.read.tables.lines import looks_like_table

    if looks_like_table(head):
        return "csv"
    raise PlannerError("file_format_unknown", file=filename, start=_printable(head[:_SHOWN]))


def _sniff_marked(head: str, filename: str) -> Format:
    if not head.startswith("<"):
        found = next(name for form, name in _TEXTS if form.match(head))
        raise PlannerError("file_format_refused", file=filename, found=found)
    root = _ROOT.search(_COMMENT.sub("", head))
    found = _ROOTS.get(root[2].lower(), "XML") if root else "XML"
    if root and found in {"GML", "XML"} and "/wfs" in root[3]:
        found = "WFS"
    elif root and found == "XML" and "/gml" in root[3]:
        found = "GML"
    if "<!doctype" in head.lower() and found not in ("HTML", "KML"):  # KML says it better
        raise PlannerError("file_format_unknown", file=filename, start=f"<!DOCTYPE … ({found})")
    if found != "KML":
        raise PlannerError("file_format_refused", file=filename, found=found)
    return "kml"


def _is_dbf(data: bytes) -> bool:
    """Whether a dBASE table begins here: version, date, a header of whole descriptors."""
    if len(data) < 33 or data[0] not in _DBF_VERSIONS or data[2] > 12 or data[3] > 31:  # noqa: PLR2004
        return False
    size = int.from_bytes(data[8:10], "little")
    return 33 <= size <= len(data) and b"\r" in data[size - 264 if size > 300 else 32 : size]  # noqa: PLR2004


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else "·" for char in text)
