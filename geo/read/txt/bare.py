"""Coordinate files without any header: a point a line, parcels apart by E, blanks or closing."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from geo.errors import PlannerError
from geo.read.numbers import narrow
from geo.read.parsed import Note
from geo.read.txt.parcel import ParcelLine
from geo.read.txt.points import HAN, NUMBER, PointLines, shown, thousands
from geo.read.txt.rings import ring_starts
from geo.read.txt.survey import Draft, is_comment, is_end

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt
    import pyarrow as pa

    from geo.read.limits import Limits
    from geo.read.txt.points import Points

_PARTS = {
    "n": r"(?P<name>[^,@=\[\]]*)",
    "r": r"(?P<ring>[0-9]{0,5})",
    "x": rf"(?P<x>{NUMBER})",
    "y": rf"(?P<y>{NUMBER})",
    "z": r"[^,]*",
}
_NUMBER = re.compile(NUMBER)
_RING = re.compile(r"[0-9]{1,4}")
_COORDINATE = re.compile(r"[-+]?(?:[0-9]*\.[0-9]*|[0-9]{6,})")
_SAMPLE = 200
_LEAST = 3
_HEAD = 20


def layout_of(fields: Sequence[str]) -> str | None:
    """Tell what the fields of one line are.

    Parameters
    ----------
    fields : sequence of str
        Of a line that has been split.

    Returns
    -------
    str or None
        A letter a field: ``n`` name, ``r`` ring, ``x`` and ``y`` first and second number,
        ``z`` a height; None when the line is no point.
    """
    numeric = [_NUMBER.fullmatch(one) is not None for one in fields]
    forms = {2: ("xy",), 3: ("xyz", "nxy"), 4: ("nrxy", "nxyz"), 5: ("nrxyz",)}
    for layout in forms.get(len(fields), ()):
        if all(numeric[layout.index(axis)] for axis in "xy") and _fits(layout, fields, numeric):
            return layout
    return None


def _fits(layout: str, fields: Sequence[str], numeric: Sequence[bool]) -> bool:
    if layout == "xyz":
        return all(numeric) and _COORDINATE.fullmatch(fields[0]) is not None
    if "n" in layout and _COORDINATE.fullmatch(fields[0]):
        return False
    if "r" in layout and fields[1] and not _RING.fullmatch(fields[1]):
        return False
    return "z" not in layout or not fields[-1] or numeric[-1]


def split_point(text: str) -> list[str]:
    """Split a line at commas, semicolons, tabs or blanks."""
    text = re.sub(r"\s*[,，;；]\s*", ",", text.strip(" \t\u3000\ufeff")).rstrip(",")
    return re.split(r",|\s+", text)


def looks_bare(text: str) -> bool:
    """Whether the first lines are points and nothing before them is the head of a table."""
    lines = [line for line in re.split(r"[\r\n]+", text) if line.strip()][:_HEAD]
    fields = [split_point(narrow(line)) for line in lines if not is_comment(line)]
    layouts = [layout_of(one) for one in fields]
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
    plain = _normalised(lines)
    layout = _layout(plain)
    pattern = "^" + ",".join(_PARTS[part] for part in layout) + ",?$"
    draft = Draft(points=PointLines(plain, pattern, limits))
    rest = np.flatnonzero(~draft.points.is_point)
    breaks, titles = _walk(draft, layout, rest.tolist(), lines.take(rest).to_pylist())
    draft.notes.append(Note(code="txt_bare", values={"layout": _worded(layout)}))
    if "z" in layout:
        draft.notes.append(Note(code="txt_height_dropped"))
    if draft.points.looks_cut(len(lines) - 1):
        draft.points.spoil(len(lines) - 1, "txt_cut", shown(lines[-1].as_py()))
    points = draft.points.points()
    group = np.searchsorted(np.array(breaks, dtype=np.intp), points.line)
    draft.parcels = _parcels(draft, points, _parcel_starts(points, group), titles)
    return draft


def _normalised(lines: pa.Array) -> pa.Array:
    for pattern, put in (
        (r"[ \t\x{3000}\x{a0}]*([,，;；])[ \t\x{3000}\x{a0}]*", r"\1"),
        (r"[;；]", ","),
        (r"^[ \t\x{3000}\x{feff}]+|[ \t\x{3000}]+$", ""),
        (r"[ \t\x{3000}\x{a0}]+", ","),
    ):
        lines = pc.replace_substring_regex(lines, pattern, put)
    return lines


def _layout(plain: pa.Array) -> str:
    """Give the commonest layout of the first points."""
    found: Counter[str] = Counter()
    for text in plain[: 50 * _SAMPLE].to_pylist():
        layout = layout_of(split_point(narrow(text)))
        found.update([layout] if layout else [])
        if found.total() == _SAMPLE:
            break
    if not found:
        raise PlannerError("txt_no_points")
    return found.most_common(1)[0][0]


def _walk(
    draft: Draft, layout: str, rest: Sequence[int], texts: Sequence[str]
) -> tuple[list[int], dict[int, str]]:
    """Give the lines that end parcels, and the texts that stand alone in a line."""
    breaks: list[int] = []
    titles: dict[int, str] = {}
    for line, text in zip(rest, texts, strict=True):
        fields = split_point(text)
        if not text.strip() or is_end(text):
            breaks.append(line)
        elif is_comment(text):
            draft.skip(line, text)
        elif _is_text(fields):
            breaks.append(line)
            if len(fields) == 1:
                titles[line] = text.strip()
            else:
                draft.skip(line, text)
        else:
            _put(draft.points, line, fields, layout)
    return breaks, titles


def _is_text(fields: Sequence[str]) -> bool:
    last = narrow("".join(fields[-2:]))
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
    draft: Draft, points: Points, starts: npt.NDArray[np.intp], titles: dict[int, str]
) -> list[ParcelLine]:
    """Name each parcel by the text that stands right before it."""
    parcels = []
    lines = points.line[starts].tolist()
    ends = [int(points.line[start - 1]) if start else -1 for start in starts]
    for line, end in zip(lines, ends, strict=True):
        above = [one for one in range(end + 1, line) if one in titles] if titles else []
        values = {"地块名称": titles.pop(above[-1])} if above else {}
        parcels.append(ParcelLine(line=line, values=values))
    for line, text in titles.items():
        draft.skip(line, text)
    return parcels


def _worded(layout: str) -> str:
    words = {"n": "J1", "r": "1", "x": "X", "y": "Y", "z": "H"}
    return ",".join(words[part] for part in layout)
