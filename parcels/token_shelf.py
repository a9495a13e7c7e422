"""Things that users brought: kept in memory, found by a token nobody can guess."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
_TOKEN_BYTES = 16


class TokenShelf(Generic[T]):
    """Things by token, bounded: the one that was asked for longest ago goes first.

    Parameters
    ----------
    size_of : callable
        Size of one thing.
    most : int
        How many things are held.
    most_size : int
        Sizes of all of them together; the last one is held whatever its size.
    """

    def __init__(self, size_of: Callable[[T], int], *, most: int, most_size: int) -> None:
        self._size_of = size_of
        self._most = most
        self._most_size = most_size
        self._held: OrderedDict[str, tuple[T, int]] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def keep(self, thing: T, token: str | None = None) -> str:
        """Keep a thing and return its token; with one, in place of what it named."""
        used = token or secrets.token_urlsafe(_TOKEN_BYTES)
        size = self._size_of(thing)
        with self._lock:
            self._size += size - self._held.pop(used, (thing, 0))[1]
            self._held[used] = (thing, size)
            while len(self._held) > 1 and self._is_full():
                self._size -= self._held.popitem(last=False)[1][1]
        return used

    def find(self, token: str) -> T | None:
        """Return the thing of a token; None: there is none, or no longer."""
        with self._lock:
            if token not in self._held:
                return None
            self._held.move_to_end(token)
            return self._held[token][0]

    def drop(self, token: str) -> None:
        """Forget the thing of a token, if there is one."""
        with self._lock:
            self._size -= self._held.pop(token, (None, 0))[1]

    def _is_full(self) -> bool:
        return len(self._held) > self._most or self._size > self._most_size
