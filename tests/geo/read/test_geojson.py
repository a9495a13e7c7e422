"""GeoJSON as it comes: each fault with feature, ring, point and value."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import shapely

from geo.errors import PlannerError
from tests.geo.read.gis_files import faults, notes, read, remarks

if TYPE_CHECKING:
    from pathlib import Path

RING = [[112.5, 33.0], [112.51, 33.0], [112.51, 33.01], [112.5, 33.0]]


def feature(geometry: Any, **properties: Any) -> dict:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def polygon(*rings: list) -> dict:
    return {"type": "Polygon", "coordinates": list(rings)}


def collection(*geometries: Any, **members: Any) -> bytes:
    features = [feature(one) for one in geometries]
    return json.dumps({"type": "FeatureCollection", "features": features, **members}).encode()


BAD = [
    (None, "", "no_geometry", None),
    (polygon(), "", "no_geometry", None),
    ({"type": "Polygon"}, "", "position_unreadable", "null"),
    ({"type": "CurvePolygon", "coordinates": []}, "", "unsupported_type", None),
    ({"type": ["Polygon"], "coordinates": []}, "", "unsupported_type", None),
    ("POLYGON EMPTY", "", "unsupported_type", None),
    (polygon(RING[:2]), "ring:1", "ring_too_short", None),
    (polygon([RING[0]] * 4), "ring:1", "ring_too_short", None),
    (polygon([RING[0], RING[1], RING[0], RING[0]]), "ring:1", "ring_too_short", None),
    (polygon(RING, RING[:2]), "ring:2", "ring_too_short", None),
    (polygon([RING[0], [112.5], *RING[2:]]), "ring:1;point:2", "position_unreadable", "[112.5]"),
    (polygon([RING[0], [112.5, None], *RING[2:]]), "ring:1;point:2", "position_unreadable", "[112.5, null]"),
    (polygon([RING[0], ["112.5", "33"], *RING[2:]]), "ring:1;point:2", "position_unreadable", '["112.5", "33"]'),
    (polygon([RING[0], [True, 33], *RING[2:]]), "ring:1;point:2", "position_unreadable", "[true, 33]"),
    (polygon([RING[0], RING[1], [112.5, float("nan")], RING[3]]), "ring:1;point:3", "coordinate_not_finite", "[112.5, NaN]"),
    (polygon([RING[0], [float("inf"), 33], *RING[2:]]), "ring:1;point:2", "coordinate_not_finite", "[Infinity, 33]"),
    (polygon([RING[0], [10**400, 33], *RING[2:]]), "ring:1;point:2", "coordinate_not_finite", "[1" + "0" * 50),
    (polygon(RING[0]), "ring:1;point:1", "position_unreadable", "112.5"),
    ({"type": "MultiPolygon", "coordinates": [RING]}, "ring:1;point:1", "position_unreadable", "112.5"),
    ({"type": "MultiPolygon", "coordinates": 7}, "", "position_unreadable", "7"),
    ({"type": "Point", "coordinates": [1]}, "", "position_unreadable", "[1]"),
    ({"type": "GeometryCollection", "geometries": []}, "", "no_geometry", None),
    ({"type": "GeometryCollection", "geometries": {"a": 1}}, "", "position_unreadable", '{"a": 1}'),
]  # fmt: skip


@pytest.mark.parametrize(
    ("geometry", "inside", "code", "value"), BAD, ids=lambda one: str(one)[:40]
)
def test_a_bad_geometry_names_place_and_value(
    tmp_path: Path, geometry: Any, inside: str, code: str, value: str | None
) -> None:
    parsed = read(collection(polygon(RING), geometry, polygon(RING)), tmp_path)
    place = "feature:2" + (f";{inside}" if inside else "")
    assert faults(parsed) == {place: code}
    assert parsed.wkb.is_null().to_pylist() == [False, True, False]
    if value is not None:
        assert str(parsed.faults[1].values["value"]).startswith(value)


def test_a_number_that_overflows_is_named(tmp_path: Path) -> None:
    data = collection(polygon(RING)).replace(b"112.51", b"1e999", 1)
    assert faults(read(data, tmp_path)) == {"feature:1;ring:1;point:2": "coordinate_not_finite"}


def test_open_rings_are_closed_and_said(tmp_path: Path) -> None:
    hole = [[112.505, 33.002], [112.506, 33.002], [112.506, 33.003]]
    parsed = read(collection(polygon(RING, hole), polygon(RING[:3])), tmp_path)
    assert remarks(parsed) == {"feature:1;ring:2": "ring_closed", "feature:2;ring:1": "ring_closed"}
    shapes = shapely.from_wkb(parsed.wkb.to_pylist())
    assert shapes[0].equals(shapely.Polygon(RING, [hole]))
    assert shapes[1].equals(shapely.Polygon(RING))


def test_a_collection_keeps_its_polygons(tmp_path: Path) -> None:
    point = {"type": "Point", "coordinates": [112.5, 33.0]}
    nested = {"type": "GeometryCollection", "geometries": [polygon(RING)]}
    mixed = {"type": "GeometryCollection", "geometries": [polygon(RING), point, nested]}
    points = {"type": "GeometryCollection", "geometries": [point]}
    parsed = read(collection(mixed, points), tmp_path)
    first, second = shapely.from_wkb(parsed.wkb.to_pylist())
    assert (first.geom_type, len(first.geoms)) == ("MultiPolygon", 2)
    assert second.geom_type == "GeometryCollection"
    assert [(one.code, one.values) for one in parsed.remarks] == [
        ("collection_reduced", {"count": 1})
    ]


def test_points_lines_and_heights(tmp_path: Path) -> None:
    line = {"type": "LineString", "coordinates": RING}
    high = polygon([[*position, 80.5] for position in RING])
    parsed = read(collection({"type": "Point", "coordinates": [1, 2]}, line, high), tmp_path)
    shapes = shapely.from_wkb(parsed.wkb.to_pylist())
    assert [shape.geom_type for shape in shapes] == ["Point", "LineString", "Polygon"]
    assert not shapely.has_z(shapes).any()
    assert notes(parsed) == ["z_dropped"]


def test_what_is_no_feature_is_a_fault_and_odd_properties_are_said(tmp_path: Path) -> None:
    rows = [
        7,
        feature(polygon(RING)),
        None,
        {"type": "Feature", "properties": [1], "geometry": polygon(RING)},
    ]
    parsed = read(json.dumps({"type": "FeatureCollection", "features": rows}).encode(), tmp_path)
    assert faults(parsed) == {"feature:1": "not_a_feature", "feature:3": "not_a_feature"}
    assert remarks(parsed) == {"feature:4": "properties_unreadable"}


def test_ids_become_a_column_unless_there_is_one(tmp_path: Path) -> None:
    first = feature(polygon(RING), name="甲") | {"id": "G-1"}
    assert read(json.dumps(first).encode(), tmp_path).table.to_pydict() == {
        "id": ["G-1"],
        "name": ["甲"],
    }
    second = feature(polygon(RING), id="own") | {"id": "G-1"}
    assert read(json.dumps(second).encode(), tmp_path).table.to_pydict() == {"id": ["own"]}


def test_keys_that_stand_twice(tmp_path: Path) -> None:
    text = json.dumps(feature(polygon(RING), 面积=1), ensure_ascii=False).replace(
        '"面积": 1', '"面积": 1, "面积": 2'
    )
    parsed = read(text.encode(), tmp_path)
    assert parsed.notes[0].values == {"keys": "面积"}
    assert parsed.table.to_pydict() == {"面积": [2]}
    twice = text.replace('"geometry":', '"geometry": null, "geometry":')
    with pytest.raises(PlannerError, match="json_member_repeated") as caught:
        read(twice.encode(), tmp_path)
    assert caught.value.values == {"member": "geometry"}


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gbk", "utf-16", "utf-16-be-bom"])
def test_encodings(tmp_path: Path, codec: str) -> None:
    text = json.dumps(feature(polygon(RING), 名称="信臣路地块"), ensure_ascii=False)
    data = b"\xfe\xff" + text.encode("utf-16-be") if "bom" in codec else text.encode(codec)
    assert read(data, tmp_path).table.to_pydict() == {"名称": ["信臣路地块"]}


def test_one_feature_a_line(tmp_path: Path) -> None:
    line = json.dumps(feature(polygon(RING), n=1))
    for between in ("\n", "\r\n", "\n\x1e", "\n\n"):
        assert len(read(between.join([line] * 3).encode(), tmp_path).wkb) == 3


@pytest.mark.parametrize(
    ("crs", "expected"),
    [
        ("urn:ogc:def:crs:EPSG::4526", "EPSG:4526"),
        ("EPSG:4547", "EPSG:4547"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "OGC:CRS84"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84h", "OGC:CRS84"),
        ("urn:x-ogc:def:crs:EPSG:4490", "EPSG:4490"),
        ("http://www.opengis.net/def/crs/EPSG/0/4490", "EPSG:4490"),
        ("https://www.opengis.net/def/crs/OGC/1.3/CRS84", "OGC:CRS84"),
        ("GCJ02", "GCJ-02"),
        ("urn:x:GCJ-02", "GCJ-02"),
        ("BD-09", "BD-09"),
        ("bd09ll", "BD-09"),
    ],
)
def test_declared_systems(tmp_path: Path, crs: str, expected: str) -> None:
    declared = {"type": "name", "properties": {"name": crs}}
    assert read(collection(polygon(RING), crs=declared), tmp_path).crs == expected
    assert read(collection(polygon(RING), crs=crs), tmp_path).crs == expected


def test_a_code_instead_of_a_name(tmp_path: Path) -> None:
    declared = {"type": "EPSG", "properties": {"code": 4526}}
    assert read(collection(polygon(RING), crs=declared), tmp_path).crs == "EPSG:4526"


def test_a_list_of_features_is_read(tmp_path: Path) -> None:
    line = json.dumps([feature(polygon(RING), n=1), polygon(RING)])
    assert len(read(line.encode(), tmp_path).wkb) == 2


def test_shapes_and_collections_among_the_features_are_named(tmp_path: Path) -> None:
    inside = [polygon(RING), {"type": "FeatureCollection", "features": []}, {"type": "feature"}]
    data = {"type": "FeatureCollection", "features": [*inside, {"geometry": polygon(RING)}]}
    parsed = read(json.dumps(data).encode(), tmp_path)
    assert faults(parsed) == {f"feature:{row}": "not_a_feature" for row in (1, 2, 3)}


REFUSED = [
    (b'{"type": "FeatureCollection", "features": [', "json_broken", None),
    (b'{"type": "Topology", "objects": {}}', "file_format_refused", "JSON Topology"),
    (
        b'{"geometryType": "esriGeometryPolygon", "features": []}',
        "file_format_refused",
        "Esri JSON",
    ),
    (
        b'{"type": "gdal_streamed_alg", "command_line": "x"}',
        "file_format_refused",
        "JSON gdal_streamed_alg",
    ),
    (
        b'{"type": "Feature", "coordRefSys": "x", "geometry": null}',
        "file_format_refused",
        "JSON-FG",
    ),
    (b'{"features": [{"attributes": {}, "geometry": {}}]}', "file_format_refused", "Esri JSON"),
    (b'{"type": "FeatureCollection", "features": {}}', "geojson_no_features", None),
    (b'{"type": "FeatureCollection"}', "geojson_no_features", None),
    (b'[{"type": "Feature"}, 1]', "file_format_refused", "JSON"),
    (b"[]", "file_format_refused", "JSON"),
    (b'{"type": "Feature", "n": ' + b"9" * 5000 + b"}", "json_broken", None),
    (b'{"type": "Feature", "a": ' + b"[" * 100_000, "json_too_deep", None),
]


@pytest.mark.parametrize(("data", "code", "found"), REFUSED, ids=lambda one: str(one)[:40])
def test_other_json_is_refused_by_name(
    tmp_path: Path, data: bytes, code: str, found: str | None
) -> None:
    with pytest.raises(PlannerError, match=code) as caught:
        read(data, tmp_path)
    assert caught.value.values.get("found") == found
