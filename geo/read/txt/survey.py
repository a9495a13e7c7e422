"""Survey texts with sections: which line is header, parcel, point, or nothing known."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from geo.errors import PlannerError
from geo.read.numbers import narrow
from geo.read.parsed import Fault, Note
from geo.read.txt.header import ABOUT, COORDINATES, Header, section_name
from geo.read.txt.parcel import ParcelLine, read_parcel_line
from geo.read.txt.points import BLANK, HAN, NUMBER, RING, PointLines, shown, thousands, unquoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from geo.read.limits import Limits
    from geo.read.parsed import Value

_POINT = (
    rf"^{BLANK}(?P<name>[^,@=\[\]]*),{BLANK}(?P<ring>[0-9]{{0,5}}){BLANK},"
    rf"{BLANK}(?P<x>{NUMBER}){BLANK},{BLANK}(?P<y>{NUMBER})[,\s]*$"
)
_POINT_FIELDS = 4
_NAME = re.compile(r"[A-Za-z]{0,3}-?[0-9]{1,7}")
_COORDINATE = re.compile(r"[-+]?[0-9]{5,}")
_AREA = re.compile(r"[0-9]{1,5}\.[0-9]*")
_COMMENTS = ("#", "//", "--", "%")
_ENDS = {"e", "end", "\x1a"}


@dataclass(slots=True, kw_only=True)
class Draft:
    """A file whose lines are told apart.

    Attributes
    ----------
    points : PointLines
    parcels : list of ParcelLine
        Each begins at its line and ends before the next.
    """

    points: PointLines
    parcels: list[ParcelLine] = field(default_factory=list)
    header: Mapping[str, str] = field(default_factory=dict)
    remarks: list[Fault] = field(default_factory=list)
    skipped: list[Fault] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def skip(self, line: int, text: str) -> None:
        """Name a line that is neither header nor parcel nor point; neighbours count as one."""
        last = self.skipped[-1] if self.skipped else None
        if last and last.code == "txt_line_unknown":
            first, lines = int(last.where.removeprefix("line:")), int(last.values["lines"] or 0)
            if first + lines == line + 1:
                self.skipped[-1] = _unknown(first - 1, str(last.values["value"]), lines + 1)
                return
        self.skipped.append(_unknown(line, shown(text), 1))


def _unknown(line: int, value: str, lines: int) -> Fault:
    values: dict[str, Value] = {"value": value, "lines": lines}
    return Fault(code="txt_line_unknown", where=f"line:{line + 1}", values=values)


def is_comment(text: str) -> bool:
    """Whether a line is a remark of its author."""
    return text.lstrip().startswith(_COMMENTS)


def is_end(text: str) -> bool:
    """Whether a line says that a list of points ends."""
    return text.strip().lower() in _ENDS


def read_survey(lines: pa.Array, limits: Limits) -> Draft:
    """Tell the lines of a survey text apart.

    Parameters
    ----------
    lines : pyarrow.Array of string
        The whole file.
    limits : Limits
        For the number of points.

    Returns
    -------
    Draft
        Every line that is not blank is in one of its parts.

    Raises
    ------
    PlannerError
        ``txt_header_contradicts``, ``txt_no_coordinates``, ``txt_no_parcels``,
        ``file_too_many_vertices``.
    """
    walk = _Walk(PointLines(lines, _POINT, limits), last=len(lines) - 1)
    rest = np.flatnonzero(~walk.draft.points.is_point)
    blank = np.asarray(pc.equal(pc.utf8_trim_whitespace(lines.take(rest)), ""))
    rest = rest[~blank]
    for line, text in zip(rest.tolist(), lines.take(rest).to_pylist(), strict=True):
        walk.step(line, text)
    return walk.finish(lines)


class _Walk:
    """Goes through the lines that are no well-formed points."""

    def __init__(self, points: PointLines, *, last: int) -> None:
        self.draft = Draft(points=points)
        self.header = Header()
        self.last = last
        self._remarked: set[tuple[int, str]] = set()

    def step(self, line: int, text: str) -> None:
        section = section_name(text)
        if section is not None:
            self.header.enter(section)
        elif self.header.take(text, line):
            return
        elif (parcel := read_parcel_line(text, line)) is not None:
            self.draft.parcels.append(parcel)
        elif not is_end(text) and not self._take_point(line, text):
            self.draft.skip(line, text)

    def _take_point(self, line: int, text: str) -> bool:
        """Take an odd line as a point; False when nothing in it looks like one."""
        if is_comment(text) or self.header.section not in {None, ABOUT, COORDINATES}:
            return False
        fields = _split(text)
        if line == self.last and (len(fields) < _POINT_FIELDS or _begins_parcel(fields)):
            return self._take_cut(line, text, fields)
        if not _resembles_point(fields) or not self.draft.parcels:
            return False
        self._put(line, text, fields)
        return True

    def _put(self, line: int, text: str, fields: list[str]) -> None:
        points, extra = self.draft.points, [one for one in fields[_POINT_FIELDS:] if one]
        torn = thousands(fields[2:]) if extra else None
        if torn is not None:
            points.spoil(line, "number_grouped", torn)
        elif len(fields) < _POINT_FIELDS or not RING.fullmatch(fields[1]) or _is_torn(fields):
            points.spoil(line, "txt_point_fields", shown(text))
        else:
            points.put(line, fields[:_POINT_FIELDS])
            if extra:
                self._remark("txt_point_extra", line, value=",".join(extra))

    def _take_cut(self, line: int, text: str, fields: list[str]) -> bool:
        """Tell what the file's last line was before it was cut: no line end follows it."""
        if not self.draft.parcels and COORDINATES not in self.header.seen:
            return False
        if _begins_parcel(fields) or self._is_complete(line):
            self.draft.parcels.append(ParcelLine(line=line))
        self.draft.points.spoil(line, "txt_cut", shown(text))
        return True

    def _is_complete(self, line: int) -> bool:
        """Whether the parcel above a line has all the points that it declares, or none stands."""
        if not self.draft.parcels:
            return True
        parcel = self.draft.parcels[-1]
        found = int(self.draft.points.is_point[parcel.line : line].sum())
        return parcel.count == str(found)

    def _remark(self, code: str, line: int, **values: Value) -> None:
        """Remark on a parcel once for each reason, at the first of its lines."""
        key = (len(self.draft.parcels), code)
        if key not in self._remarked:
            self._remarked.add(key)
            self.draft.remarks.append(Fault(code=code, where=f"line:{line + 1}", values=values))

    def finish(self, lines: pa.Array) -> Draft:
        draft, header = self.draft, self.header
        draft.header = header.values
        draft.notes += header.notes
        if not draft.parcels:
            known = COORDINATES in header.seen
            raise PlannerError("txt_no_parcels" if known else "txt_no_coordinates")
        for section in (ABOUT, COORDINATES):
            if section not in header.seen:
                draft.notes.append(Note(code="txt_section_missing", values={"section": section}))
        if draft.points.looks_cut(self.last):
            draft.points.spoil(self.last, "txt_cut", shown(lines[self.last].as_py()))
        return draft


