"""Transactions on a store: opened, brought up to date, and what befalls them said in words."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING
from weakref import finalize

from geo.errors import PlannerError
from parcels.storage import embedded, served, upgrade
from parcels.storage.faults import in_words, is_passing
from parcels.storage.schema import tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeVar

    from sqlalchemy import Connection, Engine

    from parcels.storage.address import Address
    from parcels.storage.schema import Tables

    T = TypeVar("T")

_TRIES = 5


@dataclass(frozen=True, slots=True)
class Link:
    """One transaction: its connection, and the tables it may name."""

    connection: Connection
    tables: Tables


class Database:
    """A store's database; nothing is opened before it is asked for something.

    Parameters
    ----------
    address : Address
    """

    def __init__(self, address: Address) -> None:
        self.address = address
        self._preparing = Lock()
        self._is_ready = False
        self._newer: PlannerError | None = None

    @property
    def spatial(self) -> bool:
        """Whether outlines are PostGIS geometries."""
        return not isinstance(self.address.place, Path)

    def exists(self) -> bool:
        """Tell whether there is something to open; a database on a server always is."""
        place = self.address.place
        return not isinstance(place, Path) or upgrade.is_there(place)

    @contextmanager
    def reading(self) -> Iterator[Link]:
        """Open a transaction that sees one state of the store.

        Raises
        ------
        PlannerError
            ``store_busy``, ``store_closed``, ``store_read_only``, ``store_broken``,
            ``store_unreachable``, ``store_refused``, ``store_full``, ``store_no_wal``,
            ``store_no_postgis``, ``store_unusable`` (with the reason).
        """
        with self._worded():
            self._make_ready()
            with self._snapshot() as connection:
                yield Link(connection, self._tables)

    @contextmanager
    def writing(self) -> Iterator[Link]:
        """Open a transaction that is on the disk when it ends, or not there at all.

        Raises
        ------
        PlannerError
            See `reading`; ``store_newer``: a newer version of the product made the store.
        """
        with self._worded():
            self._make_ready()
            if self._newer is not None:
                raise self._newer
            with self._engine.begin() as connection:
                if not self.spatial:
                    connection.exec_driver_sql("BEGIN IMMEDIATE")
                self._require_current(connection)
                yield Link(connection, self._tables)

    def write(self, work: Callable[[Link], T]) -> T:
        """Do work in a transaction of `writing`, again where another writer was met on the way."""
        from sqlalchemy.exc import DBAPIError

        for left in reversed(range(_TRIES)):
            try:
                with self.writing() as link:
                    return work(link)
            except PlannerError as error:
                met = isinstance(error.__cause__, DBAPIError) and is_passing(error.__cause__)
                if not (met and left):
                    raise
        raise AssertionError  # the last try returns or raises

    @contextmanager
    def _worded(self) -> Iterator[None]:
        from sqlalchemy.exc import SQLAlchemyError

        try:
            yield
        except (SQLAlchemyError, sqlite3.Error, OSError) as error:
            raise self._in_words(error) from error
        except UnicodeEncodeError as error:
            unfit = str(error.object).encode(errors="replace").decode()
            raise PlannerError("text_unfit", value=unfit) from error

    def _in_words(self, error: Exception) -> PlannerError:
        place = self.address.place
        worded = in_words(error, self.address.name)
        there = isinstance(place, Path) and place.is_file() and os.access(place, os.R_OK)
        if worded.code == "store_closed" and there:  # its folder takes no log
            return PlannerError("store_read_only", file=self.address.name)
        return worded

    @contextmanager
    def _snapshot(self) -> Iterator[Connection]:
        place = self.address.place
        if isinstance(place, Path):
            with embedded.snapshot(place) as connection:
                yield connection
        else:
            with served.snapshot(self._engine) as connection:
                yield connection

    def _make_ready(self) -> None:
        """Make the store, or bring it up to date, once a process; an error is tried again."""
        with self._preparing:
            if self._is_ready:
                return
            place = self.address.place
            if isinstance(place, Path):
                self._newer = upgrade.prepare_file(place)
            else:
                self._newer = upgrade.prepare_served(self._engine, self.address.name)
            self._is_ready = self._newer is None  # a restore may put it back

    def _require_current(self, connection: Connection) -> None:
        """Let nothing be written to tables that another program upgraded, or replaced, since."""
        found = upgrade.stamp_of(connection)
        if found == upgrade.CURRENT:
            return
        self._is_ready = False
        if found not in upgrade.REVISIONS:
            raise upgrade.newer(self.address.name, found)
        raise PlannerError("store_busy", file=self.address.name)  # brought up to date next time

    @cached_property
    def _engine(self) -> Engine:
        place = self.address.place
        if isinstance(place, Path):
            return embedded.engine(place)
        made = served.engine(place)
        finalize(self, made.dispose)  # kept connections are closed with the store
        return made

    @cached_property
    def _tables(self) -> Tables:
        return tables(spatial=self.spatial)
