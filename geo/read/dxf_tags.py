"""The tags of a DXF file, written as text or in binary, grouped into records."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo.errors import PlannerError

if TYPE_CHECKING:
    from collections.abc import Iterator

BINARY_MARK = b"AutoCAD Binary DXF\r\n\x1a\x00"
Value = bytes | int | float
Tag = tuple[int, int, Value]

_END = rb"(?:\r+\n|\n|\r)"
_PAIR = re.compile(rb"([^\r\n]*)" + _END + rb"([^\r\n]*)(?:" + _END + rb"|\Z)")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_COMMENT = 999
_SHOWN = 40
# Types of binary values by group code (first, last, struct format): DXF reference, "Group Code
# Value Types"; codes in no row are texts that end with NUL.
_TYPES = (
    (10, 59, "<d"),
    (60, 79, "<h"),
    (90, 99, "<i"),
    (110, 149, "<d"),
    (160, 169, "<q"),
    (170, 179, "<h"),
    (210, 239, "<d"),
    (270, 289, "<h"),
    (290, 299, "<B"),
    (370, 389, "<h"),
    (400, 409, "<h"),
    (420, 429, "<i"),
    (440, 459, "<i"),
    (460, 469, "<d"),
    (1010, 1059, "<d"),
    (1060, 1070, "<h"),
    (1071, 1071, "<i"),
)
_FORMATS = {code: form for first, last, form in _TYPES for code in range(first, last + 1)}
_CHUNKS = {*range(310, 320), 1004}
_LONG_CODE = 255


@dataclass(slots=True)
class Record:
    """A tag with code 0 and what follows it up to the next.

    Attributes
    ----------
    kind : str
        ``SECTION``, ``LWPOLYLINE``, ``EOF`` …
    place : int
        Line of the first tag, from 1; for binary files its byte.
    tags : list of (int, bytes or float)
        Group code and value; texts as bytes, whatever their encoding.
    """

    kind: str
    place: int
    tags: list[tuple[int, Value]] = field(default_factory=list)

    def first(self, code: int, default: Value = b"") -> Value:
        """Give the first value of a group code."""
        return next((value for one, value in self.tags if one == code), default)

    def text(self, code: int) -> bytes:
        """Give the first value of a group code that is a text."""
        value = self.first(code)
        return value if isinstance(value, bytes) else b""

    def flags(self, code: int) -> int:
        """Give the first value of a group code that is a whole number, else 0."""
        try:
            return int(self.first(code, 0))
        except ValueError:
            return 0


def read_records(data: bytes) -> Iterator[Record]:
    """Read a drawing record by record; nothing behind ``EOF`` counts.

    Parameters
    ----------
    data : bytes
        The whole file.

    Yields
    ------
    Record
        In the order of the file; the last one is ``EOF`` unless the file was cut.

    Raises
    ------
    PlannerError
        ``dxf_broken`` where a group code is none, ``dxf_binary_broken``,
        ``file_encoding_unknown`` for broken UTF-16.
    """
    tags = _binary_tags(data) if data.startswith(BINARY_MARK) else _text_tags(data)
    record: Record | None = None
    for place, code, value in tags:
        if code == 0:
            if record is not None:
                yield record
            kind = value.strip().decode("ascii", "replace") if isinstance(value, bytes) else ""
            record = Record(kind.upper(), place)
            if record.kind == "EOF":
                break
        elif record is not None:
            record.tags.append((code, value))
    if record is not None:
        yield record


def _text_tags(data: bytes) -> Iterator[Tag]:
    if data.startswith(_UTF16):
        data = _as_utf8(data)
    data = data.removeprefix(b"\xef\xbb\xbf")
    for number, pair in enumerate(_PAIR.finditer(data)):
        written, value = pair.groups()
        try:
            code = int(written)
        except ValueError:
            shown = written[:_SHOWN].decode("utf-8", "replace").strip()
            raise PlannerError("dxf_broken", line=2 * number + 1, value=shown) from None
        if code != _COMMENT:
            yield 2 * number + 1, code, value


def _as_utf8(data: bytes) -> bytes:
    try:
        return data.decode("utf-16").encode()
    except UnicodeDecodeError as error:
        raise PlannerError("file_encoding_unknown") from error


def _binary_tags(data: bytes) -> Iterator[Tag]:
    position = len(BINARY_MARK)
    # Up to R12 a group code has one byte; a file begins with code 0 and the text SECTION.
    read_code = _short_code if data[position + 1 : position + 2] != b"\x00" else _wide_code
    while position < len(data):
        start = position
        try:
            code, position = read_code(data, position)
            value, position = _binary_value(data, code, position)
        except (struct.error, ValueError, IndexError):
            raise PlannerError("dxf_binary_broken", byte=start) from None
        yield start, code, value


def _short_code(data: bytes, position: int) -> tuple[int, int]:
    if data[position] != _LONG_CODE:
        return data[position], position + 1
    return int(struct.unpack_from("<H", data, position + 1)[0]), position + 3


def _wide_code(data: bytes, position: int) -> tuple[int, int]:
    return int(struct.unpack_from("<H", data, position)[0]), position + 2


def _binary_value(data: bytes, code: int, position: int) -> tuple[Value, int]:
    if code in _CHUNKS:
        return b"", position + 1 + data[position]
    form = _FORMATS.get(code)
    if form is not None:
        return struct.unpack_from(form, data, position)[0], position + struct.calcsize(form)
    end = data.index(b"\x00", position)
    return data[position:end], end + 1
