"""Areas of parcels in a report: on the ellipsoid, in the file's plane, and as declared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely

from geo.area import ellipsoidal_area, lonlat_area
from geo.batches import row_batches
from geo.errors import PlannerError
from geo.survey.model import FINDINGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyproj import CRS

    from geo.survey.declared import Declared

_Floats = npt.NDArray[np.float64]
TOLERANCE_M2 = 1.0
TOLERANCE_RATIO = 0.0005


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
        max(1 m², 0.05 %, half of the last digit declared), as in data/geometry_qc.toml.
    """
    plane = np.where(np.isnan(in_plane), on_ellipsoid, in_plane)
    to_plane = declared.square_metres - plane
    to_ellipsoid = declared.square_metres - on_ellipsoid
    nearer = np.where(np.abs(to_plane) <= np.abs(to_ellipsoid), to_plane, to_ellipsoid)
    limit = np.maximum(TOLERANCE_M2, TOLERANCE_RATIO * plane)
    limit = np.maximum(limit, declared.rounding_m2)
    parcels = np.flatnonzero(np.abs(nearer) > limit)
    return finding_rows(
        parcels, "Q_AREA", "warn", value=nearer[parcels], limit=limit[parcels], unit="m2"
    )


def finding_rows(
    parcels: npt.NDArray[np.integer],
    code: str,
    severity: str,
    *,
    value: _Floats | None = None,
    limit: _Floats | None = None,
    unit: str = "",
    other: npt.NDArray[np.integer] | None = None,
) -> pa.Table:
    """Make rows of `FINDINGS` for whole parcels; what is not given is null, ``other`` -1."""
    count = len(parcels)
    columns = {
        "parcel": parcels,
        "code": [code] * count,
        "severity": [severity] * count,
        "ring": np.zeros(count, dtype=np.int32),
        "point": np.zeros(count, dtype=np.int32),
        "value": value if value is not None else [None] * count,
        "limit": limit if limit is not None else [None] * count,
        "unit": [unit] * count,
        "other": other if other is not None else np.full(count, -1),
        "wkb": [None] * count,
    }
    arrays = [
        pa.array(columns[field.name], from_pandas=True).cast(field.type) for field in FINDINGS
    ]
    return pa.Table.from_arrays(arrays, schema=FINDINGS)
