"""Where review events are kept: an append-only table, acknowledged when it is on the disk."""

from __future__ import annotations

import json
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

from geo.errors import PlannerError
from parcels.reviews.model import Event

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Engine, Table

SCHEMA_VERSION = 1


class ReviewStore:
    """Events by batch, in the order in which they were saved.

    Parameters
    ----------
    path : Path
        SQLite file (write-ahead log, full synchronisation); made with its folder when missing.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, *events: Event, seen: int | None = None) -> None:
        """Save events, all or none; they are on the disk when this returns.

        Parameters
        ----------
        *events : Event
            About one parcel.
        seen : int, optional
            How many events about the parcel, comments left out, the speaker knew of.

        Raises
        ------
        PlannerError
            ``review_moved_on``: somebody else spoke since, nothing was saved.
            ``review_store_busy``, ``review_store_closed``, ``review_store_broken``,
            ``review_store_unusable`` (file and reason), ``review_store_newer``.
        """
        with self._connection() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            if seen is not None and events:
                self._refuse_unseen(connection, events[0], seen)
            for event in events:
                connection.execute(self._table.insert().values(_row(event)))

    def _refuse_unseen(self, connection: Connection, event: Event, seen: int) -> None:
        """Let nobody sign or change what somebody else changed a moment before."""
        from sqlalchemy import select

        table = self._table
        about = (table.c.batch == event.batch) & (table.c.parcel == event.parcel)
        asked = select(table).where(about, table.c.kind != "comment").order_by(table.c.number)
        known = connection.execute(asked).all()
        if len(known) > seen:
            raise PlannerError("review_moved_on", by=known[-1].by)

    def of(self, batch: str) -> dict[str, list[Event]]:
        """Return the events of a batch by parcel, each in the order in which they happened.

        Raises
        ------
        PlannerError
            See `add`.
        """
        from sqlalchemy import select

        table, found = self._table, dict[str, list[Event]]()
        asked = select(table).where(table.c.batch == batch).order_by(table.c.number)
        with self._connection() as connection:
            for row in connection.execute(asked):
                found.setdefault(row.parcel, []).append(_event(row))
        return found

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        """Open a transaction whose failures are said in words."""
        from sqlalchemy.exc import SQLAlchemyError

        try:
            with self._engine.begin() as connection:
                yield connection
        except (SQLAlchemyError, OSError) as error:
            raise _in_words(error, self._path.name) from error

    @cached_property
    def _engine(self) -> Engine:
        """Make the table where it is missing, and check the version."""
        from sqlalchemy import NullPool, create_engine, event

        self._path.parent.mkdir(parents=True, exist_ok=True)
        # No connection is kept: it would go on writing to a file that was moved away.
        engine = create_engine(f"sqlite:///{self._path}", poolclass=NullPool)

        event.listen(engine, "connect", self._prepare)
        with engine.begin() as connection:
            self._table.create(connection, checkfirst=True)
        return engine

    def _prepare(self, connection: Any, _record: Any) -> None:
        """Check the version before anything is written, then make the connection safe."""
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > SCHEMA_VERSION:
            raise PlannerError(
                "review_store_newer", file=self._path.name, found=version, known=SCHEMA_VERSION
            )
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        if version < SCHEMA_VERSION:  # a store that cannot be written to can still be read
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    @cached_property
    def _table(self) -> Table:
        from sqlalchemy import Column, Integer, MetaData, String, Table, Text

        return Table(
            "review_event",
            MetaData(),
            Column("number", Integer, primary_key=True, autoincrement=True),
            Column("batch", String, nullable=False, index=True),
            Column("parcel", String, nullable=False),
            Column("kind", String, nullable=False),
            Column("by", String, nullable=False),
            Column("at", String, nullable=False),
            Column("content", Text, nullable=False),
        )


def _in_words(error: Exception, file: str) -> PlannerError:
    """Say what is wrong with the store: its reader can do something else in each case."""
    name = getattr(getattr(error, "orig", None), "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return PlannerError("review_store_busy", file=file)
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")) or isinstance(error, OSError):
        return PlannerError("review_store_closed", file=file)
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return PlannerError("review_store_broken", file=file)
    return PlannerError("review_store_unusable", file=file, reason=str(error).splitlines()[0])


def _row(event: Event) -> dict[str, str]:
    return {
        "batch": event.batch,
        "parcel": event.parcel,
        "kind": event.kind,
        "by": event.by,
        "at": event.at,
        "content": json.dumps(dict(event.content), ensure_ascii=False, sort_keys=True),
    }


def _event(row: Any) -> Event:
    return Event(
        batch=row.batch,
        parcel=row.parcel,
        kind=row.kind,
        by=row.by,
        at=row.at,
        content=json.loads(row.content),
    )
