"""The log of who changed what, or was refused: lines are only added."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.errors import PlannerError
from parcels.storage.access import may, require

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from parcels.storage.access import Object
    from parcels.storage.database import Database, Link
    from parcels.storage.saving import Request

    T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One line of the log: a change, or an attempt that the role does not allow.

    Attributes
    ----------
    number : int
        Order in which they were saved.
    by, role : str
    at : str
        UTC; "" where somebody without the right only asked to see something.
    action : str
        Of the table of roles (`parcels.storage.access.Action`).
    object : str
        `parcels.storage.access.Object`.
    what : str
        Kind of the operation, ``create``, ``move``, ``change``; of a review the kind of its event.
    target : str
        Id of the scenario; of a review batch and parcel.
    version : int or None
        Of the scenario after it.
    key : str
    refused : bool
    """

    number: int
    by: str
    role: str
    at: str
    action: str
    object: str
    what: str
    target: str
    version: int | None
    key: str
    refused: bool


def note(
    link: Link, request: Request, on: Object, *, version: int | None = None, refused: bool = False
) -> None:
    """Add a line to the log."""
    values: dict[str, Any] = {
        "by": request.actor.name,
        "role": request.actor.role,
        "at": request.at,
        "action": request.action,
        "object": on,
        "what": request.what,
        "target": request.target,
        "version": version,
        "key": request.key,
        "refused": refused,
    }
    link.connection.execute(link.tables.audit.insert().values(values))


def allow(database: Database, request: Request, on: Object) -> None:
    """Refuse what the role may not do, and keep the attempt in the log.

    Raises
    ------
    PlannerError
        ``access_refused``.
    """
    if not may(request.actor.role, request.action, on):
        note_refusal(database, request, on)
        require(request.actor, request.action, on)


def note_refusal(database: Database, request: Request, on: Object) -> None:
    """Add a line about an attempt without right; a store that takes no line still refuses."""
    with suppress(PlannerError):
        database.write(lambda link: note(link, request, on, refused=True))


def saved(database: Database, request: Request, work: Callable[[Link], T]) -> T:
    """Save all or nothing; an attempt without right is kept in the log."""
    try:
        return database.write(work)
    except PlannerError as error:
        if error.code == "access_refused":
            note_refusal(database, request, error.values["object"])  # type: ignore[arg-type]
        raise


def entries(link: Link) -> tuple[AuditEntry, ...]:
    """Give the log from its beginning."""
    from sqlalchemy import select

    table = link.tables.audit
    rows = link.connection.execute(select(table).order_by(table.c.number)).mappings()
    return tuple(AuditEntry(**row) for row in rows)
