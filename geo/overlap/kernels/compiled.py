"""How a loop becomes machine code, and where the machine code is kept."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

import numba

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

P = ParamSpec("P")
R = TypeVar("R")
_CONFIG: Any = numba.config
_HERE = Path(__file__).parent
_OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy"}


def step(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a loop as a part of each kernel that calls it: at every call anew, so for few."""
    return cast("Callable[P, R]", numba.njit(function, forceinline=True, **_OPTIONS))


def stage(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a loop once, to be called by kernels: for what is long, or rarely done."""
    return cast("Callable[P, R]", numba.njit(function, **_OPTIONS))


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a loop that Python calls; the machine code is kept on disk for the next start.

    Compiled for the types of its first call, without the interpreter's lock, sums in the order
    in which they stand (no fast-math): the same input gives the same bytes on one machine.
    Without a folder that can be written it is compiled anew in each process.
    """
    if FOLDER is None:
        return stage(function)
    before = _CONFIG.CACHE_DIR
    _CONFIG.CACHE_DIR = str(FOLDER)
    try:
        return cast("Callable[P, R]", numba.njit(function, cache=True, **_OPTIONS))
    finally:
        _CONFIG.CACHE_DIR = before


def forget() -> None:
    """Throw away the machine code on disk; the next call of a kernel compiles it."""
    if FOLDER is not None:
        shutil.rmtree(FOLDER, ignore_errors=True)


def _folder() -> Path | None:
    """Find where code is kept: the operator's folder, beside the sources, or the user's own.

    The name of the folder is a digest of all kernels: numba looks only at the file of the
    function that is called and would keep old code when a step in another file changes.
    """
    for root in _roots():
        folder = root / f"overlap-{_digest()}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                return folder
        except OSError:
            continue
    return None


def _roots() -> Iterator[Path]:
    if _CONFIG.CACHE_DIR:
        yield Path(_CONFIG.CACHE_DIR)
    yield _HERE / "__pycache__"
    local = os.environ.get("LOCALAPPDATA") if sys.platform == "win32" else None
    named = local or os.environ.get("XDG_CACHE_HOME")
    if named:
        yield Path(named) / "parcel-planner"
    elif os.environ.get("HOME"):
        yield Path(os.environ["HOME"]) / ".cache" / "parcel-planner"


def _digest() -> str:
    sources = (*sorted(_HERE.glob("*.py")), _HERE.parent / "arrays.py")
    return hashlib.sha256(b"".join(map(Path.read_bytes, sources))).hexdigest()[:16]


FOLDER = _folder()
