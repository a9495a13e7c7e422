"""Paths and values of a snapshot in the words of people who check plots, not files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from parcels.finding_words import amount
from parcels.messages import messages, text
from parcels.snapshot.verifying.model import ABSENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcels.snapshot.model import Content
    from parcels.snapshot.verifying.model import Step

_BETWEEN = " · "
_LABELS = ("id", "key", "rule", "title", "name")
_SILENT = {
    "answers",
    "inputs",
    "findings",
    "parcels",
    "book",
    "packs",
    "layers",
    "events",
    "rings",
    "rule",
    "shapes",
    "groups",
    "features",
    "properties",
    "coordinates",
    "north_east",
}
_COORDINATES = {"coordinates", "north_east"}
_OF_FINDING = {"measured", "limit", "original_limit"}
_UNITS = {"_m2": "m2", "_m": "m", "share": "ratio"}
_LONGEST = 60
_AROUND = 20


def place_words(lang: str, content: Content, path: Sequence[Step], missing: Any = ABSENT) -> str:
    """Name a place in a content: parcel, finding, rule, layer, field, ring and point.

    Parameters
    ----------
    path : sequence of str and int
        From the content on.
    missing : value
        What should stand there and does not: it is named by what it calls itself.
    """
    steps = _steps(lang, content, path, missing)
    return _BETWEEN.join(steps) or text(lang, "verify.place.content")


def _steps(lang: str, content: Content, path: Sequence[Step], missing: Any) -> Iterator[str]:
    value: Any = content
    parent: Any = None
    for depth, step in enumerate(path):
        listed = str(path[depth - 1]) if depth else ""
        if listed in _COORDINATES:
            yield from _position(lang, listed, path[depth:], parent)
            return
        parent, value = value, value_at(value, (step,))
        if depth == len(path) - 1 and missing is not ABSENT:
            value = missing
        is_member = isinstance(parent, list) or isinstance(step, int)
        if is_member or listed == "events":
            yield _member(lang, listed, step, value)
        elif step not in _SILENT:
            outcome = f"outcome.{step}" if listed in {"counts", "summary"} else ""
            field = messages(lang).get(f"verify.field.{step}", str(step))
            yield messages(lang).get(outcome, field)


def _member(lang: str, listed: str, step: Step, value: Any) -> str:
    """Name a member by what it calls itself, else by its number."""
    key = f"verify.member.{listed}"
    if listed == "findings" and isinstance(value, dict):
        return text(lang, key, id=value.get("id"), parcel=value.get("key"))
    label = _label(listed, value) if isinstance(value, dict) else None
    if label is None:
        is_number = str(step).isdigit() and listed != "events"
        label = int(step) + 1 if is_number else step
    return text(lang, key, id=label) if key in messages(lang) else str(label)


def _label(listed: str, value: dict[str, Any]) -> Any:
    named = ("key", *_LABELS) if listed == "parcels" else _LABELS
    found = (value[name] for name in named if isinstance(value.get(name), (str, int)))
    return next((one for one in found if one != ""), None)


def _position(lang: str, listed: str, steps: Sequence[Step], holder: Any) -> Iterator[str]:
    """Name part, ring, point and axis of a coordinate; a point of a survey by its own name."""
    numbers = [int(step) for step in steps if str(step).isdigit()]
    if not numbers:
        return
    if listed == "north_east":
        named = value_at(holder, ("names", numbers[0]))
        yield text(
            lang, "verify.member.named_point", id=numbers[0] + 1 if named is ABSENT else named
        )
        yield from (text(lang, f"verify.member.{('north', 'east')[one]}") for one in numbers[1:2])
        return
    *rings, axis = numbers
    names = ("part", "ring", "point")[-len(rings) :] if rings else ()
    for name, number in zip(names, rings, strict=False):
        yield text(lang, f"verify.member.{name}", id=number + 1)
    yield text(lang, f"verify.member.{('lon', 'lat', 'height')[min(axis, 2)]}")


def value_at(value: Any, path: Sequence[Step]) -> Any:
    """Return what stands at a path, ABSENT where nothing does."""
    for step in path:
        if isinstance(value, dict):
            value = value.get(str(step), ABSENT)
        elif isinstance(value, list) and str(step).isdigit() and int(step) < len(value):
            value = value[int(step)]
        else:
            return ABSENT
    return value


def pair_words(
    lang: str, content: Content, path: Sequence[Step], stated: Any, found: Any
) -> tuple[str, str]:
    """Write two values so that they can be told apart: rounded if that is enough, else whole."""
    unit = None if found is ABSENT else _unit(content, path)  # alone it is written digit by digit
    short = [_value(lang, one, unit) for one in (stated, found)]
    if short[0] == short[1]:
        short = [_value(lang, one, None) for one in (stated, found)]
    if path and path[-1] == "outcome":
        short = [
            messages(lang).get(f"outcome.{one}", shown)
            for one, shown in zip((stated, found), short, strict=True)
        ]
    elif isinstance(stated, str) and isinstance(found, str):
        short = list(_texts(stated, found))
    return short[0], short[1]


def _unit(content: Content, path: Sequence[Step]) -> str | None:
    """Return the unit of a measure; None: the number is written as it is."""
    name = str(path[-1]) if path else ""
    if name in _OF_FINDING:
        beside = value_at(content, (*path[:-1], "unit"))
        return beside if isinstance(beside, str) else None
    return next((unit for end, unit in _UNITS.items() if name.endswith(end)), None)


def _value(lang: str, value: Any, unit: str | None) -> str:
    if value is ABSENT:
        return text(lang, "verify.absent")
    if value is None:
        return text(lang, "verify.none")
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if is_number and unit is not None:
        return amount(lang, value, unit)
    if isinstance(value, (dict, list)):
        return text(lang, "verify.several", count=len(value))
    return f"“{value}”" if isinstance(value, str) else json.dumps(value)


def _texts(stated: str, found: str) -> tuple[str, str]:
    """Quote two texts; of long ones the part in which they differ."""
    if max(len(stated), len(found)) <= _LONGEST:
        return f"“{stated}”", f"“{found}”"
    pairs = enumerate(zip(stated, found, strict=False))
    at = next((at for at, (one, other) in pairs if one != other), min(len(stated), len(found)))
    begin = max(0, at - _AROUND)
    return _part(stated, begin), _part(found, begin)


def _part(value: str, begin: int) -> str:
    end = begin + _LONGEST
    return f"“{'…' * (begin > 0)}{value[begin:end]}{'…' * (end < len(value))}”"
