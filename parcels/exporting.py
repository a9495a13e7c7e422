"""Parcels of a survey into a file of any format that is written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

from geo.errors import PlannerError
from geo.survey.quality.order import normalise
from geo.systems import LONLAT, read_system
from geo.write.formats import writer_of
from geo.write.losses import losses_of
from geo.write.model import Outgoing
from geo.write.point_rows import DEGREE_DECIMALS, METRE_DECIMALS
from parcels.export_labels import clockwise, kept_labels
from parcels.export_systems import export_systems

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from geo.read.parsed import Note
    from geo.survey.model import Survey
    from geo.systems import System
    from geo.write.formats import Writer

_NEEDS = {"metres": "export_needs_metres", "degrees": "export_needs_degrees"}
# What people call them; GB18030 writes what GBK can write with the same bytes.
_CODECS = {
    "utf8": "utf-8",
    "utf8sig": "utf-8-sig",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "gb18030": "gb18030",
}


def export(
    survey: Survey,
    file_format: str,
    *,
    to: str | None = None,
    encoding: str | None = None,
    renumber: bool = False,
    positions: Sequence[int] | None = None,
) -> bytes:
    """Write parcels of a survey; as `export_with_notes`, without what is to be said of the file."""
    return export_with_notes(
        survey, file_format, to=to, encoding=encoding, renumber=renumber, positions=positions
    ).content


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A file, and what it cannot say of the parcels (`geo.write.losses.losses_of`)."""

    content: bytes
    notes: tuple[Note, ...]


def export_with_notes(
    survey: Survey,
    file_format: str,
    *,
    to: str | None = None,
    encoding: str | None = None,
    renumber: bool = False,
    positions: Sequence[int] | None = None,
) -> Exported:
    """Write parcels of a survey; the same input gives the same bytes.

    Parameters
    ----------
    survey : Survey
        What was read.
    file_format : str
        A key of `geo.write.formats.WRITERS`.
    to : str, optional
        ``EPSG:…`` of the file; default: the survey's own, in which its numbers stay as they are
        to the last bit; EPSG:4490 for KML, KMZ and GeoJSON.
    encoding : str, optional
        ``utf-8``, ``utf-8-sig`` or ``gbk``, for formats that leave it open.
    renumber : bool
        Begin every ring in the north-west and number its points anew.
    positions : sequence of int, optional
        The parcels to write; default: all.

    Returns
    -------
    Exported
        The file, a Shapefile as a zip archive, with its notes. What was brought to another system
        is rounded where people read the numbers (`geo.write.formats.Writer.rounded`).

    Raises
    ------
    PlannerError
        ``export_nothing``, ``export_shifted`` (GCJ-02 and BD-09 are never written),
        ``export_target_needed``, ``export_needs_metres``, ``export_needs_degrees``,
        ``export_far``, ``export_encoding_fixed``, ``export_encoding_unknown``,
        ``format_not_written``, those of `read_system` and of the writer.
    """
    writer = writer_of(file_format)
    codec = _codec(encoding, writer, file_format)
    chosen = np.arange(survey.parcels.num_rows) if positions is None else np.asarray(positions)
    if not len(chosen):
        raise PlannerError("export_nothing")
    parcels = survey.parcels.take(chosen)
    system = _target(survey, parcels, writer, file_format, to)
    drawn = _drawn(survey, parcels, system, writer)
    outgoing = _outgoing(survey, chosen, drawn, system, renumber=renumber)
    return Exported(content=writer.write(outgoing, codec), notes=losses_of(outgoing, file_format))


def _codec(encoding: str | None, writer: Writer, file_format: str) -> str | None:
    if not encoding:
        return None
    if not writer.encodings:
        raise PlannerError("export_encoding_fixed", format=file_format, encoding=encoding)
    codec = _CODECS.get(encoding.lower().replace("-", "").replace("_", ""))
    if codec is None:
        raise PlannerError("export_encoding_unknown", encoding=encoding)
    return codec


