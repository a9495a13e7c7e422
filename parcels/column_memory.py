"""Which column holds what, as users said it for tables with the same columns."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_TABLES = 500


class ColumnMemory:
    """Role to column by the signature of a table's columns; the longest unused make room."""

    def __init__(self, most_tables: int = MOST_TABLES) -> None:
        self._most_tables = most_tables
        self._known: OrderedDict[str, dict[str, str]] = OrderedDict()
        self._lock = Lock()

    def learn(self, signature: str, columns: Mapping[str, str]) -> None:
        """Remember what a user said."""
        with self._lock:
            self._known[signature] = dict(columns)
            self._known.move_to_end(signature)
            while len(self._known) > self._most_tables:
                self._known.popitem(last=False)

    def recall(self, signature: str) -> dict[str, str] | None:
        """Return what was said of a table with these columns, None if nobody did."""
        with self._lock:
            if signature not in self._known:
                return None
            self._known.move_to_end(signature)
            return dict(self._known[signature])


COLUMNS = ColumnMemory()
"""The one memory of a process."""
