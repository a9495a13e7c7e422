"""Looking through what would leave: secrets, persons, and maps that need a warning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unicodedata import normalize

import shapely

from parcels.expansion.secrecy import LARGEST_KM2, sensitive
from parcels.messages import messages, text
from parcels.snapshot.sharing.lists import patterns, sharing_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parcels.snapshot.model import Level

_SHOWN = 60  # characters
_BEFORE = 10
Names = tuple[str, ...]
_TELLING = (str, list, tuple, dict)
_GEOMETRY = {"geometry", "shape", "place", "box", "north_east"}
_NAMES = ("parcel_id", "key", "name", "label", "id")


def refusals(content: Mapping[str, Any], level: Level, lang: str) -> tuple[str, ...]:
    """Say every text that may not leave, each once, with the first place where it stands."""
    said: dict[tuple[str, str], str] = {}
    read: dict[tuple[str, str], Names] = {}
    _texts(content, (), read)
    rules = sharing_rules()["unscanned"]
    for (value, key), names in read.items():
        if key in rules["keys"]:
            continue
        plain = normalize("NFKC", value)
        shown = value if len(plain) == len(value) else plain
        for name, pattern in patterns(level).items():
            found = None if key in rules.get(name, ()) else pattern.search(plain)
            if found is not None:
                said.setdefault((name, _around(shown, found.start())), _place(names, lang))
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


def _place(names: Names, lang: str) -> str:
    """Say where a text stands: what it belongs to, and what it is of it."""
    known = messages(lang)
    words = known.get(f"share.place.{names[-1]}", names[-1])
    return " · ".join(one for one in (*names[:-1], words) if one)


def _around(value: str, at: int) -> str:
    """Give a text, or the part of a long one that was found."""
    start = max(0, min(at - _BEFORE, len(value) - _SHOWN))
    return value[start : start + _SHOWN]


def _texts(value: Any, names: Names, found: dict[tuple[str, str], Names]) -> None:
    """Note every text of a content with its key, and the names of what holds the first of them."""
    if isinstance(value, str):
        if value:
            found.setdefault((value, names[-1]), names)
    elif isinstance(value, (list, tuple)):
        if value and not isinstance(value[0], (int, float)):
            for one in value:
                _texts(one, names, found)
    elif isinstance(value, dict):
        who = next((str(value[key]) for key in _NAMES if value.get(key)), "")
        holder = who or (names[0] if len(names) > 1 else "")
        for key, one in value.items():
            if isinstance(one, _TELLING) and key not in _GEOMETRY:
                _texts(one, (holder, key), found)


def _extension(content: Mapping[str, Any]) -> Any:
    """Give the frame around all outlines: a map shows what lies between them too."""
    positions = [one for shape in _outlines(content) for one in _positions(shape["coordinates"])]
    if not positions:
        return None
    x, y = zip(*(one[:2] for one in positions), strict=True)
    return shapely.box(min(x), min(y), max(x), max(y))


def _positions(coordinates: Any) -> list[Any]:
    """Give the positions in the coordinates of a geometry, however deep they are nested."""
    found = [coordinates]
    while found and not isinstance(found[0][0], (int, float)):
        found = [one for some in found for one in some]
    return found


def _outlines(content: Mapping[str, Any]) -> Iterator[Any]:
    for entry in (*content.get("parcels", ()), *_elements(content)):
        if entry.get("shape") and entry["shape"].get("coordinates"):
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
