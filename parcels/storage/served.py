"""PostgreSQL with PostGIS: many desks, one store."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL, Connection, Engine

# Seconds; a server that is silent for longer counts as lost.
_CONNECT = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,  # milliseconds
    "application_name": "parcel-planner",
}
_SESSION = (
    "SET synchronous_commit = on",
    "SET lock_timeout = '5s'",
    "SET statement_timeout = '30s'",
    "SET idle_in_transaction_session_timeout = '60s'",
    "SET timezone = 'UTC'",
)


def engine(url: URL) -> Engine:
    """Make an engine that asks a kept connection whether it still lives before it is used."""
    from sqlalchemy import create_engine, event

    made = create_engine(url, connect_args=_CONNECT, pool_pre_ping=True, hide_parameters=True)
    event.listen(made, "connect", _prepare)
    return made


def _prepare(connection: Any, _record: Any) -> None:
    """Let an acknowledged save be on the server's disk, whatever the server's own settings."""
    with connection.cursor() as cursor:
        for statement in _SESSION:
            cursor.execute(statement)
    connection.commit()


@contextmanager
def snapshot(made: Engine) -> Iterator[Connection]:
    """Open a transaction that reads one state and writes nothing."""
    how = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with made.connect().execution_options(**how) as connection, connection.begin():
        yield connection
