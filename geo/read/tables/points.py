"""Tables of boundary points (界址点成果表): X is north, one list of points a parcel."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import shapely

from geo.errors import PlannerError
from geo.read.parsed import Fault, Note, Parsed, require_size
from geo.read.tables.blocks import read_blocks
from geo.read.tables.headings import declared_area
from geo.read.tables.point_checks import check_group
from geo.read.tables.point_words import COLUMNS, attributes_of, stand_apart, words_of
from geo.read.tables.runs import group_runs, split_runs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.read.limits import Limits
    from geo.read.tables.bands import Band
    from geo.read.tables.blocks import Block
    from geo.read.tables.grid import Grid
    from geo.read.tables.runs import Group

_DEFAULT_SHEET = re.compile(r"(?:sheet|工作表)\s*\d*", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9.]{2,}")  # not that of m2
_SPLIT_NOTES = {
    "closed": "points_split_closed",
    "gap": "points_split_gap",
    "name again": "points_split_name",
    "ring again": "points_split_ring",
}


@dataclass(slots=True, kw_only=True)
class _Found:
    """What was found on all sheets so far."""

    groups: list[Group] = field(default_factory=list)
    rows: list[dict[str, str]] = field(default_factory=list)
    faults: dict[int, Fault] = field(default_factory=dict)
    remarks: list[Fault] = field(default_factory=list)
    header: dict[str, str] = field(default_factory=dict)
    mixed: bool = False
    axes: set[str] = field(default_factory=set)
    notes: dict[str, Note] = field(default_factory=dict)

    def note(self, code: str, **values: str) -> None:
        self.notes.setdefault(code, Note(code=code, values=values))

    def add_header(self, header: Mapping[str, str]) -> None:
        self.mixed |= any(self.header.get(key, value) != value for key, value in header.items())
        self.header |= header


def read_points(
    grids: Sequence[tuple[Grid, Sequence[Band]]], chosen: Mapping[str, str], limits: Limits
) -> Parsed:
    """Read sheets of boundary points.

    Parameters
    ----------
    grids : sequence of (Grid, sequence of Band)
        Sheets; bands of one without headings, else none.
    chosen : mapping
        Role to heading as the user says.
    limits : Limits
        Of parcels and points.

    Returns
    -------
    Parsed
        ``rings``; north first (``ne``), or longitude first (``en``). Numbers as written.

    Raises
    ------
    PlannerError
        ``file_too_many_*``, ``systems_differ``, ``axes_differ``.
    """
    found = _Found()
    for grid, bands in grids:
        _read_sheet(grid, bands, chosen, found, many=len(grids) > 1)
    if found.mixed or len(found.axes) > 1:
        sheets = [grid.name or "—" for grid, _ in grids]
        question = {"question": "layer"} if len(sheets) > 1 else {}
        raise PlannerError("tables_mixed", layers=sheets, **question)
    vertices = sum(len(run.points) for group in found.groups for run in group.runs)
    require_size(features=len(found.groups), columns=0, vertices=vertices, limits=limits)
    filled = (name for row in found.rows for name, text in row.items() if text)
    names = list(dict.fromkeys(["地块编号", "地块名称", *filled]))
    table = pa.table(
        {
            name: pa.array([row.get(name) or None for row in found.rows], pa.string())
            for name in names
        }
    )
    return Parsed(
        table=table,
        wkb=_geometries(found),
        where=pa.array([_place(group) for group in found.groups], pa.string()),
        faults=found.faults,
        remarks=tuple(found.remarks),
        rings=True,
        axes="en" if found.axes == {"en"} else "ne",
        header=found.header,
        fields={role: name for role, name in COLUMNS.items() if name in names},
        labels=_labels(found.groups),
        decimals=pa.array([_decimals(group) for group in found.groups], pa.int32()),
        layer=grids[0][0].name if len(grids) == 1 and grids[0][0].name else None,
        notes=tuple(found.notes.values()),
    )


def _read_sheet(
    grid: Grid,
    bands: Sequence[Band],
    chosen: Mapping[str, str],
    found: _Found,
    *,
    many: bool,
) -> None:
    open_block: Block | None = None
    for block in chain.from_iterable(map(stand_apart, read_blocks(grid, bands, chosen))):
        if open_block is not None and _goes_on(open_block, block):
            _append(open_block, block)
            found.note("points_continued")
            continue
        if open_block is not None:
            _take(open_block, found, many=many)
        open_block = block
    if open_block is not None:
        _take(open_block, found, many=many)


def _goes_on(block: Block, following: Block) -> bool:
    """Tell whether a repeated heading only begins a new page of an open ring."""
    pages = [[point for points in one.points for point in points] for one in (block, following)]
    if not following.resumed or not all(pages) or _has_ended(block, following):
        return False
    last, again, end = pages[0][-1], pages[1][0], pages[1][-1]
    runs, _ = split_runs(block)
    if runs[-1].closed or last.key != again.key:
        return False
    if again[1:3] == last[1:3] or end[1:3] == runs[-1].points[0][1:3]:
        return True
    numbers = [re.fullmatch(r"(\D*)(\d+)", name) for name in (last.name, again.name)]
    if not all(numbers):
        return False
    (before, last_number), (after, next_number) = (one.groups() for one in numbers if one)
    return before == after and int(next_number) == int(last_number) + 1


def _has_ended(block: Block, following: Block) -> bool:
    """Tell whether a foot line gave the area of the points above it, and another follows."""
    areas = [declared_area("".join(block.grid.rows[row])) for row in block.foot]
    given = next(filter(None, areas), None)
    other = words_of(following).columns.get("地块面积", "")
    return given is not None and _DIGITS.findall(given) != _DIGITS.findall(other)


def _append(block: Block, following: Block) -> None:
    """Add the lists of the next page behind those of the page before."""
    shift = len(block.bands)
    last = next(points[-1] for points in reversed(block.points) if points)
    block.bands = [*block.bands, *following.bands]
    for points in following.points:
        moved = [point._replace(band=point.band + shift) for point in points]
        if moved and points is next(filter(None, following.points)):
            moved = moved[moved[0][1:3] == last[1:3] :]
            moved[:1] = [point._replace(gap=False) for point in moved[:1]]
        block.points.append(moved)
    block.foot += following.foot
    block.lengths |= {(row, band + shift): text for (row, band), text in following.lengths.items()}
    block.faults |= {(row, band + shift): one for (row, band), one in following.faults.items()}
    block.widened += following.widened


def _take(block: Block, found: _Found, *, many: bool) -> None:
    words = words_of(block)
    found.add_header(words.header)
    if any(block.points):
        found.axes |= {band.axes for band in block.bands}
    runs, ignored = split_runs(block)
    is_one = bool(words.columns.get("地块面积")) and not words.is_total
    groups = group_runs(block, runs, is_one=is_one)
    _add_notes(block, groups, found, ignored=ignored)
    sheet = block.grid.name if many and not _DEFAULT_SHEET.fullmatch(block.grid.name) else ""
    for group in groups:
        points = [point for run in group.runs for point in run.points]
        attributes = attributes_of(block, points, words, alone=len(groups) == 1)
        attributes["地块名称"] = attributes.get("地块名称") or sheet
        fault, remarks = check_group(group)
        if fault:
            found.faults[len(found.groups)] = fault
        found.groups.append(group)
        found.rows.append(attributes)
        found.remarks += remarks


def _add_notes(block: Block, groups: Sequence[Group], found: _Found, *, ignored: bool) -> None:
    unread = dict.fromkeys(name for band in block.bands for name in band.unread)
    if unread:
        found.note("columns_not_read", columns="、".join(unread))
    if ignored:
        found.note("points_blank_rows")
    if block.filled:
        found.note("points_filled_down")
    if any(
        run.why in _SPLIT_NOTES and not group.inside for group in groups for run in group.runs[1:]
    ):
        found.note("points_one_parcel")
    for group in groups[1:]:
        if group.runs[0].why in _SPLIT_NOTES:
            found.note(_SPLIT_NOTES[group.runs[0].why])


def _place(group: Group) -> str:
    return group.block.grid.place(group.runs[0].points[0].row)


def _labels(groups: Sequence[Group]) -> pa.Array | None:
    labels = [[point.name for run in group.runs for point in run.points] for group in groups]
    if not any(map(any, labels)):
        return None
    return pa.array(labels, pa.list_(pa.string()))


def _decimals(group: Group) -> int | None:
    """Count the decimals as written; a spreadsheet keeps no zeros, so that it cannot tell."""
    block = group.block
    if block.grid.name:
        return None
    rows = block.grid.rows
    return max(
        len(rows[point.row][column].strip().partition(".")[2])
        for run in group.runs
        for point in run.points
        for column in (block.bands[point.band].first, block.bands[point.band].second)
    )


def _geometries(found: _Found) -> pa.Array:
    """Make one line a ring and one MultiLineString a parcel, all at once."""
    good = [row for row in range(len(found.groups)) if row not in found.faults]
    rings = [(place, run) for place, row in enumerate(good) for run in found.groups[row].runs]
    shapes = np.full(len(found.groups), None, dtype=object)
    if good:
        numbers = [(one.first, one.second) for _, run in rings for one in run.points]
        owners = np.repeat(np.arange(len(rings)), [len(run.points) for _, run in rings])
        lines = shapely.linestrings(np.array(numbers, dtype=np.float64), indices=owners)
        shapes[good] = shapely.multilinestrings(lines, indices=[place for place, _ in rings])
    return pa.array(shapely.to_wkb(shapes), pa.binary())
