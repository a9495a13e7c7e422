"""Parts of a phrase while they are being read, and when two pieces are one part."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from geo.location.reading import Bound, Crossing, Distance, Name, Part

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(slots=True)
class Draft:
    """A part while it is being read; the fields are those of `Part`.

    ``apart`` says that the words make it a part of its own.
    """

    bounds: list[Bound] = field(default_factory=list)
    crossings: list[Crossing] = field(default_factory=list)
    between: list[tuple[Name, Name]] = field(default_factory=list)
    enclosed: list[Name] = field(default_factory=list)
    straddles: list[Name] = field(default_factory=list)
    within: list[Name] = field(default_factory=list)
    near: list[tuple[Name, Distance | None]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    apart: bool = False

    def part(self) -> Part:
        """Return the finished part, without repetitions."""
        return Part(**{name: _once(getattr(self, name)) for name in _FIELDS})

    def says_something(self) -> bool:
        """Tell whether anything but notes was read."""
        return any(getattr(self, name) for name in _FIELDS if name != "notes")

    def add(self, other: Draft) -> None:
        """Take over what another piece of the same part says."""
        for name in _FIELDS:
            getattr(self, name).extend(getattr(other, name))


_OWN_BOUNDS = 2


def _once(values: list[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(values)) if len(values) > 1 else tuple(values)


_FIELDS = tuple(item.name for item in fields(Part))


def merged(drafts: Iterable[Draft]) -> list[Draft]:
    """Join pieces between full stops and semicolons, unless they must be different parts."""
    parts: list[Draft] = []
    for draft in drafts:
        if not parts or (parts[-1].says_something() and _other_part(parts[-1], draft)):
            parts.append(draft)
        else:
            parts[-1].add(draft)
    return [part for part in parts if part.says_something()]


def _other_part(first: Draft, second: Draft) -> bool:
    """Tell whether both pieces have bounds of their own for the same side."""
    if not second.says_something():
        return False
    if second.apart or min(len(first.bounds), len(second.bounds)) < _OWN_BOUNDS:
        return second.apart
    ours, theirs = _by_side(first), _by_side(second)
    return any(ours[side].isdisjoint(theirs[side]) for side in ours.keys() & theirs.keys())


def _by_side(draft: Draft) -> dict[str, set[str]]:
    names: dict[str, set[str]] = {}
    for bound in draft.bounds:
        for side in bound.sides:
            names.setdefault(side, set()).add(bound.name.text)
    return names
