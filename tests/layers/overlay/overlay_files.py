"""Layers written by other libraries in every format, and the places that they must come out at."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely
from pyproj import Transformer

from layers.overlay_kinds import overlay_kinds
from layers.overlay_read import read_overlay
from layers.overlay_stated import Stated

if TYPE_CHECKING:
    from pathlib import Path

    from layers.overlay import Overlay

X, Y = 38_360_000.0, 3_650_000.0
FORMATS = ("geojson", "geopackage", "zip", "shp", "flatgeobuf", "geoparquet")
NAMES = ("甲", "乙", "丙")
LAND = [shapely.box(X + 500 * n, Y, X + 500 * n + 300, Y + 200) for n in range(3)]
AXES = [shapely.LineString([(X, Y + 100 * n), (X + 900, Y + 100 * n)]) for n in range(3)]


def is_land(kind: str) -> bool:
    return overlay_kinds()[kind].geometry == "polygon"


def frame(kind: str, **columns: Any) -> gpd.GeoDataFrame:
    shapes = LAND if is_land(kind) else AXES
    return gpd.GeoDataFrame({"名称": NAMES, **columns}, geometry=shapes, crs=4526)


def written(rows: gpd.GeoDataFrame, form: str, folder: Path) -> Path:
    """Write a layer to a file of its own folder."""
    path = (
        folder
        / {
            "geojson": "layer.geojson",
            "geopackage": "layer.gpkg",
            "zip": "layer.zip",
            "shp": "layer.shp",
            "flatgeobuf": "layer.fgb",
            "geoparquet": "layer.parquet",
        }[form]
    )
    if form == "geojson":
        path.write_text(rows.to_crs(4490).to_json(drop_id=True), encoding="utf-8")
    elif form == "geoparquet":
        rows.to_parquet(path)
    elif form == "zip":
        rows.to_file(folder / "layer.shp", encoding="utf-8")
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for part in sorted(folder.glob("layer.*")):
                archive.writestr(part.name, part.read_bytes())
                part.unlink()
        path.write_bytes(packed.getvalue())
    elif form == "flatgeobuf":
        rows.to_file(path, SPATIAL_INDEX="NO")  # an index would sort the rows
    else:
        rows.to_file(path)
    return path


def truth(shapes: Any) -> Any:
    """Bring shapes of zone 38 to degrees with another tool than ours."""
    degrees = Transformer.from_crs(4526, 4490, always_xy=True)
    return shapely.transform(
        np.array(shapes), lambda xy: np.column_stack(degrees.transform(xy[:, 0], xy[:, 1]))
    )


def geojson(*features: tuple[dict[str, Any], Any], **members: Any) -> bytes:
    """Write (properties, shapely geometry or GeoJSON geometry or None)."""
    rows = [
        {
            "type": "Feature",
            "properties": properties,
            "geometry": json.loads(shapely.to_geojson(shape))
            if isinstance(shape, shapely.Geometry)
            else shape,
        }
        for properties, shape in features
    ]
    document = {"type": "FeatureCollection", "features": rows, **members}
    return json.dumps(document, ensure_ascii=False).encode()


def plot(east: float = 112.5, north: float = 33.0, size: float = 0.01) -> shapely.Polygon:
    return shapely.box(east, north, east + size, north + size)


def layer(
    *shapes: Any, kind: str = "farmland", name: str = "layer.geojson", **said: Any
) -> Overlay:
    """Read a layer with these shapes, named by their numbers."""
    rows = [({"名称": str(number)}, shape) for number, shape in enumerate(shapes, start=1)]
    return read_overlay(geojson(*rows), name, kind, stated=Stated(**said))
