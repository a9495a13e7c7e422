"""Arcs as chords."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

_Floats = npt.NDArray[np.float64]
CHORD_ERROR = 0.001  # m
ARC_POINTS = 100_000  # the most that stand for one arc
_BULGE_LIMIT = 1e6  # a full circle but for four millionths of a radian


def straighten(
    vertices: _Floats, *, closed: bool, chord_error: float
) -> tuple[_Floats, int] | None:
    """Replace the arcs of a polyline by chords whose corners lie on the arc.

    Parameters
    ----------
    vertices : float array, shape (n, 3)
        x, y, bulge.
    closed : bool
        Whether a segment leads from the last vertex to the first.
    chord_error : float
        Largest distance between arc and chord, in the unit of the coordinates.

    Returns
    -------
    points : float array, shape (m, 2)
        All vertices and the points between them.
    arcs : int
        Segments that were arcs; those flatter than ``chord_error`` count as straight.
        None instead of both when one arc would take too many points.
    """
    if not vertices[:, 2].any():
        return vertices[:, :2], 0
    ends = np.roll(vertices[:, :2], -1, axis=0)
    chords = np.hypot(*(ends - vertices[:, :2]).T)
    curved = np.abs(vertices[:, 2]) * chords / 2 > chord_error
    if not closed and len(vertices):
        curved[-1] = False
    pieces: list[_Floats] = []
    start = 0
    for index in np.flatnonzero(curved).tolist():
        points = _arc(vertices[index], ends[index], chord_error)
        if points is None:
            return None
        pieces += [vertices[start : index + 1, :2], points]
        start = index + 1
    return np.vstack([*pieces, vertices[start:, :2]]), int(curved.sum())


def _arc(begin: _Floats, end: _Floats, chord_error: float) -> _Floats | None:
    """Give the points between the ends of an arc.

    With the bulge b = tan(angle / 4) and the chord c the radius is c (1 + b²) / 4 |b|, and a
    chord of the angle 4 asin(√(e / 2r)) lies within e of the arc.
    """
    bulge = float(np.clip(begin[2], -_BULGE_LIMIT, _BULGE_LIMIT))
    across = end - begin[:2]
    radius = math.hypot(*across) * (1 + bulge**2) / (4 * abs(bulge))
    sweep = 4 * math.atan(bulge)
    step = 4 * math.asin(math.sqrt(min(chord_error / (2 * radius), 0.5)))
    if abs(sweep) > step * ARC_POINTS:
        return None
    count = math.ceil(abs(sweep) / step)
    left = np.array([-across[1], across[0]])
    centre = begin[:2] + across / 2 + left * (1 - bulge**2) / (4 * bulge)
    first = math.atan2(begin[1] - centre[1], begin[0] - centre[0])
    angles = first + sweep * np.arange(1, count) / count
    return np.asarray(centre + radius * np.column_stack([np.cos(angles), np.sin(angles)]))
