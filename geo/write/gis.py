"""GIS files: one way to write each, the same bytes for the same parcels."""

from __future__ import annotations

from geo.write.geojson import write_geojson
from geo.write.ogr import write_flatgeobuf, write_geopackage
from geo.write.parquet import write_geoparquet
from geo.write.shapefile import write_shapefile

__all__ = [
    "write_flatgeobuf",
    "write_geojson",
    "write_geopackage",
    "write_geoparquet",
    "write_shapefile",
]
