"""Which engine computes: compiled kernels once they are there, the plain twin until then.

Both give the same areas to 1e-6 of their size, differing in the last digits. The kernels come
from `warm_up`, which a shell calls in the background when it starts: 10 to 20 seconds on the
first start of a machine, some tenths of a second afterwards, when the machine code lies on disk.
"""

from __future__ import annotations

import os
import pickle
from importlib import import_module
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from geo.errors import PlannerError

if TYPE_CHECKING:
    from collections.abc import Callable

Engine = Literal["auto", "compiled", "plain"]

_KERNELS = "geo.overlap.kernels."
_DAMAGED = (EOFError, pickle.PickleError, ValueError, IndexError, AttributeError)
"""What reading a damaged file of machine code ends in."""

_UNUSABLE = (ImportError, OSError, RuntimeError, *_DAMAGED)
"""Besides: no numba, no room on the disk, no compiler for this machine."""


class Kernels(NamedTuple):
    """The compiled loops that Python calls."""

    count_wkb: Callable[..., Any]
    fill_wkb: Callable[..., Any]
    measure: Callable[..., Any]
    join: Callable[..., Any]
    near: Callable[..., Any]


class _Loader:
    """Loads the kernels once per process, or finds once why it cannot."""

    def __init__(self) -> None:
        self.kernels: Kernels | None = None
        self.hindrance = ""
        self._lock = Lock()

    def load(self) -> None:
        with self._lock:
            if self.kernels is None and not self.hindrance:
                try:
                    self.kernels = _rehearsed()
                except _UNUSABLE as error:
                    self.hindrance = f"{type(error).__name__}: {error}"


_LOADER = _Loader()


def ready() -> bool:
    """Tell whether the kernels are loaded, so that "auto" means "compiled"."""
    return _LOADER.kernels is not None


def hindrance() -> str:
    """Say why the kernels cannot be used here; empty when they can, or nobody tried yet."""
    return _LOADER.hindrance


def warm_up() -> None:
    """Compile the kernels, or load them from disk; at once when that is done or impossible.

    Any thread may call it, and several at a time: one loads, the others wait.
    """
    _LOADER.load()


def kernels_for(engine: Engine) -> Kernels | None:
    """Give the kernels, or None for the plain twin.

    Raises
    ------
    PlannerError
        ``overlap_not_compiled`` when "compiled" is asked for where it cannot be had.
    """
    if engine == "compiled":
        warm_up()
        if _LOADER.kernels is None:
            raise PlannerError("overlap_not_compiled")
    return None if engine == "plain" else _LOADER.kernels


def _rehearsed() -> Kernels:
    """Import the kernels and let each of them run once."""
    if os.environ.get("NUMBA_DISABLE_JIT", "0") not in {"", "0"}:
        raise RuntimeError("NUMBA_DISABLE_JIT")
    wkb, join = import_module(_KERNELS + "wkb"), import_module(_KERNELS + "join")
    kernels = Kernels(
        count_wkb=wkb.count_wkb,
        fill_wkb=wkb.fill_wkb,
        measure=import_module(_KERNELS + "measure").measure,
        join=join.join,
        near=import_module(_KERNELS + "search").near,
    )
    rehearse = import_module("geo.overlap.rehearsal").rehearse
    try:
        rehearse(kernels)
    except _DAMAGED:
        import_module(_KERNELS + "compiled").forget()
        rehearse(kernels)
    return kernels
