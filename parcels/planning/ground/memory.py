"""What was judged already: kept by digest, bounded, for all threads."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from parcels.planning.conflicts.judging import Judged

MOST = 4_096


class Memory:
    """Verdicts by digest: the one that was asked for longest ago goes first."""

    def __init__(self, *, most: int = MOST) -> None:
        self._most = most
        self._held: OrderedDict[str, Judged] = OrderedDict()
        self._lock = Lock()

    def once(self, digest: str, judge: Callable[[], Judged]) -> Judged:
        """Return what is known under a digest, else judge; two threads may judge at a time."""
        with self._lock:
            known = self._held.get(digest)
            if known is not None:
                self._held.move_to_end(digest)
                return known
        found = judge()
        with self._lock:
            self._held[digest] = found
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return found
