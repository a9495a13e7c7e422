"""A user's own network: roads, water, landmarks and areas with names."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

from geo.errors import PlannerError
from geo.location.features import NamedFeature
from geo.read.columns import Columns, as_metres, as_names, as_text, find_columns, kind_of
from geo.read.limits import DEFAULT_LIMITS, Limits
from geo.read.placement import CrsHow, Placed, place
from geo.read.source import content_of
from geo.read.vector import RawFrame, not_finite, read_vector

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_REASONS = {
    "no_geometry": "empty_geometry",
    "unsupported_type": "unsupported_type",
    "curve_geometry": "unsupported_type",
}
_LARGEST_TYPE = shapely.GeometryType.MULTIPOLYGON


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkReport:
    """What was read and how; ``rows`` = ``features`` + the sum of ``skipped``.

    Attributes
    ----------
    file, format, digest : str
        Name as given, format as found, SHA-256.
    layer, encoding : str or None
        As found in the file.
    crs, crs_how : str
        The CRS that was read from: ``declared``, ``chosen`` or ``format`` (GeoJSON is degrees).
    name_column, name_column_how : str
        ``known`` as a usual name, or ``chosen``.
    rows, features : int
        Rows of the file, and features that came of them.
    skipped : Mapping of str to int
        Reason to count: ``empty_geometry``, ``invalid_geometry``, ``unsupported_type``,
        ``zero_length``, ``outside_crs``, ``no_name``; a row has one reason.
    notes : tuple of str
        Stable codes of what was assumed or repaired.
    """

    file: str
    format: str
    digest: str
    layer: str | None
    encoding: str | None
    crs: str
    crs_how: CrsHow
    name_column: str
    name_column_how: str
    rows: int
    features: int
    skipped: Mapping[str, int]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkFile:
    """Named features on EPSG:4490 in the file's order, and the account of the reading."""

    features: tuple[NamedFeature, ...]
    report: NetworkReport


def read_network(
    source: Path | bytes,
    filename: str,
    *,
    name_column: str | None = None,
    crs: str | None = None,
    layer: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> NetworkFile:
    """Read a network of named features from a file.

    Parameters
    ----------
    source : Path or bytes
        GeoJSON, GeoPackage or zipped Shapefile; as a path also a ``.shp`` with its files beside.
    filename : str
        Named in errors and in the report; it decides nothing.
    name_column, crs, layer : str, optional
        The user's choice where the file leaves one.
    limits : Limits
        Size, time, memory, counts.

    Returns
    -------
    NetworkFile
        Features have the id ``row-<n>``, n counted from 1 in the file.

    Raises
    ------
    PlannerError
        Those of `read_vector`, `find_columns` and `place`, all with ``file``;
        ``file_not_found``, ``file_unreadable``; ``network_empty`` when no row is left.
    """
    try:
        raw = read_vector(content_of(source, limits), filename, layer=layer, limits=limits)
        return _network(raw, filename, name_column=name_column, crs=crs)
    except PlannerError as error:
        raise PlannerError(error.code, **{"file": filename, **error.values}) from error


def _network(
    raw: RawFrame, filename: str, *, name_column: str | None, crs: str | None
) -> NetworkFile:
    if raw.frame.empty:
        raise PlannerError("network_empty", rows=0)
    columns = find_columns(raw.frame, name=name_column)
    shapes = raw.frame.geometry.to_numpy()
    reasons = _reasons(raw, shapes, columns)
    kept = np.flatnonzero(reasons == "")
    if not len(kept):
        raise PlannerError("network_empty", rows=len(shapes))
    placed = place(shapes[kept], declared=raw.crs, chosen=crs, file_format=raw.format)
    reasons[kept[~placed.inside]] = "outside_crs"
    shapes, repaired = _repaired(placed.geometries[placed.inside])
    features = _features(raw, kept[placed.inside], shapes, columns)
    skipped = Counter(str(reason) for reason in reasons if reason)
    notes = (
        *(note.code for note in raw.notes if not note.values),
        *placed.notes,
        *(("polygons_repaired",) if repaired else ()),
    )
    report = _report(raw, filename, columns=columns, placed=placed, skipped=skipped, notes=notes)
    return NetworkFile(features=features, report=report)


def _reasons(raw: RawFrame, shapes: Any, columns: Columns) -> npt.NDArray[np.object_]:
    """Give each row the one reason for leaving it out, or an empty text."""
    reasons = np.full(len(shapes), "", dtype=object)
    names = [as_text(value) for value in raw.frame[columns.name]]
    lines = np.isin(shapely.get_dimensions(shapes), [1])
    reasons[[name is None for name in names]] = "no_name"
    reasons[lines & (shapely.length(shapes) == 0)] = "zero_length"
    reasons[shapely.get_type_id(shapes) > _LARGEST_TYPE] = "unsupported_type"
    reasons[not_finite(shapes)] = "invalid_geometry"
    reasons[shapely.is_missing(shapes) | shapely.is_empty(shapes)] = "empty_geometry"
    for row, fault in raw.faults.items():
        reasons[row] = _REASONS.get(fault.code, "invalid_geometry")
    return reasons


def _repaired(shapes: Any) -> tuple[Any, int]:
    """Make crossing polygons valid: a network's areas only say where something lies."""
    broken = (shapely.get_dimensions(shapes) == 2) & ~shapely.is_valid(shapes)  # noqa: PLR2004
    mended = shapes.copy()
    mended[broken] = shapely.make_valid(shapes[broken], method="structure")
    return mended, int(broken.sum())


def _features(
    raw: RawFrame, rows: npt.NDArray[np.intp], shapes: Any, columns: Columns
) -> tuple[NamedFeature, ...]:
    cells = raw.frame.drop(columns="geometry").iloc[rows].to_dict("records")
    dimensions = shapely.get_dimensions(shapes)
    return tuple(
        _feature(int(row), cell, shape, columns, int(dimension))
        for row, cell, shape, dimension in zip(rows, cells, shapes, dimensions, strict=True)
    )


def _feature(
    row: int, cells: Mapping[Any, Any], shape: Any, columns: Columns, dimension: int
) -> NamedFeature:
    name = as_text(cells[columns.name]) or ""
    return NamedFeature(
        id=f"row-{row + 1}",
        name=name,
        geometry=shape,
        kind=kind_of(cells, columns, name=name, dimension=dimension),
        aliases=as_names(cells[columns.aliases]) if columns.aliases else (),
        former=as_names(cells[columns.former]) if columns.former else (),
        district=as_text(cells[columns.district]) if columns.district else None,
        accuracy_m=as_metres(cells[columns.accuracy]) if columns.accuracy else None,
    )


def _report(
    raw: RawFrame,
    filename: str,
    *,
    columns: Columns,
    placed: Placed,
    skipped: Counter[str],
    notes: tuple[str, ...],
) -> NetworkReport:
    return NetworkReport(
        file=filename,
        format=raw.format,
        digest=raw.digest,
        layer=raw.layer,
        encoding=raw.encoding,
        crs=placed.crs,
        crs_how=placed.how,
        name_column=columns.name,
        name_column_how=columns.name_how,
        rows=len(raw.frame),
        features=len(raw.frame) - skipped.total(),
        skipped=dict(sorted(skipped.items())),
        notes=notes,
    )
