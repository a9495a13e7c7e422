"""Rows of a vector file in EPSG:4490: which can count in a layer, and why another cannot."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

from geo.read.parsed import Note
from geo.read.placement import CHINA, LONLAT, Placed, place
from geo.read.vector import not_finite
from geo.systems import BD09, GCJ02, read_system
from layers.overlay_edges import cut_long_edges

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from geo.read.parsed import Fault
    from geo.read.vector import RawFrame
    from layers.overlay_kinds import OverlayKind

Objects = npt.NDArray[np.object_]
_TYPES = shapely.GeometryType
_LAND = (_TYPES.POLYGON, _TYPES.MULTIPOLYGON)
_LINES = (_TYPES.LINESTRING, _TYPES.MULTILINESTRING)
_FAULTS = {
    "no_geometry": "empty_geometry",
    "unsupported_type": "wrong_type",
    "curve_geometry": "wrong_type",
}
_FEATURE = re.compile(r"(?:^|;)feature:(\d+)")
_DIMENSION_OF_LAND = 2
_SQUARE_DEGREE_M2 = 111_320.0**2  # at the equator; less elsewhere
_SAME_AREA_M2 = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """All rows of a file: those that count, and how many do not for which reason.

    Attributes
    ----------
    cells : DataFrame
        Attributes of the rows that count, index 0 … n-1; n may be 0.
    columns : DataFrame
        The same of all rows, by which columns are found.
    shapes : object array, shape (n,)
        EPSG:4490, valid, none empty.
    names : tuple of str
        Names that the format itself knows; () where only a column can tell.
    skipped : mapping of str to int
        See `layers.overlay.OverlayReport`.
    repaired : int
    crs, crs_how, format, encoding, layer, digest, notes, remarks, members
        As in `OverlayReport` and `geo.read.vector.RawFrame`.
    """

    cells: pd.DataFrame
    columns: pd.DataFrame
    shapes: Objects
    names: tuple[str, ...] = ()
    skipped: Mapping[str, int]
    repaired: int
    crs: str
    crs_how: str
    format: str
    encoding: str | None
    layer: str | None
    digest: str
    notes: tuple[Note, ...]
    remarks: tuple[tuple[Fault, int], ...]
    members: Mapping[str, str]


def rows_of_vector(raw: RawFrame, kind: OverlayKind, crs: str | None) -> Rows:
    """Place the rows of a vector file and tell which of them count.

    Parameters
    ----------
    raw : RawFrame
        At least one row.
    kind : OverlayKind
    crs : str or None
        What the user says of the CRS.

    Raises
    ------
    PlannerError
        Those of `geo.read.placement.place` and of `geo.systems.read_system`.
    """
    table = raw.frame.drop(columns="geometry")
    reasons = _reasons_before(raw, kind)
    kept = np.flatnonzero(reasons == "")
    drawn = cut_long_edges(raw.frame.geometry.to_numpy()[kept])
    placed = _placed(drawn, raw, crs)
    reasons[kept[~placed.inside]] = "outside_crs"
    kept = kept[placed.inside]
    shapes, later, repaired = sound_shapes(placed.geometries[placed.inside])
    reasons[kept] = later
    usable = later == ""
    return Rows(
        cells=table.iloc[kept[usable]].reset_index(drop=True),
        columns=table,
        shapes=shapes[usable],
        skipped=Counter(str(reason) for reason in reasons if reason),
        repaired=repaired,
        crs=placed.crs,
        crs_how=placed.how,
        format=raw.format,
        encoding=raw.encoding,
        layer=raw.layer,
        digest=raw.digest,
        notes=(*raw.notes, *(Note(code=code) for code in placed.notes)),
        remarks=counted_remarks(raw.remarks),
        members=raw.members,
    )


def counted_remarks(remarks: tuple[Fault, ...]) -> tuple[tuple[Fault, int], ...]:
    """Return the first remark of each code, and how many there are."""
    counts = Counter(remark.code for remark in remarks)
    first = {remark.code: remark for remark in reversed(remarks)}
    return tuple((first[code], count) for code, count in sorted(counts.items()))


def sound_shapes(shapes: Objects) -> tuple[Objects, Objects, int]:
    """Mend what can be read in one way only, and tell why other shapes cannot count.

    Parameters
    ----------
    shapes : object array, shape (n,)
        EPSG:4490, finite, polygons and lines.

    Returns
    -------
    mended : object array, shape (n,)
    reasons : object array of str, shape (n,)
        ``far_away`` (outside China), ``invalid_geometry`` (a polygon that crosses itself and
        can be read in two ways), ``zero_area``, ``zero_length``, or "".
    repaired : int
        How many polygons without a reason were mended.
    """
    reasons = np.full(len(shapes), "", dtype=object)
    land = shapely.get_dimensions(shapes) == _DIMENSION_OF_LAND
    broken = land & ~shapely.is_valid(shapes)
    mended = shapes.copy()
    mended[broken], doubtful = _mended(shapes[broken])
    reasons[np.flatnonzero(broken)[doubtful]] = "invalid_geometry"
    reasons[land & (shapely.area(mended) == 0)] = "zero_area"
    reasons[~land & (shapely.length(mended) == 0)] = "zero_length"
    reasons[~_within_china(shapes)] = "far_away"
    return mended, reasons, int((broken & (reasons == "")).sum())


def _reasons_before(raw: RawFrame, kind: OverlayKind) -> Objects:
    """Give each row the reason for leaving it out that its file alone tells, or ""."""
    shapes = raw.frame.geometry.to_numpy()
    reasons = np.full(len(shapes), "", dtype=object)
    both = kind.geometry == "line" or kind.boundary_lines
    reasons[~np.isin(shapely.get_type_id(shapes), _LAND + _LINES * both)] = "wrong_type"
    reasons[not_finite(shapes)] = "invalid_geometry"
    reasons[shapely.is_missing(shapes) | shapely.is_empty(shapes)] = "empty_geometry"
    if kind.geometry == "line":
        reasons[list(_reduced(raw))] = "wrong_type"
    for row, fault in raw.faults.items():
        reasons[row] = _FAULTS.get(fault.code, "invalid_geometry")
    return reasons


def _reduced(raw: RawFrame) -> Iterator[int]:
    """Find collections of which the reader took the polygons only: an axis may have been lost."""
    for remark in raw.remarks:
        feature = _FEATURE.search(remark.where)
        if remark.code == "collection_reduced" and feature:
            yield int(feature[1]) - 1


def _placed(shapes: Objects, raw: RawFrame, crs: str | None) -> Placed:
    """Bring shapes to EPSG:4490; the systems of web maps are shifted back."""
    if not len(shapes):
        return Placed(geometries=shapes, inside=np.zeros(0, dtype=bool), crs="—", how="format")
    system = read_system(crs) if crs else None
    if system is None and raw.crs in (GCJ02, BD09):
        system = read_system(raw.crs)
    if system is None or not system.is_shifted:
        chosen = system.definition if system else None
        return place(shapes, declared=raw.crs, chosen=chosen, file_format=raw.format)
    there = place(shapes, declared=None, chosen=LONLAT, file_format=raw.format)
    shifted = there.geometries.copy()
    shifted[there.inside] = system.to_lonlat(shifted[there.inside])
    return Placed(
        geometries=shifted,
        inside=there.inside,
        crs=system.name,
        how="chosen" if crs else "declared",
        notes=there.notes,
    )


def _within_china(shapes: Objects) -> npt.NDArray[np.bool_]:
    west, south, east, north = shapely.bounds(shapes).T
    inside = (west >= CHINA[0]) & (south >= CHINA[1]) & (east <= CHINA[2]) & (north <= CHINA[3])
    return np.asarray(inside, dtype=bool)


def _mended(shapes: Objects) -> tuple[Objects, npt.NDArray[np.bool_]]:
    """Make polygons valid in two ways, and tell where these enclose different land.

    One way takes all that a ring runs around and what any part covers, the other what lies inside
    an odd number of rings.
    """
    merging = _land_of(shapely.make_valid(shapes, method="structure", keep_collapsed=False))
    crossing = np.array([_inside_odd_rings(shape) for shape in shapes], dtype=object)
    differing = shapely.area(shapely.symmetric_difference(merging, crossing))
    return merging, differing * _SQUARE_DEGREE_M2 > _SAME_AREA_M2


def _inside_odd_rings(shape: Any) -> Any:
    rings = shapely.polygons(shapely.get_rings(shapely.get_parts(shape)))
    return reduce(shapely.symmetric_difference, _land_of(shapely.make_valid(rings)))


def _land_of(shapes: Any) -> Objects:
    """Take the polygons out of collections: what collapsed to a line encloses nothing."""
    mixed = shapely.get_type_id(shapes) == _TYPES.GEOMETRYCOLLECTION
    shapes[mixed] = [_polygons_of(shape) for shape in shapes[mixed]]
    shapes[shapely.get_dimensions(shapes) < _DIMENSION_OF_LAND] = shapely.Polygon()
    return np.asarray(shapes, dtype=object)


def _polygons_of(collection: Any) -> Any:
    parts = shapely.get_parts(collection)
    return shapely.union_all(parts[shapely.get_dimensions(parts) == _DIMENSION_OF_LAND])
