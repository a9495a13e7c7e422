"""The reading process: ``python -m geo.read.child FOLDER``.

Started by `geo.read.isolate` for one file. It binds itself by limits before it imports
anything that parses, reads ``request.json`` and ``input`` in its folder, and leaves an answer.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import json
import math
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from geo.errors import PlannerError
from geo.read.limits import Limits

# Task, and the module whose ``answer(folder, asked, limits)`` does it.
TASKS = {
    "parse": "geo.read.formats",
    "survey": "geo.survey.pipeline",
    "sheets": "geo.read.tables.sheets",
}
# Installed for the pages; pyarrow, pyogrio and openpyxl would import them here for nobody,
# at half of the time that a small file takes.
_NOT_WANTED = ("pandas", "geopandas", "PIL")
_FULL = (errno.ENOSPC, errno.EDQUOT)
_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.system", "os.posix_spawn")


def main(folder: Path) -> None:
    """Do the task of ``request.json`` with the file beside it and leave the answer there."""
    asked = json.loads((folder / "request.json").read_text(encoding="utf-8"))
    limits = Limits(**asked["limits"])
    bind(limits)
    gc.disable()  # one file, then the process ends: counting garbage would take a third of the time
    from geo.read.parsed import save_error

    try:
        import_module(TASKS[asked["task"]]).answer(folder, asked, limits)
    except PlannerError as error:
        save_error(error, folder)
    except RecursionError:
        save_error(PlannerError("json_too_deep"), folder)
    except MemoryError:
        save_error(PlannerError("file_memory"), folder)
    except OSError as error:
        if error.errno not in _FULL:
            raise
        reason = str(error.strerror)
        save_error(PlannerError("temporary_folder_unusable", reason=reason), folder)


class _Absent:
    """Hides libraries that are installed."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        """Say that there is no such module."""
        if name in _NOT_WANTED:
            raise ModuleNotFoundError(name, name=name)


def bind(limits: Limits) -> None:
    """Bind this process for good: time, memory, no network, no other process."""
    sys.meta_path.insert(0, _Absent())
    sys.addaudithook(_refuse)
    with contextlib.suppress(ImportError):  # not on Windows: there only the clock ends it
        import resource

        seconds = math.ceil(limits.seconds)
        _limit(resource.RLIMIT_CPU, seconds, seconds + 1)  # so that the signal names the cause
        _limit(resource.RLIMIT_AS, limits.memory_bytes)
        _limit(resource.RLIMIT_FSIZE, limits.unpacked_bytes)
        _limit(resource.RLIMIT_CORE, 0)


def _limit(kind: int, value: int, most: int | None = None) -> None:
    import resource

    with contextlib.suppress(ValueError, OSError):  # a stricter limit of the system stands
        resource.setrlimit(kind, (value, value if most is None else most))


def _refuse(event: str, _: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
