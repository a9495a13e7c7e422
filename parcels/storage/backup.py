"""A backup: one archive of JSON lines that can be read without this program."""

from __future__ import annotations

import json
import os
import zipfile
import zlib
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from geo.errors import PlannerError
from parcels.storage.plain_tables import lines_of
from parcels.storage.schema import SINCE, TABLES
from parcels.storage.upgrade import CURRENT, REVISIONS

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

    from parcels.storage.database import Link

FORMAT = "parcel-planner-store"
FORMAT_VERSION = 1
_MANIFEST, _README = "manifest.json", "README.txt"
_WORDS = Path(__file__).parent / "data" / "backup_readme.txt"
_NO_TIME = (1980, 1, 1, 0, 0, 0)  # the same content gives the same bytes
_UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, KeyError, TypeError, ValueError)
_LONGEST_MANIFEST = 1_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Content:
    """How many rows a table has, and the SHA-256 of their lines."""

    rows: int
    sha256: str


_NOTHING = Content(0, sha256().hexdigest())


def contents_of(link: Link) -> dict[str, Content]:
    """Count and digest every table of a store, the same for the same content on both engines."""
    return {name: _drained(lines_of(link, name), None) for name in TABLES}


def write_backup(link: Link, path: Path) -> dict[str, Content]:
    """Write all that a transaction sees into an archive, whole or not at all.

    Raises
    ------
    PlannerError
        ``output_failed`` with the reason.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            contents = _write(link, file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise PlannerError("output_failed", output=path.name, reason=str(error.strerror)) from error
    finally:
        part.unlink(missing_ok=True)
    return contents


def _write(link: Link, file: IO[bytes]) -> dict[str, Content]:
    contents = {}
    with zipfile.ZipFile(file, "w") as archive:
        with archive.open(_member(_README), "w") as member:
            member.write(_WORDS.read_bytes())
        for name in TABLES:
            with archive.open(_member(f"{name}.jsonl"), "w", force_zip64=True) as member:
                contents[name] = _drained(lines_of(link, name), member)
        with archive.open(_member(_MANIFEST), "w") as member:
            member.write(_manifest(contents))
    return contents


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, date_time=_NO_TIME)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = 3
    member.external_attr = 0o644 << 16
    return member


def _manifest(contents: Mapping[str, Content]) -> bytes:
    document = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "store_version": CURRENT,
        "tables": {
            name: {"rows": one.rows, "sha256": one.sha256} for name, one in contents.items()
        },
    }
    return json.dumps(document, indent=2).encode() + b"\n"


def _drained(lines: Iterator[bytes], into: IO[bytes] | None) -> Content:
    digest, rows = sha256(), 0
    for line in lines:
        digest.update(line)
        rows += 1
        if into is not None:
            into.write(line)
    return Content(rows, digest.hexdigest())


class Backup:
    """An archive that was opened and found whole.

    Attributes
    ----------
    contents : mapping of table to Content
    """

    def __init__(self, archive: zipfile.ZipFile, file: str) -> None:
        self._archive = archive
        self._file = file
        self.contents = self._promised()
        for name, promised in self.contents.items():
            if _drained(self.lines(name), None) != promised:
                raise PlannerError("backup_damaged", file=file, part=f"{name}.jsonl")

    def lines(self, name: str) -> Generator[bytes]:
        """Read the lines of a table; close it where it is left before the end."""
        if self.contents[name] == _NOTHING:  # of an earlier version, which had no such table
            return
        with self._archive.open(f"{name}.jsonl") as member:
            yield from member

    def _promised(self) -> dict[str, Content]:
        """Read the manifest: what there must be."""
        if self._archive.getinfo(_MANIFEST).file_size > _LONGEST_MANIFEST:
            raise PlannerError("backup_damaged", file=self._file, part=_MANIFEST)
        document: dict[str, Any] = json.loads(self._archive.read(_MANIFEST))
        if document["format"] != FORMAT:
            raise PlannerError("backup_unreadable", file=self._file)
        found = str(document["store_version"])
        if document["format_version"] != FORMAT_VERSION or found not in REVISIONS:
            raise PlannerError("backup_newer", file=self._file, found=found, known=CURRENT)
        tables = document["tables"]
        return {
            name: Content(tables[name]["rows"], tables[name]["sha256"])
            if SINCE.get(name, found) <= found
            else _NOTHING
            for name in TABLES
        }


@contextmanager
def open_backup(path: Path) -> Iterator[Backup]:
    """Open an archive, and read all of it once before anything is made of it.

    Raises
    ------
    PlannerError
        ``backup_missing``, ``backup_unreadable`` (no backup of a store), ``backup_damaged`` (file
        and part), ``backup_newer``.
    """
    with ExitStack() as open_files:
        try:
            archive = open_files.enter_context(zipfile.ZipFile(path))
            backup = Backup(archive, path.name)
        except FileNotFoundError as error:
            raise PlannerError("backup_missing", file=path.name) from error
        except _UNREADABLE as error:
            raise PlannerError("backup_unreadable", file=path.name) from error
        yield backup
