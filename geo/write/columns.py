"""The columns of a GIS file: the source's own, and id and name where it has no such column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.write.model import Outgoing


def columns_of(outgoing: Outgoing) -> pa.Table:
    """Make the attribute table of a GIS file.

    Parameters
    ----------
    outgoing : Outgoing
        Its ``ids`` and ``names`` become columns unless an attribute has that role.

    Returns
    -------
    pyarrow.Table
        Texts, integers, floats and truth values; at least one column; numbers that are not
        finite are null.
    """
    table = outgoing.attributes
    taken = {name.lower() for name in table.column_names}
    added = [
        (role, pa.array([text or None for text in texts], type=pa.string()))
        for role, texts in (("id", outgoing.ids), ("name", outgoing.names))
        if role not in outgoing.fields and role not in taken and any(texts)
    ]
    own = [
        (name, _plain(values))
        for name, values in zip(table.column_names, table.columns, strict=True)
    ]
    columns = [*added, *own]
    if not columns:
        columns = [("id", pa.array(range(1, len(outgoing.geometries) + 1), type=pa.int64()))]
    return pa.table([values for _, values in columns], names=[name for name, _ in columns])


def free_name(wanted: str, taken: Iterable[str]) -> str:
    """Give a column name that no attribute has; case does not count."""
    lowered = {name.lower() for name in taken}
    name, number = wanted, 2
    while name.lower() in lowered:
        name, number = f"{wanted}_{number}", number + 1
    return name


def distinct_names(names: Sequence[str]) -> list[str]:
    """Give numbers to names that differ only in case, for data bases that ignore it."""
    found: list[str] = []
    for name in names:
        found.append(free_name(name or "column", found))
    return found


def _plain(values: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = values.type
    if pa.types.is_floating(kind):
        wide = values.cast(pa.float64())
        return pc.if_else(pc.is_finite(wide), wide, None)
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind):
        return values
    return values.cast(pa.string())
