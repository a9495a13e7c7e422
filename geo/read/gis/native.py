"""Arrow tables of other writers with the column types that the planner knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from geo.errors import PlannerError
from geo.read.gis.cells import column, table_of_columns
from geo.read.parsed import Note, require_size

if TYPE_CHECKING:
    from geo.read.limits import Limits


def native_table(table: pa.Table, limits: Limits) -> tuple[pa.Table, tuple[Note, ...]]:
    """Bring the attributes of a columnar file to plain types.

    Parameters
    ----------
    table : pyarrow.Table
        Attributes only.
    limits : Limits
        ``features`` and ``columns`` are the limits.

    Returns
    -------
    table : pyarrow.Table
        Integers, floats, truth values and texts; dates and nested values as text.
    notes : tuple of Note
        ``binary_left_out`` names the columns that are left out.

    Raises
    ------
    PlannerError
        ``file_too_many_*``, ``file_broken`` when a text is not UTF-8.
    """
    require_size(features=table.num_rows, columns=table.num_columns, vertices=0, limits=limits)
    kept: list[tuple[str, pa.Array]] = []
    binary: list[str] = []
    for field, values in zip(table.schema, table.columns, strict=True):
        if _is_binary(field.type):
            binary.append(field.name)
        else:
            kept.append((field.name, _plain(values)))
    notes = (Note(code="binary_left_out", values={"columns": "、".join(binary)}),) if binary else ()
    names, columns = [name for name, _ in kept], [values for _, values in kept]
    return table_of_columns(names, columns, table.num_rows), notes


def _is_binary(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_binary(kind)
        or pa.types.is_large_binary(kind)
        or pa.types.is_fixed_size_binary(kind)
        or pa.types.is_binary_view(kind)
    )


def _plain(values: pa.ChunkedArray) -> pa.Array:
    kind = values.type
    if pa.types.is_dictionary(kind):
        return _plain(values.cast(kind.value_type))
    simple = pa.types.is_integer(kind) or pa.types.is_boolean(kind) or pa.types.is_float64(kind)
    if simple:
        return values
    try:
        if pa.types.is_floating(kind):
            return values.cast(pa.float64())
        if pa.types.is_nested(kind) or pa.types.is_null(kind):
            return column(values.to_pylist())
        return values.cast(pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, UnicodeDecodeError) as error:
        raise PlannerError("file_broken") from error
