"""Attributes of foreign files as Arrow columns: what was a number stays one, a mixture is text."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from geo.read.parsed import require_size, unique_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.read.limits import Limits


def table_of_rows(rows: Sequence[Mapping[str, Any]], limits: Limits) -> pa.Table:
    """Make a table of rows that need not have the same keys.

    Parameters
    ----------
    rows : sequence of mapping
        Name to value, one a feature.
    limits : Limits
        ``columns`` is the limit.

    Returns
    -------
    pyarrow.Table
        Columns in the order in which their names occur first.

    Raises
    ------
    PlannerError
        ``file_too_many_columns``.
    """
    names = list(dict.fromkeys(chain.from_iterable(rows)))
    require_size(features=0, columns=len(names), vertices=0, limits=limits)
    columns = ([row.get(name) for row in rows] for name in names)
    return table_of_columns(names, [column(values) for values in columns], len(rows))


def table_of_columns(names: Sequence[str], columns: Sequence[pa.Array], rows: int) -> pa.Table:
    """Join columns, numbering repeated names; a table may have rows and no columns."""
    if not names:
        return pa.table({"": pa.nulls(rows)}).select([])
    return pa.table(list(columns), names=unique_names([clean(name) for name in names]))


def column(values: list[Any]) -> pa.Array:
    """Make one column: numbers and truth values stay what they are, a mixture becomes text."""
    kinds = {type(value) for value in values if value is not None}
    if kinds <= {int, float} or kinds == {bool}:
        try:
            return pa.array(values, from_pandas=True)
        except (pa.ArrowInvalid, OverflowError):
            pass
    return pa.array([_text(value) for value in values], type=pa.string())


def clean(text: str) -> str:
    """Replace halves of characters, which JSON escapes can write and no encoding can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return None if value is None else clean(value)
    return clean(json.dumps(value, ensure_ascii=False, default=str))
