"""Tables of a package: columns of plain values, written the same way to every file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from parcels.messages import messages

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column.

    Attributes
    ----------
    name : str
        Name of the field in GIS files; its heading is ``package.column.<name>``.
    values : sequence
        Texts, numbers, truth values or None, one a row.
    title : str
        The heading where the name has none of its own; texts that somebody typed among them.
    """

    name: str
    values: Sequence[Any]
    title: str = ""

    def heading(self, lang: str) -> str:
        """Name the column for people, with its unit."""
        return self.title or messages(lang).get(f"package.column.{self.name}", self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows in columns of one length.

    Attributes
    ----------
    name : str
        ASCII; of a layer in GIS files. The title is ``package.table.<name>``.
    columns : tuple of Column
    shapes : sequence of (GeoJSON geometry or None), or None
        Where the rows lie; None: rows have no place.
    title : str
        Own words where a table has any; "" for those of its name.
    note : str
        What a reader must know of the rows: stands above them.
    """

    name: str
    columns: tuple[Column, ...]
    shapes: Sequence[Entry | None] | None = None
    title: str = ""
    note: str = ""

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.columns[0].values) if self.columns else 0

    def heading(self, lang: str) -> str:
        """Name the table for people."""
        return self.title or messages(lang).get(f"package.table.{self.name}", self.name)


def columns_of(rows: Sequence[Entry], keys: Iterable[str] = ()) -> tuple[Column, ...]:
    """Make a column of every key that some row has: the wanted ones first, others as they come."""
    found = dict.fromkeys(key for row in rows for key in row)
    wanted = [key for key in keys if key in found]
    others = [key for key in found if key not in set(wanted)]
    return tuple(
        Column(name=key, values=[plain_cell(row.get(key)) for row in rows])
        for key in (*wanted, *others)
    )


def plain_cell(value: Any) -> Any:
    """Give a value as a cell holds it: a list as one text, a mapping as ``key value`` pairs."""
    if isinstance(value, (list, tuple)):
        return "; ".join(str(plain_cell(one)) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{key} {plain_cell(one)}" for key, one in value.items())
    return value
