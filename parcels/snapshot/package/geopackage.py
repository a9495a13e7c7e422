"""Tables as one GeoPackage: the same tables, the same bytes."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.write.columns import distinct_names, free_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from parcels.snapshot.package.table import Column, Table

LOCAL_METRES = (
    'ENGCRS["local metres, not georeferenced",EDATUM["unknown origin"],CS[Cartesian,2],'
    'AXIS["east (x)",east],AXIS["north (y)",north],LENGTHUNIT["metre",1]]'
)
"""A system without a place on the earth: nothing can be laid over it by mistake."""
_DEGREES = "EPSG:4490"


def geopackage_bytes(tables: Sequence[Table], *, lang: str, note: str, local: bool) -> bytes:
    """Write tables with places as layers and others as attribute tables.

    Parameters
    ----------
    tables : sequence of Table
        At least one; names are made distinct.
    note : str
        How far the places can be trusted: the description of every layer.
    local : bool
        Shapes are metres on a local origin; else EPSG:4490.

    Returns
    -------
    bytes
        The date of change is fixed. NUL, which ends a text in a data base, is written as U+FFFD.
    """
    from geo.write.ogr import fix_date

    with tempfile.TemporaryDirectory(prefix="planner-") as folder:
        path = Path(folder) / "layers.gpkg"
        for name, table in zip(distinct_names([one.name for one in tables]), tables, strict=True):
            _write(table, path, layer=_kept(name), lang=lang, note=note, local=local)
        fix_date(path)
        return path.read_bytes()


def _write(table: Table, path: Path, *, layer: str, lang: str, note: str, local: bool) -> None:
    import numpy as np
    import pyarrow as pa
    import pyogrio
    import shapely

    from parcels.snapshot.package.geojson import shapes_of

    columns = _arrow(table.columns)
    said = {"IDENTIFIER": layer, "DESCRIPTION": _kept(table.heading(lang))}
    options = said | {"FID": free_name("fid", columns.column_names)}
    place: dict[str, Any] = {"geometry_name": None, "geometry_type": None}
    if table.shapes is not None:
        geometry = free_name("wkb", columns.column_names)
        wkb = shapely.to_wkb(np.asarray(shapes_of(table.shapes), dtype=object))
        columns = columns.append_column(geometry, pa.array(wkb, type=pa.binary()))
        options["GEOMETRY_NAME"] = free_name("geom", columns.column_names)
        options["DESCRIPTION"] = " · ".join(filter(None, (options["DESCRIPTION"], _kept(note))))
        crs = LOCAL_METRES if local else _DEGREES
        place = {"geometry_name": geometry, "geometry_type": "Unknown", "crs": crs}
    pyogrio.write_arrow(columns, path, layer=layer, driver="GPKG", layer_options=options, **place)


def _arrow(columns: Sequence[Column]) -> pa.Table:
    import pyarrow as pa

    names = distinct_names([_kept(one.name) for one in columns])
    return pa.table([_array(one.values) for one in columns], names=names)


def _array(values: Sequence[Any]) -> pa.Array:
    """Give a column one type: whole numbers, numbers, truth values, else texts."""
    import pyarrow as pa

    kinds = {type(one) for one in values if one is not None}
    if kinds == {bool}:
        return pa.array(values, type=pa.bool_())
    if kinds == {int} and all(one is None or abs(one) < 2**63 for one in values):
        return pa.array(values, type=pa.int64())
    if kinds and kinds <= {int, float}:
        return pa.array([None if one is None else float(one) for one in values], pa.float64())
    return pa.array([None if one is None else _kept(str(one)) for one in values], pa.string())


def _kept(words: str) -> str:
    return words.replace("\0", "\ufffd")
