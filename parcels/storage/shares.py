"""Links to snapshots: an address nobody can guess, an end, and nothing about who reads."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Literal

from geo.errors import PlannerError
from parcels.snapshot.sharing.lists import sharing_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.snapshot.model import Level
    from parcels.storage.database import Link
    from parcels.storage.saving import Request

ShareState = Literal["open", "ended", "revoked"]
TOKEN_BYTES = 16
_ID_DIGITS = 32
_BEIJING = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A link.

    Attributes
    ----------
    id : str
        Names it in lists and in the log; opens nothing.
    digest : str
        Of the snapshot that it shows.
    source : str
        Digest of the snapshot that was shared, from which that one was made for the level.
    level : Level
    made_at, made_by : str
    until : date
        The last day on which it opens, by the clock of Beijing.
    revoked_at, revoked_by : str or None
    """

    id: str
    digest: str
    source: str
    level: Level
    made_at: str
    made_by: str
    until: date
    revoked_at: str | None = None
    revoked_by: str | None = None

    def state(self, now: str) -> ShareState:
        """Tell whether it opens at a moment (UTC, ISO 8601)."""
        if self.revoked_at is not None:
            return "revoked"
        return "open" if day_of(now) <= self.until else "ended"


_COLUMNS = Share.__slots__


def new_token() -> str:
    """Return 128 bits that nobody can guess; for the shell, which shows them once."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> str:
    """Give what the store keeps of a token."""
    return sha256(token.encode(errors="replace")).hexdigest()


def share_id(token: str) -> str:
    """Give the name of a token's link: it opens nothing."""
    return token_hash(token)[:_ID_DIGITS]


def day_of(at: str) -> date:
    """Give the day of a moment in Beijing."""
    return datetime.fromisoformat(at).astimezone(_BEIJING).date()


def default_until(at: str) -> date:
    """Give the last day of a link that is made now and for which nobody says otherwise."""
    return day_of(at) + timedelta(days=_days("default_days"))


def last_until(at: str) -> date:
    """Give the last day that a link made now may have."""
    return day_of(at) + timedelta(days=_days("longest_days"))


def require_until(until: date, at: str) -> None:
    """Refuse an end that is over, or too far away.

    Raises
    ------
    PlannerError
        ``share_until``. Values: ``value``, ``first``, ``last``.
    """
    first, last = day_of(at), last_until(at)
    if not first <= until <= last:
        days = {"first": first.isoformat(), "last": last.isoformat()}
        raise PlannerError("share_until", value=until.isoformat(), **days)


def answered(link: Link, request: Request) -> Share | None:
    """Give the link that the first request with this key made; None: it is the first.

    Raises
    ------
    PlannerError
        ``save_key_reused``.
    """
    from sqlalchemy import select

    table = link.tables.share
    row = link.connection.execute(select(table).where(table.c.key == request.key)).first()
    if row is None:
        return None
    if row.asked != request.digest:
        raise PlannerError("save_key_reused", value=request.key)
    return _read(row._mapping)  # noqa: SLF001 -- public in spite of its name


def put(link: Link, share: Share, token: str, request: Request) -> Share:
    """Keep a link; of its token the hash."""
    values = {name: getattr(share, name) for name in _COLUMNS} | {
        "until": share.until.isoformat(),
        "token_hash": token_hash(token),
        "key": request.key,
        "asked": request.digest,
    }
    link.connection.execute(link.tables.share.insert().values(values))
    return share


def every(link: Link) -> Iterator[Share]:
    """Read all links in the order in which they were made."""
    from sqlalchemy import select

    table = link.tables.share
    for row in link.connection.execute(select(table).order_by(table.c.number)).mappings():
        yield _read(row)


def find(link: Link, name: str) -> Share:
    """Read a link by its id.

    Raises
    ------
    PlannerError
        ``share_unknown``.
    """
    from sqlalchemy import select

    table = link.tables.share
    row = link.connection.execute(select(table).where(table.c.id == name)).mappings().first()
    if row is None:
        raise PlannerError("share_unknown", value=name)
    return _read(row)


def of_token(link: Link, token: str) -> Share | None:
    """Find a link by the hash of its token; the same look-up whether there is one or not."""
    from sqlalchemy import select

    table = link.tables.share
    mine = table.c.token_hash == token_hash(token)
    row = link.connection.execute(select(table).where(mine)).mappings().first()
    return None if row is None else _read(row)


def revoke(link: Link, name: str, by: str, at: str) -> None:
    """Close a link for good."""
    table = link.tables.share
    mine = (table.c.id == name) & table.c.revoked_at.is_(None)
    link.connection.execute(table.update().where(mine).values(revoked_at=at, revoked_by=by))


def _read(row: Any) -> Share:
    values = {name: row[name] for name in _COLUMNS}
    return Share(**values | {"until": date.fromisoformat(row["until"])})


def _days(name: str) -> int:
    days: int = sharing_rules()["links"][name]
    return days
