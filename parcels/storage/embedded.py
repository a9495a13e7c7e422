"""SQLite: one file, a write-ahead log, every save synchronised."""

from __future__ import annotations

import sqlite3
import time
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from geo.errors import PlannerError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Engine

BUSY_SECONDS = 5
_PAUSE_SECONDS = 0.02
_MOST_ENGINES = 16


def engine(path: Path) -> Engine:
    """Make an engine that writes to an existing file.

    No connection is kept: it would go on writing to a file that was moved away.
    """
    return _engine(path, "mode=rw", log=True)


def making_engine(path: Path) -> Engine:
    """Make an engine that makes the file where there is none."""
    return _engine(path, "mode=rwc", log=True)


@contextmanager
def snapshot(path: Path) -> Iterator[Connection]:
    """Open a transaction for reading, also where nothing can be written."""
    from sqlalchemy.exc import OperationalError

    try:
        connection = _begun(path, "mode=rw")
    except OperationalError:
        if not _is_quiet(path):
            raise
        connection = _begun(path, "mode=ro&immutable=1")
    with connection:
        yield connection


def _is_quiet(path: Path) -> bool:
    """Tell whether the file alone holds everything: nothing waits in a log."""
    log = path.with_name(f"{path.name}-wal")
    return path.is_file() and not (log.exists() and log.stat().st_size)


def _begun(path: Path, how: str) -> Connection:
    from sqlalchemy.exc import DBAPIError

    connection = _engine(path, how, log=False).connect()
    try:
        connection.exec_driver_sql("BEGIN")
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
    except DBAPIError:
        connection.close()
        raise
    return connection


@lru_cache(maxsize=_MOST_ENGINES)
def _engine(path: Path, how: str, *, log: bool) -> Engine:
    """Make an engine, once a file: it remembers how statements are written, and no connection."""
    from sqlalchemy import NullPool, create_engine

    def connect() -> sqlite3.Connection:
        return open_file(path, how, log=log)

    return create_engine("sqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)


def open_file(path: Path, how: str, *, log: bool) -> sqlite3.Connection:
    """Connect to a file; a save is on the disk when it is acknowledged.

    Parameters
    ----------
    path : Path
    how : str
        Parameters of SQLite's URI.
    log : bool
        Turn the write-ahead log on.

    Raises
    ------
    PlannerError
        ``store_no_wal``: the file system cannot share memory between processes (a network drive).
    sqlite3.Error
    """
    place = f"file:{quote(str(path.absolute()))}?{how}"
    connection = sqlite3.connect(
        place, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA synchronous=FULL")
        if log:
            _keep_log(connection, path)
    except (sqlite3.Error, PlannerError):
        connection.close()
        raise
    return connection


def _keep_log(connection: sqlite3.Connection, path: Path) -> None:
    """Turn the log on; SQLite itself does not wait where several programs begin a file at once."""
    end = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            (mode,) = connection.execute("PRAGMA journal_mode=WAL").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            break
    if mode != "wal":
        raise PlannerError("store_no_wal", file=path.name)
