"""GeoParquet 1.1 through Arrow."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pyarrow as pa
import shapely
from pyarrow import parquet

from geo.write.columns import columns_of, free_name

if TYPE_CHECKING:
    from geo.write.model import Outgoing


def write_geoparquet(outgoing: Outgoing) -> bytes:
    """Write parcels as GeoParquet.

    Parameters
    ----------
    outgoing : Outgoing
        Outer rings are turned counter-clockwise, as the format's ``orientation`` says.

    Returns
    -------
    bytes
        Geometries as WKB with the CRS as PROJJSON; east or longitude first.
    """
    columns = columns_of(outgoing)
    shapes = shapely.orient_polygons(outgoing.geometries, exterior_cw=False)
    geometry = free_name("geometry", columns.column_names)
    described = {
        "encoding": "WKB",
        "geometry_types": sorted({shape.geom_type for shape in shapes}),
        "crs": outgoing.crs.to_json_dict(),
        "orientation": "counterclockwise",
        "edges": "planar",
        "bbox": [float(bound) for bound in shapely.total_bounds(shapes)],
    }
    geo = {"version": "1.1.0", "primary_column": geometry, "columns": {geometry: described}}
    table = columns.append_column(geometry, pa.array(shapely.to_wkb(shapes), type=pa.binary()))
    table = table.replace_schema_metadata({"geo": json.dumps(geo)})
    written = io.BytesIO()
    parquet.write_table(table, written, compression="zstd")
    return written.getvalue()
