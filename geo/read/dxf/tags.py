"""The tags of a DXF file, written as text or in binary, grouped into records."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.errors import PlannerError

if TYPE_CHECKING:
    from collections.abc import Iterator

BINARY_MARK = b"AutoCAD Binary DXF\r\n\x1a\x00"
Value = bytes | int | float
Tag = tuple[int, int, Value]

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_PIECE = 8_000_000
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
    codes : list of int
        Group codes, that of the first tag among them.
    values : list of (bytes or float)
        Their values; texts as bytes, whatever their encoding.
    firsts : dict
        First value of each group code.
    """

    kind: str
    place: int
    codes: list[int]
    values: list[Value]
    firsts: dict[int, Value]

    def first(self, code: int, default: Value = b"") -> Value:
        """Give the first value of a group code."""
        return self.firsts.get(code, default)

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

    def all(self, code: int) -> list[Value]:
        """Give every value of a group code."""
        if code not in self.firsts:
            return []
        return [value for one, value in zip(self.codes, self.values, strict=True) if one == code]


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
    binary = data.startswith(BINARY_MARK)
    for record in _binary_records(data) if binary else _text_records(data):
        yield record
        if record.kind == "EOF":
            break


def _record(place: int, codes: list[int], values: list[Value]) -> Record:
    kind = values[0].strip().decode("ascii", "replace") if isinstance(values[0], bytes) else ""
    firsts = dict(zip(reversed(codes), reversed(values), strict=True))
    return Record(kind.upper(), place, codes, values, firsts)


def _text_records(data: bytes) -> Iterator[Record]:
    """Read piece by piece: a list of all lines would take many times the memory of the file."""
    if data.startswith(_UTF16):
        data = _as_utf8(data)
    data = data.removeprefix(b"\xef\xbb\xbf")
    if b"\r" in data:  # a bad transfer writes \r\r\n, an old Mac \r
        data = data.replace(b"\r\n", b"\n").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    rest: list[bytes] = []
    start, line = 0, 1
    while start < len(data):
        stop = data.find(b"\n", start + _PIECE)
        is_last = stop in (-1, len(data) - 1)
        stop = len(data) if is_last else stop
        lines = rest + data[start:stop].removesuffix(b"\n" * is_last).split(b"\n")
        start = stop + 1
        codes = _codes(lines, line)
        values: list[Value] = list(lines[1 : 2 * len(codes) : 2])
        starts = [position for position, code in enumerate(codes) if code == 0]
        ends = [*starts[1:], len(values)] if is_last else starts[1:]
        for begin, end in zip(starts, ends, strict=False):
            yield _record(line + 2 * begin, codes[begin:end], values[begin:end])
        kept = starts[-1] if starts else 0
        rest = lines[2 * kept :]
        line += 2 * kept


def _codes(lines: list[bytes], line: int) -> list[int]:
    """Read the group codes, every other line, up to where ``EOF`` is followed by anything else."""
    written = lines[: len(lines) // 2 * 2 : 2]
    try:
        return list(map(int, written))
    except ValueError:
        bad = next(position for position, one in enumerate(written) if not _is_code(one))
    codes = list(map(int, written[:bad]))
    if any(code == 0 and lines[2 * at + 1].strip() == b"EOF" for at, code in enumerate(codes)):
        return codes
    shown = written[bad][:_SHOWN].decode("utf-8", "replace").strip()
    raise PlannerError("dxf_broken", line=line + 2 * bad, value=shown)


def _is_code(written: bytes) -> bool:
    try:
        int(written)
    except ValueError:
        return False
    return True


def _as_utf8(data: bytes) -> bytes:
    try:
        return data.decode("utf-16").encode()
    except UnicodeDecodeError as error:
        raise PlannerError("file_encoding_unknown") from error


def _binary_records(data: bytes) -> Iterator[Record]:
    codes: list[int] = []
    values: list[Value] = []
    begin = 0
    for place, code, value in _binary_tags(data):
        if code == 0:
            if codes:
                yield _record(begin, codes, values)
            begin, codes, values = place, [], []
        if codes or code == 0:
            codes.append(code)
            values.append(value)
    if codes:
        yield _record(begin, codes, values)


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
