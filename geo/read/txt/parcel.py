"""The line that begins a parcel: 界址点数, 地块面积, 地块编号, 地块名称 … up to the ``@``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo.read.numbers import narrow
from geo.read.txt.points import thousands, unquoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.read.parsed import Value

# The places of the parcel line after the number of points.
PLACES = ("地块面积", "地块编号", "地块名称", "记录图形属性", "图幅号", "地块用途", "地类编码")
# The same as columns of the table.
COLUMNS = ("地块编号", "地块名称", "地块面积", *PLACES[3:])
FIELDS = {
    "id": "地块编号",
    "name": "地块名称",
    "area": "地块面积",
    "use": "地块用途",
    "code": "地类编码",
}
EXTRA = "扩展"
NO_POLYGON = {"点", "线", "点状", "线状"}
_KINDS = {"面", "面状", "多边形", "多面"} | NO_POLYGON
_LEVELS = {"地上", "地下", "地表"}
_KIND_PLACE = 4
_WITHOUT_AT = 7
_MARKS = (",", "，", "\t", ";", "；")
_MARK = re.compile(r"[@＠][\s,，\"]*$")
_AFTER_MARK = ', \t\u3000，"'
_QUOTED = re.compile(r'(?<=,)\s*"[^"]*"\s*(?=,)')
_INNER = "\x1f"  # a comma within quotation marks
_GROUPS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+")
_COUNT = re.compile(r"[0-9]{0,9}")


@dataclass(slots=True, kw_only=True)
class ParcelLine:
    """A parcel line.

    Attributes
    ----------
    line : int
        From 0.
    count : str
        Declared number of points.
    values : dict of str to str
        By the names of `PLACES`, then ``扩展1`` …; as written, without the blanks around.
    remarks : dict of str to mapping
        Code to values of what was taken although it is not as the format has it.
    """

    line: int
    count: str = ""
    values: dict[str, str] = field(default_factory=dict)
    remarks: dict[str, Mapping[str, Value]] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """Number or name, for sentences."""
        return self.values.get("地块编号") or self.values.get("地块名称") or ""

    @property
    def kind(self) -> str:
        """点, 线 or 面 as written."""
        return self.values.get("记录图形属性", "")


def read_parcel_line(text: str, line: int) -> ParcelLine | None:
    """Read a parcel line.

    Parameters
    ----------
    text : str
        A line of ``[地块坐标]``.
    line : int
        Its number, from 0.

    Returns
    -------
    ParcelLine or None
        None when it is none: a line without ``@`` counts only when its fields leave no doubt.
    """
    text = text.rstrip(_AFTER_MARK) if _MARK.search(text) else text
    marked = text.endswith(("@", "＠"))
    if not marked and sum(map(text.count, _MARKS)) < _WITHOUT_AT - 1:
        return None
    parcel = ParcelLine(line=line)
    fields = _fields(text.strip(), parcel)
    if not marked and not _is_clear(fields):
        return None
    if not marked:
        parcel.remarks["txt_at_missing"] = {}
    last = fields[-1].strip('@＠" \t\u3000')
    fields[-1:] = [last] if last else []
    fields = _whole_name(_whole_area(fields), parcel)
    parcel.count = fields[0] if fields else ""
    extra = [f"{EXTRA}{place}" for place in range(1, len(fields) - len(PLACES))]
    parcel.values = dict(zip((*PLACES, *extra), fields[1:], strict=False))
    _remark(parcel, len(fields))
    return parcel


def _fields(text: str, parcel: ParcelLine) -> list[str]:
    """Split at the separator of the line: a full-width comma in a name is no separator."""
    mark = max(_MARKS, key=text.count)
    if mark != "," and text.count(",") < len(PLACES) - 1 and text.count(mark) > 1:
        parcel.remarks["txt_separator"] = {"value": "Tab" if mark == "\t" else mark}
        text = text.replace(mark, ",")
    if '"' not in text:
        return [part.strip() for part in text.split(",")]
    quoted = _QUOTED.sub(lambda found: found[0].replace(",", _INNER), text)
    return [unquoted(part).replace(_INNER, ",") for part in quoted.split(",")]


def _is_clear(fields: list[str]) -> bool:
    if len(fields) < _WITHOUT_AT or not _COUNT.fullmatch(narrow(fields[0])):
        return False
    return thousands(fields[2:]) is None and not fields[3].replace(".", "").isdecimal()


def _whole_area(fields: list[str]) -> list[str]:
    """Put an area together that thousands marks have torn apart: 16,649.94."""
    for end in (3, 4):
        area = ",".join(fields[1:end])
        kind = fields[_KIND_PLACE + end - 2 : _KIND_PLACE + end - 1]
        if _GROUPS.fullmatch(area) and kind and kind[0] in _KINDS:
            return [fields[0], area, *fields[end:]]
    return fields


def _whole_name(fields: list[str], parcel: ParcelLine) -> list[str]:
    """Put a name together that a comma of its own has torn apart: the kind stands behind it."""
    if fields[_KIND_PLACE : _KIND_PLACE + 1] == ["面"]:
        return fields
    rest = enumerate(fields[_KIND_PLACE:], _KIND_PLACE)
    place = next((place for place, text in rest if text in _KINDS), 0)
    if place <= _KIND_PLACE or not all(fields[_KIND_PLACE:place]):
        return fields
    name = ",".join(fields[_KIND_PLACE - 1 : place])
    parcel.remarks["txt_name_comma"] = {"value": name}
    return [*fields[: _KIND_PLACE - 1], name, *fields[place:]]


def _remark(parcel: ParcelLine, found: int) -> None:
    if found < len(PLACES):
        parcel.remarks["txt_parcel_fields"] = {"value": found, "expected": len(PLACES) + 1}
    if parcel.kind not in _KINDS and parcel.kind:
        parcel.remarks["txt_type_unknown"] = {"value": parcel.kind}
    if parcel.values.get("地类编码") in _LEVELS:
        parcel.remarks["txt_code_is_level"] = {"value": parcel.values["地类编码"]}
    if not parcel.count.isdecimal() and not _COUNT.fullmatch(narrow(parcel.count)):
        parcel.remarks["txt_count_unreadable"] = {"value": parcel.count}
