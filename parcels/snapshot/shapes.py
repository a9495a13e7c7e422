"""Geometries as values of JSON that come back with every bit."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.errors import GEOSException

from parcels.snapshot.packs import unusable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

Plain = dict[str, Any] | None
Shapes = npt.NDArray[np.object_]
_BINARY = "wkb"


def drawn_shapes(shapes: Sequence[BaseGeometry | None] | Shapes) -> list[Plain]:
    """Give geometries as GeoJSON with every digit of their coordinates; None for empty ones.

    The writer of GEOS gives the shortest number that is read as the same one. What GeoJSON cannot
    say at all (NaN as a coordinate) is null there; `binary_shapes` keeps it.
    """
    held = _array(shapes)
    there = ~(shapely.is_missing(held) | shapely.is_empty(held))
    plain: list[Plain] = [None] * len(held)
    texts = shapely.to_geojson(held[there])
    for at, one in zip(
        np.flatnonzero(there).tolist(), json.loads(f"[{','.join(texts)}]"), strict=True
    ):
        plain[at] = one
    return plain


def binary_shapes(shapes: Sequence[BaseGeometry | None] | Shapes) -> dict[int, str]:
    """Give as hexadecimal WKB, by position, what would not come back from its GeoJSON alone."""
    held = _array(shapes)
    texts = shapely.to_geojson(held)
    texts[shapely.is_empty(held)] = None
    again = shapely.from_geojson(texts, on_invalid="ignore")
    binary = shapely.to_wkb(held, hex=True)
    differs = ~_same(binary, shapely.to_wkb(again, hex=True)) | _has_minus_zero(held)
    return {at: binary[at] for at in np.flatnonzero(differs).tolist()}


def exact_shapes(shapes: Sequence[BaseGeometry | None] | Shapes) -> list[Plain]:
    """Give geometries as GeoJSON, or as ``{"wkb": …}`` where that would not come back."""
    plain = drawn_shapes(shapes)
    for at, binary in binary_shapes(shapes).items():
        plain[at] = {_BINARY: binary}
    return plain


def read_shapes(plain: Sequence[Plain], place: str) -> Shapes:
    """Read geometries back.

    Parameters
    ----------
    plain : sequence of mapping or None
        As `exact_shapes` gives them.
    place : str
        Path of the sequence in the snapshot, for errors.

    Returns
    -------
    object array

    Raises
    ------
    PlannerError
        ``snapshot_input_unusable``.
    """
    for at, one in enumerate(plain):
        if one is not None and not isinstance(one, dict):
            raise unusable(f"{place}.{at}", one, "no geometry")
    texts = np.array([_text(one) for one in plain], dtype=object)
    found = shapely.from_geojson(texts, on_invalid="ignore")
    for at, one in enumerate(plain):
        if one is not None and _BINARY in one:
            found[at] = _from_binary(one[_BINARY], f"{place}.{at}")
        elif one is not None and found[at] is None:
            raise unusable(f"{place}.{at}", one, "no GeoJSON")
    return np.asarray(found, dtype=object)


def _text(plain: Plain) -> str | None:
    return None if plain is None or _BINARY in plain else json.dumps(plain)


def _from_binary(value: Any, place: str) -> BaseGeometry:
    try:
        shape: BaseGeometry = shapely.from_wkb(value)
    except (GEOSException, TypeError) as error:
        raise unusable(place, value, str(error)) from error
    return shape


def _array(shapes: Sequence[BaseGeometry | None] | Shapes) -> Shapes:
    held = np.empty(len(shapes), dtype=object)
    held[:] = shapes
    return held


def _same(these: Shapes, those: Shapes) -> npt.NDArray[np.bool_]:
    return np.array([a == b for a, b in zip(these, those, strict=True)], dtype=bool)


def _has_minus_zero(shapes: Shapes) -> npt.NDArray[np.bool_]:
    """Which shapes have −0 as a coordinate: a canonical number has no sign there."""
    coordinates, owner = shapely.get_coordinates(shapes, include_z=True, return_index=True)
    signed = ((coordinates == 0) & np.signbit(coordinates)).any(axis=1)
    found = np.zeros(len(shapes), dtype=bool)
    found[owner[signed]] = True
    return found
