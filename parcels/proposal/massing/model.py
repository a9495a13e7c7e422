"""Words of a volume study: boxes, buildings, the site, where they stand, what is to be told."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

    from parcels.proposal.measuring.measures import Measured

SiteKind = Literal["outline", "rectangle", "square"]
"""A given outline; a rectangle of the area and width that are stated; a square of the area."""
Lack = Literal["area", "area_range", "storeys", "too_large"]
"""Why a row has no box: no floor area, a range of it, no storeys, beyond what can be drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One row of floor area as a box.

    Attributes
    ----------
    at : int
        Position of the part in the proposal.
    title : str
        As the user calls it, else its function, else ``—``.
    functions : tuple of str
        As in the part.
    floor_area, footprint : Fraction
        m²; the footprint is floor area / storeys.
    storey_height : Fraction or None
        m; None: not known.
    """

    at: int
    title: str
    functions: tuple[str, ...]
    below_ground: bool
    storeys: int
    storey_height: Fraction | None
    floor_area: Fraction
    footprint: Fraction

    @property
    def height(self) -> Fraction | None:
        """Height of the box, m; None: not known."""
        return None if self.storey_height is None else self.storeys * self.storey_height


@dataclass(frozen=True, slots=True, kw_only=True)
class Building:
    """Boxes that stand on one another: rows of one name.

    Attributes
    ----------
    number : int
        From 1, in the order of the rows.
    boxes : tuple of Box
        Above ground, from the ground up: the larger footprint below, equal ones as in the rows.
    basements : tuple of Box
        Below ground, from the ground down.
    is_whole : bool
        Every row of this name has its box.
    """

    number: int
    name: str
    boxes: tuple[Box, ...]
    basements: tuple[Box, ...] = ()
    is_whole: bool = True

    @property
    def footprint(self) -> Fraction:
        """Land that the boxes cover, m²: the largest one, the others stand on it."""
        return max((box.footprint for box in self.boxes), default=Fraction(0))

    @property
    def height(self) -> Fraction | None:
        """Height above the ground, m; None: a box has none."""
        return _stack(self.boxes)

    @property
    def storeys(self) -> int:
        """Storeys above the ground."""
        return sum(box.storeys for box in self.boxes)


def _stack(boxes: tuple[Box, ...]) -> Fraction | None:
    heights = [box.height for box in boxes]
    known = [one for one in heights if one is not None]
    return sum(known, Fraction(0)) if len(known) == len(heights) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotDrawn:
    """A row of floor area without a box."""

    at: int
    title: str
    lack: Lack
    floor_area: Fraction | None
    below_ground: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something that is assumed, left open or contradictory: ``massing.remark.<code>``."""

    code: str
    values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rect:
    """A rectangle along the axes of the layout, m: lower left corner, width, depth."""

    x: float
    y: float
    width: float
    depth: float

    @property
    def right(self) -> float:
        """Greatest x."""
        return self.x + self.width

    @property
    def top(self) -> float:
        """Greatest y."""
        return self.y + self.depth


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The land that is built on.

    Attributes
    ----------
    outline : Polygon or MultiPolygon
        In a plane, m: x east and y north of a given outline; of a rectangle or a square where
        nothing is known of how it lies, x along the width.
    setback : float or None
        m; None: not known, the envelope is the outline.
    envelope : Polygon or MultiPolygon
        The outline less a strip as wide as the setback; may be empty.
    """

    kind: SiteKind
    outline: BaseGeometry
    setback: float | None
    envelope: BaseGeometry


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where the buildings stand.

    Attributes
    ----------
    angle : float
        Degrees, anticlockwise: the axes of the layout seen from those of the site.
    gap : float
        m between buildings.
    places : mapping of int to Rect
        Number of a building to its place, turned by ``angle`` about the origin on the site;
        buildings that found no place are left out.
    """

    angle: float
    gap: float
    places: Mapping[int, Rect]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What the boxes add up to; a measure may be a range whose open rows are named.

    Attributes
    ----------
    footprint : Measured
        Land under buildings, m².
    density, far : Measured
        Of the site as stated; ``far`` counts floor area as the verdict does, no storey twice.
    height : Measured
        Of the tallest building, m.
    green_most : Measured
        Greatest share of green: what is not built on; roads and yards are not taken off.
    by_use : tuple of (str, Fraction, Fraction)
        Kind of use, floor area above and below ground, m²; adds up to all known floor area.
    envelope_area : float or None
        m²; None: there is no site.
    """

    footprint: Measured
    density: Measured
    far: Measured
    height: Measured
    green_most: Measured
    by_use: tuple[tuple[str, Fraction, Fraction], ...]
    envelope_area: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """A volume study of one proposal.

    Attributes
    ----------
    stated_height : Fraction or None
        Height that the proposal states, m.
    """

    site: Site | None
    buildings: tuple[Building, ...]
    not_drawn: tuple[NotDrawn, ...]
    layout: Layout
    figures: Figures
    remarks: tuple[Remark, ...]
    stated_height: Fraction | None = None
