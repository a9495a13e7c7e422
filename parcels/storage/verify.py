"""Whether a store is whole: every row read, every line replayed, every digest compared."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

import shapely

from geo.errors import PlannerError
from parcels.planning.line import Line, path_to
from parcels.storage.backup import contents_of
from parcels.storage.rows import digest_of, read_element, read_operation, read_scenario
from parcels.storage.snapshots import is_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parcels.planning.model import Operation, Scenario
    from parcels.storage.backup import Content
    from parcels.storage.database import Database, Link

_AT_ONCE = 500
_UNREADABLE = (ValueError, KeyError, TypeError, shapely.errors.GEOSException)


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that is not as it must be: a code of ``store.flaw`` and what it is about."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    """What `verify` found.

    Attributes
    ----------
    contents : mapping of table to Content
        Rows and digests; empty where they could not be read.
    flaws : tuple of Flaw
    """

    contents: Mapping[str, Content] = field(default_factory=dict)
    flaws: tuple[Flaw, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing is amiss."""
        return not self.flaws


def verify(database: Database) -> VerifyReport:
    """Read all of a store and compare it with what it must be; nothing is written.

    Raises
    ------
    PlannerError
        Where the store cannot be asked at all: ``store_unreachable``, ``store_refused``,
        ``store_busy``, ``store_closed``. What is broken is a flaw, not an error.
    """
    try:
        with database.reading() as link:
            kept = {one.id: (one, digest) for one, digest in _operations(link)}
            flaws = (
                *_of_engine(link),
                *_of_operations(kept),
                *_of_lines(link, kept),
                *_of_snapshots(link),
            )
            if any(one.code == "snapshot_digest" for one in flaws):
                return VerifyReport(flaws=flaws)
            return VerifyReport(contents=contents_of(link), flaws=flaws)
    except PlannerError as error:
        if error.code not in {"store_broken", "store_unusable"}:
            raise
        return VerifyReport(flaws=(Flaw(error.code, error.values),))
    except _UNREADABLE as error:
        return VerifyReport(flaws=(Flaw("row_unreadable", {"reason": str(error)}),))


def _of_engine(link: Link) -> Iterator[Flaw]:
    """Ask the engine about its own pages and about rows that name missing ones."""
    run = link.connection.exec_driver_sql
    if link.tables.spatial:
        for setting in ("fsync", "full_page_writes"):
            if run(f"SHOW {setting}").scalar() != "on":
                yield Flaw("server_unsafe", {"setting": setting})
        return
    for (said,) in run("PRAGMA integrity_check"):
        if said != "ok":
            yield Flaw("pages", {"reason": said})
    for row in run("PRAGMA foreign_key_check"):
        yield Flaw("reference", {"table": row[0], "row": row[1], "other": row[2]})


def _of_operations(operations: Mapping[str, tuple[Operation, str]]) -> Iterator[Flaw]:
    """Compare every operation with the digest that was saved with it."""
    for operation, digest in operations.values():
        if digest_of(operation) != digest:
            yield Flaw("operation_digest", {"value": operation.id})


def _operations(link: Link) -> Iterator[tuple[Operation, str]]:
    from sqlalchemy import select

    operation, element = link.tables.operation, link.tables.element
    puts = select(element).join(operation, element.c.operation == operation.c.id)
    puts = puts.order_by(operation.c.number, element.c.position)
    ordered = link.connection.execute(puts.execution_options(yield_per=_AT_ONCE))
    groups = groupby(ordered, lambda row: row.operation)
    at, some = next(groups, (None, iter(())))
    for row in link.connection.execute(select(operation).order_by(operation.c.number)):
        mine: tuple[Any, ...] = ()
        if row.id == at:
            mine = tuple(map(read_element, some))
            at, some = next(groups, (None, iter(())))
        yield read_operation(row, mine), row.digest


def _of_lines(link: Link, kept: Mapping[str, tuple[Operation, str]]) -> Iterator[Flaw]:
    """Replay every scenario, and count its saves: each version was acknowledged once."""
    from sqlalchemy import select

    operations = _in_order(kept)
    versions = Counter(link.connection.execute(select(link.tables.key.c.scenario)).scalars())
    table = link.tables.scenario
    for row in link.connection.execute(select(table).order_by(table.c.number)):
        scenario = read_scenario(row)
        named: dict[str, object] = {"value": scenario.id, "name": scenario.name}
        if not _replays(scenario, operations):
            yield Flaw("line", named)
        if versions[scenario.id] != scenario.version:
            saves = {"version": scenario.version, "saves": versions[scenario.id]}
            yield Flaw("versions", named | saves)


def _of_snapshots(link: Link) -> Iterator[Flaw]:
    """Compare every snapshot with its digest."""
    from sqlalchemy import select

    table = link.tables.snapshot
    columns = (table.c.digest, table.c.title, table.c.content)
    asked = select(*columns).order_by(table.c.number).execution_options(yield_per=1)
    for row in link.connection.execute(asked):
        if not is_whole(row.content, row.digest):
            yield Flaw("snapshot_digest", {"value": row.digest[:8], "name": row.title})


def _in_order(kept: Mapping[str, tuple[Operation, str]]) -> dict[str, Operation]:
    """Give the operations that follow one saved before them; no other one is on any line."""
    found: dict[str, Operation] = {}
    for name, (operation, _) in kept.items():
        if operation.after is None or operation.after in found:
            found[name] = operation
    return found


def _replays(scenario: Scenario, operations: dict[str, Operation]) -> bool:
    """Tell whether base, head and tip stand on one line, in this order."""
    try:
        line = Line(scenario=scenario, operations=path_to(scenario.tip, operations))
    except KeyError:
        return False
    ids = [None, *(one.id for one in line.operations)]
    if scenario.base not in ids or scenario.head not in ids[ids.index(scenario.base) :]:
        return False
    return all(one.id == name for name, one in line.state.items())
