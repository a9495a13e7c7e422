"""Survey files of the case files in tests/cases/survey, built from a few words; see the README there."""

from __future__ import annotations

import json
import tomllib
import warnings
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import geopandas as gpd
import shapely
from pyproj import CRS

from tests.geo.read.dxf_samples import blank, saved
from tests.geo.read.gis_files import bundle, polygon
from tests.geo.read.table_samples import workbook

FOLDER = Path(__file__).parents[2] / "cases" / "survey"
HEAD = {
    "坐标系": "2000国家大地坐标系",
    "几度分带": "3",
    "投影类型": "高斯克吕格",
    "计量单位": "米",
    "带号": "37",
    "精度": "0.001",
    "转换参数": ",,,,,,",
}
ENDINGS = {
    "txt": "txt",
    "bare": "txt",
    "csv": "csv",
    "list": "csv",
    "xlsx": "xlsx",
    "geojson": "geojson",
    "shapefile": "zip",
    "geopackage": "gpkg",
    "kml": "kml",
    "dxf": "dxf",
}
NORTH_FIRST = {"txt", "bare", "csv", "xlsx"}
Case = dict[str, Any]
Ring = list[list[Any]]


def corpus() -> list[Case]:
    """Read all cases; each knows the file it stands in."""
    return [
        {"topic": path.stem, **case}
        for path in sorted(FOLDER.glob("*.toml"))
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    ]


def name_of(case: Case) -> str:
    """Give the name under which a case arrives."""
    return str(case.get("file", f"case.{ENDINGS[case['format']]}"))


def file_of(case: Case, folder: Path) -> bytes:
    """Build the file of a case."""
    if "text" in case:
        return str(case["text"]).encode(case.get("encoding", "utf-8"))
    made = {
        "txt": _txt,
        "bare": _bare,
        "csv": _points,
        "list": _list,
        "xlsx": _xlsx,
        "geojson": _geojson,
        "shapefile": _shapefile,
        "geopackage": lambda one: _geopackage(one, folder),
        "kml": _kml,
        "dxf": _dxf,
    }[case["format"]](case)
    data = made.encode(case.get("encoding", "utf-8")) if isinstance(made, str) else made
    return data[: case.get("cut")]


def parcels_of(case: Case) -> list[list[Ring]]:
    """Give the rings of every parcel, closed, in the order in which numbers are written."""
    squares = [[_square(case, *one)] for one in case.get("squares", [])]
    return squares + [[[*ring, ring[0]] for ring in rings] for rings in case.get("rings", [])]


def _square(case: Case, first: float, second: float, side: float = 100) -> Ring:
    """Go clockwise from the north-west; ``first`` and ``second`` are the lowest numbers."""
    ring = [[1, 0], [1, 1], [0, 1], [0, 0], [1, 0]]
    if case["format"] not in NORTH_FIRST:
        ring = [pair[::-1] for pair in ring]
    return [[first + side * a, second + side * b] for a, b in ring]


def _written(value: Any) -> str:
    if isinstance(value, str):
        return value
    return f"{value:.8f}" if abs(value) < 1000 else f"{value:.3f}"


def _txt(case: Case) -> str:
    head = HEAD | case.get("head", {})
    lines = ["[属性描述]", *(f"{key}={value}" for key, value in head.items()), "[地块坐标]"]
    areas, ids = case.get("areas", []), case.get("ids", [])
    for place, rings in enumerate(parcels_of(case)):
        numbers = case.get("numbers", range(1, len(rings) + 1))
        area = areas[place] if place < len(areas) else ""
        own = ids[place] if place < len(ids) else str(place + 1)
        count = case.get("count", sum(map(len, rings)))
        lines.append(f"{count},{area},{own},地块{place + 1},面,,工业用地,0601,@")
        for number, ring in zip(numbers, rings, strict=True):
            lines += [
                f"J{at % (len(ring) - 1) + 1},{number},{_written(a)},{_written(b)}"
                for at, (a, b) in enumerate(ring)
            ]
    return "\r\n".join(lines) + "\r\n"


