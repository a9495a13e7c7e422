"""What the store does with snapshots and links, asked for in somebody's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.errors import PlannerError
from parcels.storage import audit, shares, snapshots
from parcels.storage.access import may, require
from parcels.storage.saving import Request
from parcels.storage.shares import Share

if TYPE_CHECKING:
    from datetime import date

    from parcels.snapshot.model import Level, Snapshot
    from parcels.storage.access import Action, Actor, Object
    from parcels.storage.database import Database, Link
    from parcels.storage.snapshots import KeptSnapshot


class SnapshotShelf:
    """The part of a store that holds snapshots; roles and promises are those of `Store`.

    Parameters
    ----------
    database : Database
    """

    def __init__(self, database: Database) -> None:
        self.database = database

    def keep_snapshot(self, actor: Actor, snapshot: Snapshot, *, at: str) -> KeptSnapshot:
        """Keep a snapshot; one that is there already stays its first keeper's.

        Raises
        ------
        PlannerError
            ``snapshot_not_sealed``, ``text_unfit``.
        """
        row = snapshots.row_of(snapshot, actor.name, at)
        request = _request(actor, "create", "keep", snapshot.digest, at)

        def work(link: Link) -> KeptSnapshot:
            require(actor, "create", "snapshot")
            if snapshots.known(link, snapshot.digest) is None:
                audit.note(link, request, "snapshot")
            return snapshots.put(link, row)

        return audit.saved(self.database, request, work)

    def snapshots(self, actor: Actor) -> tuple[KeptSnapshot, ...]:
        """Give what is kept, the first first, and what of it was made for other levels."""
        with self.database.reading() as link:
            found = tuple(snapshots.every(link))
        return tuple(
            one for one in found if may(actor.role, "read", snapshots.object_of(one, actor))
        )

    def snapshot(self, actor: Actor, digest: str) -> Snapshot:
        """Give a snapshot with its content.

        Raises
        ------
        PlannerError
            ``snapshot_unknown``, ``snapshot_damaged``.
        """
        with self.database.reading() as link:
            require(actor, "read", snapshots.object_of(snapshots.find(link, digest), actor))
            return snapshots.content_of(link, digest)

    def share(
        self,
        actor: Actor,
        digest: str,
        level: Level,
        *,
        token: str,
        until: date,
        at: str,
        key: str,
    ) -> Share:
        """Make a link to a snapshot, reduced to a level; the reduced one is kept as well.

        Parameters
        ----------
        digest : str
            Of an internal snapshot, or of one that has the level.
        token : str
            From `parcels.storage.shares.new_token`; the store keeps its hash alone.
        until : date
            Last day, by the clock of Beijing; at most 366 days from now.
        key : str
            Names the request: with the same key and token it is done once, and answered alike.

        Raises
        ------
        PlannerError
            ``snapshot_unknown``, ``snapshot_damaged``, ``share_until``, ``save_key_reused`` and
            those of `parcels.snapshot.levels.reduced`.
        """
        request = Request(
            actor=actor,
            action="share",
            what=level,
            target=digest,
            at=at,
            key=key,
            content=[level, until.isoformat(), shares.token_hash(token)],
        )
        row = self._reduced(request, level, until)

        def work(link: Link) -> Share:
            kept = snapshots.find(link, digest)
            earlier = shares.answered(link, request)
            if earlier is not None or row is None:
                return earlier or shares.find(link, shares.share_id(token))
            share = Share(
                id=shares.share_id(token),
                digest=snapshots.put(link, row | {"owner": kept.owner}).digest,
                source=digest,
                level=level,
                made_at=at,
                made_by=actor.name,
                until=until,
            )
            audit.note(link, request, snapshots.object_of(kept, actor))
            return shares.put(link, share, token, request)

        return audit.saved(self.database, request, work)

    def _reduced(self, request: Request, level: Level, until: date) -> dict[str, Any] | None:
        """Give the row of the snapshot that a link is to show; None: the link is there already.

        It may take seconds, so nobody waits for it: it is made before the store is locked.
        """
        from parcels.snapshot.levels import reduced

        with self.database.reading() as link:
            kept = snapshots.find(link, request.target)
        for on in _shared_objects(request.actor, kept, level):
            audit.allow(self.database, request, on)
        with self.database.reading() as link:
            if shares.answered(link, request) is not None:
                return None
            shares.require_until(until, request.at)
            whole = snapshots.content_of(link, request.target)
        return snapshots.row_of(reduced(whole, level), kept.owner, request.at)

    def shares(self, actor: Actor, digest: str | None = None) -> tuple[Share, ...]:
        """Give the links to a snapshot, or all, revoked ones too, the first first."""
        with self.database.reading() as link:
            readable = {
                one.digest
                for one in snapshots.every(link)
                if may(actor.role, "read", snapshots.object_of(one, actor))
            }
            return tuple(
                one
                for one in shares.every(link)
                if one.source in readable and digest in {None, one.source, one.digest}
            )

    def revoke(self, actor: Actor, share: str, *, at: str) -> Share:
        """Close a link for good, at once and wherever it is served; a closed one stays closed.

        Raises
        ------
        PlannerError
            ``share_unknown``.
        """
        request = _request(actor, "revoke", "revoke", share, at)

        def work(link: Link) -> Share:
            found = shares.find(link, share)
            own = snapshots.object_of(snapshots.find(link, found.source), actor)
            require(actor, "revoke", own)
            if found.revoked_at is None:
                shares.revoke(link, share, actor.name, at)
                audit.note(link, request, own)
            return shares.find(link, share)

        return audit.saved(self.database, request, work)

    def drop_snapshot(self, actor: Actor, digest: str, *, at: str) -> None:
        """Forget a snapshot, those made from it for other levels, and every link to them.

        Raises
        ------
        PlannerError
            ``snapshot_unknown``.
        """
        request = _request(actor, "drop", "drop", digest, at)

        def work(link: Link) -> None:
            own = snapshots.object_of(snapshots.find(link, digest), actor)
            require(actor, "drop", own)
            snapshots.drop(link, digest)
            audit.note(link, request, own)

        audit.saved(self.database, request, work)

    def live_share(self, token: str, now: str) -> Share | None:
        """Find the link of a token that opens now; None, whatever the reason that it does not."""
        with self.database.reading() as link:
            found = shares.of_token(link, token)
        return found if found is not None and found.state(now) == "open" else None

    def opened_share(self, token: str, now: str) -> Snapshot | None:
        """Give the snapshot that a link shows; None: unknown, revoked, ended or damaged alike.

        Whoever holds the token reads it: no name, no role, and nothing is kept of the reading.
        """
        found = self.live_share(token, now)
        if found is None:
            return None
        try:
            with self.database.reading() as link:
                return snapshots.content_of(link, found.digest)
        except PlannerError as error:
            if error.code not in {"snapshot_unknown", "snapshot_damaged"}:
                raise
            return None


def _shared_objects(actor: Actor, kept: KeptSnapshot, level: Level) -> tuple[Object, ...]:
    own = snapshots.object_of(kept, actor)
    return (own, "public_snapshot") if level == "public" else (own,)


def _request(actor: Actor, action: Action, what: str, target: str, at: str) -> Request:
    return Request(actor=actor, action=action, what=what, target=target, at=at)
