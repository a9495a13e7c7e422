"""Areas of parcels in a report: on the ellipsoid, in the file's plane, and as declared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

from geo.area import ellipsoidal_area, lonlat_area
from geo.batches import row_batches
from geo.errors import PlannerError
from geo.survey.quality import tolerance
from geo.survey.quality.finding import Found

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa
    from pyproj import CRS

    from geo.survey.declared import Declared

_Floats = npt.NDArray[np.float64]


def measured_areas(native: Any, lonlat: Any, crs: CRS) -> tuple[_Floats, _Floats]:
    """Measure parcels on the ellipsoid and in the plane of their file.

    Parameters
    ----------
    native, lonlat : array of geometry, shape (n,)
        In the file's CRS and in EPSG:4490.
    crs : CRS
        Of ``native``.

    Returns
    -------
    on_ellipsoid, in_plane : float array, shape (n,)
        Square metres. Edges are straight in the file's projection if that is a transverse
        Mercator, else in one of the parcel's own; the plane area is NaN for degrees and any other
        projection than a transverse Mercator.
    """
    if crs.is_geographic:
        return _some_at_a_time(lonlat_area, lonlat), np.full(len(native), np.nan)
    plane = shapely.area(native) * float(crs.axis_info[0].unit_conversion_factor) ** 2
    try:
        return _some_at_a_time(lambda shapes: ellipsoidal_area(shapes, crs), native), plane
    except PlannerError:  # another projection: its plane is no measure, least of all a web map's
        return _some_at_a_time(lonlat_area, lonlat), np.full(len(native), np.nan)


def _some_at_a_time(measure: Callable[[Any], _Floats], shapes: Any) -> _Floats:
    return np.concatenate([measure(shapes[rows]) for rows in row_batches(shapes)])


def area_findings(on_ellipsoid: _Floats, in_plane: _Floats, declared: Declared) -> pa.Table:
    """Compare declared areas with the nearer of plane and ellipsoid.

    Returns
    -------
    pyarrow.Table
        `FINDINGS` with code ``Q_AREA``: declared minus computed in square metres, and the limit
        max(1 m², 0.05 %, half of the last digit declared).
    """
    plane = np.where(np.isnan(in_plane), on_ellipsoid, in_plane)
    to_plane = declared.square_metres - plane
    to_ellipsoid = declared.square_metres - on_ellipsoid
    nearer = np.where(np.abs(to_plane) <= np.abs(to_ellipsoid), to_plane, to_ellipsoid)
    limit = np.maximum(
        tolerance.limit("Q_AREA"), tolerance.rule("check", "Q_AREA", "ratio") * plane
    )
    limit = np.maximum(limit, declared.rounding_m2)
    parcels = np.flatnonzero(np.abs(nearer) > limit)
    return Found("Q_AREA", parcels, value=nearer[parcels], limit=limit[parcels]).table()
