"""GeoJSON, one document or one feature a line, read without GDAL and without following links."""

from __future__ import annotations

import contextlib
import json
import re
from typing import TYPE_CHECKING, Any

from geo.errors import PlannerError
from geo.read.charset import decode
from geo.read.gis.cells import clean, table_of_rows
from geo.read.gis.long_coordinates import LongCoordinates, take_out
from geo.read.gis.positions import GEOMETRIES, geojson_shapes
from geo.read.parsed import Fault, Note, Parsed, require_size

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geo.read.formats import Request
    from geo.read.limits import Limits

# As a name, as a URN, and as the address that stands for the same; nothing is ever opened.
_CRS_NAME = re.compile(
    r"(?:(?:urn:(?:x-)?ogc:def:crs:)?(?P<who>EPSG|OGC):(?:[\d.]*:)?"
    r"|https?://www\.opengis\.net/def/crs/(?P<whose>EPSG|OGC)/[\d.]+/)(?P<code>\w+)",
    re.IGNORECASE,
)
_SHIFTED = (
    (re.compile(r"GCJ[-_ ]?0?2", re.IGNORECASE), "GCJ-02"),
    (re.compile(r"BD[-_ ]?0?9", re.IGNORECASE), "BD-09"),
)
_SEPARATORS = re.compile(r"[\s\x1e]*")
_BEARING = frozenset(
    ("type", "features", "geometry", "geometries", "coordinates", "properties", "crs")
)
_ESRI = frozenset(("geometryType", "rings", "paths", "spatialReference", "displayFieldName"))
_SHOWN = 80
_LONGEST_MEMBER = 500
_MOST_MEMBERS = 50


