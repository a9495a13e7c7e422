"""The attributes of a Shapefile as a dBASE table; a value that does not fit is an error."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from geo.errors import PlannerError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_FIXED_DATE = (126, 1, 1)
_GBK = 0x4D
_NAME_BYTES, _TEXT_BYTES, _MOST_DECIMALS = 10, 254, 15
_SHOWN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    kind: str
    width: int
    decimals: int
    cells: list[bytes]


def table_bytes(table: pa.Table, codec: str) -> tuple[bytes, dict[str, str]]:
    """Make a ``.dbf`` file.

    Parameters
    ----------
    table : pyarrow.Table
        Texts, integers, floats and truth values; at least one column.
    codec : str
        ``utf-8``, ``gbk`` or ``gb18030``.

    Returns
    -------
    content : bytes
        The file, with a fixed date.
    names : dict of str to str
        Short name (at most ten bytes) to name.

    Raises
    ------
    PlannerError
        ``shapefile_text_too_long``, naming column, row and value.
    """
    names = _short_names(table.column_names, codec)
    fields = [
        _field(values, name, codec)
        for name, values in zip(table.column_names, table.columns, strict=True)
    ]
    described = b"".join(
        struct.pack("<11sc4xBB14x", short.encode(codec), one.kind.encode(), one.width, one.decimals)
        for short, one in zip(names, fields, strict=True)
    )
    width = 1 + sum(one.width for one in fields)
    language = 0 if codec == "utf-8" else _GBK
    head = struct.pack(
        "<4BIHH17xB2x", 3, *_FIXED_DATE, table.num_rows, 33 + len(described), width, language
    )
    rows = (b" " + b"".join(cells) for cells in zip(*(one.cells for one in fields), strict=True))
    content = head + described + b"\r" + b"".join(rows) + b"\x1a"
    return content, names


def _short_names(names: Sequence[str], codec: str) -> dict[str, str]:
    short: dict[str, str] = {}
    for name in names:
        number, chosen = 1, _cut(name, codec, _NAME_BYTES)
        while chosen.upper() in {one.upper() for one in short}:
            number += 1
            chosen = _cut(name, codec, _NAME_BYTES - len(f"_{number}")) + f"_{number}"
        short[chosen] = name
    return short


def _cut(name: str, codec: str, size: int) -> str:
    """Shorten a name to so many bytes and to whole characters."""
    kept = ""
    for char in name or "column":
        if len((kept + char).encode(codec)) > size:
            break
        kept += char
    return kept


def _field(values: pa.ChunkedArray, name: str, codec: str) -> _Field:
    kind = values.type
    cells = values.to_pylist()
    if pa.types.is_boolean(kind):
        marks = {None: b"?", True: b"T", False: b"F"}
        return _Field(kind="L", width=1, decimals=0, cells=[marks[one] for one in cells])
    if pa.types.is_integer(kind):
        return _padded("N", 0, [b"" if one is None else b"%d" % one for one in cells], bytes.rjust)
    if pa.types.is_floating(kind):
        return _floats(cells)
    texts = [_text(one, row, name, codec) for row, one in enumerate(cells)]
    return _padded("C", 0, texts, bytes.ljust)


def _floats(values: Sequence[float | None]) -> _Field:
    texts = ["" if one is None else np.format_float_positional(one, trim="-") for one in values]
    decimals = max((len(text.partition(".")[2]) for text in texts), default=0)
    decimals = max(decimals, 1)  # none would make them integers
    if decimals > _MOST_DECIMALS or max(map(len, texts), default=0) > 2 * _MOST_DECIMALS:
        texts = ["" if one is None else repr(one) for one in values]
        decimals = _MOST_DECIMALS
    return _padded("N", decimals, [text.encode() for text in texts], bytes.rjust)


def _padded(
    kind: str, decimals: int, cells: list[bytes], pad: Callable[[bytes, int], bytes]
) -> _Field:
    width = max([1 + decimals, *map(len, cells)])
    return _Field(
        kind=kind, width=width, decimals=decimals, cells=[pad(cell, width) for cell in cells]
    )


def _text(value: str | None, row: int, name: str, codec: str) -> bytes:
    content = (value or "").encode(codec)
    if len(content) > _TEXT_BYTES:
        shown = (value or "")[:_SHOWN]
        raise PlannerError("shapefile_text_too_long", column=name, row=row + 1, value=shown)
    return content
