"""Kept snapshots with their links, as the page 分享 lists them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parcels.clock import utc_now
from parcels.ui import cache, state

if TYPE_CHECKING:
    from parcels.snapshot.model import Snapshot
    from parcels.storage.shares import Share, ShareState
    from parcels.storage.snapshots import KeptSnapshot

_SHORT = 16  # digits of a digest in the address


@dataclass(frozen=True, kw_only=True, eq=False)
class Desk:
    """What somebody may see.

    Attributes
    ----------
    kept : tuple of KeptSnapshot
        The latest first.
    links : mapping of digest to tuple of Share
        The latest first.
    chosen : KeptSnapshot or None
        The one that the address names, else the latest.
    is_gone : bool
        The address names one that is not there.
    """

    kept: tuple[KeptSnapshot, ...]
    links: dict[str, tuple[Share, ...]]
    chosen: KeptSnapshot | None
    is_gone: bool

    @property
    def live(self) -> int:
        """How many links open now."""
        return sum(standing(one) == "open" for links in self.links.values() for one in links)


def desk_now() -> Desk:
    """Open the store and list what the person may see.

    Raises
    ------
    PlannerError
        What is wrong with the store.
    """
    store, actor = cache.store(), state.actor()
    kept = tuple(reversed(store.snapshots(actor)))
    links: dict[str, tuple[Share, ...]] = {}
    for one in reversed(store.shares(actor)):
        links[one.digest] = (*links.get(one.digest, ()), one)
    asked = state.param("snapshot") or ""
    named = next((one for one in kept if asked and one.digest.startswith(asked)), None)
    return Desk(
        kept=kept,
        links=links,
        chosen=named or next(iter(kept), None),
        is_gone=bool(asked) and named is None,
    )


def snapshot_of(digest: str) -> Snapshot:
    """Return the content of a kept snapshot; read again when another one is chosen."""
    return state.once(
        "share_snapshot", digest, lambda: cache.store().snapshot(state.actor(), digest)
    )


def standing(link: Share) -> ShareState:
    """Tell whether a link opens."""
    return link.state(utc_now())


def choose(digest: str | None) -> None:
    """Look at another snapshot from now on."""
    state.set_params(snapshot=digest[:_SHORT] if digest else None, lot=None, leaf=None)