def _target(
    survey: Survey, parcels: pa.Table, writer: Writer, file_format: str, to: str | None
) -> System:
    """Decide the system of the file."""
    lon = _middle_longitude(parcels)
    if to is None:
        return _usual_target(survey, writer, lon)
    system = read_system(to)
    if system.is_shifted:
        raise PlannerError("export_shifted", crs=to)
    if writer.needs and (writer.needs == "degrees") != system.is_degrees:
        code = _NEEDS[writer.needs]
        raise PlannerError(code, format=file_format, systems=_codes(lon, writer))
    if system.epsg != survey.crs.epsg:
        _require_near(system, parcels)
    return system


def _usual_target(survey: Survey, writer: Writer, lon: float) -> System:
    if writer.usual_degrees:
        return LONLAT
    own = read_system(f"EPSG:{survey.crs.epsg}") if survey.crs.epsg else None
    if own is None or (writer.needs == "metres" and own.is_degrees):
        raise PlannerError("export_target_needed", crs=survey.crs.name, systems=_codes(lon, writer))
    return own


def _codes(lon: float, writer: Writer) -> list[str]:
    return [
        f"EPSG:{system.epsg}"
        for system in export_systems(lon)
        if writer.needs is None or system.is_degrees == (writer.needs == "degrees")
    ]


def _middle_longitude(parcels: pa.Table) -> float:
    west, _, east, _ = shapely.total_bounds(_shapes(parcels, "wkb"))
    return float(west + east) / 2


def _require_near(system: System, parcels: pa.Table) -> None:
    """Refuse a zone that is not meant for the place: its lengths would be far off."""
    zone = system.zone
    if zone is None:
        return
    west, _, east, _ = shapely.total_bounds(system.from_lonlat(_shapes(parcels, "wkb")))
    farthest = float(np.abs(np.array([west, east]) - zone.false_easting).max())
    if not farthest <= zone.farthest_m:
        km, limit = round(farthest / 1000), round(zone.farthest_m / 1000)
        raise PlannerError("export_far", crs=system.name, km=km, limit=limit)


def _outgoing(
    survey: Survey,
    chosen: npt.NDArray[np.intp],
    drawn: npt.NDArray[np.object_],
    system: System,
    *,
    renumber: bool,
) -> Outgoing:
    parcels = survey.parcels.take(chosen)
    labels = [None] * len(drawn) if survey.labels is None else survey.labels.take(chosen)
    geometries, names = (
        (_from_north_west(drawn), (None,) * len(drawn))
        if renumber
        else (clockwise(drawn), kept_labels(drawn, labels))
    )
    on_ellipsoid = parcels.column("area_m2").to_numpy()
    return Outgoing(
        title=_title(survey.file),
        geometries=geometries,
        crs=system.crs,
        epsg=_code(system),
        ids=tuple(parcels.column("id").to_pylist()),
        names=tuple(parcels.column("name").to_pylist()),
        area_m2=on_ellipsoid,
        area_plane_m2=on_ellipsoid if system.is_degrees else shapely.area(geometries),
        attributes=survey.attributes.take(chosen),
        fields=survey.fields,
        labels=names,
        header=survey.header,
        declared_area_m2=parcels.column("declared_area_m2").to_numpy(),
    )


def _drawn(
    survey: Survey, parcels: pa.Table, system: System, writer: Writer
) -> npt.NDArray[np.object_]:
    """Give the shapes in the system of the file."""
    if system.epsg == survey.crs.epsg:
        return np.asarray(_shapes(parcels, "native"))
    moved = np.asarray(system.from_lonlat(_shapes(parcels, "wkb")))
    if not writer.rounded:
        return moved
    decimals = DEGREE_DECIMALS if system.is_degrees else METRE_DECIMALS
    rounded = shapely.transform(moved, lambda points: np.round(points, decimals))
    return np.where(shapely.is_valid(rounded), rounded, moved)


def _from_north_west(geometries: Any) -> Any:
    return normalise(geometries).geometries


def _title(file: str) -> str:
    """Name the file's contents; bytes of a file name that are no text become question marks."""
    return PurePath(file).stem.encode("utf-8", errors="replace").decode("utf-8")


def _code(system: System) -> int:
    if system.epsg is None:
        raise PlannerError("crs_unreadable", crs=system.name)
    return system.epsg


def _shapes(parcels: pa.Table, column: str) -> Any:
    return shapely.from_wkb(parcels.column(column).to_numpy())
