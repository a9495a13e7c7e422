"""One line of a bare coordinate file: its fields, and which of them are name, ring and numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from geo.read.numbers import narrow
from geo.read.txt.points import NUMBER, thousands

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

PARTS = {
    "n": r"(?P<name>[^,@=\[\]]*)",
    "r": r"(?P<ring>[0-9]{0,5})",
    "x": rf"(?P<x>{NUMBER})",
    "y": rf"(?P<y>{NUMBER})",
    "z": r"[^,]*",
}
_NUMBER = re.compile(NUMBER)
_RING = re.compile(r"[0-9]{1,4}")
_COORDINATE = re.compile(r"[-+]?(?:[0-9]*\.[0-9]*|[0-9]{6,})")
# A coordinate that somebody wrote in a way that we may refuse: 365O512.35, 33°00′36″, 3650512m.
_MEANT = re.compile(r"(?=(?:[^0-9]*[0-9]){4})[-+]?[0-9][0-9.°′″'\"度分秒mM米EeNSWOol+-]*")
_SIGN = "[=:：＝]"
_NORTH, _EAST = "[XxNn纵北]", "[YyEe横东]"
_LABEL = rf"(?:坐标)?[ \t]*{_SIGN}[ \t]*"
_VALUE = r"([^=:：＝,，;；\s]+)"
# East first: the two change places, so that the first number is north as everywhere.
_TURNED = rf"{_EAST}{_LABEL}{_VALUE}[ \t,，;；]*{_NORTH}{_LABEL}{_VALUE}"
_LABELLED = rf"[ \t,，;；:：]*{_NORTH}{_LABEL}{_VALUE}[ \t,，;；]*{_EAST}{_LABEL}{_VALUE}"
_HAS_LABEL = rf"{_NORTH}{_LABEL}[0-9+-]"
_STEPS = (
    (r"[ \t\x{3000}\x{a0}]*([,，;；])[ \t\x{3000}\x{a0}]*", r"\1"),
    (r"[;；]", ","),
    (r"^[ \t\x{3000}\x{feff}]+|[ \t\x{3000}]+$", ""),
    (r"[ \t\x{3000}\x{a0}]+", ","),
)


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


def meant_layout(fields: Sequence[str]) -> str | None:
    """Tell what a line was meant to be whose numbers are written as we do not read them."""
    if len(fields) > 3:  # noqa: PLR2004 -- name and two numbers
        named, bare = thousands(fields[1:]) is not None, thousands(fields) is not None
        return "nxy" if named else "xy" if bare else None
    meant = [_MEANT.fullmatch(one) is not None for one in fields]
    return {2: "xy", 3: "nxy"}.get(len(fields)) if len(meant) > 1 and all(meant[-2:]) else None


def _fits(layout: str, fields: Sequence[str], numeric: Sequence[bool]) -> bool:
    if layout == "xyz":
        return all(numeric) and _COORDINATE.fullmatch(fields[0]) is not None
    if "n" in layout and _COORDINATE.fullmatch(fields[0]):
        return False
    if "r" in layout and fields[1] and not _RING.fullmatch(fields[1]):
        return False
    return "z" not in layout or not fields[-1] or numeric[-1]


def split_point(text: str) -> list[str]:
    """Split a line at commas, semicolons, tabs or blanks; X= and Y= are taken off."""
    text = re.sub(_LABELLED, r",\1,\2", re.sub(_TURNED, r"X=\2 Y=\1", text))
    text = re.sub(r"\s*[,，;；]\s*", ",", text.strip(" \t\u3000\ufeff")).rstrip(",")
    text = text.removeprefix(",")
    return re.split(r",|\s+", text)


def split_lines_evenly(lines: pa.Array) -> pa.Array:
    """Write all lines with a comma between their fields, as `split_point` splits one."""
    if pc.any(pc.match_substring_regex(lines, _HAS_LABEL)).as_py():
        lines = pc.replace_substring_regex(lines, _TURNED, r"X=\2 Y=\1")
        lines = pc.replace_substring_regex(lines, _LABELLED, r",\1,\2")
        lines = pc.replace_substring_regex(lines, r"^[ \t]*,", "")
    for pattern, put in _STEPS:
        lines = pc.replace_substring_regex(lines, pattern, put)
    return lines


def narrow_fields(text: str) -> list[str]:
    """Split a line, full-width characters in half width."""
    return split_point(narrow(text))
