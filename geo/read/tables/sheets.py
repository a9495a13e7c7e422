"""Any table file as its cells: for tables that hold no parcels, read in the process with limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.errors import PlannerError
from geo.read.isolate import run_isolated
from geo.read.limits import DEFAULT_LIMITS, Limits
from geo.read.parsed import load_answer, write_answer
from geo.read.sniff import sniff
from geo.read.source import content_of
from geo.read.tables.grid import Grid

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_WORKBOOK, _TEXT = "zip", "csv"
_TEXTS = {"csv", "txt"}


def sniff_table(data: bytes, filename: str) -> str | None:
    """Tell a workbook (``zip``) from a delimited text (``csv``); None: it is neither.

    A text that `geo.read.sniff.sniff` does not know may still be a table without a number.

    Raises
    ------
    PlannerError
        Those of `geo.read.sniff.sniff` for what is no text.
    """
    try:
        found = sniff(data, filename)
    except PlannerError as error:
        if error.code != "file_format_unknown" or b"\0" in data:
            raise
        return _TEXT
    if found in _TEXTS:
        return _TEXT
    return _WORKBOOK if found == _WORKBOOK and b"xl/workbook.xml" in data else None


def read_sheets(
    source: Path | bytes, filename: str, *, limits: Limits = DEFAULT_LIMITS
) -> tuple[Grid, ...]:
    """Read the cells of a workbook or of a delimited text, UTF-8 or GBK.

    Parameters
    ----------
    source : Path or bytes
        The file.
    filename : str
        Named in errors.
    limits : Limits
        Size, time, memory, counts.

    Returns
    -------
    tuple of Grid
        All sheets in their order; one without a name for a text.

    Raises
    ------
    PlannerError
        With ``file`` among its values: ``table_no_table`` for any other format, those of the
        readers otherwise.
    """
    try:
        data = content_of(source, limits)
        asked = {"format": _require_table(data, filename)}
        return run_isolated("sheets", data, asked, limits=limits, collect=_load)
    except PlannerError as error:
        raise PlannerError(error.code, **{"file": filename, **error.values}) from error


def _require_table(data: bytes, filename: str) -> str:
    file_format = sniff_table(data, filename)
    if file_format is None:
        raise PlannerError("table_no_table", found=sniff(data, filename))
    return file_format


def answer(folder: Path, asked: Mapping[str, Any], limits: Limits) -> None:
    """Read ``folder/input`` and leave its cells in ``folder``; runs in the reading process."""
    data = (folder / "input").read_bytes()
    grids = _workbook(data, limits) if asked["format"] == _WORKBOOK else _text(data, limits)
    write_answer({"sheets": [_plain(grid) for grid in grids]}, folder)


def _workbook(data: bytes, limits: Limits) -> Sequence[Grid]:
    from geo.read.archive import opened_archive
    from geo.read.tables.workbook import read_grids

    with opened_archive(data, limits) as archive:
        return read_grids(archive, limits)


def _text(data: bytes, limits: Limits) -> Sequence[Grid]:
    from geo.read.charset import decode
    from geo.read.tables.delimited import read_grid

    return [read_grid(decode(data)[0], limits)]


def _plain(grid: Grid) -> dict[str, Any]:
    return {
        "name": grid.name,
        "rows": grid.rows,
        "numbers": grid.numbers,
        "kinds": [[row, column, kind] for (row, column), kind in grid.kinds.items()],
        "merged": [[*covered, *shown] for covered, shown in grid.merged.items()],
        "hidden": grid.hidden,
        "concealed": grid.concealed,
    }


def _load(folder: Path) -> tuple[Grid, ...]:
    return tuple(_grid(one) for one in load_answer(folder)["sheets"])


def _grid(plain: Mapping[str, Any]) -> Grid:
    """Make a grid of what `_plain` wrote."""
    kinds = {(row, column): kind for row, column, kind in plain["kinds"]}
    merged = {(row, column): (top, left) for row, column, top, left in plain["merged"]}
    return Grid(**{**plain, "kinds": kinds, "merged": merged})