class _Members:
    """Makes objects of their members and remembers the names that were written twice."""

    def __init__(self) -> None:
        self.repeated: dict[str, None] = {}

    def __call__(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        if len(members) != len(pairs):
            names = [name for name, _ in pairs]
            self.repeated |= dict.fromkeys(name for name in names if names.count(name) > 1)
        return members


def parse_geojson(request: Request) -> Parsed:
    """Read GeoJSON.

    Parameters
    ----------
    request : Request
        A FeatureCollection, Feature or geometry, or several of them, one after another or in a
        list.

    Returns
    -------
    Parsed
        Geometries that cannot be read are null and have a fault of `geojson_shapes` or
        ``not_a_feature``; notes ``json_keys_repeated``, ``z_dropped``; remark
        ``properties_unreadable``.

    Raises
    ------
    PlannerError
        ``json_broken``, ``json_too_deep``, ``json_member_repeated``, ``geojson_no_features``,
        ``file_format_refused`` for other JSON, ``file_crs_link``, ``file_crs_unreadable``,
        ``file_too_many_*``, ``file_encoding_unknown``.
    """
    data = request.data
    rest, taken = take_out(data)
    if len(taken):
        with contextlib.suppress(PlannerError):  # it is told from the text as it stands
            return _parsed(rest, taken, request.limits)
    return _parsed(data, LongCoordinates(data, ()), request.limits)


def _parsed(data: bytes, taken: LongCoordinates, limits: Limits) -> Parsed:
    """Read a text; ``json_broken`` also when not all that was taken out of it is geometry."""
    text, encoding = decode(data)
    members = _Members()
    documents = list(_documents(text, members))
    bearing = sorted(_BEARING & members.repeated.keys())
    if bearing:
        raise PlannerError("json_member_repeated", member=bearing[0])
    features = [feature for document in documents for feature in _features(document)]
    require_size(features=len(features), columns=0, vertices=0, limits=limits)
    properties, remarks = _properties(features)
    strangers = {row: _stranger(row, one) for row, one in enumerate(features) if _is_stranger(one)}
    geometries = [None if row in strangers else _geometry(one) for row, one in enumerate(features)]
    if sum(taken.size(one) > 0 for one in geometries) != len(taken):
        raise PlannerError("json_broken", line=1, column=1)
    shapes = geojson_shapes(geometries, limits, taken)
    faults = shapes.faults | strangers
    return Parsed(
        table=table_of_rows(properties, limits),
        wkb=shapes.wkb,
        faults=dict(sorted(faults.items())),
        remarks=(*shapes.remarks, *remarks),
        crs=_declared_crs(documents),
        members=_own_members(documents),
        encoding=encoding,
        layer=_name(documents),
        notes=(*shapes.notes, *_repeated(members)),
    )


def _documents(text: str, members: _Members) -> Iterator[dict[str, Any]]:
    decoder = json.JSONDecoder(object_pairs_hook=members)
    position = _skip(text, 0)
    while position < len(text):
        try:
            document, position = decoder.raw_decode(text, position)
        except RecursionError as error:
            raise PlannerError("json_too_deep") from error
        except json.JSONDecodeError as error:
            raise PlannerError("json_broken", line=error.lineno, column=error.colno) from error
        except ValueError as error:  # a number of thousands of digits
            line = text.count("\n", 0, position) + 1
            raise PlannerError("json_broken", line=line, column=1) from error
        documents = document if isinstance(document, list) else [document]
        if not documents or not all(isinstance(one, dict) for one in documents):
            raise PlannerError("file_format_refused", found="JSON")
        yield from documents
        position = _skip(text, position)


def _skip(text: str, position: int) -> int:
    found = _SEPARATORS.match(text, position)
    return found.end() if found else position


def _features(document: dict[str, Any]) -> list[Any]:
    kind = document.get("type")
    if kind in ("FeatureCollection", "Feature") and "coordRefSys" in document:
        raise PlannerError("file_format_refused", found="JSON-FG")
    if kind == "FeatureCollection":
        features = document.get("features")
        if not isinstance(features, list):
            raise PlannerError("geojson_no_features")
        return features
    if kind == "Feature":
        return [document]
    if isinstance(kind, str) and kind in GEOMETRIES:
        return [{"type": "Feature", "geometry": document}]
    if _ESRI & document.keys() or _holds_esri(document.get("features")):
        raise PlannerError("file_format_refused", found="Esri JSON")
    raise PlannerError("file_format_refused", found=f"JSON {str(kind or '')[:40]}".strip())


def _holds_esri(features: Any) -> bool:
    """Tell features of Esri JSON, whose collection need not say what it is."""
    first = features[0] if isinstance(features, list) and features else None
    return isinstance(first, dict) and "attributes" in first


def _is_stranger(value: Any) -> bool:
    return not isinstance(value, dict) or value.get("type", "Feature") != "Feature"


def _geometry(feature: Any) -> Any:
    """Take the geometry out, so that it can be freed as soon as it is read."""
    return feature.pop("geometry", None) if isinstance(feature, dict) else None


def _stranger(row: int, value: Any) -> Fault:
    shown = json.dumps(value, ensure_ascii=False)[:_SHOWN]
    return Fault(code="not_a_feature", where=f"feature:{row + 1}", values={"value": shown})


def _properties(features: Sequence[Any]) -> tuple[list[Mapping[str, Any]], tuple[Fault, ...]]:
    """Give the attributes of each feature; its id is one, where no attribute has that name."""
    rows: list[Mapping[str, Any]] = []
    remarks: list[Fault] = []
    for row, feature in enumerate(features):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if properties is not None and not isinstance(properties, dict):
            values = {"value": json.dumps(properties, ensure_ascii=False)[:_SHOWN]}
            where = f"feature:{row + 1}"
            remarks.append(Fault(code="properties_unreadable", where=where, values=values))
        rows.append(properties if isinstance(properties, dict) else {})
    ids = [feature.get("id") if isinstance(feature, dict) else None for feature in features]
    if any(one is not None for one in ids) and not any("id" in row for row in rows):
        rows = [{"id": one, **row} for one, row in zip(ids, rows, strict=True)]
    return rows, tuple(remarks)


def _declared_crs(documents: Sequence[Mapping[str, Any]]) -> str | None:
    declared = {json.dumps(one["crs"]) for one in documents if one.get("crs") is not None}
    if not declared:
        return None
    member = json.loads(declared.pop())
    properties = member.get("properties") if isinstance(member, dict) else {"name": member}
    if declared or not isinstance(properties, dict):
        raise PlannerError("file_crs_unreadable", crs=json.dumps(member)[:_SHOWN])
    if isinstance(member, dict) and member.get("type") == "link":
        raise PlannerError("file_crs_link", link=str(properties.get("href"))[:_SHOWN])
    if "name" not in properties and "code" in properties:  # GeoJSON before 2008
        return _crs_of_name(f"EPSG:{properties['code']}")
    if "name" not in properties:
        raise PlannerError("file_crs_unreadable", crs=json.dumps(member)[:_SHOWN])
    return _crs_of_name(str(properties["name"]))


def _crs_of_name(name: str) -> str:
    for form, system in _SHIFTED:
        if form.search(name):
            return system
    found = _CRS_NAME.fullmatch(name)
    if not found:
        raise PlannerError("file_crs_unreadable", crs=name[:_SHOWN])
    authority = (found["who"] or found["whose"]).upper()
    code = found["code"].upper()
    return "OGC:CRS84" if code == "CRS84H" else f"{authority}:{code}"


def _name(documents: Sequence[Mapping[str, Any]]) -> str | None:
    names = {one.get("name") for one in documents if isinstance(one.get("name"), str)}
    return names.pop() if len(names) == 1 and len(documents) == 1 else None


def _own_members(documents: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Take what a collection says of itself in plain texts and numbers, clipped."""
    if len(documents) != 1 or documents[0].get("type") != "FeatureCollection":
        return {}
    said = {
        clean(name)[:_SHOWN]: clean(str(value))[:_LONGEST_MEMBER]
        for name, value in documents[0].items()
        if name not in _BEARING and isinstance(value, (str, int, float))
    }
    return dict(list(said.items())[:_MOST_MEMBERS])


def _repeated(members: _Members) -> tuple[Note, ...]:
    if not members.repeated:
        return ()
    return (
        Note(code="json_keys_repeated", values={"keys": "、".join(list(members.repeated)[:8])}),
    )
