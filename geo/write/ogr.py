"""GeoPackage and FlatGeobuf through GDAL, into a folder of ours; only our own data goes there."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyogrio
import shapely

from geo.write.columns import columns_of, distinct_names, free_name

if TYPE_CHECKING:
    from geo.write.model import Outgoing

_NO_DATE = "2000-01-01T00:00:00.000Z"
_LAYER = "parcels"
_COUNTERS, _FIRST_CHANGE = (24, 92), b"\x00\x00\x00\x01"


def write_geopackage(outgoing: Outgoing) -> bytes:
    """Write parcels as the one table of a GeoPackage.

    Parameters
    ----------
    outgoing : Outgoing
        The table has its title as name.

    Returns
    -------
    bytes
        An SQLite file with a spatial index; its date of change is fixed, so that the same
        parcels give the same bytes.
    """
    columns = columns_of(outgoing)
    columns = columns.rename_columns(distinct_names(columns.column_names))
    options = {
        "FID": free_name("fid", columns.column_names),
        "GEOMETRY_NAME": free_name("geom", columns.column_names),
    }
    with tempfile.TemporaryDirectory(prefix="planner-") as folder:
        path = Path(folder) / "parcels.gpkg"
        _write(outgoing, columns, path, driver="GPKG", options=options)
        fix_date(path)
        return path.read_bytes()


def fix_date(path: Path) -> None:
    """Give a GeoPackage a fixed date of change, so that the same layers give the same bytes.

    Its counter of changes is fixed too: how often GDAL writes to a file depends on the time it
    takes. Offsets 24 and 92 of the header of SQLite hold it; both must be equal.
    """
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE gpkg_contents SET last_change = ?", (_NO_DATE,))
    with path.open("r+b") as file:
        for offset in _COUNTERS:
            file.seek(offset)
            file.write(_FIRST_CHANGE)


def write_flatgeobuf(outgoing: Outgoing) -> bytes:
    """Write parcels as FlatGeobuf.

    Parameters
    ----------
    outgoing : Outgoing
        Features keep their order: there is no spatial index, which would sort them.

    Returns
    -------
    bytes
        A FlatGeobuf file.
    """
    with tempfile.TemporaryDirectory(prefix="planner-") as folder:
        path = Path(folder) / "parcels.fgb"
        columns = columns_of(outgoing)
        _write(outgoing, columns, path, driver="FlatGeobuf", options={"SPATIAL_INDEX": "NO"})
        return path.read_bytes()


def _write(
    outgoing: Outgoing, columns: pa.Table, path: Path, *, driver: str, options: dict[str, str]
) -> None:
    shapes = outgoing.geometries
    kind = "Polygon"
    if (shapely.get_type_id(shapes) == shapely.GeometryType.MULTIPOLYGON).any():
        kind = "MultiPolygon"
        shapes = np.array([shapely.MultiPolygon(list(shapely.get_parts(one))) for one in shapes])
    geometry = free_name("wkb", columns.column_names)
    wkb = pa.array(shapely.to_wkb(shapes), type=pa.binary())
    pyogrio.write_arrow(
        columns.append_column(geometry, wkb),
        path,
        layer=outgoing.title or _LAYER,
        driver=driver,
        geometry_name=geometry,
        geometry_type=kind,
        crs=f"EPSG:{outgoing.epsg}",
        layer_options=options,
    )
