"""The store: scenarios, operations, drafts, reviews, snapshots, and a log of who changed what."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from parcels.reviews.store import ReviewStore
from parcels.storage import audit, drafts, saving, scenarios
from parcels.storage.access import may, require
from parcels.storage.address import read_address
from parcels.storage.backup import write_backup
from parcels.storage.database import Database
from parcels.storage.restore import restore
from parcels.storage.saving import Request, object_of
from parcels.storage.snapshot_shelf import SnapshotShelf
from parcels.storage.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from parcels.planning.line import Line
    from parcels.planning.model import Operation, Scenario
    from parcels.storage.access import Actor
    from parcels.storage.audit import AuditEntry
    from parcels.storage.backup import Content
    from parcels.storage.database import Link
    from parcels.storage.verify import VerifyReport


def open_store(address: str | Path) -> Store:
    """Open the store at an address (`parcels.storage.address.read_address`).

    Nothing is made or asked before the first use, so that a store that cannot be reached is told
    to whoever needs it.

    Raises
    ------
    PlannerError
        ``store_address``.
    """
    return Store(Database(read_address(address)))


class Store(SnapshotShelf):
    """Everything that is kept, asked for in somebody's name.

    Each method refuses what the role may not do (``access_refused``) and says what befalls the
    store (`Database.reading`, `Database.writing`). A save is all or nothing; when its method
    returns, it is on the disk.

    Parameters
    ----------
    database : Database
    """

    def scenarios(self, actor: Actor, *, archived: bool = False) -> tuple[Scenario, ...]:
        """Give the scenarios in the order in which they were made, archived ones if asked for."""
        with self.database.reading() as link:
            found = scenarios.every(link)
        return tuple(
            one
            for one in found
            if (archived or not one.archived) and may(actor.role, "read", object_of(one, actor))
        )

    def line(self, actor: Actor, scenario: str) -> Line:
        """Give a scenario with all operations that lead to its tip.

        Raises
        ------
        PlannerError
            ``scenario_unknown``.
        """
        with self.database.reading() as link:
            found = saving.find(link, scenario)
            require(actor, "read", object_of(found, actor))
            return scenarios.line_of(link, found)

    def saved(self, actor: Actor, scenario: str, key: str) -> Scenario | None:
        """Give what the save with this key led to; None: there was none, or not this person's."""
        with self.database.reading() as link:
            found = saving.result_of(link, scenario, key)
        return found if found is not None and found.saved_by == actor.name else None

    def create(
        self, actor: Actor, scenario: Scenario, operations: Sequence[Operation] = (), *, key: str
    ) -> Scenario:
        """Save a new scenario with its first operations.

        Parameters
        ----------
        scenario : Scenario
            With id, name, parent, base, settings and moment of making; the rest follows from who
            asks and from the operations.
        operations : sequence of Operation
            The first follows ``scenario.base``, each other the one before it.
        key : str
            Names the request: with the same key it is done once, and answered alike.

        Raises
        ------
        PlannerError
            ``scenario_repeated``, ``scenario_unknown`` (the parent), ``operation_out_of_line``,
            ``save_key_reused``.
        """
        own = [replace(one, by=actor.name) for one in operations]
        made = scenarios.made(scenario, own, actor.name)
        asked = [made.name, made.parent, made.base, dict(made.settings)]
        request = Request(
            actor=actor,
            action="create",
            what="create",
            target=made.id,
            at=made.saved_at,
            key=key,
            content=[*asked, *map(scenarios.asked, own)],
        )
        return audit.saved(
            self.database, request, lambda link: scenarios.create(link, request, made, own)
        )

    def add(
        self, actor: Actor, scenario: str, operation: Operation, *, seen: int, key: str
    ) -> Scenario:
        """Save an operation after the head; what was undone can then no longer be redone.

        Parameters
        ----------
        seen : int
            Version of the scenario that the operation was made for.
        key : str
            Names the request: with the same key it is done once, and answered alike.

        Raises
        ------
        PlannerError
            ``scenario_unknown``, ``scenario_moved_on`` (by, at, version), ``save_key_reused``,
            ``operation_out_of_line``.
        """
        own = replace(operation, by=actor.name)
        request = Request(
            actor=actor,
            action="edit",
            what=own.kind,
            target=scenario,
            at=own.at,
            key=key,
            content=scenarios.asked(own),
        )
        return self._change(request, seen, lambda link, known: scenarios.add(link, known, own))

    def move(
        self, actor: Actor, scenario: str, head: str | None, *, seen: int, key: str, at: str
    ) -> Scenario:
        """Undo or redo: let the scenario stand after another operation between base and tip.

        Raises
        ------
        PlannerError
            See `add`; ``operation_out_of_line``: the operation is not between base and tip.
        """
        request = Request(
            actor=actor, action="edit", what="move", target=scenario, at=at, key=key, content=head
        )
        return self._change(request, seen, lambda link, known: scenarios.move(link, known, head))

    def change(  # noqa: PLR0913 -- who asks, and what may change
        self,
        actor: Actor,
        scenario: str,
        *,
        seen: int,
        key: str,
        at: str,
        name: str | None = None,
        archived: bool | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> Scenario:
        """Rename, archive or set a scenario; what is None stays.

        Raises
        ------
        PlannerError
            See `add`; ``text_unfit``: the name.
        """
        scenarios.require_text(name)
        given = {"name": name, "archived": archived, "settings": settings}
        new: dict[str, Any] = {what: value for what, value in given.items() if value is not None}
        request = Request(
            actor=actor,
            action="edit" if archived is None else "archive",
            what="change",
            target=scenario,
            at=at,
            key=key,
            content=new,
        )
        return self._change(request, seen, lambda _link, known: replace(known, **new))

    def draft(self, actor: Actor, scenario: str) -> Mapping[str, Any] | None:
        """Give what this person has not finished in a scenario."""
        request = Request(actor=actor, action="read", what="draft", target=scenario)
        audit.allow(self.database, request, "draft")
        with self.database.reading() as link:
            return drafts.draft_of(link, scenario, actor.name)

    def keep_draft(
        self, actor: Actor, scenario: str, content: Mapping[str, Any] | None, *, at: str
    ) -> None:
        """Keep what this person has not finished in a scenario; None: nothing is left.

        A draft is not part of the record: it is written over, and the log does not name it.

        Raises
        ------
        PlannerError
            ``scenario_unknown``.
        """
        request = Request(actor=actor, action="edit", what="draft", target=scenario, at=at)
        audit.allow(self.database, request, "draft")
        self.database.write(lambda link: drafts.put_draft(link, scenario, actor.name, content, at))

    def audit(self, actor: Actor) -> tuple[AuditEntry, ...]:
        """Give the log: every change, and every attempt of a role without the right to it."""
        request = Request(actor=actor, action="read", what="audit", target="")
        audit.allow(self.database, request, "audit")
        with self.database.reading() as link:
            return audit.entries(link)

    def reviews(self, actor: Actor) -> ReviewStore:
        """Give the events of reviews, asked for in somebody's name."""
        return ReviewStore(self.database, actor)

    def backup(self, actor: Actor, path: Path) -> Mapping[str, Content]:
        """Write everything into an archive (`parcels.storage.backup`); the same store, same bytes.

        Returns
        -------
        mapping of table to Content

        Raises
        ------
        PlannerError
            ``output_failed``.
        """
        request = Request(actor=actor, action="backup", what="backup", target=path.name)
        audit.allow(self.database, request, "store")
        with self.database.reading() as link:
            return write_backup(link, path)

    def restore(
        self, actor: Actor, path: Path, *, at: str, safety: Path | None = None
    ) -> Mapping[str, Content]:
        """Fill the store from a backup, all of it or nothing.

        An empty store becomes the one that was backed up, its log included. Where one is replaced,
        the log names that as its last line.

        Parameters
        ----------
        safety : Path, optional
            Replace what is there, after a backup of it into this file.

        Raises
        ------
        PlannerError
            See `parcels.storage.restore.restore`.
        """
        request = Request(actor=actor, action="restore", what="restore", target=path.name, at=at)
        audit.allow(self.database, request, "store")
        with self.database.writing() as link:
            contents = restore(link, path, safety)
            if safety is not None:
                audit.note(link, request, "store")
        return contents

    def verify(self) -> VerifyReport:
        """Read all of the store and say what is not as it must be (`parcels.storage.verify`)."""
        return verify(self.database)

    def _change(
        self, request: Request, seen: int, changed: Callable[[Link, Scenario], Scenario]
    ) -> Scenario:
        return audit.saved(
            self.database,
            request,
            lambda link: saving.change(link, request, seen, lambda known: changed(link, known)),
        )
