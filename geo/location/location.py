"""What a phrase means on a network: the answer of the solver."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from geo.location.reading import SIDES, Side

if TYPE_CHECKING:
    from geo.location.features import Status

LocationClass = Literal[
    "closed",
    "half_open",
    "one_sided",
    "straddling",
    "within",
    "ambiguous",
    "contradictory",
    "unresolved",
]
LEAST_DETERMINED_FIRST: tuple[LocationClass, ...] = (
    "contradictory",
    "unresolved",
    "ambiguous",
    "one_sided",
    "half_open",
    "straddling",
    "within",
    "closed",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A name of the phrase and what it was found to be.

    Attributes
    ----------
    name : str
        As the phrase writes it.
    status : {"matched", "ambiguous", "unknown"}
    id, feature : str or None
        Id and own name of the matched feature.
    drawn : bool
        The matched feature has a geometry.
    accuracy_m : float or None
        What the matched feature states.
    candidates : tuple of str
        The several that are meant, or names that look like an unknown one; none is chosen.
    """

    name: str
    status: Status
    id: str | None = None
    feature: str | None = None
    drawn: bool = False
    accuracy_m: float | None = None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LocatedPart:
    """One piece of land of a phrase.

    Attributes
    ----------
    class_ : LocationClass
    bounds : dict of Side to tuple of str
        Names by the parcel's own side; all four keys are there.
    straddles, within : tuple of str
    between : tuple of (str, str)
    distance_m : dict of str to float
    missing : tuple of Side
        Sides that nothing bounds, where the phrase gives sides at all.
    anchors : tuple of Anchor
        In the order of the phrase's clauses.
    envelope : geometry or None
        All points that satisfy the phrase. EPSG:4490, like the next two.
    block : geometry or None
        The piece of the envelope in the network face at the anchors' corner.
    candidate : geometry or None
        A piece of ``area_m2`` inside the block, or inside the envelope.
    area_m2 : float or None
        The wanted area.
    accuracy_m : float or None
        Of the worst anchor; None if one of them does not state it.
    notes : tuple of str
        Stable codes of what was assumed, cut or left open.
    """

    class_: LocationClass
    bounds: dict[Side, tuple[str, ...]] = field(default_factory=lambda: dict.fromkeys(SIDES, ()))
    straddles: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    between: tuple[tuple[str, str], ...] = ()
    distance_m: dict[str, float] = field(default_factory=dict)
    missing: tuple[Side, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    envelope: Any = None
    block: Any = None
    candidate: Any = None
    area_m2: float | None = None
    accuracy_m: float | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Location:
    """A phrase, its parts, and the class of the least determined one."""

    phrase: str
    parts: tuple[LocatedPart, ...]

    @property
    def class_(self) -> LocationClass:
        """Class of the least determined part; ``unresolved`` when nothing was read."""
        classes = {part.class_ for part in self.parts} or {"unresolved"}
        return next(name for name in LEAST_DETERMINED_FIRST if name in classes)
