"""Zip archives: checked before anything is unpacked, unpacked only to names that we choose."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from geo.read.parsed import choose_layer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.read.limits import Limits

PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_ARCHIVES = (".zip", ".kmz", ".rar", ".7z", ".gz", ".tar", ".bz2", ".xz")
_LOCAL_HEADER = 30
_UTF8_NAMES = 0x800
_ENCRYPTED = 0x1
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Shapefile:
    """The files of one Shapefile: contents by suffix."""

    name: str
    parts: Mapping[str, bytes]


def open_shapefile(data: bytes, *, layer: str | None, limits: Limits) -> Shapefile:
    """Take one Shapefile out of a zip archive.

    Parameters
    ----------
    data : bytes
        The archive.
    layer : str, optional
        Name of the Shapefile (without suffix) when there are several.
    limits : Limits
        Members, unpacked size and ratio are checked before unpacking, and again while
        unpacking.

    Returns
    -------
    Shapefile
        Members with the suffixes of `PARTS` that exist.

    Raises
    ------
    PlannerError
        ``archive_*`` for an archive that is broken, locked, nested, too large or unsafe, or
        that holds no Shapefile; ``file_many_layers``, ``file_layer_unknown``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check_members(members, limits)
            name, chosen = _choose(_shapefiles(members), layer)
            budget = _Budget(limits.unpacked_bytes)
            parts = {suffix: budget.read(archive, info) for suffix, info in chosen.items()}
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, zlib.error) as error:
        raise PlannerError("archive_broken") from error
    return Shapefile(name=name, parts=parts)


def pack_shapefile(path: Path) -> bytes:
    """Pack a ``.shp`` file and the files beside it, so that one way reads both.

    Parameters
    ----------
    path : Path
        The ``.shp`` file.

    Returns
    -------
    bytes
        A zip archive, not compressed.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for sibling in sorted(path.parent.iterdir()):
            if sibling.stem == path.stem and sibling.suffix.lower() in PARTS:
                archive.writestr(f"{path.stem}{sibling.suffix.lower()}", sibling.read_bytes())
    return packed.getvalue()


def _check_members(members: Sequence[zipfile.ZipInfo], limits: Limits) -> None:
    if not members:
        raise PlannerError("archive_empty")
    if len(members) > limits.members:
        raise PlannerError("archive_too_many_members", count=len(members), limit=limits.members)
    for info in members:
        _check_member(info)
    _check_sizes(members, limits)
    _check_overlap(members)


def _check_member(info: zipfile.ZipInfo) -> None:
    name = _name(info)
    path = PurePosixPath(name)
    unsafe = path.is_absolute() or ".." in path.parts or ":" in name or "\0" in info.orig_filename
    if unsafe or stat.S_ISLNK(info.external_attr >> 16):
        raise PlannerError("archive_unsafe_path", member=name)
    if info.flag_bits & _ENCRYPTED:
        raise PlannerError("archive_locked", member=name)
    if path.suffix.lower() in _ARCHIVES:
        raise PlannerError("archive_nested", member=name)


def _check_sizes(members: Sequence[zipfile.ZipInfo], limits: Limits) -> None:
    unpacked = sum(info.file_size for info in members)
    packed = sum(info.compress_size for info in members)
    if unpacked > limits.unpacked_bytes:
        raise PlannerError("archive_too_large", limit_mb=limits.unpacked_bytes // 1_000_000)
    if unpacked > limits.ratio * max(packed, 1):
        raise PlannerError("archive_bomb", limit=limits.ratio)


def _check_overlap(members: Sequence[zipfile.ZipInfo]) -> None:
    end = 0
    for info in sorted(members, key=lambda member: member.header_offset):
        if info.header_offset < end:
            raise PlannerError("archive_bomb", limit=1)
        end = info.header_offset + _LOCAL_HEADER + info.compress_size


def _shapefiles(members: Sequence[zipfile.ZipInfo]) -> dict[str, dict[str, zipfile.ZipInfo]]:
    found: dict[PurePosixPath, dict[str, zipfile.ZipInfo]] = {}
    for info in members:
        path = PurePosixPath(_name(info))
        if path.suffix.lower() in PARTS and "__MACOSX" not in path.parts:
            found.setdefault(path.with_suffix(""), {})[path.suffix.lower()] = info
    complete = {stem: parts for stem, parts in found.items() if ".shp" in parts}
    names = [stem.name for stem in complete]
    return {
        stem.name if names.count(stem.name) == 1 else str(stem): parts
        for stem, parts in complete.items()
    }


def _choose(
    found: Mapping[str, dict[str, zipfile.ZipInfo]], layer: str | None
) -> tuple[str, dict[str, zipfile.ZipInfo]]:
    if not found:
        raise PlannerError("archive_no_shapefile")
    name = choose_layer(sorted(found), layer)
    return name, found[name]


def _name(info: zipfile.ZipInfo) -> str:
    """Give the member's name as its author wrote it: zipfile reads GBK as code page 437."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAMES:
        raw = name.encode("cp437", errors="replace")
        for codec in ("utf-8", "gb18030"):
            try:
                name = raw.decode(codec)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


class _Budget:
    """Bytes that may still be unpacked: a header can lie about its member's size."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.used = 0

    def read(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
        content = io.BytesIO()
        with archive.open(info) as member:
            while chunk := member.read(_CHUNK):
                self.used += len(chunk)
                if self.used > self.limit:
                    raise PlannerError("archive_too_large", limit_mb=self.limit // 1_000_000)
                content.write(chunk)
        return content.getvalue()
