"""Any vector file that we read, as one frame in the file's own coordinates."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from geo.errors import PlannerError
from geo.read.isolate import parse_isolated
from geo.read.limits import DEFAULT_LIMITS, Limits
from geo.read.parsed import unique_names
from geo.read.sniff import sniff

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.read.parsed import Fault, Note, Parsed


# What a network may come in; an archive may hold any of them.
_READ = {"geojson", "geopackage", "zip", "flatgeobuf", "geoparquet"}
_NAMES = {"kml": "KML", "dxf": "DXF", "txt": "TXT", "csv": "CSV"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFrame:
    """One layer of a file, nothing dropped and nothing moved.

    Attributes
    ----------
    frame : GeoDataFrame
        All rows in the file's order, index 0 … n-1, attributes under their own names;
        geometry null where the file has none or it could not be read; no CRS set.
    crs : str or None
        What the file declares: a code or WKT. Whether it is right, the next gate decides.
    digest : str
        SHA-256 of the file.
    format, encoding, layer : str
        As found.
    faults : Mapping of int to Fault
        Rows whose geometry could not be read.
    notes : tuple of Note
        What was assumed.
    remarks : tuple of Fault
        What was changed or doubtful in rows that stay.
    members : Mapping of str to str
        What the file says of itself beside its features, as written.
    """

    frame: gpd.GeoDataFrame
    crs: str | None
    digest: str
    format: str
    encoding: str | None
    layer: str | None
    faults: Mapping[int, Fault]
    notes: tuple[Note, ...]
    remarks: tuple[Fault, ...] = ()
    members: Mapping[str, str] = field(default_factory=dict)


def read_vector(
    data: bytes, filename: str, *, layer: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> RawFrame:
    """Read a vector file of any format that we know, in a process with limits.

    Parameters
    ----------
    data : bytes
        The whole file; what it is, its content tells.
    filename : str
        Only named in errors.
    layer : str, optional
        Layer inside the file, when there are several.
    limits : Limits
        Size, time, memory, counts.

    Returns
    -------
    RawFrame
        The layer as it stands in the file.

    Raises
    ------
    PlannerError
        With ``file`` among its values: ``file_*``, ``archive_*``, ``json_*``, ``shapefile_*``,
        ``file_many_layers``, ``file_layer_unknown``.
    """
    if len(data) > limits.file_bytes:
        raise PlannerError(
            "file_too_large",
            file=filename,
            size_mb=round(len(data) / 1_000_000),
            limit_mb=limits.file_bytes // 1_000_000,
        )
    found = sniff(data, filename)
    if found not in _READ:
        raise PlannerError("file_format_refused", file=filename, found=_NAMES[found])
    try:
        parsed = parse_isolated(data, found, layer=layer, limits=limits)
        _require_one_layer(parsed)
    except PlannerError as error:
        raise PlannerError(error.code, **{"file": filename, **error.values}) from error
    return RawFrame(
        frame=_frame(parsed),
        crs=parsed.crs,
        digest=hashlib.sha256(data).hexdigest(),
        format=parsed.format or found,
        encoding=parsed.encoding,
        layer=parsed.layer,
        faults=dict(parsed.faults),
        notes=parsed.notes,
        remarks=parsed.remarks,
        members=parsed.members,
    )


def not_finite(shapes: Any) -> npt.NDArray[np.bool_]:
    """Tell which geometries have a coordinate that is no finite number, shape (n,)."""
    coordinates, owners = shapely.get_coordinates(shapes, return_index=True)
    bad = np.zeros(len(shapes), dtype=bool)
    bad[owners[~np.isfinite(coordinates).all(axis=1)]] = True
    return bad


def _require_one_layer(parsed: Parsed) -> None:
    """Ask where the reader took the one layer of polygons: roads are lines."""
    for note in parsed.notes:
        if note.code == "other_layers":
            layers = [str(parsed.layer), *str(note.values["layers"]).split("、")]
            raise PlannerError("file_many_layers", layers=sorted(layers), question="layer")


def _frame(parsed: Parsed) -> gpd.GeoDataFrame:
    """Join attributes and geometries; an attribute named geometry is kept as geometry_2."""
    table = parsed.table.rename_columns(unique_names(["geometry", *parsed.table.column_names])[1:])
    shapes = shapely.from_wkb(parsed.wkb.to_numpy(zero_copy_only=False), on_invalid="ignore")
    if parsed.rings:
        shapes = np.array([_polygon(shape) for shape in shapes], dtype=object)
    return gpd.GeoDataFrame(table.to_pandas(), geometry=shapes)


def _polygon(rings: Any) -> Any:
    """Take what lies inside an odd number of rings; a ring that crosses itself stays as it is."""
    if rings is None:
        return None
    polygons = [shapely.Polygon(ring.coords) for ring in shapely.get_parts(rings)]
    if len(polygons) == 1:
        return polygons[0]
    sound = shapely.make_valid(np.array(polygons), method="structure")
    return shapely.buffer(reduce(shapely.symmetric_difference, sound), 0)
