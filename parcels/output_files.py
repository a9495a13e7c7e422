"""Files that a command writes: whole or not at all, never over another one unasked."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from geo.read.archive import PARTS

if TYPE_CHECKING:
    from collections.abc import Mapping

# Full names of the columns of a Shapefile that is laid out as files.
FIELDS_BESIDE = "_FIELDS.txt"


def require_free(path: Path, *, force: bool) -> None:
    """Refuse to write where something is already, or where there is no folder.

    Raises
    ------
    PlannerError
        ``output_exists``, ``output_is_folder``, ``output_no_folder``.
    """
    if path.is_dir():
        raise PlannerError("output_is_folder", output=path.name)
    if not path.parent.is_dir():
        raise PlannerError("output_no_folder", folder=str(path.parent))
    if path.exists() and not force:
        raise PlannerError("output_exists", output=path.name)


def require_new_folder(path: Path) -> None:
    """Refuse a folder that is there: nothing in it is ever replaced.

    Raises
    ------
    PlannerError
        ``output_folder_exists``, ``output_no_folder``.
    """
    if path.exists():
        raise PlannerError("output_folder_exists", output=path.name)
    if not path.parent.is_dir():
        raise PlannerError("output_no_folder", folder=str(path.parent))


def write_output(path: Path, content: bytes, *, force: bool) -> None:
    """Write a file under another name first and give it its own when it is whole.

    Parameters
    ----------
    path : Path
        With the suffix ``.shp`` the archive ``content`` is laid out as the files beside it.
    content : bytes
        The whole file.
    force : bool
        Replace what is there.

    Raises
    ------
    PlannerError
        Those of `require_free`; ``output_failed`` with the reason, nothing is changed then.
    """
    files = _unpacked(path, content) if path.suffix.lower() == ".shp" else {path: content}
    for one in files:
        require_free(one, force=force)
    partial = {one: one.with_name(f".{one.name}.part") for one in files}
    try:
        for one, data in files.items():
            _write(partial[one], data)
        for one, part in partial.items():
            part.replace(one)
    except OSError as error:
        raise PlannerError("output_failed", output=path.name, reason=str(error.strerror)) from error
    finally:
        for part in partial.values():
            part.unlink(missing_ok=True)


def write_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a new folder: all of them, or no folder is there.

    Raises
    ------
    PlannerError
        Those of `require_new_folder`; ``output_failed``.
    """
    require_new_folder(path)
    partial = path.with_name(f".{path.name}.part")
    try:
        partial.mkdir()
        for name, data in files.items():
            _write(partial / name, data)
        partial.rename(path)
    except OSError as error:
        raise PlannerError("output_failed", output=path.name, reason=str(error.strerror)) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _unpacked(path: Path, content: bytes) -> Mapping[Path, bytes]:
    """Name the members of a zipped Shapefile after ``path``, the ``.shp`` itself last."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {PurePosixPath(name): archive.read(name) for name in archive.namelist()}
    named = {
        path.with_suffix(one.suffix)
        if one.suffix in PARTS
        else path.with_name(f"{path.stem}{FIELDS_BESIDE}"): data
        for one, data in members.items()
    }
    return dict(sorted(named.items(), key=lambda item: item[0].suffix == ".shp"))


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
