"""The part of a large layer that a map window shows, as GeoJSON."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import shapely

from geo.errors import PlannerError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Geometries = npt.NDArray[np.object_]
Box = tuple[float, float, float, float]

_DEGREES_PER_PIXEL_AT_ZOOM_0 = 360 / 256
_FINEST_DEG = 1e-7  # about 1 cm


def parse_bbox(text: str) -> Box:
    """Read ``west,south,east,north`` in degrees.

    Raises
    ------
    PlannerError
        ``bbox_invalid`` with the text when it is not four ordered finite numbers.
    """
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        raise PlannerError("bbox_invalid", value=text) from error
    finite = all(math.isfinite(value) for value in (west, south, east, north))
    if not finite or west >= east or south >= north:
        raise PlannerError("bbox_invalid", value=text)
    return west, south, east, north


def in_window(
    geometries: Geometries, tree: shapely.STRtree, bbox: Box, limit: int
) -> tuple[npt.NDArray[np.intp], int]:
    """Positions of the geometries that meet a window.

    Parameters
    ----------
    bbox : tuple of float
        West, south, east, north in degrees.
    limit : int
        When more are found, those with the largest bounding boxes are kept.

    Returns
    -------
    positions : int array, shape (k,), k <= limit
        Sorted.
    total : int
        How many were found.
    """
    found = tree.query(shapely.box(*bbox), predicate="intersects")
    total = len(found)
    if total > limit:
        west, south, east, north = shapely.bounds(geometries[found]).T
        reach = np.maximum(east - west, north - south)
        found = found[np.argsort(-reach, kind="stable")[:limit]]
    return np.sort(found), total


def simplify(geometries: Geometries, zoom: int) -> Geometries:
    """Thin vertices to half a screen pixel and round to what the screen can show.

    Neighbours may part by half a pixel: for display only, never stored.
    """
    pixel = _DEGREES_PER_PIXEL_AT_ZOOM_0 / 2**zoom
    thin = shapely.simplify(geometries, pixel / 2, preserve_topology=True)
    grid = max(_FINEST_DEG, 10.0 ** math.floor(math.log10(pixel / 4)))
    rounded: Geometries = shapely.set_precision(thin, grid, mode="pointwise")
    return rounded


def collection(
    geometries: Geometries, properties: Iterable[Mapping[str, str]], *, total: int
) -> bytes:
    """Write a GeoJSON FeatureCollection with ``total`` beside the features.

    Parameters
    ----------
    total : int
        Features in the window; more than written when the limit cut some off.
    """
    written = ",".join(
        f'{{"type":"Feature","id":{json.dumps(own["id"])},"geometry":{shape},'
        f'"properties":{json.dumps(own, ensure_ascii=False)}}}'
        for shape, own in zip(shapely.to_geojson(geometries), properties, strict=True)
    )
    head = f'{{"type":"FeatureCollection","total":{total},'
    return f'{head}"features":[{written}]}}'.encode()
