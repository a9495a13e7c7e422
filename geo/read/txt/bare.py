"""Coordinate files without any header: a point a line, parcels apart by E, blanks or closing."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from geo.errors import PlannerError
from geo.read.numbers import narrow
from geo.read.parsed import Note
from geo.read.txt.layout import (
    PARTS,
    layout_of,
    meant_layout,
    narrow_fields,
    split_lines_evenly,
    split_point,
)
from geo.read.txt.parcel import ParcelLine
from geo.read.txt.points import HAN, PointLines, shown, thousands
from geo.read.txt.rings import ring_starts
from geo.read.txt.survey import Draft, is_comment, is_end

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt
    import pyarrow as pa

    from geo.read.limits import Limits
    from geo.read.txt.points import Points

_SAMPLE = 200
_LEAST = 3
_HEAD = 20
_COUNT = re.compile(r"[0-9]{1,5}")
_UNITS = re.compile("[度分秒米]")


def looks_bare(text: str) -> bool:
    """Whether the first lines are points and nothing before them is the head of a table."""
    lines = [line for line in re.split(r"[\r\n]+", text) if line.strip()][:_HEAD]
    fields = [narrow_fields(line) for line in lines if not is_comment(line)]
    layouts = [layout_of(one) or meant_layout(one) for one in fields]
    first = next((place for place, layout in enumerate(layouts) if layout), len(layouts))
    if any(len(one) > 1 for one in fields[:first]):
        return False
    points = sum(layout is not None for layout in layouts)
    return points >= _LEAST and 2 * points >= len(layouts)


def read_bare(lines: pa.Array, limits: Limits) -> Draft:
    """Read a file that is nothing but points.

    Parameters
    ----------
    lines : pyarrow.Array of string
        The whole file.
    limits : Limits
        For the number of points.

    Returns
    -------
    Draft
        A parcel ends at ``E``, a blank line, a text, or where its first point comes back.

    Raises
    ------
    PlannerError
        ``txt_no_points``, ``file_too_many_vertices``.
    """
    plain = split_lines_evenly(lines)
    layout = _layout(plain)
    pattern = "^" + ",".join(PARTS[part] for part in layout) + ",?$"
    draft = Draft(points=PointLines(plain, pattern, limits))
    rest = np.flatnonzero(~draft.points.is_point)
    marks = _walk(draft, layout, rest.tolist(), lines.take(rest).to_pylist())
    draft.notes.append(Note(code="txt_bare", values={"layout": _worded(layout)}))
    if "z" in layout:
        draft.notes.append(Note(code="txt_height_dropped"))
    if draft.points.looks_cut(len(lines) - 1):
        draft.points.spoil(len(lines) - 1, "txt_cut", shown(lines[-1].as_py()))
    points = draft.points.points()
    group = np.searchsorted(np.array(marks.breaks, dtype=np.intp), points.line)
    draft.parcels = _parcels(draft, points, _parcel_starts(points, group), marks)
    return draft


def _layout(plain: pa.Array) -> str:
    """Give the commonest layout of the first points."""
    texts = plain[: 50 * _SAMPLE].to_pylist()
    for form in (layout_of, meant_layout):
        layouts = (form(narrow_fields(text)) for text in texts)
        found = Counter(islice(filter(None, layouts), _SAMPLE))
        if found:
            return found.most_common(1)[0][0]
    raise PlannerError("txt_no_points")


@dataclass(slots=True)
class _Marks:
    """Lines that end parcels; texts and numbers of points that stand alone in a line."""

    breaks: list[int] = field(default_factory=list)
    titles: dict[int, str] = field(default_factory=dict)
    counts: dict[int, str] = field(default_factory=dict)


def _walk(draft: Draft, layout: str, rest: Sequence[int], texts: Sequence[str]) -> _Marks:
    """Tell what the lines are that are no well-formed points."""
    marks = _Marks()
    is_point = draft.points.is_point.copy()
    ends = [*rest[1:], len(is_point)]
    for line, text, end in zip(rest, texts, ends, strict=False):
        fields = split_point(text)
        if not text.strip() or is_end(text):
            marks.breaks.append(line)
        elif is_comment(text):
            draft.skip(line, text)
        elif _counts(fields, int(is_point[line + 1 : end].sum())):
            marks.breaks.append(line)
            marks.counts[line] = fields[0]
        elif _is_text(fields):
            marks.breaks.append(line)
            if len(fields) == 1:
                marks.titles[line] = text.strip()
            else:
                draft.skip(line, text)
        else:
            _put(draft.points, line, fields, layout)
    return marks


def _counts(fields: Sequence[str], following: int) -> bool:
    """Whether a line says how many points follow, with or without the closing one."""
    is_number = len(fields) == 1 and _COUNT.fullmatch(fields[0]) is not None
    return is_number and following >= _LEAST and int(fields[0]) in {following, following - 1}


def _is_text(fields: Sequence[str]) -> bool:
    last = _UNITS.sub("", narrow("".join(fields[-2:])))
    return HAN.search(last) is not None or not any(char.isdigit() for char in "".join(fields))


def _put(points: PointLines, line: int, fields: Sequence[str], layout: str) -> None:
    torn = thousands(fields[1:] if layout[0] == "n" else fields)
    if len(fields) > len(layout) and torn is not None:
        points.spoil(line, "number_grouped", torn)
    elif len(fields) != len(layout):
        points.spoil(line, "txt_point_fields", shown(",".join(fields)))
    else:
        given = dict(zip(layout, fields, strict=True))
        points.put(line, [given.get(part, "") for part in "nrxy"])


def _parcel_starts(points: Points, group: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Give the positions of the first points: within a group a later ring number goes on."""
    _, split = ring_starts(points, group)
    again = np.concatenate([[True], (group[1:] != group[:-1]) | (np.diff(points.ring) < 0)])
    return np.flatnonzero(split | again[: len(group)])


def _parcels(
    draft: Draft, points: Points, starts: npt.NDArray[np.intp], marks: _Marks
) -> list[ParcelLine]:
    """Name each parcel by the text that stands right before it."""
    parcels = []
    titles, counts = marks.titles, marks.counts
    lines = points.line[starts].tolist()
    ends = [int(points.line[start - 1]) if start else -1 for start in starts]
    for line, end in zip(lines, ends, strict=True):
        between = range(end + 1, line) if titles or counts else ()
        above = [one for one in between if one in titles]
        values = {"地块名称": titles.pop(above[-1])} if above else {}
        count = next((counts[one] for one in between if one in counts), "")
        parcels.append(ParcelLine(line=line, count=count, values=values))
    for line, text in titles.items():
        draft.skip(line, text)
    return parcels


def _worded(layout: str) -> str:
    words = {"n": "J1", "r": "1", "x": "X", "y": "Y", "z": "H"}
    return ",".join(words[part] for part in layout)
