"""The proposal that a session works on: an example, or a draft that the address names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parcels.proposal.document.drafting import put_changes
from parcels.proposal.document.examples import examples
from parcels.proposal_shelf import DRAFTS
from parcels.ui import state

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcels.proposal.draft import Draft
    from parcels.proposal.model import Change

FIRST = "demo"
_TOKEN, _EXAMPLE = "proposal", "example"  # in the address
_OWN, _HELD, _UNDO = "m0_own", "m0_held", "m0_undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A draft in this session.

    Attributes
    ----------
    token : str or None
        Names it in the address; None: an example as it is delivered.
    example : str
        Id of that example; "" for a draft.
    is_gone : bool
        The address names a draft that is no longer kept: the first example stands in.
    """

    draft: Draft
    token: str | None = None
    example: str = ""
    is_gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """The way back after something changed the draft as one step.

    Attributes
    ----------
    said : str
        What was done, in words of the language of then.
    after : Draft
        With any other draft the way back is gone.
    before : Held
    """

    said: str
    before: Held
    after: Draft


def held_draft() -> Held:
    """Return what the address names, else the first example."""
    token = state.param(_TOKEN)
    if token:
        kept = state.recall(_HELD)
        draft = DRAFTS.find(token) or (kept[1] if kept and kept[0] == token else None)
        if draft is not None:
            return Held(draft=draft, token=token)
    named = state.param(_EXAMPLE) or FIRST
    example = named if named in examples() else FIRST
    return Held(draft=examples()[example].draft, example=example, is_gone=bool(token))


def editing() -> Held:
    """Return the draft that a callback changes: the last one, also while the address is older."""
    state.hold_params()
    return held_draft()


def put(draft: Draft) -> None:
    """Work on a changed draft from now on; a draft that another session made is left to it."""
    token = state.kept_param(_TOKEN)
    own = state.recall(_OWN, ())
    used = DRAFTS.keep(draft, token if token in own else None)
    if used not in own:
        state.remember(_OWN, (*own, used))
    state.remember(_HELD, (used, draft))
    state.set_params(**{_TOKEN: used, _EXAMPLE: None})


def put_new(draft: Draft, said: str) -> None:
    """Work on another draft from now on, kept beside the one before."""
    before = editing()
    state.set_params(**{_TOKEN: None})
    put(draft)
    state.remember(_UNDO, Undo(said=said, before=before, after=draft))


def put_step(draft: Draft, said: str) -> None:
    """Change the draft as one step that can be taken back."""
    before = editing()
    put(draft)
    state.remember(_UNDO, Undo(said=said, before=before, after=draft))


def apply_changes(changes: Iterable[Change], said: str) -> None:
    """Write changed quantities into the draft as one step."""
    put_step(put_changes(editing().draft, changes), said)


def open_example(example: str, said: str) -> None:
    """Show an example; the draft before stays where its address leads."""
    before = editing()
    state.set_params(**{_TOKEN: None, _EXAMPLE: None if example == FIRST else example})
    state.remember(_UNDO, Undo(said=said, before=before, after=examples()[example].draft))


def way_back() -> Undo | None:
    """Return how the last step is taken back; None: the draft has changed since."""
    undo: Undo | None = state.recall(_UNDO)
    return undo if undo is not None and undo.after == held_draft().draft else None


def take_back() -> None:
    """Return to the draft before the last step."""
    undo = way_back()
    if undo is None:
        state.hold_params()
        return
    before = undo.before
    if before.token is None:
        example = None if before.example == FIRST else before.example
        state.set_params(**{_TOKEN: None, _EXAMPLE: example})
    else:
        state.set_params(**{_TOKEN: before.token, _EXAMPLE: None})
        put(before.draft)
    state.remember(_UNDO, None)
