"""Many geometries a few at a time, so that what is computed of them never lies there at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import shapely

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy.typing as npt

_VERTICES = 50_000
_ROWS = 1_000
NOTHING = pa.chunked_array([], type=pa.binary())


def row_batches(geometries: Any, vertices: int = _VERTICES) -> Iterator[slice]:
    """Cut an array of geometries into stretches of about equal numbers of vertices.

    Parameters
    ----------
    geometries : array of geometry or None, shape (n,)
    vertices : int
        In a stretch; a geometry that has more is one alone.

    Returns
    -------
    iterator of slice
        In order, covering all; one of length 0 when there is nothing.
    """
    before = np.cumsum(shapely.get_num_coordinates(geometries)) - 1
    cuts = np.flatnonzero(np.diff(before // vertices)) + 1
    starts = [0, *cuts.tolist()]
    for start, end in zip(starts, [*starts[1:], len(before)], strict=True):
        yield slice(start, end)


def transform_rows(
    geometries: Any, change: Callable[[npt.NDArray[np.float64]], npt.NDArray[np.float64]]
) -> Any:
    """Change the coordinates of geometries as `shapely.transform`, some at a time.

    Parameters
    ----------
    geometries : geometry or array of geometry or None
    change : callable
        Takes and gives coordinates, shape (n, 2).

    Returns
    -------
    geometry or array of geometry or None
        Same shape.
    """
    given = np.asarray(geometries, dtype=object)
    if given.ndim != 1:
        return shapely.transform(geometries, change)
    changed = np.full(len(given), None, dtype=object)
    for rows in row_batches(given):
        changed[rows] = shapely.transform(given[rows], change)
    return changed


def encode_wkb(geometries: Any) -> pa.ChunkedArray:
    """Write x and y of geometries as a binary column, the inverse of `decode_wkb`."""
    given = np.asarray(geometries, dtype=object)
    chunks = [
        pa.array(shapely.to_wkb(given[rows], output_dimension=2), type=pa.binary())
        for rows in row_batches(given)
    ]
    return pa.chunked_array(chunks, type=pa.binary())


def decode_wkb(column: pa.Array | pa.ChunkedArray) -> npt.NDArray[np.object_]:
    """Read a binary column as geometries; None where it is null or holds none."""
    shapes = np.full(len(column), None, dtype=object)
    for start in range(0, len(column), _ROWS):
        blobs = column.slice(start, _ROWS).to_numpy(zero_copy_only=False)
        shapes[start : start + _ROWS] = shapely.from_wkb(blobs, on_invalid="ignore")
    return shapes
