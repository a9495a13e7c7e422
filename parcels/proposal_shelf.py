"""Proposals that people type: kept in memory, found by a token nobody can guess."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcels.token_shelf import TokenShelf

if TYPE_CHECKING:
    from parcels.proposal.draft import Draft

MOST_DRAFTS = 1_000
MOST_CHARACTERS = 1 << 26


def shelf(*, most: int = MOST_DRAFTS, most_characters: int = MOST_CHARACTERS) -> TokenShelf[Draft]:
    """Make a shelf for drafts."""
    return TokenShelf(_size, most=most, most_size=most_characters)


def _size(draft: Draft) -> int:
    """Count the characters of a draft."""
    rows = (draft.fields, *draft.floors)
    return len(draft.note) + sum(
        len(name) + len(typed) for row in rows for name, typed in row.items()
    )


DRAFTS = shelf()
