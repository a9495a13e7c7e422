"""The server's clock, read at the shell: pages, routes, commands."""

from __future__ import annotations

from datetime import UTC, date, datetime


def utc_now() -> str:
    """Return the moment as it is kept everywhere: ``2026-11-22T08:00:00Z``."""
    return datetime.now(tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def today() -> date:
    """Return the day where the server stands."""
    return datetime.now(tz=UTC).astimezone().date()
