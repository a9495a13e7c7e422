"""What a snapshot of a review is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from shapely.geometry.base import BaseGeometry

    from geo.read.parsed import Fault
    from layers.scene import LayerGroup
    from parcels.point_table import RingPoints
    from parcels.review import Review
    from parcels.reviews.model import Event


@dataclass(frozen=True, kw_only=True, eq=False)
class ReviewCase:
    """Parcels with their findings and what people said about them.

    Attributes
    ----------
    review : Review
        All parcels that were assessed together: neighbours count.
    events : mapping of parcel key to sequence of Event
        What was said, in its order.
    day : date
        The day on which overrides count; the day of the rules is the book's.
    selected : tuple of int, or None
        Positions that the snapshot is about; None: all.
    words : mapping of parcel key to mapping
        Of rows of a plan: ``number`` of the row, ``location_text`` as written, ``bounds`` (side
        N, E, S, W to names as written).
    boxes : mapping of parcel key to geometry
        Drawing aids of the schematic layer, EPSG:4490; no outlines.
    rings : mapping of parcel key to tuple of RingPoints
        Boundary points as the file lists them, in its own coordinates; none without a file.
    system : str
        Coordinate system of ``rings``, as ``EPSG:4526``; "" without a file or without a code.
    under : tuple of LayerGroup
        Layers of the map that nothing is judged by.
    drawn : tuple of mapping
        More such layers, as values of JSON already: those of a snapshot that was read.
    rejected : tuple of Fault
        What the reading of the file refused, so that nothing judged it.
    notice : str
        How far off the places are: stands on every map.
    """

    review: Review
    events: Mapping[str, Sequence[Event]] = field(default_factory=lambda: MappingProxyType({}))
    day: date
    selected: tuple[int, ...] | None = None
    words: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: MappingProxyType({}))
    boxes: Mapping[str, BaseGeometry] = field(default_factory=lambda: MappingProxyType({}))
    rings: Mapping[str, tuple[RingPoints, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    system: str = ""
    under: tuple[LayerGroup, ...] = ()
    drawn: tuple[Mapping[str, Any], ...] = ()
    rejected: tuple[Fault, ...] = ()
    notice: str = ""
