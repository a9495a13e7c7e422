"""What a location phrase says, before anyone looks at a map.

All directions are those of the *parcel seen from the anchor*: 信臣路以南 has the
direction ``S``, so that 信臣路 is the parcel's northern bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Side = Literal["N", "E", "S", "W"]
Direction = Literal["N", "NE", "E", "SE", "S", "SW", "W", "NW"]
SIDES: tuple[Side, ...] = ("N", "E", "S", "W")

_BOUND_SIDES: dict[Direction, tuple[Side, ...]] = {
    "N": ("S",),
    "NE": ("S", "W"),
    "E": ("W",),
    "SE": ("N", "W"),
    "S": ("N",),
    "SW": ("N", "E"),
    "W": ("E",),
    "NW": ("S", "E"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A feature's name as the phrase writes it.

    Attributes
    ----------
    text : str
        The name without place prefix and without brackets that give an alias.
    aliases : tuple of str
        Other names that the phrase itself gives: 甲路(乙路), 甲路（原乙路）.
    former : bool
        The phrase marks the name as a former one: 原西环路.
    """

    text: str
    aliases: tuple[str, ...] = ()
    former: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Distance:
    """How far the parcel is from an anchor, in metres."""

    metres: float
    kind: Literal["within", "at", "beyond"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """The parcel lies in ``direction`` of the named feature."""

    name: Name
    direction: Direction
    distance: Distance | None = None

    @property
    def sides(self) -> tuple[Side, ...]:
        """The parcel's own sides that the feature bounds."""
        return _BOUND_SIDES[self.direction]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """Two roads that meet; ``direction`` is the parcel's corner, None if not said."""

    names: tuple[Name, Name]
    direction: Direction | None
    distance: Distance | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One piece of land of a phrase.

    Attributes
    ----------
    bounds : tuple of Bound
        Sides that the phrase names in words.
    crossings : tuple of Crossing
        甲路与乙路交叉口东北角.
    between : tuple of (Name, Name)
        甲路与乙路之间.
    enclosed : tuple of Name
        甲路、乙路、丙路、丁路围合区域, sides not said.
    straddles : tuple of Name
        两侧, 沿线.
    within : tuple of Name
        位于甲园区内, and recognised place prefixes.
    near : tuple of (Name, Distance or None)
        甲厂附近, 距甲厂500米: no side given.
    notes : tuple of str
        Stable codes of what was assumed or left out while reading.
    """

    bounds: tuple[Bound, ...] = ()
    crossings: tuple[Crossing, ...] = ()
    between: tuple[tuple[Name, Name], ...] = ()
    enclosed: tuple[Name, ...] = ()
    straddles: tuple[Name, ...] = ()
    within: tuple[Name, ...] = ()
    near: tuple[tuple[Name, Distance | None], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A phrase and its parts, in the order of the text; no part = nothing was understood."""

    phrase: str
    parts: tuple[Part, ...]
