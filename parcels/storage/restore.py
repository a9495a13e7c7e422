"""Filling a store from a backup: all of it or nothing, and only into an empty one unasked."""

from __future__ import annotations

from contextlib import closing, contextmanager
from itertools import islice
from typing import TYPE_CHECKING

from shapely.errors import ShapelyError

from geo.errors import PlannerError
from parcels.output_files import require_free
from parcels.storage.backup import contents_of, open_backup, write_backup
from parcels.storage.plain_tables import rows_of
from parcels.storage.schema import APPEND_ONLY, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from parcels.storage.backup import Backup, Content
    from parcels.storage.database import Link

_AT_ONCE = 500
_META = "store_meta"  # is never empty
_NUMBERED = ("scenario", "operation", "review_event", "snapshot", "share", "audit")


def restore(link: Link, path: Path, safety: Path | None) -> Mapping[str, Content]:
    """Put the rows of a backup into a store, within the transaction that is open.

    Parameters
    ----------
    path : Path
        The backup.
    safety : Path or None
        Where a backup of what is there is written before it is replaced; None: nothing may be
        there.

    Raises
    ------
    PlannerError
        ``store_not_empty``; those of `open_backup`; of the safety backup ``output_exists``,
        ``output_failed`` …
    """
    with open_backup(path) as backup:
        _lock(link)
        if safety is not None:
            require_free(safety, force=False)
            write_backup(link, safety)
            _empty(link)
        elif any(_count(link, name) for name in TABLES if name != _META):
            raise PlannerError("store_not_empty")
        link.connection.execute(link.tables.meta.delete())
        _fill(link, backup, path.name)
        if contents_of(link) != backup.contents:
            raise PlannerError("backup_unreadable", file=path.name)
        return backup.contents


def _lock(link: Link) -> None:
    """Let nobody else write; a file has one writer at a time anyway."""
    if link.tables.spatial:
        link.connection.exec_driver_sql(f"LOCK TABLE {', '.join(TABLES)} IN EXCLUSIVE MODE")


def _fill(link: Link, backup: Backup, file: str) -> None:
    from sqlalchemy.exc import DataError, IntegrityError

    unfit = (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        ShapelyError,
        IntegrityError,
        DataError,
    )
    try:
        for name in TABLES:
            with closing(backup.lines(name)) as lines:
                _put(link, name, lines)
    except unfit as error:
        raise PlannerError("backup_unreadable", file=file) from error
    if link.tables.spatial:
        for name in _NUMBERED:
            link.connection.exec_driver_sql(
                f"SELECT setval(pg_get_serial_sequence('{name}', 'number'), "  # noqa: S608 -- our own names
                f"coalesce(max(number), 0) + 1, false) FROM {name}"
            )


def _put(link: Link, name: str, lines: Iterator[bytes]) -> None:
    table = link.tables.metadata.tables[name]
    rows = rows_of(link, name, lines)
    while some := list(islice(rows, _AT_ONCE)):
        link.connection.execute(table.insert(), some)


def _empty(link: Link) -> None:
    with _unguarded(link):
        for name in reversed(TABLES):
            link.connection.execute(link.tables.metadata.tables[name].delete())


def _count(link: Link, name: str) -> int:
    from sqlalchemy import func, select

    table = link.tables.metadata.tables[name]
    return int(link.connection.execute(select(func.count()).select_from(table)).scalar_one())


@contextmanager
def _unguarded(link: Link) -> Iterator[None]:
    """Lift the triggers that refuse to delete rows; they are back before the transaction ends."""
    run = link.connection.exec_driver_sql
    if link.tables.spatial:
        for name in APPEND_ONLY:
            run(f"ALTER TABLE {name} DISABLE TRIGGER {name}_no_change")
        yield
        for name in APPEND_ONLY:
            run(f"ALTER TABLE {name} ENABLE TRIGGER {name}_no_change")
        return
    triggers = run("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
    for trigger in triggers:
        run(f"DROP TRIGGER {trigger.name}")
    yield
    for trigger in triggers:
        run(trigger.sql)
