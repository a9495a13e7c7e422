"""Files that hold a snapshot: JSON, the page, the package; and what else people hand in."""

from __future__ import annotations

import base64
import binascii
import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from geo.errors import PlannerError
from geo.read.archive import check_members, member_name
from geo.read.limits import DEFAULT_LIMITS
from parcels.snapshot.canonical import digest_of
from parcels.snapshot.model import Snapshot
from parcels.snapshot.parsing import parsed
from parcels.snapshot.shape import require_snapshot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.snapshot.model import Content

Form = Literal["json", "html", "zip"]
MEMBER = "snapshot.json"
_ELEMENT = re.compile(rb'<script type="([^"]{1,60})" id="snapshot">')
_END = b"</script>"
_PACKED = b"application/octet-stream+gzip+base64"
_FOREIGN = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"SQLite format 3": "GeoPackage / SQLite",
    b"\xd0\xcf\x11\xe0": "DOC / XLS",
    b"\x00\x00\x27\x0a": "Shapefile",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"\x1f\x8b": "gzip",
}
_ZIP = b"PK"
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Opened:
    """A file as it was handed in; nothing in it is believed yet.

    Attributes
    ----------
    name : str
        Of the file, as given.
    form : str
        ``json``, ``html`` or ``zip``.
    content : mapping
        What it holds; it has the parts that every snapshot has.
    stated : str
        The digest that stands beside it, 64 hex digits.
    page : bytes
        Of a page: the whole file; else empty.
    members : mapping of name to bytes
        Of a package: its files, ``snapshot.json`` too.
    """

    name: str
    form: Form
    content: Content
    stated: str
    page: bytes = b""
    members: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))


def read_snapshot(data: bytes, name: str) -> Snapshot:
    """Read a snapshot whose digest is that of its content.

    Parameters
    ----------
    data : bytes
        A JSON file, a page or a package.
    name : str
        Of the file, for sentences.

    Raises
    ------
    PlannerError
        ``snapshot_changed`` where the digest is another: `parcels.snapshot.verify` says what was
        changed; those of `open_snapshot`.
    """
    opened = open_snapshot(data, name)
    found = digest_of(opened.content)
    if found != opened.stated:
        raise PlannerError("snapshot_changed", file=name, stated=opened.stated[:8], found=found[:8])
    return Snapshot(content=opened.content, digest=found)


def open_snapshot(data: bytes, name: str) -> Opened:
    """Take a file apart, whether its digest fits or not.

    Raises
    ------
    PlannerError
        ``snapshot_not_one`` (with what it is instead), ``snapshot_too_large``,
        ``snapshot_truncated`` (with the byte at which it ends), ``snapshot_unreadable`` (with line
        and column), ``snapshot_key_twice``, ``snapshot_format_newer``, ``snapshot_field`` (with
        path and value), and those of `geo.read.archive.check_members`.
    """
    if len(data) > DEFAULT_LIMITS.unpacked_bytes:
        raise _too_large(name)
    head = data[:1024].removeprefix(_BOMS[0]).lstrip()
    if data.startswith(_ZIP):
        return _from_package(data, name)
    if head[:1] == b"<":
        return _from_page(data, name)
    if head[:1] in {b"{", b"["} or data.startswith(_BOMS[1:]):
        return _opened(data, name, "json")
    raise PlannerError("snapshot_not_one", file=name, found=_foreign(data))


def _opened(data: bytes, name: str, form: Form, **beside: object) -> Opened:
    content, stated = require_snapshot(parsed(data, name), name)
    return Opened(name=name, form=form, content=content, stated=stated, **beside)  # type: ignore[arg-type]


def _from_page(data: bytes, name: str) -> Opened:
    begun = _ELEMENT.search(data)
    if begun is None:
        found = "HTML" if b"<html" in data[:4096].lower() else "XML"
        raise PlannerError("snapshot_not_one", file=name, found=found)
    end = data.find(_END, begun.end())
    if end < 0:
        raise PlannerError("snapshot_truncated", file=name, bytes=len(data))
    held = data[begun.end() : end]
    if begun[1] == _PACKED:
        held = _unpacked(held, name)
    return _opened(held, name, "html", page=data)


def _unpacked(held: bytes, name: str) -> bytes:
    try:
        packed = base64.b64decode(held, validate=True)
    except binascii.Error as error:
        raise _broken(name, str(error)) from error
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        found = inflate.decompress(packed, DEFAULT_LIMITS.unpacked_bytes)
    except zlib.error as error:
        raise _broken(name, str(error)) from error
    if inflate.unconsumed_tail:
        raise _too_large(name)
    if not inflate.eof:
        raise PlannerError("snapshot_truncated", file=name, bytes=len(held))
    return found


def _from_package(data: bytes, name: str) -> Opened:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _require_whole(archive, data, name)
            members = [one for one in check_members(archive, DEFAULT_LIMITS) if not one.is_dir()]
            files = {member_name(one): archive.read(one) for one in members}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
        if not zipfile.is_zipfile(io.BytesIO(data)):
            raise PlannerError("snapshot_truncated", file=name, bytes=len(data)) from error
        raise _broken(name, str(error)) from error
    except PlannerError as error:
        raise PlannerError(error.code, **{"file": name, **error.values}) from error
    inside = [one for one in files if one.rpartition("/")[2] == MEMBER]
    if len(inside) != 1:
        office = "[Content_Types].xml" in files
        raise PlannerError("snapshot_not_one", file=name, found="DOCX / XLSX" if office else "ZIP")
    folder = inside[0].removesuffix(MEMBER)
    own = {one.removeprefix(folder): held for one, held in files.items() if one.startswith(folder)}
    return _opened(own[MEMBER], f"{name}/{inside[0]}", "zip", members=own)


def _require_whole(archive: zipfile.ZipFile, data: bytes, name: str) -> None:
    """Refuse a package that breaks off: the end that was found is that of a workbook inside."""
    if min((one.header_offset for one in archive.infolist()), default=0) > 0:
        raise PlannerError("snapshot_truncated", file=name, bytes=len(data))


def _foreign(data: bytes) -> str:
    """Name what a file is instead."""
    known = (said for begun, said in _FOREIGN.items() if data.startswith(begun))
    return next(known, "" if data else "0 B") or _first_words(data)


def _first_words(data: bytes) -> str:
    begun = data[:24].decode("utf-8", "replace")
    return "".join(one if one.isprintable() else "·" for one in begun)


def _broken(name: str, problem: str) -> PlannerError:
    return PlannerError("snapshot_packing_broken", file=name, problem=problem)


def _too_large(name: str) -> PlannerError:
    limit = DEFAULT_LIMITS.unpacked_bytes // 1_000_000
    return PlannerError("snapshot_too_large", file=name, limit_mb=limit)
