"""The reading process: ``python -m geo.read.child FOLDER``.

Started by `geo.read.isolate` for one file. It binds itself by limits before it imports
anything that parses, reads ``request.json`` and ``input`` in its folder, and leaves an answer.
"""

from __future__ import annotations

import contextlib
import gc
import json
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import PlannerError
from geo.read.limits import Limits

if TYPE_CHECKING:
    from geo.read.parsed import Parsed

_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.system", "os.posix_spawn")


def main(folder: Path) -> None:
    """Read the file in ``folder`` and write the answer beside it."""
    request = json.loads((folder / "request.json").read_text(encoding="utf-8"))
    limits = Limits(**request["limits"])
    bind(limits)
    gc.disable()  # one file, then the process ends: counting garbage would take a third of the time
    from geo.read.parsed import save_error

    try:
        parse(request["format"], folder, layer=request["layer"], limits=limits).save(folder)
    except PlannerError as error:
        save_error(error, folder)
    except RecursionError:
        save_error(PlannerError("json_too_deep"), folder)
    except MemoryError:
        save_error(PlannerError("file_memory"), folder)


def parse(file_format: str, folder: Path, *, layer: str | None, limits: Limits) -> Parsed:
    """Read ``folder/input`` with the one reader of its format; errors as that reader's."""
    source = folder / "input"
    if file_format == "geojson":
        from geo.read.geojson import parse_geojson

        return parse_geojson(source.read_bytes(), limits)
    from geo.read.gdal import parse_geopackage, parse_shapefile

    if file_format == "geopackage":
        path = source.rename(folder / "layer.gpkg")  # GDAL wants the usual name
        return parse_geopackage(path, layer=layer, limits=limits)
    return parse_shapefile(source.read_bytes(), folder, layer=layer, limits=limits)


def bind(limits: Limits) -> None:
    """Bind this process for good: time, memory, no network, no other process."""
    sys.addaudithook(_refuse)
    with contextlib.suppress(ImportError):  # not on Windows: there only the clock ends it
        import resource

        seconds = math.ceil(limits.seconds)
        _limit(resource.RLIMIT_CPU, seconds)
        _limit(resource.RLIMIT_AS, limits.memory_bytes)
        _limit(resource.RLIMIT_FSIZE, limits.unpacked_bytes)
        _limit(resource.RLIMIT_CORE, 0)


def _limit(kind: int, value: int) -> None:
    import resource

    with contextlib.suppress(ValueError, OSError):  # a stricter limit of the system stands
        resource.setrlimit(kind, (value, value))


def _refuse(event: str, _: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
