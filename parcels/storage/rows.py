"""Scenarios and operations as rows, to the last bit."""

from __future__ import annotations

import gzip
import json
import zlib
from hashlib import sha256
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.errors import PlannerError
from parcels.planning.model import Operation, Scenario
from parcels.planning.plain import (
    element_from_plain,
    element_to_plain,
    operation_to_plain,
    scenario_from_plain,
    scenario_to_plain,
)
from parcels.storage.schema import SRID

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from shapely.geometry.base import BaseGeometry
    from sqlalchemy import CTE, Row

    from parcels.planning.model import Element
    from parcels.storage.database import Link

_OUTLINES = {"Polygon", "MultiPolygon", "LineString", "MultiLineString"}
_APART = ("id", "kind", "shape")


def as_text(plain: object) -> str:
    """Write JSON's values as text that every engine holds: only ASCII, and no NaN."""
    return json.dumps(plain, separators=(",", ":"), allow_nan=False)


def zipped(content: bytes) -> bytes:
    """Compress bytes; the same give the same."""
    return gzip.compress(content, mtime=0)


def unzipped(kept: bytes) -> bytes:
    """Read back what `zipped` gave.

    Raises
    ------
    ValueError
        It is damaged.
    """
    try:
        return gzip.decompress(bytes(kept))
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(str(error)) from error


def scenario_values(scenario: Scenario) -> dict[str, Any]:
    """Give the columns of a scenario."""
    plain = scenario_to_plain(scenario)
    return plain | {"settings": as_text(plain["settings"])}


def read_scenario(row: Row[Any]) -> Scenario:
    """Read back what `scenario_values` gave."""
    plain = {name: value for name, value in row._mapping.items() if name != "number"}  # noqa: SLF001 -- public in spite of its name
    return scenario_from_plain(plain | {"settings": json.loads(row.settings)})


def digest_of(operation: Operation) -> str:
    """Give the SHA-256 of an operation with its elements, whichever engine keeps it."""
    plain = json.dumps(operation_to_plain(operation), sort_keys=True, allow_nan=False)
    return sha256(plain.encode()).hexdigest()


def put_operations(link: Link, scenario: str, operations: Iterable[Operation]) -> None:
    """Add operations with their elements to a scenario.

    Raises
    ------
    PlannerError
        ``element_unfit``: an outline that no engine could give back as it is.
    """
    for one in operations:
        values = {
            "id": one.id,
            "scenario": scenario,
            "after": one.after,
            "kind": one.kind,
            "drops": as_text(list(one.drops)),
            "parameters": as_text(dict(one.parameters)),
            "by": one.by,
            "at": one.at,
            "digest": digest_of(one),
        }
        link.connection.execute(link.tables.operation.insert().values(values))
        for put in one.puts:
            _require_fit(put)
        rows = [_element_values(link, one.id, at, put) for at, put in enumerate(one.puts)]
        if rows:
            link.connection.execute(link.tables.element.insert(), rows)


def operations_to(link: Link, tip: str | None) -> dict[str, Operation]:
    """Read the operations that lead to one, by id."""
    if tip is None:
        return {}
    from sqlalchemy import select

    operation, element = link.tables.operation, link.tables.element
    path = _path_to(link, tip)
    puts = select(element).join(path, element.c.operation == path.c.id)
    ordered = link.connection.execute(puts.order_by(element.c.operation, element.c.position))
    by_operation = _by_operation(ordered)
    rows = link.connection.execute(select(operation).join(path, operation.c.id == path.c.id))
    return {row.id: read_operation(row, by_operation.get(row.id, ())) for row in rows}


def ids_to(link: Link, tip: str | None) -> list[str]:
    """Read the ids of the operations that lead to one, the first first."""
    if tip is None:
        return []
    from sqlalchemy import select

    rows = link.connection.execute(select(_path_to(link, tip)))
    after = {row.id: row.after for row in rows}
    found, at = list[str](), tip
    while at in after:
        found.append(at)
        at = after[at]
    return found[::-1]


def _path_to(link: Link, tip: str) -> CTE:
    """Follow each operation to the one before it."""
    from sqlalchemy import select

    operation = link.tables.operation
    step = select(operation.c.id, operation.c.after)
    path = step.where(operation.c.id == tip).cte("path", recursive=True)
    return path.union_all(step.where(operation.c.id == path.c.after))


def _by_operation(rows: Iterable[Row[Any]]) -> dict[str, tuple[Element, ...]]:
    """Gather elements that come ordered by operation and position."""
    grouped: Iterator[tuple[str, Iterator[Row[Any]]]] = groupby(rows, lambda row: row.operation)
    return {operation: tuple(map(read_element, some)) for operation, some in grouped}


def read_operation(row: Row[Any], puts: tuple[Element, ...]) -> Operation:
    """Read back an operation, given its elements."""
    return Operation(
        id=row.id,
        after=row.after,
        kind=row.kind,
        puts=puts,
        drops=tuple(json.loads(row.drops)),
        parameters=json.loads(row.parameters),
        by=row.by,
        at=row.at,
    )


def read_element(row: Row[Any]) -> Element:
    """Read back an element."""
    plain: Mapping[str, Any] = json.loads(row.properties)
    named = {"id": row.element, "kind": row.kind, "shape": outline_bytes(row.shape)}
    return element_from_plain({**plain, **named})


def outline_bytes(kept: Any) -> bytes:
    """Give an outline as ISO WKB without a reference system, whichever engine kept it."""
    shape = shapely.from_wkb(bytes(getattr(kept, "data", kept)))
    return bytes(shapely.to_wkb(shapely.set_srid(shape, 0)))


def _require_fit(element: Element) -> None:
    shape = element.shape
    plain = shape.geom_type in _OUTLINES and not shape.is_empty and not shape.has_z
    if not (plain and np.isfinite(shapely.get_coordinates(shape)).all()):
        raise PlannerError("element_unfit", value=element.name or element.id)


def outline_value(link: Link, shape: BaseGeometry) -> bytes | str:
    """Give an outline as the engine takes it, to the last bit: WKB, or EWKB in hex digits."""
    if not link.tables.spatial:
        return bytes(shapely.to_wkb(shape))
    return str(shapely.to_wkb(shapely.set_srid(shape, SRID), hex=True, include_srid=True))


def _element_values(link: Link, operation: str, position: int, element: Element) -> dict[str, Any]:
    plain = element_to_plain(element)
    return {
        "operation": operation,
        "position": position,
        "element": element.id,
        "kind": element.kind,
        "shape": outline_value(link, element.shape),
        "properties": as_text({name: value for name, value in plain.items() if name not in _APART}),
    }
