"""Every row of a store as a line of JSON, the same from either engine, and back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import mapping, shape

from parcels.storage.rows import as_text, outline_bytes, outline_value, unzipped, zipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import ColumnElement, Row, Select, Table

    from parcels.storage.database import Link

_IN_JSON = {
    "scenario": ("settings",),
    "operation": ("drops", "parameters"),
    "operation_element": ("properties",),
    "draft": ("content",),
    "review_event": ("content",),
    "save_key": ("result",),
}
_ZIPPED = {"snapshot": ("content",)}
_AT_ONCE = 500


def lines_of(link: Link, name: str) -> Iterator[bytes]:
    """Write the rows of a table as JSON in UTF-8, one a line, in an order that all stores share."""
    asked = _ordered(link, name).execution_options(yield_per=_AT_ONCE)
    for row in link.connection.execute(asked):
        yield _line(_plain(row, name))


def rows_of(link: Link, name: str, lines: Iterator[bytes]) -> Iterator[dict[str, Any]]:
    """Read lines of `lines_of` back as the columns of rows.

    Raises
    ------
    ValueError, KeyError, TypeError
        A line is not what `lines_of` writes.
    """
    columns = {column.name for column in link.tables.metadata.tables[name].columns}
    for line in lines:
        plain = json.loads(line)
        if not isinstance(plain, dict) or plain.keys() != columns:
            raise ValueError(name)
        yield _values(link, plain, name)


def _ordered(link: Link, name: str) -> Select[Any]:
    from sqlalchemy import select

    table, order = link.tables.metadata.tables[name], _order(link, name)
    whole = select(table)
    if name == "operation_element":
        whole = whole.join(link.tables.operation, table.c.operation == link.tables.operation.c.id)
    if name == "draft":
        whole = whole.join(link.tables.scenario, table.c.scenario == link.tables.scenario.c.id)
    return whole.order_by(*order)


def _order(link: Link, name: str) -> tuple[ColumnElement[Any], ...]:
    tables = link.tables
    if name == "operation_element":
        return tables.operation.c.number, tables.element.c.position
    if name == "draft":
        return tables.scenario.c.number, _by_bytes(link, tables.draft, "person")
    if name in {"save_key", "store_meta"}:
        table = tables.metadata.tables[name]
        return (_by_bytes(link, table, "key" if name == "save_key" else "name"),)
    return (tables.metadata.tables[name].c.number,)


def _by_bytes(link: Link, table: Table, column: str) -> ColumnElement[Any]:
    """Order text as SQLite does, whatever the language of a server."""
    from sqlalchemy import collate

    return collate(table.c[column], "C") if link.tables.spatial else table.c[column]


def _plain(row: Row[Any], name: str) -> dict[str, Any]:
    plain = dict(row._mapping)  # noqa: SLF001 -- public in spite of its name
    for column in _IN_JSON.get(name, ()):
        plain[column] = json.loads(plain[column])
    for column in _ZIPPED.get(name, ()):
        plain[column] = unzipped(plain[column]).decode()
    if "shape" in plain:
        plain["shape"] = mapping(shapely.from_wkb(outline_bytes(plain["shape"])))
    return plain


def _line(plain: Mapping[str, Any]) -> bytes:
    """Write Chinese as Chinese; half characters, which UTF-8 does not know, as escapes."""
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    try:
        return text.encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(plain, separators=(",", ":"), allow_nan=False).encode() + b"\n"


def _values(link: Link, plain: dict[str, Any], name: str) -> dict[str, Any]:
    values = dict(plain)
    for column in _IN_JSON.get(name, ()):
        values[column] = as_text(values[column])
    for column in _ZIPPED.get(name, ()):
        values[column] = zipped(values[column].encode())
    if "shape" in values:
        values["shape"] = outline_value(link, shape(values["shape"]))
    return values
