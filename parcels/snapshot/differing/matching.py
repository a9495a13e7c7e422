"""Which parcel of one snapshot is which of the other."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import shapely

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Entries = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Positions: the same parcel in both, only before, only after.

    ``renumbered`` counts pairs that were found by their outline, under another id.
    """

    pairs: tuple[tuple[int, int], ...]
    gone: tuple[int, ...]
    new: tuple[int, ...]
    renumbered: int = 0


def match_parcels(before: Entries, after: Entries) -> Match:
    """Pair the parcels: by id, then by equal outline, then by key.

    An id counts where it stands once in both; a key that is the number in its file says less than
    an outline. An outline is equal from whichever point and in whichever direction it begins.
    """
    pairs: dict[int, int] = {}
    _pair(before, after, pairs, lambda one: one.get("id") or None)
    by_id = len(pairs)
    _pair(before, after, pairs, _outline)
    by_outline = len(pairs) - by_id
    _pair(before, after, pairs, lambda one: one["key"])
    taken = set(pairs.values())
    return Match(
        pairs=tuple(sorted(pairs.items())),
        gone=tuple(at for at in range(len(before)) if at not in pairs),
        new=tuple(at for at in range(len(after)) if at not in taken),
        renumbered=by_outline,
    )


def _pair(
    before: Entries,
    after: Entries,
    pairs: dict[int, int],
    name: Callable[[Mapping[str, Any]], str | None],
) -> None:
    """Add pairs of those that are left and have the same name, if it names one of each."""
    taken = set(pairs.values())
    left = _once([(name(one), at) for at, one in enumerate(before) if at not in pairs])
    right = _once([(name(one), at) for at, one in enumerate(after) if at not in taken])
    pairs.update({at: right[named] for named, at in left.items() if named in right})


def _once(named: Sequence[tuple[str | None, int]]) -> dict[str, int]:
    counted = Counter(name for name, _ in named)
    return {name: at for name, at in named if name is not None and counted[name] == 1}


def _outline(entry: Mapping[str, Any]) -> str | None:
    drawn = entry.get("shape")
    if drawn is None:
        return None
    shape = shapely.from_geojson(json.dumps(drawn), on_invalid="ignore")
    return None if shape is None else str(shapely.to_wkb(shapely.normalize(shape), hex=True))
