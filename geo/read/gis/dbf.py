"""The attributes of a Shapefile: a dBASE table, read so that no row is lost."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.errors import PlannerError
from geo.read.charset import declared_encoding, decode_cut, find_encoding
from geo.read.gis.cells import column, table_of_columns
from geo.read.parsed import Fault, Note, require_size

if TYPE_CHECKING:
    import numpy.typing as npt
    import pyarrow as pa

    from geo.read.limits import Limits

_HEADER = 32
_FIELD = 32
_END = 0x0D
_DELETED = 0x2A
_LANGUAGES = {0x4D: "gb18030", 0x7A: "gb18030", 0x4F: "cp950", 0x78: "cp950"}
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)")
_TRUTH = {"t": True, "y": True, "f": False, "n": False}
_MEMOS, _BINARY, _WRITTEN = "MGP", "IOB@Y+", "NFDL"
_PADDING = b" \x00"


@dataclass(frozen=True, slots=True, kw_only=True)
class DbfTable:
    """A dBASE table.

    Attributes
    ----------
    table : pyarrow.Table
        All rows, those that are marked as deleted too.
    deleted : bool array, shape (n,)
        Rows that are marked as deleted.
    encoding : str
        Codec of the texts.
    remarks, notes
        As in `Parsed`; rows are counted with the deleted ones.
    """

    table: pa.Table
    deleted: npt.NDArray[np.bool_]
    encoding: str
    remarks: tuple[Fault, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    name: bytes
    kind: str
    start: int
    width: int
    decimals: int


def count_rows(data: bytes) -> int:
    """Return the number of rows that the header claims; 0 for what is no table."""
    return int.from_bytes(data[4:8], "little")


def read_dbf(data: bytes, *, label: str, name: str, limits: Limits) -> DbfTable:
    """Read a dBASE table.

    Parameters
    ----------
    data : bytes
        The ``.dbf`` file.
    label : str
        Content of the ``.cpg`` file, or an empty text; the language byte of the table comes
        after it, and both lose against bytes that contradict them.
    name : str
        Named in errors.
    limits : Limits
        ``features`` and ``columns`` are the limits.

    Returns
    -------
    DbfTable
        Empty cells are null. Remarks ``number_overflow`` (stars instead of a number) and
        ``cell_unreadable`` with the column and what was written; notes
        ``encoding_not_as_declared``, ``memo_left_out``.

    Raises
    ------
    PlannerError
        ``shapefile_truncated``, ``file_encoding_unknown``, ``file_too_many_*``.
    """
    part = f"{name}.dbf"
    if len(data) < _HEADER:
        raise PlannerError("shapefile_truncated", part=part, record=0)
    rows, start, width = struct.unpack_from("<IHH", data, 4)
    fields = _fields(data[:start])
    whole = max(0, len(data) - start) // max(width, 1)
    if whole < rows or not fields or fields[-1].start + fields[-1].width > width:
        raise PlannerError("shapefile_truncated", part=part, record=min(whole, rows) + 1)
    require_size(features=rows, columns=len(fields), vertices=0, limits=limits)
    grid = np.frombuffer(data, np.uint8, rows * width, start).reshape(rows, width)
    cells = {field: _cells(grid, field) for field in fields if field.kind not in _MEMOS}
    declared = declared_encoding(label) or _LANGUAGES.get(data[29])
    texts = [
        cell for field in cells if field.kind not in _WRITTEN + _BINARY for cell in cells[field]
    ]
    codec = find_encoding([*(field.name for field in fields), *texts], declared)
    remarks: list[Fault] = []
    columns = [_column(field, column, codec, remarks) for field, column in cells.items()]
    names = [_name(field, codec) for field in cells]
    return DbfTable(
        table=table_of_columns(names, columns, rows),
        deleted=grid[:, 0] == _DELETED,
        encoding=codec,
        remarks=tuple(remarks),
        notes=_notes(fields, label, codec),
    )


def _notes(fields: list[_Field], label: str, codec: str) -> tuple[Note, ...]:
    memos = [_name(field, codec) for field in fields if field.kind in _MEMOS]
    lies = declared_encoding(label) not in (None, codec)
    return (
        *((Note(code="encoding_not_as_declared"),) if lies else ()),
        *((Note(code="memo_left_out", values={"columns": "、".join(memos)}),) if memos else ()),
    )


def _fields(header: bytes) -> list[_Field]:
    fields: list[_Field] = []
    start = 1
    for position in range(_HEADER, len(header) - _FIELD + 1, _FIELD):
        if header[position] == _END:
            break
        raw = header[position : position + _FIELD]
        kind, width, decimals = chr(raw[11]).upper(), raw[16], raw[17]
        if kind == "C":  # long texts keep the high byte of their width here
            width, decimals = width + 256 * decimals, 0
        name = raw[:11].partition(b"\x00")[0].strip()
        fields.append(_Field(name=name, kind=kind, start=start, width=width, decimals=decimals))
        start += width
    return fields


def _cells(grid: npt.NDArray[np.uint8], field: _Field) -> list[bytes]:
    if not field.width or not len(grid):
        return [b""] * len(grid)
    block = np.ascontiguousarray(grid[:, field.start : field.start + field.width])
    raw: list[bytes] = block.view(f"V{field.width}").ravel().tolist()
    return raw if field.kind in _BINARY else [cell.strip(_PADDING) for cell in raw]


def _name(field: _Field, codec: str) -> str:
    return decode_cut(field.name, codec).strip()


def _column(field: _Field, cells: list[bytes], codec: str, remarks: list[Fault]) -> pa.Array:
    if field.kind in "I+" and field.width == 4:  # noqa: PLR2004
        return column([int.from_bytes(cell, "little", signed=True) for cell in cells])
    if field.kind in "OB" and field.width == 8:  # noqa: PLR2004
        return column([struct.unpack("<d", cell)[0] for cell in cells])
    if field.kind not in _WRITTEN:
        return column([_text(cell, codec) for cell in cells])
    texts = [cell.decode("ascii", errors="backslashreplace") for cell in cells]
    values: list[Any] = []
    for row, text in enumerate(texts):
        value = _value(field, text)
        if value is None and text and not _is_blank(field.kind, text):
            code = "number_overflow" if set(text) == {"*"} else "cell_unreadable"
            named = {"value": text[:40], "column": _name(field, codec)}
            remarks.append(Fault(code=code, where=f"feature:{row + 1}", values=named))
        values.append(value)
    return column(values)


def _text(cell: bytes, codec: str) -> str | None:
    """Decode a text; a number of a kind that nobody uses shows its bytes."""
    try:
        return decode_cut(cell.strip(_PADDING), codec) or None
    except UnicodeDecodeError:
        return cell.hex()


def _is_blank(kind: str, text: str) -> bool:
    return (kind == "L" and text == "?") or (kind == "D" and not text.strip("0 /-"))


def _value(field: _Field, text: str) -> str | int | float | bool | None:
    if field.kind == "L":
        return _TRUTH.get(text.lower())
    if field.kind == "D":
        date = _DATE.fullmatch(text)
        return "-".join(date.groups()) if date and int(date[1] + date[2]) else None
    if not _NUMBER.fullmatch(text):
        return None
    whole = not field.decimals and text.lstrip("+-").isdecimal()
    return int(text) if whole else float(text)
