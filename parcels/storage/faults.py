"""What may befall a store, in words: its reader can do something else in each case."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from geo.errors import PlannerError

if TYPE_CHECKING:
    from collections.abc import Mapping

_SQLITE = {
    "SQLITE_BUSY": "store_busy",
    "SQLITE_LOCKED": "store_busy",
    "SQLITE_FULL": "store_full",
    # A quota or a limit of the file's size is told like this, and so is a full disk
    # where the index of the log is made.
    "SQLITE_IOERR_WRITE": "store_full",
    "SQLITE_IOERR_SHMSIZE": "store_full",
    "SQLITE_READONLY": "store_read_only",
    "SQLITE_CANTOPEN": "store_closed",
    "SQLITE_NOTADB": "store_broken",
    "SQLITE_CORRUPT": "store_broken",
}
# Classes and codes of https://www.postgresql.org/docs/15/errcodes-appendix.html
_POSTGRES = {
    "08": "store_unreachable",
    "57P": "store_unreachable",
    "40": "store_busy",
    "55P03": "store_busy",
    "57014": "store_busy",
    "53300": "store_busy",
    "53100": "store_full",
    "53200": "store_full",
    "25006": "store_read_only",
    "42501": "store_read_only",
    "28": "store_refused",
    "3D000": "store_refused",
    "XX001": "store_broken",
    "XX002": "store_broken",
}
_AGAIN = ("40001", "40P01", "23505")


def in_words(error: Exception, name: str) -> PlannerError:
    """Say what befell the store of that name.

    Parameters
    ----------
    error : SQLAlchemyError, sqlite3.Error or OSError
    name : str
        `Address.name`.
    """
    if isinstance(error, OSError):
        return PlannerError("store_closed", file=name)
    cause = getattr(error, "orig", None) or error
    if isinstance(cause, sqlite3.Error):
        return _worded(_of_file(cause), name, cause)
    return _worded(_of_server(error, cause), name, cause)


def is_passing(error: Exception) -> bool:
    """Tell whether the same statements may well succeed at once: two writers met."""
    return (getattr(getattr(error, "orig", None), "sqlstate", None) or "") in _AGAIN


def _of_file(cause: sqlite3.Error) -> str | None:
    """Name what SQLite means; a text that is not UTF-8 has no code of its own."""
    told = getattr(cause, "sqlite_errorname", None)
    if told is None and isinstance(cause, sqlite3.OperationalError):
        return "store_broken"
    return _longest(told or "", _SQLITE)


def _of_server(error: Exception, cause: object) -> str | None:
    """Name what a server, or its silence, means."""
    from sqlalchemy import exc

    state = getattr(cause, "sqlstate", None)
    if state:
        return _longest(state, _POSTGRES)
    if isinstance(error, exc.OperationalError) or getattr(error, "connection_invalidated", False):
        return "store_refused" if _is_refusal(str(cause)) else "store_unreachable"
    return "store_busy" if isinstance(error, exc.TimeoutError) else None


def _is_refusal(told: str) -> bool:
    """Tell a server that answered "no" while connecting, which gives no code, from a silent one."""
    refusals = ("password", "pg_hba.conf", "does not exist", "认证失败", "不存在", "密码", "口令")
    return any(one in told for one in refusals)


def _longest(told: str, known: Mapping[str, str]) -> str | None:
    found = [one for one in known if told.startswith(one)]
    return known[max(found, key=len)] if found else None


def _worded(code: str | None, name: str, cause: object) -> PlannerError:
    if code is None:
        return PlannerError("store_unusable", file=name, reason=str(cause).partition("\n")[0])
    return PlannerError(code, file=name)
