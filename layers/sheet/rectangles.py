"""Turned rectangles that lines of text take, and the line from one to what it names."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

Floats = npt.NDArray[np.float64]
_CLEAR, _SHORT = 0.5, 0.3  # mm between a leader line and its point, and its text


def rectangles(places: Floats, half_width: float, half_height: float) -> npt.NDArray[np.object_]:
    """Make a rectangle about each place.

    Parameters
    ----------
    places : float array, shape (n, 3)
        Middle, and turn in degrees, counter-clockwise.
    half_width, half_height : float
        Along and across the turned direction.

    Returns
    -------
    array of Polygon, shape (n,)
    """
    turn = np.radians(places[:, 2])
    east, north = np.cos(turn), np.sin(turn)
    along = np.column_stack([east, north]) * half_width
    up = np.column_stack([-north, east]) * half_height
    corners = np.stack([-along - up, along - up, along + up, -along + up], axis=1)
    made: npt.NDArray[np.object_] = shapely.polygons(corners + places[:, None, :2])
    return made


def leader_line(anchor: tuple[float, float], outline: Any) -> Floats:
    """Give a line from just outside a point to the nearest edge of a rectangle, shape (2, 2)."""
    start = np.asarray(anchor)
    shortest = shapely.shortest_line(shapely.Point(anchor), outline.exterior)
    near = shapely.get_coordinates(shortest)[-1]
    reach = float(np.hypot(*(near - start))) or 1.0
    unit = (near - start) / reach
    return np.array([start + unit * _CLEAR, near - unit * _SHORT])
