"""Leaving out everything of a content that no list names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from parcels.snapshot.sharing.lists import personal_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcels.snapshot.sharing.lists import Branch, LeafKind, LeavingList, Steps

_STAYS = object()
_PLAIN = (str, bool, int, float)
Slot = tuple[dict[str, Any], str]
"""A mapping, and the key in it under which something stands."""


def pruned(content: Mapping[str, Any], allowed: LeavingList) -> tuple[dict[str, Any], set[str]]:
    """Copy what the list names.

    Returns
    -------
    content : dict
        With blanks where readers look for something that stayed.
    groups : set of str
        Groups of fields of which something leaves.
    """
    groups: set[str] = set()
    copy: dict[str, Any] = _kept(content, allowed.root, groups)
    for steps, blank in allowed.blanks:
        _put(copy, steps, blank)
    return copy, groups


def slots(value: Any, branch: Branch, kind: LeafKind) -> Iterator[Slot]:
    """Give the places of a pruned content where leaves of a kind stand, in its order."""
    if isinstance(value, dict):
        for key, one in value.items():
            below = branch.step(key)
            if below is None or not below.holds(kind):
                continue
            if below.leaf is not None and below.leaf.kind == kind:
                yield value, key
            else:
                yield from slots(one, below, kind)
    elif isinstance(value, list) and "[]" in branch.below:
        for one in value:
            yield from slots(one, branch.below["[]"], kind)


def _kept(value: Any, branch: Branch, groups: set[str]) -> Any:
    leaf = branch.leaf
    if leaf is not None and leaf.kind != "value":
        groups.add(leaf.group)
        return plain_geometry(value) if leaf.kind == "geometry" else _position(value)
    if value is None:
        return None
    if isinstance(value, _PLAIN):
        if leaf is None:
            return _STAYS
        groups.add(leaf.group)
        return value
    if isinstance(value, (list, tuple)):
        return _of_list(value, branch, groups)
    return _of_mapping(value, branch, groups) if isinstance(value, Mapping) else _STAYS


def _of_mapping(value: Mapping[str, Any], branch: Branch, groups: set[str]) -> Any:
    if not branch.below:
        return _STAYS
    found = {}
    for key, one in value.items():
        below = branch.step(key)
        if below is None or _is_personal(key):
            continue
        kept = _kept(one, below, groups)
        if kept is not _STAYS:
            found[key] = kept
    return found


@lru_cache(maxsize=4096)
def _is_personal(key: str) -> bool:
    return personal_columns().search(key) is not None


def _of_list(value: Sequence[Any], branch: Branch, groups: set[str]) -> Any:
    below = branch.below.get("[]")
    if below is None:
        return _STAYS
    if below.leaf is not None and not below.below:  # values alone, perhaps millions
        if value:
            groups.add(below.leaf.group)
        return [one for one in value if one is None or isinstance(one, _PLAIN)]
    kept = [_kept(one, below, groups) for one in value]
    return [one for one in kept if one is not _STAYS]


def plain_geometry(value: Any) -> dict[str, Any] | None:
    """Copy a GeoJSON geometry without anything else that hangs on it; None: it is none."""
    if not isinstance(value, Mapping) or not isinstance(value.get("type"), str):
        return None
    if value["type"] == "GeometryCollection":
        return {
            "type": value["type"],
            "geometries": [plain_geometry(one) for one in value.get("geometries", ())],
        }
    numbers = _numbers(value.get("coordinates"))
    return None if numbers is None else {"type": value["type"], "coordinates": numbers}


def _position(value: Any) -> list[Any] | None:
    found = _numbers(value)
    return found if isinstance(found, list) else None


def _numbers(value: Any) -> Any:
    """Copy nested lists of numbers; None: something else is among them."""
    if isinstance(value, (list, tuple)):
        found = [_numbers(one) for one in value]
        return None if any(one is None for one in found) else found
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    return None


def _put(value: Any, steps: Steps, blank: Any) -> None:
    """Put a blank where the key is missing and what holds it is there."""
    step, rest = steps[0], steps[1:]
    if step == "[]":
        for one in value if isinstance(value, list) else ():
            _put(one, rest, blank)
    elif isinstance(value, dict):
        if rest:
            _put(value.get(step), rest, blank)
        elif step not in value:
            value[step] = _fresh(blank)


def _fresh(blank: Any) -> Any:
    if isinstance(blank, tuple):
        return []
    return {} if isinstance(blank, Mapping) else blank
