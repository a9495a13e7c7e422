"""Files of others are parsed in a process of their own, which may die without harm."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from geo.errors import PlannerError
from geo.read.parsed import Parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from geo.read.limits import Limits

T = TypeVar("T")
_ROOT = Path(__file__).resolve().parents[2]
_CLOCK_FACTOR = 3  # a busy machine gives the child only a part of its time
_NOWHERE = "http://127.0.0.1:9"
# Every vector driver of GDAL except "FlatGeobuf"; a test compares it with the build.
SKIPPED_DRIVERS = (
    "ADBC,AIVector,AVCBin,AVCE00,AmigoCloud,CSV,CSW,Carto,DGN,DXF,EDIGEO,"
    "EEDA,ESRI Shapefile,ESRIJSON,Elasticsearch,GDALG,GML,GPSBabel,GPX,GTFS,"
    "GPKG,GeoJSON,GeoJSONSeq,GeoRSS,HTTP,Idrisi,JML,JSONFG,KML,LIBKML,LVBAG,"
    "MBTiles,MEM,MVT,MapML,MiraMonVector,NGW,OAPIF,ODS,OGCAPI,OGR_GMT,"
    "OGR_PDS,OGR_VRT,OSM,OpenFileGDB,PCIDSK,PDF,PDS4,PGDUMP,PLSCENES,"
    "PMTiles,S57,SQLite,SXF,Selafin,TopoJSON,VDV,VFK,VICAR,WAsP,WFS,XLSX,"
    "MapInfo File"
)
_ENVIRONMENT = {
    "PYTHONUTF8": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "GDAL_SKIP": SKIPPED_DRIVERS,
    "GDAL_DRIVER_PATH": "disable",
    "GDAL_HTTP_PROXY": _NOWHERE,
    "GDAL_HTTP_MAX_RETRY": "0",
    "PROJ_NETWORK": "OFF",
    "http_proxy": _NOWHERE,
    "https_proxy": _NOWHERE,
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_TRIM_THRESHOLD_": "16000000",
    "MALLOC_MMAP_THRESHOLD_": "1000000",  # what is larger goes back to the system when it is freed
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}
_KEPT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "HOME", "USERPROFILE", "LD_LIBRARY_PATH")


def parse_isolated(data: bytes, file_format: str, *, layer: str | None, limits: Limits) -> Parsed:
    """Parse a file in a child process; what `geo.read.sniff.sniff` told names the reader."""
    asked = {"format": file_format, "layer": layer}
    return run_isolated("parse", data, asked, limits=limits, collect=Parsed.load)


def run_isolated(
    task: str,
    data: bytes,
    asked: Mapping[str, Any],
    *,
    limits: Limits,
    collect: Callable[[Path], T],
) -> T:
    """Do a task with a file in a child process with limits.

    Parameters
    ----------
    task : str
        One of `geo.read.child.TASKS`.
    data : bytes
        The whole file.
    asked : mapping
        What the task needs to know, as JSON.
    limits : Limits
        CPU seconds (three times that on the clock), memory, counts.
    collect : callable
        Reads the answer from the folder where the child left it.

    Returns
    -------
    object
        What ``collect`` gives.

    Raises
    ------
    PlannerError
        The child's own, or ``file_timeout``, ``file_memory``, ``file_crashed_reader``;
        ``temporary_folder_unusable`` when the file cannot be handed to the child.
    """
    request = {**asked, "task": task, "limits": asdict(limits)}
    with _handed_over(data, request) as folder:
        status = _run(folder, limits)
        if (folder / "answer.json").exists():
            return collect(folder)
    raise _death(status, limits)


@contextlib.contextmanager
def _handed_over(data: bytes, request: Mapping[str, Any]) -> Iterator[Path]:
    """Put the file and the task into a folder for the child; the folder does not outlive it."""
    with contextlib.ExitStack() as stack:
        try:
            folder = Path(
                stack.enter_context(
                    tempfile.TemporaryDirectory(prefix="planner-", ignore_cleanup_errors=True)
                )
            )
            (folder / "input").write_bytes(data)
            (folder / "request.json").write_text(json.dumps(request), encoding="utf-8")
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise PlannerError("temporary_folder_unusable", reason=reason) from error
        yield folder


def _death(status: int, limits: Limits) -> PlannerError:
    """Tell why a child left no answer."""
    if status == -getattr(signal, "SIGXCPU", 0):
        return PlannerError("file_timeout", seconds=limits.seconds)
    # Native code aborts when memory ends; the kernel kills when the machine has none left.
    if status in {-getattr(signal, name, 0) for name in ("SIGABRT", "SIGKILL")}:
        return PlannerError("file_memory", limit_mb=limits.memory_bytes // 1_000_000)
    return PlannerError("file_crashed_reader")


def _run(folder: Path, limits: Limits) -> int:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    process = subprocess.Popen(  # noqa: S603 -- our own interpreter, our own module
        [sys.executable, "-m", "geo.read.child", str(folder)],
        cwd=_ROOT,
        env=kept | _ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(timeout=_CLOCK_FACTOR * limits.seconds)
    except subprocess.TimeoutExpired:
        raise PlannerError("file_timeout", seconds=limits.seconds) from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the child and whatever it may have started."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.wait()
