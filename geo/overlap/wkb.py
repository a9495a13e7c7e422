"""From a column of well-known binary to flat rings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from geo.errors import PlannerError
from geo.overlap import threads
from geo.overlap.arrays import Rings, freeze
from geo.overlap.shapes import rings_of_shapes

if TYPE_CHECKING:
    import numpy.typing as npt
    import pyarrow as pa

    from geo.overlap.arrays import Flags, Integers
    from geo.overlap.engine import Kernels

_ROWS_A_PIECE = 16_384


class _Piece(NamedTuple):
    """Some rows of a column: their bytes, where each begins, and which are not null."""

    data: npt.NDArray[np.uint8]
    offsets: Integers
    known: Flags


def rings_of_wkb(column: pa.Array | pa.ChunkedArray, kernels: Kernels | None) -> Rings:
    """Take the rings out of well-known binary.

    Little-endian polygons of two dimensions are read from the column's own memory; a column with
    anything else, or without kernels, is read by GEOS.

    Parameters
    ----------
    column : Arrow binary array, shape (n,)
        Also of the extension type ``geoarrow.wkb``; null rows have no rings.
    kernels : Kernels, optional

    Raises
    ------
    PlannerError
        ``overlap_wkb``: bytes that no reader of well-known binary accepts.
    """
    chunks = _binary_chunks(column)
    rings = None if kernels is None else _copied(chunks, kernels)
    if rings is not None:
        return rings
    values = [value for chunk in chunks for value in chunk.to_pylist()]
    try:
        return rings_of_shapes(shapely.from_wkb(np.array(values, dtype=object)))
    except shapely.errors.ShapelyError as error:
        raise PlannerError("overlap_wkb", reason=str(error)) from error


def _binary_chunks(column: pa.Array | pa.ChunkedArray) -> list[pa.LargeBinaryArray]:
    """Give the column as arrays of bytes with 64-bit offsets; small ones are only re-labelled."""
    import pyarrow as pa

    chunks = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
    stored = [getattr(chunk, "storage", chunk) for chunk in chunks]
    return [chunk.cast(pa.large_binary()) for chunk in stored]


def _pieces(chunk: pa.LargeBinaryArray) -> list[_Piece]:
    """View the memory of a chunk, some thousand rows at a time."""
    nulls, offsets, data = chunk.buffers()
    starts = np.frombuffer(offsets, np.int64)[chunk.offset :][: len(chunk) + 1]
    raw = np.frombuffer(data, np.uint8) if data is not None else np.empty(0, np.uint8)
    freeze((starts, raw))  # some columns could be written to: the kernels know one kind
    known = np.ones(len(chunk), np.bool_)
    if nulls is not None:
        bits = np.unpackbits(np.frombuffer(nulls, np.uint8), bitorder="little")
        known = bits[chunk.offset :][: len(chunk)].astype(np.bool_)
    return [
        _Piece(raw, starts[row : row + _ROWS_A_PIECE + 1], known[row : row + _ROWS_A_PIECE])
        for row in range(0, len(chunk), _ROWS_A_PIECE)
    ]


def _copied(chunks: list[pa.LargeBinaryArray], kernels: Kernels) -> Rings | None:
    """Copy the rings by the kernels; None when a row is not what they read."""
    pieces = [piece for chunk in chunks if len(chunk) for piece in _pieces(chunk)]
    jobs = [(place, place + 1) for place in range(len(pieces))]
    counts = threads.each(jobs, lambda place, _: kernels.count_wkb(*pieces[place]))
    if any(unread >= 0 for _, _, unread in counts):
        return None
    rows = np.cumsum([0, *(len(piece.known) for piece in pieces)])
    rings = np.cumsum([0, *(int(of_row.sum()) for of_row, _, _ in counts)])
    vertices = np.cumsum([0, *(int(of_row.sum()) for _, of_row, _ in counts)])
    into = Rings(
        rings_of=np.zeros(rows[-1] + 1, np.int64),
        vertices_of=np.zeros(rings[-1] + 1, np.int64),
        xy=np.empty((vertices[-1], 2)),
        shells=np.empty(rings[-1], np.bool_),
    )
    into.vertices_of[rings] = vertices

    def fill(place: int, _: int) -> None:
        kernels.fill_wkb(*pieces[place], into, int(rows[place]), int(rings[place]))

    threads.each(jobs, fill)
    return into
