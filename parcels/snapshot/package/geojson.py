"""Tables with places as GeoJSON: RFC 7946 for degrees, a plain collection for local metres."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from parcels.snapshot.package.table import Entry, Table

_DEGREE_DECIMALS = 9  # a tenth of a millimetre


def shapes_of(plain: Sequence[Entry | None]) -> npt.NDArray[np.object_]:
    """Read geometries of GeoJSON, None for none; what is no geometry is an error."""
    texts = np.array([None if one is None else json.dumps(one) for one in plain], dtype=object)
    shapes: npt.NDArray[np.object_] = shapely.from_geojson(texts)
    return shapes


def geojson_bytes(table: Table, *, title: str, note: str, local: bool) -> bytes:
    """Write a table with places, one feature a line.

    Parameters
    ----------
    table : Table
        Its column ``key`` or ``id``, if it has one, is the id of a feature.
    note : str
        How far the places can be trusted: a member of the collection beside the features.
    local : bool
        Coordinates are metres on a local origin; else degrees, EPSG:4490, longitude first.

    Returns
    -------
    bytes
        UTF-8; outer rings counter-clockwise; degrees to nine decimals.
    """
    shapes = shapely.orient_polygons(shapes_of(table.shapes or ()), exterior_cw=False)
    if not local:
        shapes = shapely.transform(shapes, lambda one: np.round(one, _DEGREE_DECIMALS))
    head = {"type": "FeatureCollection", "name": title, "note": note}
    lines = ",\n".join(
        f'{_text(feature)[:-1]},"geometry":{geometry or "null"}}}'
        for feature, geometry in zip(_features(table), shapely.to_geojson(shapes), strict=True)
    )
    return f'{_text(head)[:-1]},"features":[\n{lines}\n]}}\n'.encode()


def _features(table: Table) -> list[dict[str, Any]]:
    names = [column.name for column in table.columns]
    key = next((one for one in ("key", "id") if one in names), None)
    found: list[dict[str, Any]] = []
    for row in zip(*(column.values for column in table.columns), strict=True):
        properties = dict(zip(names, row, strict=True))
        named = {} if key is None else {"id": properties[key]}
        found.append({"type": "Feature", **named, "properties": properties})
    return found


def _text(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