def _resembles_point(fields: list[str]) -> bool:
    """Whether a line was meant as a point: words with small numbers are remarks of somebody."""
    if len(fields) == 1:
        return _NAME.fullmatch(fields[0]) is not None
    if any(_COORDINATE.match(narrow(one)) for one in fields[1:]):
        return True
    has_words = HAN.search(fields[0] if len(fields) >= _POINT_FIELDS else "".join(fields))
    return has_words is None


def _is_torn(fields: list[str]) -> bool:
    """Whether more follows than a height: decimal commas, or two points in one line."""
    numbers = [narrow(one) for one in fields[2:]]
    more = [one for one in numbers[2:] if one[:1].isdecimal()]
    cut = "." in numbers[0] and "." not in numbers[1] and any(one.isdecimal() for one in more)
    return cut or len(more) > 1 or any(_COORDINATE.match(one) for one in more)


def _begins_parcel(fields: list[str]) -> bool:
    """Whether fields are the first of a parcel line: a count and an area, no coordinate."""
    return len(fields) > 1 and fields[0].isdecimal() and _AREA.fullmatch(fields[1]) is not None


def _split(text: str) -> list[str]:
    """Split a point line at its commas of either width, or at blanks where it has none."""
    text = text.strip().replace("，", ",")
    if "," not in text:
        text = ",".join(text.replace(";", " ").replace("；", " ").split())
    return [unquoted(part) for part in text.split(",")]
