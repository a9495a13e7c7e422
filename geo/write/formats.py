"""Every format that is written, and the one writer of each."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

from geo.errors import PlannerError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.write.model import Outgoing


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """One format.

    Attributes
    ----------
    module, function : str
        The function takes an `Outgoing` and gives the bytes of the file.
    suffix : str
        Usual suffix, with its point.
    needs : str, optional
        ``metres`` or ``degrees``: the format holds no other coordinates.
    usual_degrees : bool
        Longitude and latitude unless somebody asks for a projection.
    encodings : bool
        The function takes ``encoding``.
    columns, point_names, names_system : bool
        The format holds any column of the source; names of points; its coordinate system.
    rounded : bool
        Coordinates that were brought to another system are written to the millimetre, or to nine
        decimals of a degree, as such files are read by people.
    """

    module: str
    function: str
    suffix: str
    needs: Literal["metres", "degrees"] | None = None
    usual_degrees: bool = False
    encodings: bool = False
    columns: bool = True
    point_names: bool = False
    names_system: bool = True
    rounded: bool = False

    def write(self, outgoing: Outgoing, encoding: str | None = None) -> bytes:
        """Make the file; errors as those of the writer."""
        function: Any = getattr(import_module(self.module), self.function)
        options = {"encoding": encoding} if encoding and self.encodings else {}
        content: bytes = function(outgoing, **options)
        return content


# Of formats with the same suffix the first is meant by it.
WRITERS: dict[str, Writer] = {
    "txt": Writer(
        module="geo.write.txt",
        function="write_txt",
        suffix=".txt",
        needs="metres",
        encodings=True,
        columns=False,
        point_names=True,
        rounded=True,
    ),
    "xlsx": Writer(
        module="geo.write.points_sheet",
        function="write_points_sheet",
        suffix=".xlsx",
        columns=False,
        point_names=True,
        names_system=False,
        rounded=True,
    ),
    "csv": Writer(
        module="geo.write.delimited",
        function="write_points_csv",
        suffix=".csv",
        encodings=True,
        columns=False,
        point_names=True,
        names_system=False,
        rounded=True,
    ),
    "listing": Writer(
        module="geo.write.delimited",
        function="write_listing_csv",
        suffix=".csv",
        encodings=True,
    ),
    "geopackage": Writer(module="geo.write.gis", function="write_geopackage", suffix=".gpkg"),
    "shapefile": Writer(
        module="geo.write.gis", function="write_shapefile", suffix=".zip", encodings=True
    ),
    "geojson": Writer(
        module="geo.write.gis", function="write_geojson", suffix=".geojson", usual_degrees=True
    ),
    "kml": Writer(
        module="geo.write.kml",
        function="write_kml",
        suffix=".kml",
        needs="degrees",
        usual_degrees=True,
    ),
    "kmz": Writer(
        module="geo.write.kmz",
        function="write_kmz",
        suffix=".kmz",
        needs="degrees",
        usual_degrees=True,
    ),
    "dxf": Writer(
        module="geo.write.dxf",
        function="write_dxf",
        suffix=".dxf",
        needs="metres",
        columns=False,
        point_names=True,
        names_system=False,
    ),
    "flatgeobuf": Writer(module="geo.write.gis", function="write_flatgeobuf", suffix=".fgb"),
    "geoparquet": Writer(module="geo.write.gis", function="write_geoparquet", suffix=".parquet"),
}
_ALSO = {".shp": "shapefile", ".json": "geojson", ".geoparquet": "geoparquet"}
FORMAT_OF_SUFFIX: Mapping[str, str] = {
    **{writer.suffix: name for name, writer in reversed(list(WRITERS.items()))},
    **_ALSO,
}


def writer_of(file_format: str) -> Writer:
    """Return the writer of a format.

    Raises
    ------
    PlannerError
        ``format_not_written``, with the formats that are.
    """
    if file_format not in WRITERS:
        raise PlannerError("format_not_written", value=file_format, formats=list(WRITERS))
    return WRITERS[file_format]
