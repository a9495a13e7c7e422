"""A wish on its way: a process that can be asked how far it is, and that can be ended."""

from __future__ import annotations

import contextlib
import json
import logging
import secrets
import shutil
import subprocess
import sys
import tempfile
import weakref
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Literal

from geo.errors import PlannerError
from parcels.snapshot.writers import json_bytes
from parcels.token_shelf import TokenShelf

if TYPE_CHECKING:
    from parcels.jobs.wish import Wish
    from parcels.snapshot.model import Snapshot

logger = logging.getLogger(__name__)
Status = Literal["running", "done", "failed", "cancelled"]
MOST_RUNNING = 2
MOST_KEPT = 64
MOST_BYTES = 1 << 28
_ROOT = Path(__file__).resolve().parents[2]
_MOST_PRINTED = 4_000  # characters
_EXPECTED = 1_000_000  # bytes that a job is counted with before its result is known


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a job is.

    Attributes
    ----------
    done, total : int
        Steps; ``total`` is 0 while nothing is known.
    error : PlannerError or None
        Of a job that failed.
    """

    status: Status
    done: int = 0
    total: int = 0
    error: PlannerError | None = None


class Job:
    """One wish and its process; the folder between them goes with the end.

    Parameters
    ----------
    snapshot : Snapshot
    wish : Wish
    title : str
        Names the file to whoever waits; any text.
    file_name : str
        What the file is offered as.

    Raises
    ------
    PlannerError
        ``temporary_folder_unusable``, ``job_not_started``.
    """

    def __init__(self, snapshot: Snapshot, wish: Wish, *, title: str, file_name: str) -> None:
        self.wish, self.title, self.file_name = wish, title, file_name
        self._lock = Lock()
        self._end: Progress | None = None
        self._result: bytes | None = None
        self._folder = _handed_over(snapshot, wish)
        self._process = _started(self._folder)
        self._clear = weakref.finalize(self, _cleared, self._process, self._folder)

    def progress(self) -> Progress:
        """Tell how far the job is; at its end the result is taken in."""
        with self._lock:
            if self._end is None and self._process.poll() is not None:
                self._end = self._collected()
                self._clear()
            return self._end or self._under_way()

    def result(self) -> bytes | None:
        """Return the file; None: it is not there, or never will be."""
        self.progress()
        return self._result

    def cancel(self) -> None:
        """End the job; one that has ended stays as it is."""
        with self._lock:
            if self._end is None:
                self._end = Progress(status="cancelled")
                self._clear()

    def _under_way(self) -> Progress:
        try:
            done, total = json.loads((self._folder / "progress.json").read_bytes())
        except (OSError, ValueError):
            return Progress(status="running")
        return Progress(status="running", done=done, total=total)

    def _collected(self) -> Progress:
        told = self._folder / "error.json"
        if told.exists():
            said = json.loads(told.read_bytes())
            error = PlannerError(said["code"], **said["values"])
            return Progress(status="failed", error=error)
        try:
            self._result = (self._folder / "result").read_bytes()
        except OSError:
            return Progress(status="failed", error=self._death())
        return Progress(status="done")

    def _death(self) -> PlannerError:
        """Tell why the process left nothing: what it printed goes to the log under a number."""
        if self._process.returncode < 0:  # by a signal, as the system ends what takes all memory
            return PlannerError("job_killed", title=self.title)
        number = secrets.token_hex(2).upper()
        printed = (self._folder / "printed").read_text("utf-8", errors="replace")
        logger.error("job failed, number %s\n%s", number, printed[-_MOST_PRINTED:])
        return PlannerError("job_died", title=self.title, number=number)


def start(snapshot: Snapshot, wish: Wish, *, title: str, file_name: str) -> str:
    """Start a job and return the token that it is found by in `JOBS`.

    Raises
    ------
    PlannerError
        ``job_too_many``: so many are under way in this program already; see also `Job`.
    """
    with _STARTING:
        if sum(job.progress().status == "running" for job in _running()) >= MOST_RUNNING:
            raise PlannerError("job_too_many", count=MOST_RUNNING)
        job = Job(snapshot, wish, title=title, file_name=file_name)
        _RUNNING.add(job)
    return JOBS.keep(job)


def _size(job: Job) -> int:
    result = job.result()
    return _EXPECTED if result is None else len(result)


JOBS: TokenShelf[Job] = TokenShelf(_size, most=MOST_KEPT, most_size=MOST_BYTES)
"""Jobs of all sessions; the token is the only right to one."""
_RUNNING: weakref.WeakSet[Job] = weakref.WeakSet()
_STARTING = Lock()


def _running() -> list[Job]:
    for job in [one for one in _RUNNING if one.progress().status != "running"]:
        _RUNNING.discard(job)
    return list(_RUNNING)


def _handed_over(snapshot: Snapshot, wish: Wish) -> Path:
    try:
        folder = Path(tempfile.mkdtemp(prefix="planner-"))
        (folder / "snapshot.json").write_bytes(json_bytes(snapshot))
        (folder / "request.json").write_text(json.dumps(wish.plain), encoding="utf-8")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise PlannerError("temporary_folder_unusable", reason=reason) from error
    return folder


def _started(folder: Path) -> subprocess.Popen[bytes]:
    try:
        with (folder / "printed").open("wb") as printed:
            return subprocess.Popen(  # noqa: S603 -- our own interpreter, our own module
                [sys.executable, "-m", "parcels.jobs.child", str(folder)],
                cwd=_ROOT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=printed,
            )
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        reason = error.strerror or type(error).__name__
        raise PlannerError("job_not_started", reason=reason) from error


def _cleared(process: subprocess.Popen[bytes], folder: Path) -> None:
    """End what still runs and take the folder away."""
    if process.poll() is None:
        with contextlib.suppress(OSError):
            process.kill()
        process.wait()
    shutil.rmtree(folder, ignore_errors=True)
