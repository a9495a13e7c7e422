"""Zip archives: checked before anything is unpacked, unpacked only to names that we choose."""

from __future__ import annotations

import io
import lzma
import stat
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from geo.read.parsed import choose_layer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geo.read.limits import Limits

PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_ARCHIVES = (".zip", ".kmz", ".rar", ".7z", ".gz", ".tar", ".bz2", ".xz")
_HARMLESS_BYTES = 1_000_000  # blank tables shrink a thousandfold; a bomb wants to get large
_LOCAL_HEADER = 30
_UTF8_NAMES = 0x800
_ENCRYPTED = 0x1
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Shapefile:
    """The files of one Shapefile: contents by suffix."""

    name: str
    parts: Mapping[str, bytes]


class Archive:
    """An archive that was checked.

    Attributes
    ----------
    members : dict of str to ZipInfo
        Files by their names as their author wrote them; no folders, no leftovers of macOS.
    """

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._archive = archive
        self._limit = limits.unpacked_bytes
        self._used = 0
        self.members = {
            member_name(info): info
            for info in check_members(archive, limits)
            if not info.is_dir() and not _is_leftover(member_name(info))
        }

    def head(self, name: str, size: int) -> bytes:
        """Read the beginning of a member."""
        with self._archive.open(self.members[name]) as member:
            return member.read(size)

    def read(self, name: str) -> bytes:
        """Read a member, counting: a header can lie about its member's size."""
        content = io.BytesIO()
        with self._archive.open(self.members[name]) as member:
            while chunk := member.read(_CHUNK):
                self._used += len(chunk)
                if self._used > self._limit:
                    raise PlannerError("archive_too_large", limit_mb=self._limit // 1_000_000)
                content.write(chunk)
        return content.getvalue()

    def shapefiles(self) -> dict[str, dict[str, str]]:
        """Find the Shapefiles: shown name to suffix to member; case does not count."""
        found: dict[str, dict[str, str]] = {}
        for name in self.members:
            path = PurePosixPath(name)
            if path.suffix.lower() in PARTS:
                parts = found.setdefault(str(path.with_suffix("")).casefold(), {})
                if path.suffix.lower() in parts:
                    raise PlannerError("archive_member_twice", member=name)
                parts[path.suffix.lower()] = name
        complete = [parts for parts in found.values() if ".shp" in parts]
        stems = [PurePosixPath(parts[".shp"]).stem for parts in complete]
        return {
            stem
            if stems.count(stem) == 1
            else str(PurePosixPath(parts[".shp"]).with_suffix("")): parts
            for stem, parts in zip(stems, complete, strict=True)
        }


@contextmanager
def opened_archive(data: bytes, limits: Limits) -> Iterator[Archive]:
    """Open an archive.

    Parameters
    ----------
    data : bytes
        The whole archive.
    limits : Limits
        Members, unpacked size and ratio are checked before unpacking, and again while
        unpacking.

    Yields
    ------
    Archive
        Nothing is written to disk.

    Raises
    ------
    PlannerError
        ``archive_*`` for an archive that is broken, locked, nested, too large or unsafe,
        while opening as well as inside the ``with``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield Archive(archive, limits)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        UnicodeDecodeError,
        EOFError,
        OSError,
        zlib.error,
        lzma.LZMAError,
    ) as error:
        raise PlannerError("archive_broken") from error


def open_shapefile(data: bytes, *, layer: str | None, limits: Limits) -> Shapefile:
    """Take one Shapefile out of a zip archive.

    Parameters
    ----------
    data : bytes
        The archive.
    layer : str, optional
        Name of the Shapefile (without suffix) when there are several.
    limits : Limits
        As in `opened_archive`.

    Returns
    -------
    Shapefile
        Members with the suffixes of `PARTS` that exist.

    Raises
    ------
    PlannerError
        Those of `opened_archive`; ``archive_no_layer`` when it holds no Shapefile;
        ``file_many_layers``, ``file_layer_unknown``.
    """
    with opened_archive(data, limits) as archive:
        found = archive.shapefiles()
        if not found:
            raise PlannerError("archive_no_layer", members=list(archive.members))
        name = choose_layer(sorted(found), layer)
        parts = {suffix: archive.read(member) for suffix, member in found[name].items()}
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


def check_members(archive: zipfile.ZipFile, limits: Limits) -> list[zipfile.ZipInfo]:
    """Check all that an archive says of its members before anything is unpacked.

    Parameters
    ----------
    archive : ZipFile
        Open for reading.
    limits : Limits
        Members, unpacked size, ratio.

    Returns
    -------
    list of ZipInfo
        All members in their order.

    Raises
    ------
    PlannerError
        ``archive_empty``, ``archive_too_many_members``, ``archive_unsafe_path``,
        ``archive_locked``, ``archive_nested``, ``archive_too_large``, ``archive_bomb``,
        ``archive_member_twice``.
    """
    members = archive.infolist()
    if not members:
        raise PlannerError("archive_empty")
    if len(members) > limits.members:
        raise PlannerError("archive_too_many_members", count=len(members), limit=limits.members)
    names: set[str] = set()
    for info in members:
        _check_member(info)
        if member_name(info) in names:
            raise PlannerError("archive_member_twice", member=member_name(info))
        names.add(member_name(info))
    _check_sizes(members, limits)
    _check_overlap(members)
    return members


def _check_member(info: zipfile.ZipInfo) -> None:
    name = member_name(info)
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
    if unpacked > max(limits.ratio * packed, _HARMLESS_BYTES):
        raise PlannerError("archive_bomb", limit=limits.ratio)


def _check_overlap(members: Sequence[zipfile.ZipInfo]) -> None:
    end = 0
    for info in sorted(members, key=lambda member: member.header_offset):
        if info.header_offset < end:
            raise PlannerError("archive_bomb", limit=1)
        end = info.header_offset + _LOCAL_HEADER + info.compress_size


def member_name(info: zipfile.ZipInfo) -> str:
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


def _is_leftover(name: str) -> bool:
    path = PurePosixPath(name)
    return "__MACOSX" in path.parts or path.name.startswith("._") or path.name == ".DS_Store"
