"""Pieces of ground that are large enough for something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


def pieces_at_least(shape: BaseGeometry, area_m2: float) -> tuple[BaseGeometry, ...]:
    """Give the separate pieces of ground that reach an area.

    Parts that touch in a point are separate. A piece is counted with all of its ground: a strip
    that joins two wide places makes them one.

    Parameters
    ----------
    shape : (Multi)Polygon or GeometryCollection
        Valid, metres: the usable ground; empty has no pieces. What is no polygon does not count.
    area_m2 : float
        A piece of exactly this area counts.

    Returns
    -------
    tuple of Polygon
        The largest first; equal ones from west to east, then from south to north.
    """
    parts = shapely.get_parts(shapely.get_parts(shape))
    large = parts[(shapely.get_dimensions(parts) == 2) & (shapely.area(parts) >= area_m2)]  # noqa: PLR2004
    return tuple(sorted(large.tolist(), key=lambda one: (-one.area, *one.bounds)))
