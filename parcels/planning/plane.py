"""The plane in which sketches are measured and cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.area import ellipsoidal_area
from geo.crs import to_local, to_lonlat
from geo.errors import PlannerError
from geo.shaping.plane import drawing_plane

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyproj import CRS
    from shapely.geometry.base import BaseGeometry


def plane_of(shapes: Iterable[BaseGeometry]) -> CRS:
    """Give the plane that shapes have together (`geo.shaping.plane`), EPSG:4490."""
    return drawing_plane(*shapes)


def area_of(shape: BaseGeometry) -> float:
    """Measure a sketch on the ellipsoid, edges straight in its own plane.

    Parameters
    ----------
    shape : geometry
        EPSG:4490, valid.

    Returns
    -------
    float
        Square metres; 0 for lines.
    """
    if shape.is_empty:
        return 0.0
    plane = plane_of([shape])
    return float(ellipsoidal_area(to_local(shape, plane), plane))


class Frame:
    """Takes shapes into the plane and back; a vertex that nobody moved comes back to the bit.

    Parameters
    ----------
    shapes : iterable of geometry
        EPSG:4490; their plane is used.
    """

    def __init__(self, shapes: Iterable[BaseGeometry]) -> None:
        self.plane = plane_of(shapes)
        self._known: dict[tuple[float, float], list[float]] = {}

    def into(self, shape: BaseGeometry) -> BaseGeometry:
        """Project a shape to the plane: metres, x east, y north."""
        moved: BaseGeometry = to_local(shape, self.plane)
        places = shapely.get_coordinates(moved).tolist()
        self._known.update(
            zip(map(tuple, places), shapely.get_coordinates(shape).tolist(), strict=True)
        )
        return moved

    def back(self, shape: BaseGeometry) -> BaseGeometry:
        """Bring a shape of the plane to EPSG:4490.

        Raises
        ------
        PlannerError
            ``shape_too_fine``: it is valid in metres only, by tips of a millimetre.
        """
        degrees = shapely.get_coordinates(to_lonlat(shape, self.plane)).tolist()
        places = map(tuple, shapely.get_coordinates(shape).tolist())
        kept = [self._known.get(place, moved) for place, moved in zip(places, degrees, strict=True)]
        brought: BaseGeometry = shapely.transform(shape, lambda _: np.array(kept))
        if not brought.is_valid:
            raise PlannerError("shape_too_fine")
        return brought
