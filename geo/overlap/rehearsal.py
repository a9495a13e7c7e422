"""Runs every kernel once on a square, so that later calls find it compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.overlap.join import join_compiled
from geo.overlap.measure import measured
from geo.overlap.polygons import Polygons
from geo.overlap.tree import pack
from geo.overlap.wkb import rings_of_wkb

if TYPE_CHECKING:
    from geo.overlap.engine import Kernels


def rehearse(kernels: Kernels) -> None:
    """Call the kernels with arrays of the very types that they get in earnest."""
    import pyarrow as pa

    square = shapely.to_wkb(shapely.box(0, 0, 2, 2))
    starts = np.array([0, len(square)], np.int64)
    buffers = [None, pa.py_buffer(starts), pa.py_buffer(square)]
    column = pa.Array.from_buffers(pa.large_binary(), 1, buffers)
    layer = Polygons(measured(rings_of_wkb(column, kernels), kernels))
    tree = pack(layer.boxes)
    join_compiled(kernels, layer, layer, tree, own=False, least_m2=0.0)
    kernels.near(tree, (0.0, 0.0, 1.0, 1.0))
