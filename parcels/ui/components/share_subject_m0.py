"""What M0 方案 shares: the proposal as typed, its verdicts, and what was asked about it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from parcels.messages import text
from parcels.proposal.neighbours import PACKS
from parcels.snapshot.proposal.case import MixAsked, Place, Volumes
from parcels.snapshot.proposal.opening import proposal_case
from parcels.ui import state
from parcels.ui.components.m0_freedom import freedom
from parcels.ui.components.m0_massing_ground import outline_of
from parcels.ui.components.m0_mix_asked import asked_of
from parcels.ui.components.m0_neighbours import place_keys
from parcels.ui.components.m0_now import now
from parcels.ui.components.m0_remedy import ALL_PACKS, target_of
from parcels.ui.components.review_current import as_of, parcels_now
from parcels.ui.components.rules_now import book_on
from parcels.ui.components.share_subjects import Subject

if TYPE_CHECKING:
    from parcels.snapshot.proposal.case import ProposalCase
    from parcels.ui.components.m0_now import Now

_MODE = "show"  # in the address: what of the proposal is looked at


def subject(page: str) -> Subject:
    """Give the proposal that is worked on."""
    current = now()
    lang = current.lang
    return Subject(
        page=page,
        kind="proposal",
        title=current.proposal.title or text(lang, "ui.m0.untitled"),
        scopes={"all": text(lang, "ui.share.scope_proposal")},
        open=partial(_case, current),
    )


def _case(current: Now, _scope: str) -> ProposalCase:
    """Take verdicts, changes and volumes; best mix and surroundings where they are looked at."""
    mode, target = state.param(_MODE), target_of(current)
    ground = outline_of(current.draft.fields.get("parcel", ""))
    return proposal_case(
        current.draft,
        current.book,
        freedom=freedom(),
        targets=None if target == ALL_PACKS else (target,),
        mix=_mix(current) if mode == "mix" else None,
        volumes=Volumes(outline=ground.outline, note=ground.note(current.lang)),
        place=_place(current) if mode == "place" else None,
    )


def _mix(current: Now) -> MixAsked:
    packs = [pack.id for pack in current.book.packs]
    asked = asked_of(current.proposal, current.book, packs)
    return MixAsked(goal=asked.goal, hold=asked.hold, packs=asked.packs, keep=asked.keep)


def _place(current: Now) -> Place:
    parcels = parcels_now()
    named = state.param("parcel") or current.draft.fields.get("parcel", "")
    return Place(
        parcels=parcels,
        at=place_keys(parcels).get(named),
        book=book_on(as_of(), PACKS),
        overlays=state.overlays(),
    )
