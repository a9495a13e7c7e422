"""Named features that phrases refer to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

Status = Literal["matched", "ambiguous", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedFeature:
    """One row of a network: a road, river, landmark or area with a name.

    Attributes
    ----------
    id : str
        Unique in its network.
    geometry : BaseGeometry or None
        EPSG:4490 longitude and latitude; (Multi)LineString, (Multi)Point or
        (Multi)Polygon. None: the feature is known by name only.
    former, aliases : tuple of str
        Former and other names.
    kind : str
        ``road``, ``river``, ``canal``, ``landmark``, ``park``, ``area``, ``settlement`` …
    district : str or None
        Separate piece of the network that the feature belongs to (a phrase whose
        anchors all lie in one piece is solved inside that piece).
    accuracy_m : float or None
        Distance between the drawn and the true place; None: not stated.
    """

    id: str
    name: str
    geometry: BaseGeometry | None
    kind: str = "road"
    aliases: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    district: str | None = None
    accuracy_m: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What a name refers to: positions in the gazetteer, or names that look like it.

    ``positions`` holds one entry when matched, several when ambiguous, none when
    unknown. ``candidates`` names the several, or for an unknown name the most
    similar known ones; none of them is chosen.
    """

    status: Status
    positions: tuple[int, ...] = ()
    candidates: tuple[str, ...] = ()
