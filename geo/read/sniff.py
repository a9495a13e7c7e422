"""What a file is, told from its content and never from its name."""

from __future__ import annotations

from typing import Literal

from geo.errors import PlannerError

Format = Literal["geojson", "geopackage", "zip", "shapefile"]

_SQLITE = b"SQLite format 3\x00"
_GEOPACKAGE_IDS = (b"GPKG", b"GP10", b"GP11")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BINARY = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"\xd0\xcf\x11\xe0": "XLS/DOC",
    b"AC10": "DWG",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"\x1f\x8b": "gzip",
    b"fgb\x03": "FlatGeobuf",
    b"PAR1": "Parquet",
    b"AutoCAD Binary DXF": "DXF",
}
_MARKUP = {
    b"<html": "HTML",
    b"<!doctype html": "HTML",
    b"<kml": "KML",
    b"<ogrvrtdatasource": "VRT",
    b"<gpx": "GPX",
    b"<svg": "SVG",
}
_HEAD = 4096
_SHOWN = 24


def sniff(data: bytes, filename: str) -> Format:
    """Tell the format of a file from its first bytes.

    Parameters
    ----------
    data : bytes
        The whole file.
    filename : str
        Only named in errors.

    Returns
    -------
    Format
        ``geojson`` also stands for any other JSON: its reader looks closer.

    Raises
    ------
    PlannerError
        ``file_empty``; ``file_format_refused`` when the format is known but holds no
        network that we read; ``file_format_unknown``.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise PlannerError("file_empty", file=filename)
    if data.startswith(b"PK"):
        return "zip"
    if data.startswith(b"\x00\x00\x27\x0a"):
        return "shapefile"
    if data.startswith(_SQLITE):
        if data[68:72] in _GEOPACKAGE_IDS:
            return "geopackage"
        raise PlannerError("file_format_refused", file=filename, found="SQLite")
    for start, found in _BINARY.items():
        if data.startswith(start):
            raise PlannerError("file_format_refused", file=filename, found=found)
    return _sniff_text(data, filename)


def _sniff_text(data: bytes, filename: str) -> Format:
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n\x1e")
    if data.startswith(_UTF16):
        head = data[:_HEAD].decode("utf-16", errors="ignore").encode().lstrip()
    if head.startswith((b"{", b"[")):
        return "geojson"
    if head.startswith(b"<"):
        _refuse_markup(head.lower(), filename)
    shown = head[:_SHOWN].decode("utf-8", errors="ignore")
    raise PlannerError("file_format_unknown", file=filename, start=_printable(shown))


def _refuse_markup(head: bytes, filename: str) -> None:
    found = next((name for tag, name in _MARKUP.items() if tag in head), "XML")
    if b"<!doctype" in head and found != "HTML":
        raise PlannerError("file_format_unknown", file=filename, start=f"<!DOCTYPE … ({found})")
    raise PlannerError("file_format_refused", file=filename, found=found)


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else "·" for char in text)
