"""Proposals that people type: kept in memory, found by a token nobody can guess."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parcels.proposal.draft import Draft

MOST_DRAFTS = 1_000
MOST_CHARACTERS = 1 << 26
_TOKEN_BYTES = 16


class DraftStore:
    """Drafts by token, bounded: the one that was asked for longest ago goes first."""

    def __init__(
        self, *, most_drafts: int = MOST_DRAFTS, most_characters: int = MOST_CHARACTERS
    ) -> None:
        self._most_drafts = most_drafts
        self._most_characters = most_characters
        self._drafts: OrderedDict[str, tuple[Draft, int]] = OrderedDict()
        self._characters = 0
        self._lock = Lock()

    def keep(self, draft: Draft, token: str | None = None) -> str:
        """Keep a draft and return its token; with one, in place of what it named."""
        used = token or secrets.token_urlsafe(_TOKEN_BYTES)
        with self._lock:
            self._characters -= self._drafts.pop(used, (draft, 0))[1]
            size = _size(draft)
            self._drafts[used] = (draft, size)
            self._characters += size
            while len(self._drafts) > 1 and self._is_full():
                self._characters -= self._drafts.popitem(last=False)[1][1]
        return used

    def find(self, token: str) -> Draft | None:
        """Return the draft of a token; None: there is none, or no longer."""
        with self._lock:
            if token not in self._drafts:
                return None
            self._drafts.move_to_end(token)
            return self._drafts[token][0]

    def _is_full(self) -> bool:
        return len(self._drafts) > self._most_drafts or self._characters > self._most_characters


def _size(draft: Draft) -> int:
    """Count the characters of a draft."""
    rows = (draft.fields, *draft.floors)
    return len(draft.note) + sum(
        len(name) + len(typed) for row in rows for name, typed in row.items()
    )


DRAFTS = DraftStore()
