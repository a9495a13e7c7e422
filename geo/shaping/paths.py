"""Rings and lines of a shape as rows of points, and a shape made anew of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt
    from shapely.geometry.base import BaseGeometry

    Floats = npt.NDArray[np.float64]


def paths_of(shape: BaseGeometry) -> list[Floats]:
    """Give the points of every ring or line, a ring with its first point again at its end.

    Returns
    -------
    list of float array, shape (n, 2)
        The outer ring of a part before its holes, part after part.
    """
    parts = shapely.get_parts(shape)
    rings = shapely.get_rings(parts)
    return [shapely.get_coordinates(path) for path in (rings if len(rings) else parts)]


def with_paths(shape: BaseGeometry, change: Callable[[Floats], Floats]) -> BaseGeometry:
    """Make a shape of the same kind whose rings or lines are changed one by one.

    Parameters
    ----------
    shape : (Multi)Polygon or (Multi)LineString
    change : callable
        From points, shape (n, 2), to points, of any number; of a ring closed.
    """
    if shape.geom_type.startswith("Multi"):
        return type(shape)([with_paths(part, change) for part in shapely.get_parts(shape)])
    if shape.geom_type == "LineString":
        return shapely.LineString(change(shapely.get_coordinates(shape)))
    shell, *holes = paths_of(shape)
    return shapely.Polygon(change(shell), [change(hole) for hole in holes])


def edge_lines(xy: Floats) -> npt.NDArray[np.object_]:
    """Give each edge of a path as a line, shape (n - 1,)."""
    lines: npt.NDArray[np.object_] = shapely.linestrings(np.stack([xy[:-1], xy[1:]], axis=1))
    return lines
