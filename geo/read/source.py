"""The bytes of a file, wherever it comes from, within the limit of its size."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from geo.read.archive import pack_shapefile

if TYPE_CHECKING:
    from pathlib import Path

    from geo.read.limits import Limits

_MEGABYTE = 1_000_000


def content_of(source: Path | bytes, limits: Limits) -> bytes:
    """Return the content of a file; a ``.shp`` comes packed with the files beside it.

    Raises
    ------
    PlannerError
        ``file_too_large``, ``file_not_found``, ``file_unreadable``.
    """
    if isinstance(source, bytes):
        _require_size(len(source), limits)
        return source
    try:
        found = source.stat()
        if not stat.S_ISREG(found.st_mode):  # a pipe or a device may never end
            raise PlannerError("file_unreadable", reason="not a regular file")
        _require_size(found.st_size, limits)
        is_shapefile = source.suffix.lower() == ".shp"
        return pack_shapefile(source) if is_shapefile else source.read_bytes()
    except FileNotFoundError as error:
        raise PlannerError("file_not_found") from error
    except OSError as error:
        raise PlannerError("file_unreadable", reason=str(error.strerror)) from error


def _require_size(size: int, limits: Limits) -> None:
    if size > limits.file_bytes:
        raise PlannerError(
            "file_too_large",
            size_mb=round(size / _MEGABYTE),
            limit_mb=limits.file_bytes // _MEGABYTE,
        )
