"""The layers under the parcels as tables: what is drawn, and from which source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcels.snapshot.package.table import Column, Table, columns_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.snapshot.model import Content
    from parcels.snapshot.package.table import Entry


def drawn_tables(content: Content) -> list[Table]:
    """Give a table a layer of the map, in the order of the map."""
    return [
        Table(
            name=f"{group['id']}_{layer['id']}",
            columns=_columns(layer),
            shapes=[one.get("geometry") for one in layer["features"]],
            title=layer.get("title") or "",
        )
        for group, layer in _layers(content)
        if layer.get("features")
    ]


def drawn_list(content: Content) -> Table:
    """List the layers of the map with their sources and numbers of features."""
    rows: list[dict[str, Any]] = [
        {key: layer[key] for key in ("title", "kind", "source", "count") if key in layer}
        for _, layer in _layers(content)
    ]
    return Table(name="drawn", columns=columns_of(rows))


def _layers(content: Content) -> Iterator[tuple[Entry, Entry]]:
    for group in (content.get("drawn") or {}).get("groups") or ():
        for layer in group.get("layers") or ():
            yield group, layer


def _columns(layer: Entry) -> tuple[Column, ...]:
    rows = [
        {key: value for key, value in (one.get("properties") or {}).items() if key != "anchor"}
        for one in layer["features"]
    ]
    return columns_of(rows)
