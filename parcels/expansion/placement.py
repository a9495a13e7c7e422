"""An expansion area in the plane in which it is measured, and where else it may lie."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.area import ellipsoidal_area
from geo.crs import to_local
from parcels.expansion.model import Measured
from parcels.planning.plane import plane_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyproj import CRS
    from shapely.geometry.base import BaseGeometry

_DIRECTIONS = 8
_BEND_DEG = 0.01


@dataclass(frozen=True, kw_only=True, eq=False)
class Site:
    """The area that is judged.

    Attributes
    ----------
    shape : geometry
        (Multi)Polygon in metres of ``plane``, valid, not empty; x east, y north.
    plane : CRS
        Local transverse Mercator.
    """

    shape: BaseGeometry
    plane: CRS

    @classmethod
    def of(cls, extension: BaseGeometry) -> Site:
        """Bring a valid (Multi)Polygon of EPSG:4490 to the plane of sketches."""
        plane = plane_of([extension])
        return cls(shape=shapely.union_all([to_local(extension, plane)]), plane=plane)

    def bring(self, shape: BaseGeometry) -> Any:
        """Bring a geometry of EPSG:4490 to the plane."""
        return to_local(shape, self.plane)

    def bring_extent(self, extent: BaseGeometry) -> Any:
        """Bring an extent, whose edges are parallels and meridians, to the plane."""
        return to_local(shapely.segmentize(extent, _BEND_DEG), self.plane)

    def area(self, shape: BaseGeometry) -> float:
        """Measure land of the plane on the ellipsoid, in m²."""
        return float(ellipsoidal_area(shape, self.plane))

    @cached_property
    def edge(self) -> Any:
        """The outline with the outlines of holes."""
        return shapely.boundary(self.shape)


def placements(shape: BaseGeometry, accuracy_m: float | None) -> tuple[Any, ...]:
    """Move a shape by the accuracy of what it is compared with, in eight directions.

    Parameters
    ----------
    shape : geometry
        Metres, x east, y north.
    accuracy_m : float or None
        None or 0: nothing says that it may lie elsewhere.

    Returns
    -------
    tuple of geometry
        The shape as it is, then north, north-east and so on.
    """
    if not accuracy_m or accuracy_m <= 0:
        return (shape,)
    turns = [2 * math.pi * step / _DIRECTIONS for step in range(_DIRECTIONS)]
    moves = [(accuracy_m * math.sin(turn), accuracy_m * math.cos(turn)) for turn in turns]
    return (shape, *(_moved(shape, move) for move in moves))


def over_placements(
    site: Site,
    accuracy_m: float | None,
    measure: Callable[[Any], float | None],
    *,
    needs: tuple[str, ...],
) -> Measured:
    """Measure a shape where it is drawn and where it may lie.

    Parameters
    ----------
    measure : callable
        Shape in the plane to a figure, None where there is none.
    needs : tuple of str
        What would settle it.

    Returns
    -------
    Measured
        The figure as drawn with the least and the greatest of all placements; both ends None
        as soon as one placement has no figure. Without a cause where there is one placement.
    """
    figures = [measure(placed) for placed in placements(site.shape, accuracy_m)]
    known = [one for one in figures if one is not None]
    is_whole = len(known) == len(figures)
    low, high = (min(known), max(known)) if is_whole else (None, None)
    if len(figures) == 1 or (is_whole and low == high):
        return Measured(value=figures[0], low=low, high=high)
    return Measured(
        value=figures[0],
        low=low,
        high=high,
        cause="geometry_uncertain",
        needs=needs,
        reason="placement",
        values={"accuracy_m": accuracy_m},
    )


def _moved(shape: BaseGeometry, move: tuple[float, float]) -> Any:
    return shapely.transform(shape, lambda xy: xy + np.array(move))
