"""``sheet``: a snapshot as a map sheet, one PDF or a PNG a page."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from parcels.cli_files import console_of
from parcels.output_files import require_free, write_output
from parcels.wording import failure_text

if TYPE_CHECKING:
    from pathlib import Path

    from parcels.sheets.options import SheetOptions
    from parcels.sheets.templates import Sheet
    from parcels.snapshot.model import Snapshot

_WRITTEN, _UNUSABLE = 0, 2
_LONGEST = 9  # digits of a scale
STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCommand:
    """What the user typed after ``sheet``; see ``docs/cli.md``."""

    snapshot: str
    output: Path
    sheet: SheetOptions
    scale: str
    dpi: float
    force: bool = False
    lang: str = "zh"


def run(command: SheetCommand) -> int:
    """Draw a sheet.

    Returns
    -------
    int
        0 it is written, 2 the snapshot or an option cannot be used.
    """
    try:
        _write(command)
    except PlannerError as error:
        sentence, hint = failure_text(command.lang, error)
        console_of(sys.stderr).print(f"{sentence}\n{hint}")
        return _UNUSABLE
    return _WRITTEN


def _write(command: SheetCommand) -> None:
    from parcels.sheets.templates import sheet
    from parcels.snapshot.input_values import reading
    from parcels.snapshot.writers import settled

    suffix = command.output.suffix.lower()
    if suffix not in {".pdf", ".png"}:
        raise PlannerError("sheet_suffix_unknown", output=command.output.name)
    require_free(command.output, force=command.force)
    options = replace(command.sheet, scale=scale_of(command.scale))
    snapshot = settled(_snapshot(command.snapshot))
    with reading("content"):  # whoever changed it could seal it again
        drawn = sheet(snapshot, options)
    if suffix == ".pdf":
        write_output(command.output, drawn.pdf(), force=command.force)
        return
    paths = page_paths(command.output, drawn)
    for path in paths:
        require_free(path, force=command.force)
    for number, path in enumerate(paths, start=1):
        write_output(path, drawn.png(number, command.dpi), force=command.force)


def page_paths(output: Path, drawn: Sheet) -> list[Path]:
    """Name the file of each page: ``OUT.png``, or ``OUT-1.png``, ``OUT-2.png`` … of several."""
    if drawn.pages == 1:
        return [output]
    return [
        output.with_name(f"{output.stem}-{number}{output.suffix}")
        for number in range(1, drawn.pages + 1)
    ]


def scale_of(words: str) -> int | None:
    """Read a scale: ``auto``, ``1000`` or ``1:1000``.

    Raises
    ------
    PlannerError
        ``sheet_scale_unreadable``.
    """
    if words.strip().lower() == "auto":
        return None
    number = words.strip().removeprefix("1:").removeprefix("1：").replace(" ", "").replace(",", "")
    if not (number.isascii() and number.isdecimal() and len(number) <= _LONGEST):
        raise PlannerError("sheet_scale_unreadable", value=words[:40])
    return int(number)


def _snapshot(name: str) -> Snapshot:
    from pathlib import Path

    from parcels.snapshot.files import read_snapshot

    if name == STANDARD_INPUT:
        return read_snapshot(sys.stdin.buffer.read(), "snapshot.json")
    path = Path(name)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise PlannerError("file_unreadable", file=path.name, reason=str(error.strerror)) from error
    return read_snapshot(data, path.name)
