"""Boundary points of a parcel: where they are drawn, and what stands in the table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

from geo.errors import PlannerError
from geo.systems import read_system

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geo.systems import System

_LEAST = 3  # corners of a ring
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ring:
    """A ring without its closing point.

    Attributes
    ----------
    names : tuple of str
        J1, J2 …, as in the file if it names them.
    points : float array, shape (n, 2)
        East and north on the plane of the sheet, metres.
    lengths : float array, shape (n,)
        From each point to the next, metres.
    is_hole : bool
        Cut out of the parcel.
    from_file : bool
        Points, names and lengths are those of the survey's own plane coordinates; else points are
        those of the outline and lengths are measured on the plane of the sheet.
    """

    names: tuple[str, ...]
    points: Floats
    lengths: Floats
    is_hole: bool
    from_file: bool


def rings_of(
    written: Sequence[Mapping[str, Any]], shape: Any, system: str, plane: System | None
) -> tuple[Ring, ...]:
    """Give the boundary points of a parcel.

    Parameters
    ----------
    written : sequence of mapping
        The file's points: ``names``, ``north_east``, ``hole``.
    shape : geometry or None
        The outline on the plane of the sheet.
    system : str
        Of ``written``; "" where it has no code.
    plane : System or None
        Of the sheet; None: a local origin, whose points are not listed at all.
    """
    if plane is None or shape is None:
        return ()
    if not written:
        return tuple(_of_shape(shape))
    own = [np.asarray(one["north_east"], dtype=float)[:, ::-1] for one in written]
    named = [len(one["names"]) == len(one["north_east"]) for one in written]
    if not all(named) or any(not np.isfinite(one).all() or len(one) < _LEAST for one in own):
        return tuple(_of_shape(shape))
    drawn = _drawn(own, shape, system, plane)
    in_degrees = bool(system) and _system(system).is_degrees
    return tuple(
        Ring(
            names=tuple(str(name) for name in one["names"]),
            points=points,
            lengths=_lengths(points if in_degrees else metres),
            is_hole=bool(one["hole"]),
            from_file=not in_degrees,
        )
        for one, metres, points in zip(written, own, drawn, strict=True)
    )


@lru_cache(maxsize=16)
def _system(text: str) -> System:
    try:
        return read_system(text)
    except PlannerError as error:
        raise PlannerError("sheet_system_refused", system=text) from error


def _drawn(own: Sequence[Floats], shape: Any, system: str, plane: System) -> Sequence[Floats]:
    """Bring the file's points to the plane of the sheet."""
    if system:
        given = _system(system)
        if given.epsg == plane.epsg and given.epsg is not None:
            return own
        lonlat = [given.to_lonlat(shapely.points(one)) for one in own]
        return [shapely.get_coordinates(plane.from_lonlat(one)) for one in lonlat]
    outline = [ring[:-1] for ring, _ in _outlines(shape)]
    if [len(one) for one in outline] == [len(one) for one in own]:
        return outline
    return own


def _of_shape(shape: Any) -> Iterator[Ring]:
    begun = 0
    for ring, is_hole in _outlines(shape):
        points = ring[:-1]
        names = tuple(f"J{begun + at}" for at in range(1, len(points) + 1))
        begun += len(points)
        yield Ring(
            names=names,
            points=points,
            lengths=_lengths(points),
            is_hole=is_hole,
            from_file=False,
        )


def _outlines(shape: Any) -> Iterator[tuple[Floats, bool]]:
    for part in shapely.get_parts(shape):
        for at, ring in enumerate(shapely.get_rings(part)):
            yield shapely.get_coordinates(ring), at > 0


def _lengths(points: Floats) -> Floats:
    step = np.roll(points, -1, axis=0) - points
    lengths: Floats = np.hypot(step[:, 0], step[:, 1])
    return lengths
