"""Small sound files of every format, from which broken ones are made."""

from __future__ import annotations

import io

import openpyxl

from geo.write import gis
from geo.write.dxf import write_dxf
from geo.write.kml import write_kml
from geo.write.kmz import write_kmz
from geo.write.txt import write_txt
from tests.geo.write.gis_samples import outgoing

_POINTS = (
    ("点号", "X", "Y", "边长"),
    ("J1", 3650350.75, 38359800.125, 100.125),
    ("J2", 3650350.75, 38359900.25, 100.25),
    ("J3", 3650250.5, 38359900.25, 100.125),
    ("J4", 3650250.5, 38359800.125, 100.25),
    ("J1", 3650350.75, 38359800.125, None),
)


def seeds() -> dict[str, bytes]:
    """Build one file of each format."""
    metres = outgoing()
    degrees = outgoing(_degrees(), epsg=4490)
    return {
        "geojson": gis.write_geojson(metres),
        "geopackage": gis.write_geopackage(metres),
        "shapefile": gis.write_shapefile(metres),
        "shapefile in GBK": gis.write_shapefile(metres, encoding="gbk"),
        "flatgeobuf": gis.write_flatgeobuf(metres),
        "geoparquet": gis.write_geoparquet(metres),
        "kml": write_kml(degrees),
        "kmz": write_kmz(degrees),
        "dxf": write_dxf(metres),
        "txt": write_txt(metres),
        "xlsx": _workbook(),
        "csv": "\n".join(",".join(map(str, row)) for row in _POINTS).encode(),
    }


def _degrees() -> list:
    import shapely

    from tests.geo.write.gis_samples import APART, HOLED, SQUARE

    return [
        shapely.transform(one, lambda xy: (xy - (38_360_000, 3_650_000)) / 100_000 + (112.5, 33.0))
        for one in (SQUARE, HOLED, APART)
    ]


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in _POINTS:
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
