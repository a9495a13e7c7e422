"""The lines of a survey text that hold points: the well-formed ones read all at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.errors import PlannerError
from geo.read.numbers import narrow, read_number
from geo.read.parsed import Fault, require_size

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from geo.read.limits import Limits

NUMBER = r"[-+]?[0-9]{1,15}(?:\.[0-9]{0,20})?"
BLANK = "[ \\t\u3000\u00a0]*"
RING = re.compile(r"[0-9]{0,5}|[^0-9.]{1,10}")
HAN = re.compile("[\u3400-\u9fff]")
_FULL_WIDTH = "[！-～\u3000。]"
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?(?:,[-+]?\d+(?:,\d{3})*(?:\.\d+)?)?")
_SHOWN = 60
_TOO_FEW = 3  # numbers, to compare the last one with
_AT_ONCE = 50_000
_PACKED = 7  # bytes that a number of 64 bits holds, signed
_MOST = 99  # decimals that are told apart


def shown(text: str) -> str:
    """Cut a line to what a sentence can show."""
    text = text.strip()
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def unquoted(field: str) -> str:
    """Take blanks and a pair of quotation marks off a field."""
    field = field.strip()
    is_quoted = len(field) > 1 and field[0] == field[-1] == '"'
    return field[1:-1].strip() if is_quoted else field


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """Points in the order of their lines.

    Attributes
    ----------
    line : int array, shape (n,)
        From 0.
    x, y : float array, shape (n,)
        First and second number as written; NaN where the line could not be read.
    names : pyarrow.Array of string, length n
    name, ring : int array, shape (n,)
        Equal texts have equal codes; -1: none.
    wide : bool array, shape (n,)
        Written with full-width characters.
    decimals : int array, shape (n,)
        Digits after the point of the number that has more of them.
    """

    line: npt.NDArray[np.intp]
    x: npt.NDArray[np.float64]
    y: npt.NDArray[np.float64]
    names: pa.Array
    name: npt.NDArray[np.intp]
    ring: npt.NDArray[np.intp]
    wide: npt.NDArray[np.bool_]
    decimals: npt.NDArray[np.int8]


class PointLines:
    """What the lines of a file hold as points; odd lines are put in one by one.

    Attributes
    ----------
    bad : dict of int to Fault
        Lines (from 0) that should be points and cannot be read.
    """

    def __init__(self, lines: pa.Array, pattern: str, limits: Limits) -> None:
        self.bad: dict[int, Fault] = {}
        self._limits = limits
        self._points: Points | None = None
        self._put: dict[int, tuple[str, str]] = {}
        size = len(lines)
        self.is_point, self.wide = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
        self.x, self.y = np.full(size, np.nan), np.full(size, np.nan)
        self._digits = np.full((2, size), -1, dtype=np.int8)
        self._decimals = np.zeros(size, dtype=np.int8)
        self._ring = np.full(size, -1, dtype=np.int32)
        self._ring_codes: dict[str, int] = {"": -1}
        self._names = [self._read_some(lines, start, pattern) for start in range(0, size, _AT_ONCE)]
        self._require(int(self.is_point.sum()))
        self._read_full_width(lines, pattern)

    def _read_some(self, lines: pa.Array, start: int, pattern: str) -> pa.Array:
        """Read a stretch of lines, so that what is cut out of them is not all held at once."""
        found = pc.extract_regex(lines.slice(start, _AT_ONCE), pattern)
        here = slice(start, start + len(found))
        self.is_point[here] = found.is_valid()
        self.x[here], self.y[here] = _numbers(found, "x"), _numbers(found, "y")
        length, fraction = _lengths(found, "y")
        self._digits[:, here] = length, fraction
        self._decimals[here] = np.maximum(np.maximum(_lengths(found, "x")[1], fraction) - 1, 0)
        rings = _texts(found, "ring").dictionary_encode()
        codes = np.array([self._code(one) for one in rings.dictionary.to_pylist()], dtype=np.int32)
        self._ring[here] = codes[np.asarray(rings.indices)]
        return _texts(found, "name").cast(pa.string())

    def _code(self, ring: str) -> int:
        return self._ring_codes.setdefault(ring, len(self._ring_codes))

    def _require(self, points: int) -> None:
        require_size(features=0, columns=0, vertices=points, limits=self._limits)

    def _read_full_width(self, lines: pa.Array, pattern: str) -> None:
        is_wide = np.asarray(pc.match_substring_regex(lines, _FULL_WIDTH)) & ~self.is_point
        where = np.flatnonzero(is_wide)
        if not len(where):
            return
        texts = narrow("\n".join(lines.take(where).to_pylist())).split("\n")
        found = pc.extract_regex(pa.array(texts, pa.large_string()), pattern)
        fits = np.asarray(found.is_valid())
        where, found = where[fits], found.filter(pa.array(fits))
        self.x[where], self.y[where] = _numbers(found, "x"), _numbers(found, "y")
        self.is_point[where] = self.wide[where] = True
        fractions = [_lengths(found, axis)[1] for axis in ("x", "y")]
        self._decimals[where] = np.maximum(np.maximum(*fractions) - 1, 0)
        names, rings = (_texts(found, part).to_pylist() for part in ("name", "ring"))
        self._put.update(zip(where.tolist(), zip(names, rings, strict=True), strict=True))

    def put(self, line: int, fields: Sequence[str]) -> None:
        """Take an odd line as a point of name, ring, x and y; what is no number is `bad`."""
        name, ring, *numbers = fields
        self._put[line] = (name, ring)
        self.is_point[line] = True
        for axis, text in zip((self.x, self.y), numbers, strict=True):
            try:
                number = read_number(text, metres=True)
            except PlannerError as error:
                self.spoil(line, error.code, str(error.values["value"]))
            else:
                axis[line] = number.value
                self._decimals[line] = max(self._decimals[line], min(number.decimals, _MOST))
                self.wide[line] |= number.widened

    def spoil(self, line: int, code: str, value: str) -> None:
        """Keep the place of a point that cannot be read, with the first reason."""
        self.is_point[line] = True
        self._put.setdefault(line, ("", ""))
        self.x[line] = self.y[line] = np.nan
        fault = Fault(code=code, where=f"line:{line + 1}", values={"value": value})
        self.bad.setdefault(line, fault)

    def looks_cut(self, line: int) -> bool:
        """Whether the second number of a line has fewer decimals than that of any other."""
        digits = self._digits[:, self._digits[0] >= 0]
        if self._digits[0, line] < 0 or digits.shape[1] <= _TOO_FEW:
            return False
        (length, decimals), (shortest, fewest) = digits[:, -1], digits[:, :-1].min(axis=1)
        return bool(decimals < fewest if fewest else length < shortest - 1)

    def _point_names(self) -> pa.Array:
        """Give the names of all points, and let go of those of all lines."""
        kept, put = [], np.array(sorted(self._put), dtype=np.intp)
        for start, column in zip(range(0, len(self.is_point), _AT_ONCE), self._names, strict=True):
            replaced = np.zeros(len(column), dtype=bool)
            here = put[(put >= start) & (put < start + len(column))]
            replaced[here - start] = True
            texts = pa.array([self._put[one][0] for one in here.tolist()], pa.string())
            names = pc.replace_with_mask(column, pa.array(replaced), texts)
            kept.append(names.filter(pa.array(self.is_point[start : start + len(column)])))
        self._names = []
        return pa.concat_arrays(kept)

    def points(self) -> Points:
        """Give all points in the order of their lines; what they are made of is let go."""
        if self._points is None:
            self._points = self._gathered()
        return self._points

    def _gathered(self) -> Points:
        line = np.flatnonzero(self.is_point)
        self._require(len(line))
        for one, (_, text) in self._put.items():
            self._ring[one] = self._code(text)
        names = self._point_names()
        x, y, ring = self.x[line], self.y[line], self._ring[line]
        self.x, self.y, self._ring = x[:0].copy(), y[:0].copy(), ring[:0].copy()
        return Points(
            line=line,
            x=x,
            y=y,
            names=names,
            name=_codes(names),
            ring=ring.astype(np.intp),
            wide=self.wide[line],
            decimals=self._decimals[line],
        )


def thousands(fields: Sequence[str]) -> str | None:
    """Find numbers with thousands marks among the fields that commas have torn apart."""
    text = ",".join(fields).replace('"', "").replace(" ", "")
    return text if _THOUSANDS.fullmatch(text) else None


def _texts(found: pa.Array, part: str) -> pa.Array:
    """Give a named part of the matches, trimmed; "" where the pattern has no such part."""
    if found.type.get_field_index(part) < 0:
        return pa.array([""], pa.large_string()).take(pa.array(np.zeros(len(found), np.int8)))
    return pc.utf8_trim_whitespace(pc.fill_null(pc.struct_field(found, part), ""))


def _numbers(found: pa.Array, part: str) -> npt.NDArray[np.float64]:
    column = pc.cast(pc.struct_field(found, part), pa.float64())
    return np.array(column.to_numpy(zero_copy_only=False), dtype=np.float64)


def _lengths(found: pa.Array, part: str) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int8]]:
    """Count the characters of a number, and those from its point on; -1 where there is none."""
    text = pc.struct_field(found, part)
    length, point = pc.binary_length(text), pc.find_substring(text, ".")
    whole = pc.if_else(pc.less(point, 0), length, point)
    counts = (length, pc.subtract(length, whole))
    size, fraction = (np.asarray(pc.fill_null(one, -1)).astype(np.int8) for one in counts)
    return size, fraction


def _codes(texts: pa.Array) -> npt.NDArray[np.intp]:
    """Give equal texts equal numbers; -1 for an empty one."""
    lengths = np.asarray(pc.binary_length(texts))
    if lengths.max(initial=0) <= _PACKED:
        return _packed(texts, lengths)
    encoded = texts.dictionary_encode()
    codes = np.asarray(encoded.indices).astype(np.intp)
    values = encoded.dictionary.to_pylist()
    return np.where(codes == values.index(""), -1, codes) if "" in values else codes


def _packed(texts: pa.Array, lengths: npt.NDArray[np.int32]) -> npt.NDArray[np.intp]:
    """Take the bytes of short texts for the digits of a number."""
    _, ends, data = texts.buffers()
    starts = np.frombuffer(ends, np.int32)[texts.offset : texts.offset + len(texts)]
    letters = np.frombuffer(data or b"", np.uint8)
    codes = np.where(lengths == 0, -1, 0).astype(np.intp)
    for place in range(int(lengths.max(initial=0))):
        longer = np.flatnonzero(lengths > place)
        codes[longer] = codes[longer] * 256 + letters[starts[longer] + place]
    return codes