def _bare(case: Case) -> str:
    rings = [ring for parcel in parcels_of(case) for ring in parcel]
    return "".join(
        "".join(f"{_written(a)},{_written(b)}\n" for a, b in ring) + "E\n" for ring in rings
    )


def _rows(case: Case) -> list[list[str]]:
    [[ring]] = parcels_of(case)
    heading = case.get("columns", ["点号", "X", "Y"])
    points = [
        [f"J{at % (len(ring) - 1) + 1}", _written(a), _written(b)] for at, (a, b) in enumerate(ring)
    ]
    return [heading, *points]


def _points(case: Case) -> str:
    return "".join(",".join(row) + "\n" for row in _rows(case))


def _xlsx(case: Case) -> bytes:
    return workbook({"界址点": [[*case.get("title", []), ""], *_rows(case)]})


def _list(case: Case) -> str:
    """Write a row a parcel, with its geometry as WKT."""
    column, areas = case.get("column", "面积"), case.get("areas", [])
    ids = case.get("ids", [str(place + 1) for place in range(len(areas))])
    shapes = _shapes(case)
    rows = [
        f'{own},"{area}","{shape.wkt}"' for own, area, shape in zip(ids, areas, shapes, strict=True)
    ]
    return "\n".join([f"地块编号,{column},WKT", *rows]) + "\n"


def _shapes(case: Case) -> list[Any]:
    single = [shapely.Polygon(rings[0], rings[1:]) for rings in parcels_of(case)]
    several = [
        shapely.MultiPolygon([(part[0], part[1:]) for part in parts])
        for parts in case.get("parts", [])
    ]
    return [*single, *several, *map(shapely.from_wkt, case.get("wkt", []))]


def _geojson(case: Case) -> str:
    features = [
        {
            "type": "Feature",
            "properties": {"编号": str(place)},
            "geometry": shapely.geometry.mapping(shape),
        }
        for place, shape in enumerate(_shapes(case), start=1)
    ]
    made: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    if case.get("crs"):
        made["crs"] = {"type": "name", "properties": {"name": case["crs"]}}
    return json.dumps(made)


def _shapefile(case: Case) -> bytes:
    text = case.get("crs", "")
    prj = CRS(text).to_wkt("WKT1_ESRI") if text.startswith("EPSG:") else text
    return bundle(
        [polygon(*rings) for rings in parcels_of(case)], prj=prj.encode() if prj else None
    )


def _geopackage(case: Case, folder: Path) -> bytes:
    shapes = _shapes(case)
    frame = gpd.GeoDataFrame(
        {"编号": [str(place + 1) for place in range(len(shapes))]},
        geometry=shapes,
        crs=case.get("crs"),
    )
    path = folder / "made.gpkg"
    with warnings.catch_warnings():  # one without a system is what the case wants
        warnings.filterwarnings("ignore", message="'crs' was not provided")
        frame.to_file(path, driver="GPKG")
    return path.read_bytes()


def _kml(case: Case) -> str:
    marks = []
    for place, [ring] in enumerate(parcels_of(case), start=1):
        points = " ".join(f"{_written(a)},{_written(b)}" for a, b in ring)
        marks.append(
            f"<Placemark><name>{escape(str(place))}</name><Polygon><outerBoundaryIs><LinearRing>"
            f"<coordinates>{points}</coordinates></LinearRing></outerBoundaryIs></Polygon>"
            "</Placemark>"
        )
    return f"<kml><Document>{''.join(marks)}</Document></kml>"


def _dxf(case: Case) -> bytes:
    document = blank()
    for [ring] in parcels_of(case):
        document.modelspace().add_lwpolyline(ring[:-1], close=True, dxfattribs={"layer": "JZD"})
    return saved(document)
