"""A piece of land of a wanted area."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.area import ellipsoidal_area
from geo.location.blocks import polygonal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pyproj import CRS

_RELATIVE = 1e-10
_TOUCH_M = 1.0
_FIRST_SHARE = 0.5


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
    if ellipsoidal_area(base, crs) <= area_m2:
        return base

    def excess(share: float) -> float:
        return float(ellipsoidal_area(shape_at(share), crs)) - area_m2

    low, high = 0.0, min(1.0, _FIRST_SHARE * math.sqrt(area_m2) / size)
    while high < 1 and excess(high) < 0:  # wide buffers of winding roads are slow: come from below
        low, high = high, min(1.0, 2 * high)
    from scipy.optimize import brentq

    return shape_at(brentq(excess, low, high, xtol=_RELATIVE))


def _near(base: Any, lines: Sequence[tuple[Any, float]], size: float) -> Callable[[float], Any]:
    reach = shapely.buffer(shapely.envelope(base), 2.5 * size, join_style="mitre")
    close = [
        # Clipping cuts a line at every crossing of its own, and many pieces make slow buffers.
        (line if reach.covers(line) else shapely.intersection(line, reach), factor)
        for line, factor in lines
    ]

    def shape_at(share: float) -> Any:
        shape = base
        for line, factor in close if share < 1 else ():  # at 1 all of the base is near
            shape = shapely.intersection(shape, shapely.buffer(line, share * factor * size))
        return polygonal(shape)

    return shape_at


def _inside(base: Any, size: float) -> Callable[[float], Any]:
    """Grow from the innermost point of the base to all of it."""
    inner = shapely.maximum_inscribed_circle(base, tolerance=size / 1000)
    depth = float(shapely.length(inner)) + size / 1000
    return lambda share: shapely.buffer(base, (share - 1) * depth)
