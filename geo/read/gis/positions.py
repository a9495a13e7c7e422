"""Geometries of GeoJSON: all at once where they are sound, position by position where not."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import shapely

from geo.batches import encode_wkb
from geo.read.gis.blobs import Shapes, place
from geo.read.parsed import Fault, Note, require_size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.read.gis.long_coordinates import LongCoordinates
    from geo.read.limits import Limits

# Type and how many lists its positions are in.
_DEPTHS = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
GEOMETRIES = frozenset({*_DEPTHS, "GeometryCollection"})
_COLLECTION = shapely.GeometryType.GEOMETRYCOLLECTION
_BATCH = 1_000
_AT_ONCE = 2_000_000  # bytes of text
_DISTINCT = 3
_SHOWN = 60


class _BadGeometryError(Exception):
    """A geometry that cannot be taken: a code of a fault, the place inside it, the value."""

    def __init__(self, code: str, *, inside: str = "", **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.inside = inside
        self.values = values


def geojson_shapes(geometries: list[Any], limits: Limits, taken: LongCoordinates) -> Shapes:
    """Turn geometry members into shapes.

    Parameters
    ----------
    geometries : list
        Decoded members, one a feature; emptied on the way to save memory.
    limits : Limits
        ``vertices`` is the limit.
    taken : LongCoordinates
        Coordinates that are not in the members but in arrays.

    Returns
    -------
    Shapes
        Faults ``no_geometry``, ``unsupported_type``, ``geometry_incomplete``,
        ``position_unreadable``, ``coordinate_not_finite`` and ``ring_too_short`` with ring,
        point and value; remarks ``ring_closed``, ``collection_reduced``; note ``z_dropped``.

    Raises
    ------
    PlannerError
        ``file_too_many_vertices``.
    """
    faults: dict[int, Fault] = {}
    remarks: list[Fault] = []
    batches: list[Any] = []
    vertices, heights = 0, False
    for start, end in _stretches(geometries, taken):
        chunk = geometries[start:end]
        geometries[start:end] = [None] * len(chunk)
        shapes = _shapes(chunk, start, faults, remarks, taken)
        heights = heights or bool(shapely.has_z(shapes).any())
        vertices += int(shapely.get_num_coordinates(shapes).sum())
        require_size(features=0, columns=0, vertices=vertices, limits=limits)
        batches += encode_wkb(shapes).chunks
    return Shapes(
        wkb=pa.chunked_array(batches, type=pa.binary()),
        faults=faults,
        remarks=tuple(remarks),
        notes=(Note(code="z_dropped"),) if heights else (),
    )


def _stretches(geometries: list[Any], taken: LongCoordinates) -> Iterator[tuple[int, int]]:
    """Cut the members where there are many of them, or much was taken out of them."""
    start = size = 0
    for end, one in enumerate(geometries, start=1):
        size += taken.size(one)
        if end - start == _BATCH or size > _AT_ONCE or end == len(geometries):
            yield start, end
            start, size = end, 0


def _shapes(
    chunk: list[Any],
    start: int,
    faults: dict[int, Fault],
    remarks: list[Fault],
    taken: LongCoordinates,
) -> Any:
    marked = [offset for offset, one in enumerate(chunk) if taken.size(one)]
    arrays = {offset: taken.shape(chunk[offset]) for offset in marked}
    for offset in marked:
        if arrays[offset] is None or _has_flat_ring(np.array([arrays[offset]]))[0]:
            chunk[offset] = taken.restored(chunk[offset])
            del arrays[offset]
    texts = [
        json.dumps(one) if isinstance(one, dict) and offset not in arrays else None
        for offset, one in enumerate(chunk)
    ]
    with np.errstate(all="ignore"):
        shapes = shapely.from_geojson(texts, on_invalid="ignore")
        shapes[list(arrays)] = list(arrays.values())
        doubtful = shapely.is_missing(shapes) | shapely.is_empty(shapes) | _not_finite(shapes)
        doubtful |= _has_flat_ring(shapes)
    for offset in map(int, np.flatnonzero(doubtful)):
        row = start + offset
        try:
            shapes[offset] = _mended(chunk[offset], row, remarks)
        except _BadGeometryError as bad:
            shapes[offset] = None
            where = ";".join(part for part in (place(row), bad.inside) if part)
            faults[row] = Fault(code=bad.code, where=where, values=bad.values)
    for offset in map(int, np.flatnonzero(shapely.get_type_id(shapes) == _COLLECTION)):
        shapes[offset] = _polygons_of(shapes[offset], start + offset, remarks)
    return shapes


def _not_finite(shapes: Any) -> Any:
    coordinates, owners = shapely.get_coordinates(shapes, return_index=True)
    bad = np.zeros(len(shapes), dtype=bool)
    bad[owners[~np.isfinite(coordinates).all(axis=1)]] = True
    return bad


def _has_flat_ring(shapes: Any) -> Any:
    """Find the polygons of which a ring has no area."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    flat = np.zeros(len(shapes), dtype=bool)
    flat[owner[part[shapely.area(shapely.polygons(rings)) == 0]]] = True
    return flat


