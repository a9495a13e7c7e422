"""GeoJSON: RFC 7946 for degrees; a projected file names its CRS as the older format did."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.write.columns import columns_of

if TYPE_CHECKING:
    from geo.write.model import Outgoing

_DEGREE_DECIMALS = 9  # a tenth of a millimetre


def write_geojson(outgoing: Outgoing) -> bytes:
    """Write parcels as a FeatureCollection, one feature a line.

    Parameters
    ----------
    outgoing : Outgoing
        Degrees are written to nine decimals, metres as they are.

    Returns
    -------
    bytes
        UTF-8; outer rings counter-clockwise; longitude or east first.
    """
    shapes = shapely.orient_polygons(outgoing.geometries, exterior_cw=False)
    rows = columns_of(outgoing).to_pylist()
    head: dict[str, Any] = {"type": "FeatureCollection", "name": outgoing.title}
    if not outgoing.is_degrees:
        name = f"urn:ogc:def:crs:EPSG::{outgoing.epsg}"
        head["crs"] = {"type": "name", "properties": {"name": name}}
    lines = ",\n".join(
        _text({"type": "Feature", "properties": row, "geometry": _geometry(shape, outgoing)})
        for row, shape in zip(rows, shapes, strict=True)
    )
    opening = _text(head)[:-1]
    return f'{opening}, "features": [\n{lines}\n]}}\n'.encode()


def _geometry(shape: Any, outgoing: Outgoing) -> dict[str, Any]:
    parts = [
        [_ring(ring, degrees=outgoing.is_degrees) for ring in (part.exterior, *part.interiors)]
        for part in shapely.get_parts(shape)
    ]
    if shape.geom_type == "Polygon":
        return {"type": "Polygon", "coordinates": parts[0]}
    return {"type": "MultiPolygon", "coordinates": parts}


def _ring(ring: Any, *, degrees: bool) -> list[list[float]]:
    positions = shapely.get_coordinates(ring)
    rounded: list[list[float]] = (
        np.round(positions, _DEGREE_DECIMALS) if degrees else positions
    ).tolist()
    return rounded


def _text(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
