"""Looking through what would leave: secrets, persons, and maps that need a warning."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import shapely

from parcels.expansion.secrecy import LARGEST_KM2, sensitive
from parcels.messages import messages, text
from parcels.snapshot.sharing.lists import patterns, sharing_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.snapshot.model import Level

_SHOWN = 60  # characters
_BEFORE = 10
_NAMES = ("parcel_id", "key", "name", "label", "id")


def refusals(content: Mapping[str, Any], level: Level, lang: str) -> tuple[str, ...]:
    """Say every text that may not leave, each once, with the first place where it stands."""
    said: dict[tuple[str, str], str] = {}
    read: dict[str, str] = {}
    for value, names in _texts(content, ()):
        read.setdefault(value, _place(names, lang))
    for value, place in read.items():
        for name, pattern in patterns(level).items():
            found = pattern.search(value)
            if found is not None:
                said.setdefault((name, _around(value, found.start())), place)
    return tuple(
        text(lang, f"share.refusal.{name}", value=value, place=place)
        for (name, value), place in said.items()
    )


def warnings(content: Mapping[str, Any], level: Level, lang: str) -> tuple[str, ...]:
    """Say what the maker must know before it leaves; ``content`` has its degrees still."""
    found = []
    told = any(one.get("code") == "sensitive" for one in content["answers"].get("notices", ()))
    if told or sensitive(_extension(content), (), _classes(content)):
        found.append(text(lang, "share.warning.large", limit=f"{LARGEST_KM2:g}"))
    drawn = any(
        layer.get("features") for group in _groups(content) for layer in group.get("layers", ())
    )
    if level == "public" and drawn:
        found.append(text(lang, "share.warning.base_map"))
    return tuple(found)


def _place(names: tuple[str, ...], lang: str) -> str:
    """Say where a text stands: what it belongs to, and what it is of it."""
    known = messages(lang)
    words = known.get(f"share.place.{names[-1]}", names[-1])
    return " · ".join(one for one in (*names[:-1], words) if one)


def _around(value: str, at: int) -> str:
    """Give a text, or the part of a long one that was found."""
    start = max(0, min(at - _BEFORE, len(value) - _SHOWN))
    return value[start : start + _SHOWN]


def _texts(value: Any, names: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give every text of a content with the names of what holds it, and its key."""
    if isinstance(value, str):
        if value and not {*names} & _unscanned():
            yield value, names
    elif isinstance(value, Mapping):
        who = next((str(value[key]) for key in _NAMES if value.get(key)), "")
        for key, one in value.items():
            yield from _texts(one, (who or (names[0] if len(names) > 1 else ""), key))
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _texts(one, names)


def _unscanned() -> set[str]:
    return set(sharing_rules()["unscanned"]["keys"])


def _extension(content: Mapping[str, Any]) -> Any:
    """Give the frame around all outlines: a map shows what lies between them too."""
    shapes = [shapely.from_geojson(json.dumps(one)) for one in _outlines(content)]
    return shapely.box(*shapely.total_bounds(shapes)) if shapes else None


def _outlines(content: Mapping[str, Any]) -> Iterator[Any]:
    for entry in (*content.get("parcels", ()), *_elements(content)):
        if entry.get("shape"):
            yield entry["shape"]


def _classes(content: Mapping[str, Any]) -> set[Any]:
    entries = (*content.get("parcels", ()), *_elements(content))
    return {entry.get("geometry_class") for entry in entries if entry.get("shape")}


def _elements(content: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for scenario in content.get("scenarios", ()):
        yield from scenario.get("elements", ())


def _groups(content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    groups: list[Mapping[str, Any]] = content.get("drawn", {}).get("groups", [])
    return groups
