"""Where the map of the page 扩区 looks: once at each place that somebody asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import shapely

from layers.scene import Focus
from parcels.ui import state

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from shapely.geometry.base import BaseGeometry

_PLACE = "sketch_place"
_NOWHERE = (0, None, True)
_LEAST_DEGREES = 0.0005  # about 50 m
_MARGIN = 0.12


def look_at(geometry: Mapping[str, Any]) -> None:
    """Look at a GeoJSON geometry, EPSG:4490, with the next run."""
    look_at_shapes([shapely.from_geojson(_json(geometry))])


def look_at_shapes(shapes: Iterable[BaseGeometry], *, fit: bool = True) -> None:
    """Look at shapes, EPSG:4490, with the next run; nothing where there are none.

    Parameters
    ----------
    shapes : iterable of geometry
    fit : bool
        They shall fill the view; else the map moves only where they are out of sight.
    """
    kept = [one for one in shapes if not one.is_empty]
    if kept:
        serial = state.recall(_PLACE, _NOWHERE)[0] + 1
        box = shapely.total_bounds(kept).tolist()
        state.remember(_PLACE, (serial, _grown(box) if fit else tuple(box), fit))


def focus() -> Focus | None:
    """Return the place that was asked for last."""
    serial, bbox, fit = state.recall(_PLACE, _NOWHERE)
    return None if bbox is None else Focus(bbox=bbox, serial=serial, fit=fit)


def forget_place() -> None:
    """Look at nothing in particular: the view of the address counts."""
    state.remember(_PLACE, (state.recall(_PLACE, _NOWHERE)[0], None, True))


def _grown(box: list[float]) -> tuple[float, float, float, float]:
    west, south, east, north = box
    around = max((east - west) * _MARGIN, (north - south) * _MARGIN, _LEAST_DEGREES)
    return west - around, south - around, east + around, north + around


def _json(geometry: Mapping[str, Any]) -> str:
    return json.dumps(geometry)
