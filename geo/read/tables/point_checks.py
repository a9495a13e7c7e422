"""What is wrong or doubtful with the points of one parcel in a table."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from geo.read.numbers import read_number
from geo.read.parsed import Fault
from geo.read.tables.runs import RING_POINTS, comes_back, lengths_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geo.read.parsed import Value
    from geo.read.tables.blocks import Block
    from geo.read.tables.runs import Group, Run

_Spot = tuple[int, int]  # row and list of a point
_DATE = re.compile(
    r"\d{4}[-/年]\d{1,2}[-/月]\d{1,2}日?(?: .*)?|\d{1,2}月\d{1,2}日|\d{1,2}-[A-Z][a-z]{2}"
)
_LENGTH_M = 0.02
_DEGREES = 360.0
_NO_LENGTH = {"", "-", "—", "/", "\\"}


def check_group(group: Group) -> tuple[Fault | None, list[Fault]]:
    """Examine a parcel.

    Parameters
    ----------
    group : Group
        Its rings.

    Returns
    -------
    Fault or None
        Why it cannot be read: a number (code of `geo.read.numbers`, ``cell_error``,
        ``cell_without_value``), ``row_too_long``, ``points_too_few``.
    list of Fault
        ``points_parcel_again``, ``points_hole_by_place``, ``points_full_width``,
        ``points_closing_differs``, ``points_length_differs``, ``points_length_unreadable``.
    """
    fault = next(filter(None, (_fault(group.block, run) for run in group.runs)), None)
    remarks = list(_remarks(group))
    for run in group.runs:
        if fault is None and not run.is_bad:
            remarks += _lengths(group.block, run)
    return fault, remarks


def _fault(block: Block, run: Run) -> Fault | None:
    for point in run.points:
        if (point.row, point.band) in block.faults:
            return block.faults[point.row, point.band]
    count = len({(point.first, point.second) for point in run.points})
    if count >= RING_POINTS:
        return None
    place = block.grid.place(run.points[0].row)
    return Fault(
        code="points_too_few", where=place, values={"value": run.points[0].name, "count": count}
    )


def _remarks(group: Group) -> Iterator[Fault]:
    block = group.block
    back = comes_back(group)
    if back:
        value = " ".join(back.points[0].key).strip()
        place = block.grid.place(back.points[0].row)
        yield Fault(code="points_parcel_again", where=place, values={"value": value})
    for position in group.inside:
        first = group.runs[position].points[0]
        place = block.grid.place(first.row)
        yield Fault(code="points_hole_by_place", where=place, values={"value": first.name})
    rows = {point.row for run in group.runs for point in run.points} if block.widened else set()
    wide = [cell for cell in block.widened if cell[0] in rows]
    if wide:
        value = block.grid.rows[wide[0][0]][wide[0][1]]
        place = block.grid.place(*wide[0])
        yield Fault(
            code="points_full_width", where=place, values={"value": value, "count": len(wide)}
        )
    dates = [point for run in group.runs for point in run.points if _DATE.fullmatch(point.name)]
    if dates:
        column = block.bands[dates[0].band].roles["point"]
        place = block.grid.place(dates[0].row, column)
        values: dict[str, Value] = {"value": dates[0].name, "count": len(dates)}
        yield Fault(code="points_name_date", where=place, values=values)
    for run in group.runs:
        if run.misses:
            last = run.points[-1]
            values = {"value": last.name, "distance_m": round(run.misses, 4)}
            place = block.grid.place(last.row)
            yield Fault(code="points_closing_differs", where=place, values=values)


def _lengths(block: Block, run: Run) -> Iterator[Fault]:
    """Compare the written lengths with the computed ones: one remark a ring."""
    is_plane = block.bands[run.band].axes == "ne" and abs(run.points[0].first) > _DEGREES
    if not is_plane:
        return
    written, unreadable = _written(block, run)
    for spot, text in unreadable[:1]:
        place = _place(block, spot)
        yield Fault(code="points_length_unreadable", where=place, values={"value": text})
    forward = _differing(run, written, at_end=False)
    backward = _differing(run, written, at_end=True)
    worse = min(forward, backward, key=len)
    if worse:
        spot, computed = worse[0]
        text, place = block.lengths[spot], _place(block, spot)
        values: dict[str, Value] = {
            "value": text.strip(),
            "computed_m": round(computed, 3),
            "count": len(worse),
        }
        yield Fault(code="points_length_differs", where=place, values=values)


def _place(block: Block, spot: _Spot) -> str:
    row, band = spot
    return block.grid.place(row, block.bands[band].roles["length"])


def _written(
    block: Block, run: Run
) -> tuple[dict[_Spot, tuple[float, float]], list[tuple[_Spot, str]]]:
    """Read the lengths of a ring: place to metres and tolerance, and what is no number."""
    written: dict[_Spot, tuple[float, float]] = {}
    unreadable: list[tuple[_Spot, str]] = []
    for point in run.points:
        spot = point.row, point.band
        text = block.lengths.get(spot, "")
        if text.strip() in _NO_LENGTH:
            continue
        try:
            number = read_number(text)
        except PlannerError:
            unreadable.append((spot, text.strip()))
        else:
            written[spot] = number.value, max(_LENGTH_M, 0.5 * 10.0**-number.decimals)
    return written, unreadable


def _differing(
    run: Run, written: Mapping[_Spot, tuple[float, float]], *, at_end: bool
) -> list[tuple[_Spot, float]]:
    """Give place and computed length where they differ; a length stands at one end of its edge."""
    found = []
    for start, end, computed in lengths_of(run):
        point = end if at_end else start
        spot = point.row, point.band
        if spot in written and not math.isclose(
            written[spot][0], computed, rel_tol=0, abs_tol=written[spot][1]
        ):
            found.append((spot, computed))
    return found
