"""A piece of land of a wanted area."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from scipy.optimize import brentq

from geo.area import ellipsoidal_area
from geo.location.blocks import polygonal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pyproj import CRS

_RELATIVE = 1e-10
_TOUCH_M = 1.0


def fit(base: Any, lines: Sequence[tuple[Any, float]], area_m2: float, crs: CRS) -> Any:
    """Cut from ``base`` a shape of exactly the wanted area that keeps to some lines.

    Parameters
    ----------
    base : Polygon or MultiPolygon
        At least as large as wanted; metres.
    lines : sequence of (geometry, float)
        The shape takes in all of ``base`` that lies within ``s`` times the factor of every
        line that touches it. Without such lines it is the inner part of ``base``.
    area_m2 : float
        Wanted ellipsoidal area, reached to 1e-6 of itself.
    crs : CRS
        Transverse Mercator of ``base``.

    Returns
    -------
    Polygon or MultiPolygon
    """
    west, south, east, north = shapely.bounds(base)
    size = float(np.hypot(east - west, north - south))
    touching = [(line, factor) for line, factor in lines if line.distance(base) < _TOUCH_M]
    shape_at = _near(base, touching, size) if touching else _inside(base, size)
    if ellipsoidal_area(shape_at(1.0), crs) <= area_m2:
        return base
    share = brentq(
        lambda s: float(ellipsoidal_area(shape_at(s), crs)) - area_m2, 0.0, 1.0, xtol=_RELATIVE
    )
    return shape_at(share)


def _near(base: Any, lines: Sequence[tuple[Any, float]], size: float) -> Callable[[float], Any]:
    reach = shapely.buffer(shapely.envelope(base), 2.5 * size, join_style="mitre")
    close = [(shapely.intersection(line, reach), factor) for line, factor in lines]

    def shape_at(share: float) -> Any:
        shape = base
        for line, factor in close:
            shape = shapely.intersection(shape, shapely.buffer(line, share * factor * size))
        return polygonal(shape)

    return shape_at


def _inside(base: Any, size: float) -> Callable[[float], Any]:
    """Grow from the innermost point of the base to all of it."""
    inner = shapely.maximum_inscribed_circle(base, tolerance=size / 1000)
    depth = float(shapely.length(inner)) + size / 1000
    return lambda share: shapely.buffer(base, (share - 1) * depth, join_style="mitre")
