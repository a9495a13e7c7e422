"""GeoJSON, one document or one feature a line, read without GDAL and without following links."""

from __future__ import annotations

import json
import re
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import shapely

from geo.errors import PlannerError
from geo.read.charset import decode
from geo.read.parsed import Fault, Parsed, require_size

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geo.read.formats import Request
    from geo.read.limits import Limits

_GEOMETRIES = {
    "Point",
    "MultiPoint",
    "LineString",
    "MultiLineString",
    "Polygon",
    "MultiPolygon",
    "GeometryCollection",
}
_CRS_NAME = re.compile(r"(?:urn:ogc:def:crs:)?(EPSG|OGC):(?:[\d.]*:)?(\w+)", re.IGNORECASE)
_BATCH = 10_000


def parse_geojson(request: Request) -> Parsed:
    """Read GeoJSON.

    Parameters
    ----------
    request : Request
        A FeatureCollection, Feature or geometry, or several of them one after another.

    Returns
    -------
    Parsed
        Geometries that cannot be read are null and have a fault
        (``invalid_geometry``, ``unsupported_type``).

    Raises
    ------
    PlannerError
        ``json_broken``, ``json_too_deep``, ``file_format_refused`` for other JSON,
        ``file_crs_link``, ``file_crs_unreadable``, ``file_too_many_*``,
        ``file_encoding_unknown``.
    """
    limits = request.limits
    text, encoding = decode(request.data)
    documents = list(_documents(text))
    features = [feature for document in documents for feature in _features(document)]
    require_size(features=len(features), columns=0, vertices=0, limits=limits)
    geometries = [feature.pop("geometry", None) for feature in features]
    wkb, faults = _geometries(geometries, limits)
    return Parsed(
        table=_table([_properties(feature) for feature in features], limits),
        wkb=wkb,
        faults=faults,
        crs=_declared_crs(documents),
        encoding=encoding,
    )


def _documents(text: str) -> Iterator[dict[str, Any]]:
    decoder = json.JSONDecoder()
    separators = re.compile(r"[\s\x1e]*")
    position = separators.match(text).end()  # type: ignore[union-attr]
    while position < len(text):
        try:
            document, position = decoder.raw_decode(text, position)
        except RecursionError as error:
            raise PlannerError("json_too_deep") from error
        except json.JSONDecodeError as error:
            raise PlannerError("json_broken", line=error.lineno, column=error.colno) from error
        if not isinstance(document, dict):
            raise PlannerError("file_format_refused", found="JSON")
        yield document
        position = separators.match(text, position).end()  # type: ignore[union-attr]


def _features(document: dict[str, Any]) -> list[dict[str, Any]]:
    kind = document.get("type")
    if kind == "FeatureCollection":
        features = document.get("features")
        if not isinstance(features, list) or not all(isinstance(one, dict) for one in features):
            raise PlannerError("file_format_refused", found="FeatureCollection")
        return features
    if kind == "Feature":
        return [document]
    if kind in _GEOMETRIES:
        return [{"geometry": document}]
    raise PlannerError("file_format_refused", found=f"JSON {str(kind or '')[:40]}".strip())


def _declared_crs(documents: Sequence[Mapping[str, Any]]) -> str | None:
    declared = {json.dumps(one["crs"]) for one in documents if one.get("crs") is not None}
    if not declared:
        return None
    member = json.loads(declared.pop())
    properties = member.get("properties") if isinstance(member, dict) else None
    if declared or not isinstance(properties, dict):
        raise PlannerError("file_crs_unreadable", crs=json.dumps(member)[:80])
    if member.get("type") == "link":
        raise PlannerError("file_crs_link", link=str(properties.get("href"))[:80])
    found = _CRS_NAME.fullmatch(str(properties.get("name")))
    if not found:
        raise PlannerError("file_crs_unreadable", crs=str(properties.get("name"))[:80])
    return f"{found[1].upper()}:{found[2].upper()}"


def _geometries(values: list[Any], limits: Limits) -> tuple[pa.Array, dict[int, Fault]]:
    """Turn geometry members into WKB, emptying ``values`` on the way to save memory."""
    faults: dict[int, Fault] = {}
    batches: list[Any] = []
    vertices = 0
    for start in range(0, len(values), _BATCH):
        chunk = values[start : start + _BATCH]
        values[start : start + _BATCH] = [None] * len(chunk)
        shapes = shapely.from_geojson([_text(value) for value in chunk], on_invalid="ignore")
        shapes = shapely.force_2d(shapes)
        vertices += int(shapely.get_num_coordinates(shapes).sum())
        require_size(features=0, columns=0, vertices=vertices, limits=limits)
        batches.append(shapely.to_wkb(shapes))
        for offset in np.flatnonzero(shapely.is_missing(shapes)):
            if chunk[offset] is not None:
                row = start + int(offset)
                faults[row] = Fault(code=_fault(chunk[offset]), where=f"feature:{row + 1}")
    return pa.array(list(chain.from_iterable(batches)), type=pa.binary()), faults


def _text(geometry: Any) -> str | None:
    return json.dumps(geometry) if isinstance(geometry, dict) else None


def _fault(geometry: Any) -> str:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    return "invalid_geometry" if kind in _GEOMETRIES else "unsupported_type"


def _properties(feature: Mapping[str, Any]) -> dict[str, Any]:
    properties = feature.get("properties")
    return properties if isinstance(properties, dict) else {}


def _table(rows: Sequence[Mapping[str, Any]], limits: Limits) -> pa.Table:
    names = list(dict.fromkeys(chain.from_iterable(rows)))
    require_size(features=0, columns=len(names), vertices=0, limits=limits)
    columns = {_clean(name): _column([row.get(name) for row in rows]) for name in names}
    return pa.table(columns) if columns else pa.table({"": pa.nulls(len(rows))}).select([])


def _column(values: list[Any]) -> pa.Array:
    """Make one column: numbers and truth values stay what they are, a mixture becomes text."""
    kinds = {type(value) for value in values if value is not None}
    if kinds <= {int, float} or kinds == {bool}:
        try:
            return pa.array(values, from_pandas=True)
        except (pa.ArrowInvalid, OverflowError):
            pass
    return pa.array([_attribute(value) for value in values], type=pa.string())


def _attribute(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return None if value is None else _clean(value)
    return _clean(json.dumps(value, ensure_ascii=False))


def _clean(text: str) -> str:
    """Replace halves of characters, which JSON escapes can write and no encoding can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
