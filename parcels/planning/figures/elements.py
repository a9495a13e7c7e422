"""Areas and lengths of sketched elements, each by one named method."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from geo.area import ellipsoidal_area
from geo.crs import to_local
from parcels.planning.conflicts.subject import land_of
from parcels.planning.plane import plane_of

if TYPE_CHECKING:
    from parcels.planning.model import Element

METHOD = "ellipsoid_of_plane"
"""CGCS2000, edges straight in the local transverse Mercator, 1/k² integrated (`geo.area`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What an element measures.

    Attributes
    ----------
    area_m2 : float or None
        On the ellipsoid, of the land that it takes up: of a road that is drawn as a line its
        reserve, None where its width is not known.
    plane_m2 : float or None
        The same in the local plane.
    perimeter_m : float or None
        All rings of an outline, holes included; metres of the plane. None for lines.
    length_m : float or None
        Of a line, metres of the plane; None for outlines.
    """

    area_m2: float | None
    plane_m2: float | None
    perimeter_m: float | None
    length_m: float | None


def figures_of(element: Element) -> Figures:
    """Measure one element; unrounded."""
    land, is_line = land_of(element), "LineString" in element.shape.geom_type
    drawn = element.shape if land is None or is_line else land
    plane = plane_of([drawn])
    length = float(shapely.length(to_local(drawn, plane)))
    here = None if land is None else to_local(land, plane)
    return Figures(
        area_m2=None if here is None else float(ellipsoidal_area(here, plane)),
        plane_m2=None if here is None else float(here.area),
        perimeter_m=None if is_line else length,
        length_m=length if is_line else None,
    )
