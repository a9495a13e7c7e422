"""Events of reviews in the store: an append-only table, acknowledged when it is on the disk."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from geo.errors import PlannerError
from parcels.reviews.model import Event
from parcels.storage import audit
from parcels.storage.access import SINGLE_DESK, require
from parcels.storage.address import read_address
from parcels.storage.database import Database
from parcels.storage.saving import Request

if TYPE_CHECKING:
    from pathlib import Path

    from parcels.storage.access import Actor
    from parcels.storage.database import Link

_SIGNING = ("opinion", "withdrawal")


class ReviewStore:
    """Events by batch, in the order in which they were saved, asked for in somebody's name.

    Parameters
    ----------
    database : Database or Path
        Of the store; a path is opened as one.
    actor : Actor
        Who asks. A name that the sign-in gave takes the place of the one that was typed.
    """

    def __init__(self, database: Database | Path, actor: Actor = SINGLE_DESK) -> None:
        if not isinstance(database, Database):
            database = Database(read_address(database))
        self._database = database
        self._actor = actor

    def of_actor(self, actor: Actor) -> ReviewStore:
        """Give the same events, asked for in somebody else's name."""
        return ReviewStore(self._database, actor)

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
            ``access_refused``, and what may befall a store (`Database.writing`).
        """
        requests = [self._request(event) for event in events]
        for request in requests:
            audit.allow(self._database, request, "review")

        def save(link: Link) -> None:
            if seen is not None and events:
                _refuse_unseen(link, events[0], seen)
            for event, request in zip(events, requests, strict=True):
                link.connection.execute(link.tables.review.insert().values(self._row(event)))
                audit.note(link, request, "review")

        self._database.write(save)

    def of(self, batch: str) -> dict[str, list[Event]]:
        """Return the events of a batch by parcel, each in the order in which they happened.

        Raises
        ------
        PlannerError
            See `add`.
        """
        from sqlalchemy import select

        require(self._actor, "read", "review")
        found = dict[str, list[Event]]()
        with self._database.reading() as link:
            table = link.tables.review
            asked = select(table).where(table.c.batch == batch).order_by(table.c.number)
            for row in link.connection.execute(asked):
                found.setdefault(row.parcel, []).append(_event(row))
        return found

    def _request(self, event: Event) -> Request:
        return Request(
            actor=self._actor,
            action="sign" if event.kind in _SIGNING else "edit",
            what=event.kind,
            target=f"{event.batch}/{event.parcel}",
            at=event.at,
        )

    def _row(self, event: Event) -> dict[str, str]:
        known = replace(event, by=self._actor.name) if self._actor.name else event
        return {
            "batch": known.batch,
            "parcel": known.parcel,
            "kind": known.kind,
            "by": known.by,
            "at": known.at,
            "content": json.dumps(dict(known.content), sort_keys=True),
        }


def _refuse_unseen(link: Link, event: Event, seen: int) -> None:
    """Let nobody sign or change what somebody else changed a moment before."""
    from sqlalchemy import select

    table = link.tables.review
    if link.tables.spatial:  # a file has one writer at a time, a server many
        link.connection.exec_driver_sql("LOCK TABLE review_event IN SHARE ROW EXCLUSIVE MODE")
    about = (table.c.batch == event.batch) & (table.c.parcel == event.parcel)
    asked = select(table).where(about, table.c.kind != "comment").order_by(table.c.number)
    known = link.connection.execute(asked).all()
    if len(known) > seen:
        raise PlannerError("review_moved_on", by=known[-1].by)


def _event(row: Any) -> Event:
    return Event(
        batch=row.batch,
        parcel=row.parcel,
        kind=row.kind,
        by=row.by,
        at=row.at,
        content=json.loads(row.content),
    )
