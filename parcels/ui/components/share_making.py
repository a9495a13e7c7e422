"""Making a snapshot, its links and its files, in the name of who uses the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from parcels import VERSION
from parcels.clock import utc_now
from parcels.jobs import job
from parcels.jobs.making import make
from parcels.snapshot.building import Head, build
from parcels.snapshot.model import seal
from parcels.snapshot.writers import settled
from parcels.storage.shares import new_token
from parcels.ui import cache, share_state, state
from parcels.ui.components.share_copy import link_address, live_address
from parcels.ui.components.share_outputs import file_name, is_long

if TYPE_CHECKING:
    from datetime import date

    from parcels.jobs.wish import Wish
    from parcels.snapshot.model import Level, Snapshot
    from parcels.ui.components.share_outputs import Offer
    from parcels.ui.components.share_subjects import Subject


def base_of(subject: Subject, scope: str, lang: state.Lang) -> Snapshot:
    """Build the internal snapshot of what a page shows."""
    view = state.view()
    head = Head(
        title=subject.title,
        lang=lang,
        at=utc_now(),
        by=state.actor().name,
        app=VERSION,
        view={
            "address": live_address(subject.page),
            "map": [view.lat, view.lng, view.zoom] if view else None,
            "chosen": subject.chosen,
        },
    )
    return build(subject.kind, subject.open(scope), head)


def titled(base: Snapshot, title: str) -> Snapshot:
    """Give a snapshot its title and the moment at which somebody asked for it."""
    made = {**base.content["made"], "at": utc_now()}
    return seal({**base.content, "title": title, "made": made})


def reduce_to(base: Snapshot, level: Level) -> Snapshot:
    """Return what leaves the house at a level."""
    from parcels.snapshot.levels import reduced

    return reduced(base, level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fulfilled:
    """A file that is there."""

    content: bytes
    name: str


def fulfilled(snapshot: Snapshot, offer: Offer) -> Fulfilled | None:
    """Make a file; one that takes long is made in a process of its own and None is returned."""
    name = file_name(snapshot, offer.name, offer.wish.suffix)
    if not is_long(snapshot, offer.wish):
        return Fulfilled(content=make(settled(snapshot), offer.wish, _unheard), name=name)
    start_job(snapshot, offer.wish, f"{offer.label} {snapshot.content['title']}", name)
    return None


def start_job(snapshot: Snapshot, wish: Wish, title: str, file_name: str) -> None:
    """Let a file be made in a process of its own; `share_jobs` tells how far it is."""
    share_state.keep_job(job.start(snapshot, wish, title=title, file_name=file_name))


def _unheard(_done: int, _total: int) -> None:
    """Hear of the steps of a file that is there at once."""


def keep(*snapshots: Snapshot) -> None:
    """Keep snapshots in the store; one that is kept already stays as it is."""
    store, actor = cache.store(), state.actor()
    for one in {one.digest: one for one in snapshots}.values():
        store.keep_snapshot(actor, one, at=utc_now())


def link(digest: str, level: Level, until: date) -> str:
    """Make a link to a kept snapshot and return its address, which nobody else keeps."""
    token = new_token()
    share = cache.store().share(
        state.actor(), digest, level, token=token, until=until, at=utc_now(), key=uuid4().hex
    )
    address = link_address(token)
    share_state.keep_link(share.id, address)
    return address