def _mended(geometry: Any, row: int, remarks: list[Fault]) -> Any:
    """Read one geometry, closing its rings; say what is wrong with it otherwise."""
    if geometry is None:
        raise _BadGeometryError("no_geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(kind, str) or kind not in GEOMETRIES:
        shown = kind[:_SHOWN] if isinstance(kind, str) else _shown(kind)
        raise _BadGeometryError("unsupported_type", type=shown)
    if kind == "GeometryCollection":
        return _collection(geometry, row, remarks)
    coordinates = geometry.get("coordinates")
    if coordinates == []:
        raise _BadGeometryError("no_geometry")
    depth = _DEPTHS[kind]
    if "Polygon" not in kind:
        rounded = _numbers(coordinates, depth, "")
        return _built({"type": kind, "coordinates": rounded})
    parts = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(parts, list) or not all(isinstance(part, list) for part in parts):
        raise _BadGeometryError("position_unreadable", value=_shown(coordinates))
    closed, number = [], 0
    for part in parts:
        rings = []
        for ring in part:
            number += 1
            rings.append(_ring(ring, row, number, remarks))
        closed.append(rings)
    return _built({"type": "MultiPolygon", "coordinates": [part for part in closed if part]})


def _built(geometry: dict[str, Any]) -> Any:
    shape = shapely.from_geojson(json.dumps(geometry), on_invalid="ignore")
    if shape is None:
        raise _BadGeometryError("geometry_incomplete", type=geometry["type"])
    if shape.is_empty:
        raise _BadGeometryError("no_geometry")
    parts = shapely.get_parts(shape)
    return parts[0] if geometry["type"] == "MultiPolygon" and len(parts) == 1 else shape


def _collection(geometry: Any, row: int, remarks: list[Fault]) -> Any:
    members = geometry.get("geometries")
    if not members:
        raise _BadGeometryError("no_geometry")
    if not isinstance(members, list):
        raise _BadGeometryError("position_unreadable", value=_shown(members))
    return shapely.GeometryCollection([_mended(one, row, remarks) for one in members])


def _ring(ring: Any, row: int, number: int, remarks: list[Fault]) -> list[Any]:
    inside = f"ring:{number}"
    positions = _numbers(ring, 1, inside)
    if len({tuple(one[:2]) for one in positions}) < _DISTINCT:
        raise _BadGeometryError("ring_too_short", inside=inside, points=len(positions))
    if positions[0][:2] != positions[-1][:2]:
        remarks.append(Fault(code="ring_closed", where=f"{place(row)};{inside}"))
        positions = [*positions, positions[0]]
    return positions


def _numbers(value: Any, depth: int, inside: str) -> list[Any]:
    """Check positions in nested lists; the innermost place is named as a point."""
    if depth == 0:
        return _position(value, inside)
    if not isinstance(value, list):
        raise _BadGeometryError("position_unreadable", inside=inside, value=_shown(value))
    if depth > 1:
        return [_numbers(one, depth - 1, inside) for one in value]
    places = (";".join(part for part in (inside, f"point:{n}") if part) for n in range(1, 1 << 40))
    return [_position(one, where) for one, where in zip(value, places, strict=False)]


def _position(value: Any, inside: str) -> list[float]:
    readable = isinstance(value, list) and len(value) > 1
    if not readable or not all(type(one) in (int, float) for one in value[:3]):
        raise _BadGeometryError("position_unreadable", inside=inside, value=_shown(value))
    try:
        numbers = [float(one) for one in value[:3]]
    except OverflowError:
        numbers = [math.inf, math.inf]
    if not all(map(math.isfinite, numbers[:2])):
        raise _BadGeometryError("coordinate_not_finite", inside=inside, value=_shown(value))
    return numbers if all(map(math.isfinite, numbers)) else numbers[:2]


def _polygons_of(collection: Any, row: int, remarks: list[Fault]) -> Any:
    """Keep the polygons of a mixed collection; one without polygons stays what it is."""
    parts = shapely.get_parts(collection)
    while (shapely.get_type_id(parts) > shapely.GeometryType.POLYGON).any():
        parts = shapely.get_parts(parts)
    areas = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    if not areas.any():
        return collection
    if not areas.all():
        values = {"count": int((~areas).sum())}
        remarks.append(Fault(code="collection_reduced", where=place(row), values=values))
    kept = parts[areas]
    return kept[0] if len(kept) == 1 else shapely.MultiPolygon(list(kept))


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)[:_SHOWN]
