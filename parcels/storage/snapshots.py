"""Snapshots as rows: the canonical bytes, compressed, under the digest of their content."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from geo.errors import PlannerError
from parcels.snapshot.canonical import canonical_bytes
from parcels.snapshot.model import Snapshot
from parcels.storage.rows import unzipped, zipped
from parcels.storage.scenarios import require_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Row, Select

    from parcels.storage.access import Actor, Object
    from parcels.storage.database import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSnapshot:
    """What a list says of a snapshot.

    Attributes
    ----------
    digest : str
        SHA-256 of its content.
    kind, level, title, made_at, made_by : str
        As its content says.
    rests_on : str or None
        Digest of the internal snapshot that a reduced one was made from.
    owner : str
        Who had it kept.
    kept_at : str
        UTC.
    bytes : int
        Of the canonical content.
    """

    digest: str
    kind: str
    level: str
    title: str
    made_at: str
    made_by: str
    rests_on: str | None
    owner: str
    kept_at: str
    bytes: int


_LISTED = KeptSnapshot.__slots__


def row_of(snapshot: Snapshot, owner: str, at: str) -> dict[str, Any]:
    """Give the columns of a snapshot.

    Raises
    ------
    PlannerError
        ``snapshot_not_sealed``: its digest is not that of its content. ``text_unfit``.
    """
    content = snapshot.content
    try:
        raw = canonical_bytes(content)
    except UnicodeEncodeError as error:
        unfit = str(error.object)[error.start - 10 if error.start > 10 else 0 : error.end]  # noqa: PLR2004
        raise PlannerError("text_unfit", value=unfit.encode(errors="replace").decode()) from error
    if sha256(raw).hexdigest() != snapshot.digest:
        raise PlannerError("snapshot_not_sealed", digest=snapshot.digest[:8])
    require_text(content["title"])
    require_text(content["made"].get("by"))
    return {
        "digest": snapshot.digest,
        "kind": content["kind"],
        "level": content["level"],
        "title": content["title"],
        "made_at": content["made"]["at"],
        "made_by": content["made"].get("by", ""),
        "rests_on": content["rests_on"],
        "owner": owner,
        "kept_at": at,
        "bytes": len(raw),
        "content": zipped(raw),
    }


def put(link: Link, row: dict[str, Any]) -> KeptSnapshot:
    """Keep a snapshot once: the same content is the same snapshot, whoever keeps it again."""
    kept = known(link, row["digest"])
    if kept is None:
        link.connection.execute(link.tables.snapshot.insert().values(row))
        kept = KeptSnapshot(**{name: row[name] for name in _LISTED})
    return kept


def every(link: Link) -> Iterator[KeptSnapshot]:
    """Read what lists say, in the order in which snapshots were kept."""
    asked = _listed(link).order_by(link.tables.snapshot.c.number)
    yield from map(_read, link.connection.execute(asked))


def known(link: Link, digest: str) -> KeptSnapshot | None:
    """Read what lists say of one."""
    table = link.tables.snapshot
    row = link.connection.execute(_listed(link).where(table.c.digest == digest)).first()
    return None if row is None else _read(row)


def find(link: Link, digest: str) -> KeptSnapshot:
    """Read what lists say of one.

    Raises
    ------
    PlannerError
        ``snapshot_unknown``.
    """
    kept = known(link, digest)
    if kept is None:
        raise PlannerError("snapshot_unknown", value=digest[:8])
    return kept


def content_of(link: Link, digest: str) -> Snapshot:
    """Read a snapshot.

    Raises
    ------
    PlannerError
        ``snapshot_unknown``; ``snapshot_damaged``: what is kept is not what the digest is of.
    """
    from sqlalchemy import select

    table = link.tables.snapshot
    kept = link.connection.execute(select(table.c.content).where(table.c.digest == digest)).scalar()
    if kept is None:
        raise PlannerError("snapshot_unknown", value=digest[:8])
    if not is_whole(kept, digest):
        raise PlannerError("snapshot_damaged", value=digest[:8])
    return Snapshot(content=json.loads(unzipped(kept)), digest=digest)


def is_whole(kept: bytes, digest: str) -> bool:
    """Tell whether what is kept is what the digest is of."""
    try:
        return sha256(unzipped(kept)).hexdigest() == digest
    except ValueError:
        return False


def drop(link: Link, digest: str) -> None:
    """Forget a snapshot, those made from it for other levels, and every link to them."""
    snapshot, share = link.tables.snapshot, link.tables.share
    mine = (snapshot.c.digest == digest) | (snapshot.c.rests_on == digest)
    gone = [one.digest for one in link.connection.execute(_listed(link).where(mine))]
    linked = share.c.digest.in_(gone) | share.c.source.in_(gone)
    link.connection.execute(share.delete().where(linked))
    link.connection.execute(snapshot.delete().where(snapshot.c.digest.in_(gone)))


def object_of(kept: KeptSnapshot, actor: Actor) -> Object:
    """Tell one's own snapshot from those of others."""
    return "snapshot" if kept.owner == actor.name else "others_snapshot"


def _listed(link: Link) -> Select[Any]:
    from sqlalchemy import select

    table = link.tables.snapshot
    return select(*(table.c[name] for name in _LISTED))


def _read(row: Row[Any]) -> KeptSnapshot:
    return KeptSnapshot(**row._mapping)  # noqa: SLF001 -- public in spite of its name
