"""Which rows of a file can count in a layer, and the one reason why another cannot."""

from __future__ import annotations

import re
from collections import Counter
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

from geo.read.placement import CHINA, LONLAT, Placed, place
from geo.read.vector import not_finite
from geo.systems import BD09, GCJ02, read_system

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def reasons_before(raw: RawFrame, kind: OverlayKind) -> Objects:
    """Give each row the reason for leaving it out that its file alone tells, or "".

    Returns
    -------
    object array of str, shape (rows,)
        ``empty_geometry``, ``invalid_geometry``, ``wrong_type``.
    """
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


def counted_remarks(raw: RawFrame) -> tuple[tuple[Fault, int], ...]:
    """Return the first remark of each code, and how many there are."""
    counts = Counter(remark.code for remark in raw.remarks)
    first = {remark.code: remark for remark in reversed(raw.remarks)}
    return tuple((first[code], count) for code, count in sorted(counts.items()))


def placed_rows(shapes: Objects, raw: RawFrame, crs: str | None) -> Placed:
    """Bring shapes to EPSG:4490; the systems of web maps are shifted back.

    Parameters
    ----------
    shapes : object array, shape (n,)
        In the file's own coordinates, all finite; n ≥ 1.
    raw : RawFrame
        What the file declares.
    crs : str or None
        What its user says: a code, WKT or a name (`geo.systems.read_system`); it wins.

    Raises
    ------
    PlannerError
        Those of `geo.read.placement.place` and of `read_system`.
    """
    system = read_system(crs) if crs else None
    if system is None and raw.crs in (GCJ02, BD09):
        system = read_system(raw.crs)
    if system is None or not system.is_shifted:
        chosen = system.definition if system else None
        return place(shapes, declared=raw.crs, chosen=chosen, file_format=raw.format)
    there = place(shapes, declared=None, chosen=LONLAT, file_format=raw.format)
    return Placed(
        geometries=np.asarray(system.to_lonlat(there.geometries)),
        inside=there.inside,
        crs=system.name,
        how="chosen" if crs else "declared",
        notes=there.notes,
    )


def reasons_after(shapes: Objects) -> tuple[Objects, Objects, int]:
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
