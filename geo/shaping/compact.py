"""How compact a shape is: measures that depend on nothing but its outline.

Perimeters depend on how finely a line was drawn, so that a measure of an outline is told together
with its simplification: `coarse` first, by 20 m unless said otherwise. None of the measures depends
on size, place or direction; none is above 1.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import shapely

from geo.errors import PlannerError
from geo.shaping.edit import simplify

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from shapely.geometry.base import BaseGeometry

COARSE_M = 20.0
"""The product's own choice: half a millimetre on a map of 1:40,000."""


def coarse(shape: BaseGeometry, tolerance_m: float = COARSE_M) -> BaseGeometry:
    """Simplify an outline before it is measured; it stays valid and keeps parts and holes.

    Parameters
    ----------
    shape : (Multi)Polygon
        Valid, metres.
    tolerance_m : float
        The outline moves by no more than this (Douglas and Peucker, topology kept).
    """
    return simplify(shape, tolerance_m)


def polsby_popper(shape: BaseGeometry) -> float:
    """Give 4πA / P² (Polsby and Popper, 1991): a circle 1, a square 0.785, a 1:4 rectangle 0.503.

    Parameters
    ----------
    shape : (Multi)Polygon
        Metres; P is the length of all rings, holes too.

    Raises
    ------
    PlannerError
        ``shape_not_polygon``: it has no area; so raise all measures of this module.
    """
    return 4 * math.pi * _area(shape) / float(shape.length) ** 2


def reock(shape: BaseGeometry) -> float:
    """Give A over the smallest circle around all parts (Reock, 1961): a square 2/π = 0.637."""
    return _area(shape) / (math.pi * float(shapely.minimum_bounding_radius(shape)) ** 2)


def hull_ratio(shape: BaseGeometry) -> float:
    """Give A over the area of the convex hull of all parts: any convex shape 1."""
    return min(1.0, _area(shape) / float(shape.convex_hull.area))


def largest_share(shape: BaseGeometry) -> float:
    """Give the area of the largest part over that of all parts."""
    area = _area(shape)
    return float(shapely.area(_parts(shape)).max()) / area


def _parts(shape: BaseGeometry) -> npt.NDArray[np.object_]:
    parts: npt.NDArray[np.object_] = shapely.get_parts(shape)
    return parts


def _area(shape: BaseGeometry) -> float:
    area = float(shape.area)
    if not area > 0:
        raise PlannerError("shape_not_polygon", value=shape.geom_type)
    return area
