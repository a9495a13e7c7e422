"""Bringing a store up to date, in one transaction and after a copy; a newer one is left alone."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from geo.errors import PlannerError
from parcels.storage import embedded
from parcels.storage.schema import TABLES

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection, Engine

REVISIONS = ("0001", "0002", "0003")
"""Of the schema, the first released one first."""
CURRENT = REVISIONS[-1]
FILE_VERSION = len(REVISIONS)
"""``PRAGMA user_version`` of a file of the current revision: the first release reads that."""
_FOLDER = Path(__file__).parent / "migrations"
_FORMER_NAME, _NAME = "reviews.sqlite", "planner.sqlite"
_FORMER = "former"
_LOCK = 7_014_490  # of PostgreSQL's advisory locks: one migration at a time


def prepare_file(path: Path) -> PlannerError | None:
    """Make a store in a file, or bring it up to date.

    A file of an earlier version is copied beside itself first. Where ``planner.sqlite`` is
    missing and ``reviews.sqlite`` of the first release lies beside it, that one is taken over by
    copy.

    Returns
    -------
    PlannerError or None
        What to say to whoever wants to write: ``store_newer``.

    Raises
    ------
    PlannerError
        ``store_broken``: a database of something else. ``store_no_wal``.
    sqlite3.Error, SQLAlchemyError, OSError
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    found = _revision_of_file(path) if path.exists() else None
    if found == CURRENT:
        return None
    if found is not None and found not in REVISIONS:
        return newer(path.name, found)
    former = path.with_name(_FORMER_NAME)
    with embedded.making_engine(path).connect() as connection:
        if path.name == _NAME and former.is_file():
            _attach(connection, former)
        # One program at a time from here on: it looks again what there is.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        _bring_up(connection, path)
        connection.commit()
    return None


def is_there(path: Path) -> bool:
    """Tell whether a file holds a store, or one of the first release would be taken over."""
    former = path.with_name(_FORMER_NAME)
    return path.is_file() or (path.name == _NAME and former.is_file())


def _bring_up(connection: Connection, path: Path) -> None:
    found = revision_of(connection)
    if found == CURRENT:
        return
    if found is not None:
        _copy(path, path.with_name(f"{path.stem}.before-{CURRENT}{path.suffix}"))
    migrate(connection)
    if found is None and _FORMER in _schemas(connection):
        _take_over(connection)


def prepare_served(engine: Engine, name: str) -> PlannerError | None:
    """Make the tables in a database, or bring them up to date; see `prepare_file`."""
    with engine.begin() as connection:
        found = revision_of(connection)
        if found == CURRENT:
            return None
        if found is not None and found not in REVISIONS:
            return newer(name, found)
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        _require_postgis(connection, name)
        migrate(connection)
    return None


def revision_of(connection: Connection) -> str | None:
    """Tell which revision a database has; None: it is empty."""
    from sqlalchemy import inspect

    names = set(inspect(connection).get_table_names())
    if "alembic_version" in names:
        return stamp_of(connection)
    return REVISIONS[0] if "review_event" in names else None


def stamp_of(connection: Connection) -> str:
    """Read the revision of a database that has one."""
    asked = connection.exec_driver_sql("SELECT version_num FROM alembic_version")
    return str(asked.scalar())


def migrate(connection: Connection, to: str = CURRENT) -> None:
    """Bring a database to a revision, within the transaction that is open.

    Raises
    ------
    PlannerError
        ``store_differs``: events of reviews would not be what they were; nothing is changed.
    """
    from alembic import command

    config = _config(connection)
    found = revision_of(connection)
    if found == to:  # somebody else did it while this waited
        return
    before = _digest_of_events(connection) if found else None
    if found == REVISIONS[0]:
        command.stamp(config, found)
    command.upgrade(config, to)
    if before is not None and _digest_of_events(connection) != before:
        raise PlannerError("store_differs")


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _revision_of_file(path: Path) -> str | None:
    """Look without leaving a trace in the file."""
    with embedded.snapshot(path) as connection:
        (version,) = connection.exec_driver_sql("PRAGMA user_version").one()
        found = revision_of(connection)
        if version > FILE_VERSION and found in {None, *REVISIONS}:
            return f"{version:04}"
        strange = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()
    if found is None and strange:
        raise PlannerError("store_broken", file=path.name)
    return found


def newer(name: str, found: str) -> PlannerError:
    """Say that a newer version of the product made the store."""
    return PlannerError("store_newer", file=name, found=found, known=CURRENT)


def _copy(source: Path, copy: Path) -> None:
    """Copy a database as it stands, with what waits in its log; whole or not at all.

    Whoever calls holds the write lock of the source: nobody else copies.
    """
    part = copy.with_name(f"{copy.name}.part")
    part.unlink(missing_ok=True)
    with (
        closing(embedded.open_file(source, "mode=rw", log=False)) as old,
        closing(sqlite3.connect(part)) as new,
    ):
        old.backup(new)
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(copy)


def _attach(connection: Connection, former: Path) -> None:
    """Let a connection read the store of the first release as well."""
    found = _revision_of_file(former)
    if found is None:
        return
    if found not in REVISIONS:
        raise newer(former.name, found)
    place = f"file:{quote(str(former.absolute()))}?mode=ro"
    connection.exec_driver_sql(f"ATTACH ? AS {_FORMER}", (place,))


def _schemas(connection: Connection) -> set[str]:
    return {row.name for row in connection.exec_driver_sql("PRAGMA database_list")}


def _take_over(connection: Connection) -> None:
    """Copy the rows of the former store; its file stays as it is."""
    run = connection.exec_driver_sql
    names = f"SELECT name FROM {_FORMER}.sqlite_master WHERE type = 'table'"  # noqa: S608 -- our own name
    kept = {row.name for row in run(names)}
    for name in TABLES:
        if name in kept:
            if name == "store_meta":
                run(f"DELETE FROM main.{name}")  # noqa: S608 -- our own names
            run(f"INSERT INTO main.{name} SELECT * FROM {_FORMER}.{name}")  # noqa: S608 -- our own names
    if _digest_of_events(connection) != _digest_of_events(connection, f"{_FORMER}."):
        raise PlannerError("store_differs")


def _digest_of_events(connection: Connection, schema: str = "") -> str:
    columns = 'number, batch, parcel, kind, "by", "at", content'
    asked = connection.exec_driver_sql(
        f"SELECT {columns} FROM {schema}review_event ORDER BY number"  # noqa: S608 -- our own names
    )
    digest = sha256()
    for row in asked:
        digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()


def _require_postgis(connection: Connection, name: str) -> None:
    from sqlalchemy.exc import DBAPIError

    asked = "SELECT count(*) FROM pg_extension WHERE extname = 'postgis'"
    if connection.exec_driver_sql(asked).scalar():
        return
    try:
        connection.exec_driver_sql("CREATE EXTENSION postgis")
    except DBAPIError as error:
        raise PlannerError("store_no_postgis", file=name) from error
