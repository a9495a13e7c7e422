"""Boxes in degrees, by which the few things near a sketch are found among very many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt
    from shapely.geometry.base import BaseGeometry

    from parcels.checks.subject import Floats

METRES_A_DEGREE = 110_500.0
"""Of latitude, at least: boxes become rather too large."""


def grown(boxes: Floats, metres: Floats | float) -> Floats:
    """Grow boxes of degrees by metres, rather too much, shape (n, 4)."""
    north = np.asarray(metres, dtype=float) / METRES_A_DEGREE * 1.001
    widest = np.clip(np.abs(boxes[:, [1, 3]]).max(axis=1) + north, 0, 85)
    east = north / np.cos(np.radians(widest))
    wider: Floats = boxes + np.stack(np.broadcast_arrays(-east, -north, east, north), axis=-1)
    return wider


def near_box(shape: BaseGeometry, metres: float) -> Floats:
    """Give the box of a shape in degrees, grown by metres, shape (4,)."""
    box: Floats = grown(np.array([shape.bounds]), metres)[0]
    return box


def meets(boxes: Floats, box: Floats) -> npt.NDArray[np.bool_]:
    """Tell which boxes meet one, shape (n,); those of NaN do not."""
    west, south, east, north = box
    found: npt.NDArray[np.bool_] = (boxes[:, 0] <= east) & (boxes[:, 2] >= west)
    found &= (boxes[:, 1] <= north) & (boxes[:, 3] >= south)
    return found
