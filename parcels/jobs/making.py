"""What a wish leads to: the one place that knows who writes which file."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import PlannerError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from parcels.jobs.wish import Tell, What, Wish
    from parcels.snapshot.model import Snapshot

_STEPS = 2  # of a file that is made in one piece: read, made
_FIRST_TIME = (1980, 1, 1, 0, 0, 0)
_PAPER = 300  # dots per inch of a picture that is to be printed


def make(snapshot: Snapshot, wish: Wish, tell: Tell) -> bytes:
    """Make the file; ``tell`` hears of each step that was done.

    Raises
    ------
    PlannerError
        ``job_unknown``: nobody writes such a file; those of the writers.
    """
    return _MAKERS[wish.what](snapshot, wish, tell)


def _file(snapshot: Snapshot, wish: Wish, tell: Tell) -> bytes:
    from parcels.snapshot.writers import WRITERS

    writer = WRITERS.get(wish.suffix)
    if writer is None:
        raise PlannerError("job_unknown", what=wish.what, suffix=wish.suffix)
    return _in_one_piece(lambda: writer(snapshot), tell)


def _sheet(snapshot: Snapshot, wish: Wish, tell: Tell) -> bytes:
    return _in_one_piece(lambda: _drawn(snapshot, wish.suffix, wish.options), tell)


def _sheets(snapshot: Snapshot, wish: Wish, tell: Tell) -> bytes:
    """Draw each parcel on a sheet of its own; equal drawings give an equal zip."""
    packed = io.BytesIO()
    parcels = wish.options["parcels"]
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for done, parcel in enumerate(parcels):
            tell(done, len(parcels))
            options = {**wish.options, "parcels": [parcel]}
            entry = zipfile.ZipInfo(f"{done + 1:04d}.pdf", _FIRST_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, _drawn(snapshot, "pdf", options))
    tell(len(parcels), len(parcels))
    return packed.getvalue()


def _drawn(snapshot: Snapshot, suffix: str, options: Mapping[str, Any]) -> bytes:
    from parcels.jobs.drawing import drawing

    page, dpi = options.get("page", 1), options.get("dpi", _PAPER)
    drawn = drawing(snapshot, options)
    return drawn.pdf() if suffix == "pdf" else drawn.png(page, dpi)


def _report(snapshot: Snapshot, wish: Wish, tell: Tell) -> bytes:
    from parcels.report.writing import report_bytes

    asked = wish.options
    template = _template(asked.get("template"))
    return _in_one_piece(
        lambda: report_bytes(
            snapshot,
            asked["name"],
            wish.suffix,
            parcels=asked.get("parcels"),
            template=template,
            contact=asked.get("contact", ""),
        ),
        tell,
    )


def _template(path: str | None) -> tuple[str, bytes] | None:
    """Read the bureau's own template."""
    if path is None:
        return None
    file = Path(path)
    try:
        return file.name, file.read_bytes()
    except OSError as error:
        raise PlannerError("file_unreadable", file=file.name, reason=str(error.strerror)) from error


_MAKERS: Mapping[What, Callable[[Snapshot, Wish, Tell], bytes]] = {
    "file": _file,
    "sheet": _sheet,
    "sheets": _sheets,
    "report": _report,
}


def _in_one_piece(write: Callable[[], bytes], tell: Tell) -> bytes:
    tell(1, _STEPS)
    written = write()
    tell(_STEPS, _STEPS)
    return written
