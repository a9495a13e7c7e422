"""The quality of parcel geometry: every check of data/geometry_qc.toml on one parcel alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import shapely

from geo.batches import row_batches
from geo.survey.quality.corners import corner_findings
from geo.survey.quality.finding import Found, counted_on, finding_table
from geo.survey.quality.order import order_findings
from geo.survey.quality.tolerance import limit, rule
from geo.survey.quality.validity import validity_findings
from geo.survey.quality.vertices import flat_vertices

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from geo.survey.quality.vertices import Bools, Shapes

_MOST_DECIMALS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What an examination found.

    Attributes
    ----------
    findings : pyarrow.Table
        `FINDINGS`, by parcel.
    broken : bool array, shape (n,)
        What may not become a parcel without a repair: a ring that crosses or touches itself, a
        hole outside, parts that overlap, no area, a number that is not finite.
    """

    findings: pa.Table
    broken: Bools


def examine(
    geometries: Shapes | Sequence[Any], *, decimals: npt.NDArray[np.integer] | None = None
) -> Examined:
    """Examine parcels one by one; nothing is changed.

    Parameters
    ----------
    geometries : array of Polygon, MultiPolygon or None, shape (n,)
        Metres, x east, y north; valid or not. None has no findings.
    decimals : int array, shape (n,), optional
        Decimals of the coordinates as written, or from `written_decimals`; not checked without,
        nor where negative.

    Returns
    -------
    Examined
    """
    shapes = np.array(geometries, dtype=object)
    broken, tables = np.zeros(len(shapes), dtype=bool), []
    for rows in row_batches(shapes):
        some = _examine_some(shapes[rows], None if decimals is None else decimals[rows])
        broken[rows] = some.broken
        tables.append(counted_on(some.findings, rows.start))
    return Examined(findings=pa.concat_tables(tables).combine_chunks(), broken=broken)


def _examine_some(shapes: Shapes, decimals: npt.NDArray[np.integer] | None) -> Examined:
    broken, found = validity_findings(shapes)
    finite = shapes.copy()
    finite[_not_finite(shapes)] = None
    vertices = flat_vertices(finite)
    if len(vertices.xy):
        found += corner_findings(vertices)
        found += order_findings(vertices)
    found += _whole_findings(shapes, broken)
    if decimals is not None:
        odd = (decimals < rule("check", "Q_DECIMALS", "fewest")) | (decimals > limit("Q_DECIMALS"))
        odd &= decimals >= 0
        rows = np.flatnonzero(odd & ~shapely.is_missing(shapes))
        found.append(Found("Q_DECIMALS", rows, value=decimals[rows].astype(float)))
    return Examined(findings=finding_table(found), broken=broken)


def written_decimals(geometries: Shapes | Sequence[Any]) -> npt.NDArray[np.intp]:
    """Count the decimals that the coordinates of each geometry need, from 0 to 12.

    Parameters
    ----------
    geometries : array of geometry or None, shape (n,)
        In the numbers of their file, untouched. Zeros at the end do not count: 12.500 has one.
    """
    shapes = np.asarray(geometries, dtype=object)
    needed = np.zeros(len(shapes), dtype=np.intp)
    for rows in row_batches(shapes):
        needed[rows] = _decimals_of(shapes[rows])
    return needed


def _decimals_of(shapes: Shapes) -> npt.NDArray[np.intp]:
    xy, owner = shapely.get_coordinates(shapes, return_index=True)
    needed = np.zeros(len(shapes), dtype=np.intp)
    finite = np.isfinite(xy).all(axis=1)
    xy, owner = xy[finite], owner[finite]
    for decimals in range(_MOST_DECIMALS):
        rest = np.abs(xy - np.round(xy, decimals)) > 2 * np.spacing(np.abs(xy))
        rest = rest.any(axis=1)
        xy, owner = xy[rest], owner[rest]
        needed[owner] = decimals + 1
    return needed


def _not_finite(shapes: Shapes) -> Bools:
    xy, owner = shapely.get_coordinates(shapes, return_index=True)
    marked = np.zeros(len(shapes), dtype=bool)
    marked[owner[~np.isfinite(xy).all(axis=1)]] = True
    return marked


def _whole_findings(shapes: Shapes, broken: Bools) -> list[Found]:
    """Examine number of parts and size; the size of a broken polygon says nothing."""
    parts, area = shapely.get_num_geometries(shapes), shapely.area(shapes)
    several = np.flatnonzero(parts > limit("Q_MULTI"))
    sound = ~broken & ~shapely.is_missing(shapes)
    small = np.flatnonzero(sound & (area < limit("Q_MINAREA")))
    return [
        Found("Q_MULTI", several, value=parts[several].astype(float)),
        Found("Q_MINAREA", small, value=area[small]),
    ]
