"""Every format that is read, and the one reader of each; runs in the reading process."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import shapely

from geo.read.limits import Limits
from geo.read.padding import without_padding
from geo.read.parsed import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from geo.read.parsed import Parsed

_VERTEX_BYTES = 16
# Format, module, function: the function takes a `Request` and gives a `Parsed`.
READERS = {
    "csv": ("geo.read.tables.delimited", "parse_delimited"),
    "dxf": ("geo.read.dxf.reader", "parse_dxf"),
    "flatgeobuf": ("geo.read.gis.flatgeobuf", "parse_flatgeobuf"),
    "geojson": ("geo.read.gis.geojson", "parse_geojson"),
    "geopackage": ("geo.read.gis.geopackage", "parse_geopackage"),
    "geoparquet": ("geo.read.gis.parquet", "parse_geoparquet"),
    "kml": ("geo.read.kml.reader", "parse_kml"),
    "kmz": ("geo.read.kml.reader", "parse_kmz"),
    "shapefile": ("geo.read.gis.shapefile", "parse_shapefile"),
    "txt": ("geo.read.txt.reader", "parse_txt"),
    "xlsx": ("geo.read.tables.workbook", "parse_workbook"),
    "zip": ("geo.read.bundle", "parse_zip"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One file to parse.

    Attributes
    ----------
    path : Path
        The file under a name of ours, in ``folder``.
    folder : Path
        A folder of ours that is deleted afterwards; readers may unpack into it.
    layer : str, optional
        Layer, sheet or archive member that the user chose.
    columns : mapping
        Role to column as the user chose (`geo.survey.model.Answers`).
    """

    path: Path
    folder: Path
    layer: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)

    @property
    def data(self) -> bytes:
        """The whole file."""
        return self.path.read_bytes()


def parse(file_format: str, request: Request) -> Parsed:
    """Read a file with the one reader of its format.

    Parameters
    ----------
    file_format : str
        As `geo.read.sniff.sniff` told.
    request : Request
        The file and what is known of it.

    Returns
    -------
    Parsed
        A feature with more vertices than the limit has the fault ``parcel_too_many_vertices``;
        ``format`` names what an archive held.

    Raises
    ------
    PlannerError
        That reader's.
    """
    module, function = READERS[file_format]
    request, notes = without_padding(file_format, request)
    parsed: Parsed = getattr(import_module(module), function)(request)
    parsed = replace(parsed, notes=(*notes, *parsed.notes)) if notes else parsed
    return _without_giants(parsed, request.limits.parcel_vertices)


def _without_giants(parsed: Parsed, limit: int) -> Parsed:
    """Fault the features whose geometry is too large; a vertex takes 16 bytes."""
    sizes = [] if parsed.wkb.nbytes < _VERTEX_BYTES * limit else parsed.wkb.to_pylist()
    counts = {
        row: int(shapely.get_num_coordinates(shapely.from_wkb(blob)))
        for row, blob in enumerate(sizes)
        if blob is not None and len(blob) > _VERTEX_BYTES * limit
    }
    giants = {row: count for row, count in counts.items() if count > limit}
    if not giants:
        return parsed
    faults = {
        row: Fault(
            code="parcel_too_many_vertices",
            where=f"feature:{row + 1}" if parsed.where is None else str(parsed.where[row]),
            values={"count": count, "limit": limit},
        )
        for row, count in giants.items()
    }
    kept = [None if row in giants else blob for row, blob in enumerate(sizes)]
    return replace(
        parsed,
        wkb=pa.array(kept, type=pa.binary()),
        faults=dict(sorted({**parsed.faults, **faults}.items())),
    )


def answer(folder: Path, asked: Mapping[str, Any], limits: Limits) -> None:
    """Parse ``folder/input`` and leave the `Parsed` in ``folder``."""
    request = Request(path=folder / "input", folder=folder, layer=asked["layer"], limits=limits)
    parse(asked["format"], request).save(folder)
