"""Parcels on their way into a GIS file, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import shapely
from pyproj import CRS

from geo.read.formats import Request, parse
from geo.read.sniff import sniff
from geo.write.model import Outgoing

if TYPE_CHECKING:
    from pathlib import Path

    from geo.read.parsed import Parsed

SQUARE = shapely.box(38359800.125, 3650250.5, 38359900.25, 3650350.75)
HOLED = shapely.Polygon(
    shapely.box(38360000, 3650000, 38360100, 3650100).exterior.coords,
    [shapely.box(38360010, 3650010, 38360020, 3650020).exterior.coords],
)
APART = shapely.MultiPolygon(
    [
        shapely.box(38361000, 3651000, 38361010, 3651010),
        shapely.box(38361020, 3651000, 38361030, 3651010),
    ]
)
ATTRIBUTES = pa.table(
    {
        "地块编号": ["J-01", "=1+1", None],
        "面积亩": [1.5, None, 0.1 + 0.2],
        "户数": pa.array([3, None, -7], pa.int64()),
        "已批": [True, None, False],
        "备注": ["<b>{{7*7}}</b>", "", "很长的说明，" * 10],
    }
)


def outgoing(
    geometries: Any = (SQUARE, HOLED, APART),
    attributes: pa.Table = ATTRIBUTES,
    epsg: int = 4526,
    **changes: Any,
) -> Outgoing:
    shapes = shapely.orient_polygons(np.array(geometries, dtype=object), exterior_cw=True)
    count = len(shapes)
    given = {
        "title": "储备地块",
        "ids": ("",) * count,
        "names": ("",) * count,
        "fields": {"id": "地块编号", "name": "备注"},
        **changes,
    }
    return Outgoing(
        geometries=shapes,
        crs=CRS.from_epsg(epsg),
        epsg=epsg,
        area_m2=shapely.area(shapes),
        area_plane_m2=shapely.area(shapes),
        attributes=attributes,
        **given,
    )


def read_back(content: bytes, folder: Path) -> Parsed:
    folder.mkdir(exist_ok=True)
    (folder / "input").write_bytes(content)
    return parse(sniff(content, "x"), Request(path=folder / "input", folder=folder))


def polygons(parsed: Parsed) -> list[Any]:
    """Give the shapes, bare rings joined to what lies inside an odd number of them."""
    shapes = shapely.from_wkb(parsed.wkb.to_numpy(zero_copy_only=False))
    if not parsed.rings:
        return list(shapes)
    joined = []
    for shape in shapes:
        area = shapely.Polygon()
        for ring in shapely.get_parts(shape):
            area = area.symmetric_difference(shapely.Polygon(ring.coords))
        joined.append(area)
    return joined
