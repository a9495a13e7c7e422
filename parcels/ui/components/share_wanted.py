"""What somebody asks for in the dialog: an output, and until when a link opens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from parcels.clock import utc_now
from parcels.messages import text
from parcels.storage.access import may
from parcels.storage.shares import day_of, default_until, last_until
from parcels.storage.snapshots import object_of
from parcels.ui import state
from parcels.ui.components.share_outputs import LINK, Offer, usual_offers
from parcels.ui.markup import literal, tag

if TYPE_CHECKING:
    from datetime import date

    from parcels.snapshot.model import KindName, Level, Snapshot
    from parcels.storage.snapshots import KeptSnapshot

_OUTPUT, _UNTIL = "share_output", "share_until"
_WIDTH = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One request.

    Attributes
    ----------
    base : Snapshot
        Internal, of what the page shows.
    offer : Offer or None
        The file; None: a link.
    until : date or None
        Last day of the link.
    """

    base: Snapshot
    title: str
    level: Level
    offer: Offer | None
    until: date | None = None

    @property
    def version(self) -> tuple[object, ...]:
        """Tell two requests apart."""
        output = self.offer.name if self.offer else LINK
        return self.base.digest, self.title, self.level, output, self.until


def choose_output(kind: KindName, level: Level) -> Offer | None:
    """Ask what the snapshot becomes: None stands for a link."""
    lang = state.lang()
    files = usual_offers(kind, level)
    labels = {name: one.label for name, one in files.items()}
    if may_link(level):
        labels = {LINK: text(lang, "ui.share.output_link"), **labels}
    chosen: str = st.pills(
        text(lang, "ui.share.output"),
        list(labels),
        default=next(iter(labels)),
        required=True,
        format_func=lambda name: literal(labels[name]),
        key=f"{_OUTPUT}_{kind}_{level}",
    )
    if not may_link(level):
        role = text(lang, f"access.role.{state.actor().role}")
        st.html(tag("p", text(lang, "ui.share.may_not_share", role=role), cls="pl-note pl-muted"))
    return files.get(chosen)


def choose_until(key: str) -> date:
    """Ask for the last day of a link: there is none without an end."""
    lang, now = state.lang(), utc_now()
    usual, last = default_until(now), last_until(now)
    chosen: date | None = st.date_input(
        text(lang, "ui.share.until"),
        value=usual,
        min_value=day_of(now),
        max_value=last,
        format="YYYY-MM-DD",
        help=text(lang, "ui.share.until_most", last=last.isoformat()),
        key=f"{_UNTIL}_{key}",
        width=_WIDTH,
    )
    return chosen or usual


def may_link(level: Level, kept: KeptSnapshot | None = None) -> bool:
    """Whether who uses the page may make a link of a level: to a new snapshot, or to a kept one."""
    actor = state.actor()
    on = "snapshot" if kept is None else object_of(kept, actor)
    public = level != "public" or may(actor.role, "share", "public_snapshot")
    return public and may(actor.role, "share", on)
