"""Tables of firms that users brought: kept in memory, found by a token nobody can guess."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

from parcels.permu.model import Answers

MOST_TABLES = 64
MOST_BYTES = 1 << 28
_TOKEN_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTable:
    """What is needed to read a table again.

    Attributes
    ----------
    title : str
        Name of the file as given.
    content : bytes
        The file; empty for a parcel set.
    set_token : str or None
        Of the parcel set whose attributes are the table.
    answers : Answers
        What the user settled.
    """

    title: str
    content: bytes = b""
    set_token: str | None = None
    answers: Answers = field(default_factory=Answers)


class TableStore:
    """Tables by token, bounded: the one that was asked for longest ago goes first."""

    def __init__(self, *, most_tables: int = MOST_TABLES, most_bytes: int = MOST_BYTES) -> None:
        self._most_tables = most_tables
        self._most_bytes = most_bytes
        self._tables: OrderedDict[str, KeptTable] = OrderedDict()
        self._lock = Lock()

    def keep(self, table: KeptTable, token: str | None = None) -> str:
        """Keep a table and return its token; with one, in place of what it named."""
        used = token or secrets.token_urlsafe(_TOKEN_BYTES)
        with self._lock:
            self._tables[used] = table
            self._tables.move_to_end(used)
            while len(self._tables) > 1 and self._is_full():
                self._tables.popitem(last=False)
        return used

    def find(self, token: str) -> KeptTable | None:
        """Return the table of a token; None: there is none, or no longer."""
        with self._lock:
            if token in self._tables:
                self._tables.move_to_end(token)
            return self._tables.get(token)

    def _is_full(self) -> bool:
        size = sum(len(one.content) for one in self._tables.values())
        return len(self._tables) > self._most_tables or size > self._most_bytes


TABLES = TableStore()
