"""Long edges of a layer, cut while they still are what the file says: straight in its own CRS."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely

Objects = npt.NDArray[np.object_]
LONG = 0.01, 5_000.0
STEP = 0.002, 1_000.0
"""Degrees, metres."""
_SLACK = 1 + 1e-6
_DEGREES = 180.0
_FARTHEST = 1e8
_MOST_PIECES = 2_000_000


def cut_long_edges(shapes: Objects) -> Objects:
    """Put points into long edges, so that they keep their course in any projection.

    A parallel of 0.1° runs more than a metre beside the straight line between its ends, one of
    1° more than a hundred. Edges up to 0.01°, or 5 km of a projection, stay as they are: there
    it is a centimetre, and points that neighbours share must not be torn apart.

    Parameters
    ----------
    shapes : object array, shape (n,)
        Finite, in the coordinates of the file; degrees are told from metres by their size,
        and what is larger than the Earth stays as it is.

    Returns
    -------
    object array, shape (n,)
        Polygons that are not valid stay as they are. Where more than two million points would
        come of it, points are put farther apart.
    """
    size = np.abs(shapely.bounds(shapes)).max(axis=1, initial=0.0)
    degrees = size <= _DEGREES
    xy, owner = shapely.get_coordinates(shapes, return_index=True)
    length = np.hypot(*np.diff(xy, axis=0).T)
    long = np.where(degrees, *LONG)[owner[1:]] * _SLACK
    rows = np.unique(owner[1:][(length > long) & (owner[1:] == owner[:-1])])
    rows = rows[(size[rows] < _FARTHEST) & shapely.is_valid(shapes[rows])]
    steps = np.where(degrees[rows], *STEP)
    pieces = float((shapely.length(shapes[rows]) / steps).sum())
    cut = shapes.copy()
    cut[rows] = shapely.segmentize(shapes[rows], steps * max(1.0, pieces / _MOST_PIECES))
    return cut
