"""Reference layers in use: the operator's own, and those that users load, kept in memory."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

import shapely

from geo.errors import PlannerError
from layers.overlay_kinds import overlay_kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from layers.overlay import Overlay
    from parcels.settings import OverlaySetting

MOST_OVERLAYS = 64
MOST_BYTES = 1 << 30
_TOKEN_BYTES = 16
_VERTEX_BYTES = 16
_HELD = 6  # degrees, a few planes and an index over them
_CELL_BYTES = 64
_READERS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Configured:
    """The layers of the settings: those that could be read, and why the others could not.

    ``problems`` holds the kind of each layer that is missing now, and the error.
    """

    overlays: tuple[Overlay, ...] = ()
    problems: tuple[tuple[str, PlannerError], ...] = ()


class OverlayStore:
    """Layers by token, bounded: the one that was used longest ago goes first.

    Nothing is written to disk; a restart forgets all layers that users loaded.
    """

    def __init__(self, *, most: int = MOST_OVERLAYS, most_bytes: int = MOST_BYTES) -> None:
        self._most = most
        self._most_bytes = most_bytes
        self._held: OrderedDict[str, tuple[Overlay, int]] = OrderedDict()
        self._lock = Lock()

    def accept(self, overlay: Overlay) -> str:
        """Keep a layer and return the token that finds it again."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        with self._lock:
            self._held[token] = (overlay, _size(overlay))
            self._make_room()
        return token

    def find(self, token: str) -> Overlay | None:
        """Return a layer, None if the token is unknown or its layer had to go."""
        with self._lock:
            found = self._held.get(token)
            if found is None:
                return None
            self._held.move_to_end(token)
            return found[0]

    def drop(self, token: str) -> None:
        """Forget a layer."""
        with self._lock:
            self._held.pop(token, None)

    def _make_room(self) -> None:
        total = sum(size for _, size in self._held.values())
        while len(self._held) > 1 and (len(self._held) > self._most or total > self._most_bytes):
            _, (_, size) = self._held.popitem(last=False)
            total -= size


def by_kind(overlays: Iterable[Overlay]) -> dict[str, Overlay]:
    """Merge layers of one kind, in the order of the kinds.

    Raises
    ------
    PlannerError
        ``overlay_schemes_differ``.
    """
    from layers.overlay_merge import merged

    groups: dict[str, list[Overlay]] = {}
    for overlay in overlays:
        groups.setdefault(overlay.kind, []).append(overlay)
    return {kind: merged(groups[kind]) for kind in overlay_kinds() if kind in groups}


def read_configured(entries: Sequence[OverlaySetting]) -> Configured:
    """Read the layers of the settings, as far as they can be read.

    Parameters
    ----------
    entries : sequence of OverlaySetting
        With absolute paths.

    Returns
    -------
    Configured
        In the order of the settings. A layer whose codes are of another scheme than those of the
        layers of its kind before it is a problem too.
    """
    with ThreadPoolExecutor(_READERS) as readers:
        answers = list(readers.map(_read, entries))
    kept: list[Overlay] = []
    problems: list[tuple[str, PlannerError]] = []
    for entry, answer in zip(entries, answers, strict=True):
        if isinstance(answer, PlannerError):
            problems.append((entry.kind, answer))
            continue
        try:
            by_kind([*(one for one in kept if one.kind == entry.kind), answer])
        except PlannerError as error:
            problems.append((entry.kind, error))
            continue
        kept.append(answer)
    return Configured(overlays=tuple(kept), problems=tuple(problems))


def _read(entry: OverlaySetting) -> Overlay | PlannerError:
    from layers.overlay_read import read_overlay

    try:
        return read_overlay(entry.path, entry.path.name, entry.kind, stated=entry.stated())
    except PlannerError as error:
        return error


def _size(overlay: Overlay) -> int:
    """Count what a layer holds in memory, roughly and rather too much."""
    vertices = int(shapely.get_num_coordinates(overlay.shapes).sum())
    cells = len(overlay) * (2 + len(overlay.attributes))
    return _HELD * _VERTEX_BYTES * vertices + _CELL_BYTES * cells


OVERLAYS = OverlayStore()
"""The one store of the process; a layer is found by the session that loaded it."""
