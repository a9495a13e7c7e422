"""The points of one parcel as a survey lists them: ring by ring, north before east."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.survey.model import Survey


@dataclass(frozen=True, slots=True, kw_only=True)
class RingPoints:
    """One ring in the order and direction of the file, without its closing point.

    Attributes
    ----------
    is_hole : bool
        Whether the ring is cut out of the parcel.
    names : sequence of str, length n
        As in the source, else J1, J2 … through all rings.
    north, east : float array, shape (n,)
        The file's own coordinates, metres, or latitude and longitude in degrees.
    lengths : float array, shape (n,), or None
        Plane length to the next point, metres; None for degrees.
    """

    is_hole: bool
    names: Sequence[str]
    north: npt.NDArray[np.float64]
    east: npt.NDArray[np.float64]
    lengths: npt.NDArray[np.float64] | None


def ring_points(survey: Survey, position: int) -> tuple[RingPoints, ...]:
    """List the points of a parcel.

    Parameters
    ----------
    position : int
        Of the parcel, from 0.
    """
    row = survey.parcels.slice(position, 1)
    shape = shapely.from_wkb(row.column("native")[0].as_py())
    in_degrees = row.column("area_plane_m2")[0].as_py() is None
    rings = [
        (at > 0, ring)
        for part in shapely.get_parts(shape)
        for at, ring in enumerate(shapely.get_rings(part))
    ]
    sizes = [int(shapely.get_num_coordinates(ring)) - 1 for _, ring in rings]
    given = None if survey.labels is None else survey.labels[position].as_py()
    names = _names(given or (), sizes)
    return tuple(
        _points(ring, own, is_hole=is_hole, in_degrees=in_degrees)
        for (is_hole, ring), own in zip(rings, names, strict=True)
    )


def _points(
    ring: shapely.LinearRing, names: Sequence[str], *, is_hole: bool, in_degrees: bool
) -> RingPoints:
    east, north = shapely.get_coordinates(ring).T
    return RingPoints(
        is_hole=is_hole,
        names=names,
        north=north[:-1],
        east=east[:-1],
        lengths=None if in_degrees else np.hypot(np.diff(north), np.diff(east)),
    )


def _names(given: Sequence[str | None], sizes: Sequence[int]) -> Iterator[Sequence[str]]:
    """Share the names out to the rings, whether they name the closing points or not."""
    closing = {sum(sizes): 0, sum(sizes) + len(sizes): 1}.get(len(given))
    begun = 0
    for at, size in enumerate(sizes):
        if closing is None:
            yield [f"J{begun + step}" for step in range(1, size + 1)]
        else:
            start = begun + at * closing
            yield [name or "—" for name in given[start : start + size]]
        begun += size
