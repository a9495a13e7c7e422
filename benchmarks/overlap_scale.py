"""What the peers need beside their engine: 1/k² of a projection, and rows as answers.

A peer that multiplies plane areas by 1/k² at the centroid has the quickest way to an area on
the ellipsoid that is right to 1e-9; PROJ's own areal scale is the truth here, not our series.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pyarrow as pa

Floats = npt.NDArray[np.float64]
_NODES, _DEGREE = 9, 4


class InverseScale:
    """1/k² of a projection as a polynomial over the extent of some points.

    Parameters
    ----------
    crs : str
        A projection in metres.
    x, y : float array
        Points, such as the corners of the extent.
    """

    def __init__(self, crs: str, x: Floats, y: Floats) -> None:
        from pyproj import Proj

        self._middle = np.array([(x.min() + x.max()) / 2, (y.min() + y.max()) / 2])
        self._half = max(np.ptp(x), np.ptp(y), 1000.0) / 2
        nodes = np.cos(np.pi * (np.arange(_NODES) + 0.5) / _NODES)
        u, v = (axis.ravel() for axis in np.meshgrid(nodes, nodes))
        projection = Proj(crs)
        east, north = self._middle[0] + self._half * u, self._middle[1] + self._half * v
        inverse = 1 / projection.get_factors(*projection(east, north, inverse=True)).areal_scale
        powers = np.polynomial.polynomial.polyvander2d(u, v, [_DEGREE, _DEGREE])
        self._fitted = np.linalg.lstsq(powers, inverse)[0].reshape(_DEGREE + 1, _DEGREE + 1)

    def __call__(self, x: Floats, y: Floats) -> Floats:
        """Evaluate at points, shape (n,)."""
        at = (x - self._middle[0]) / self._half, (y - self._middle[1]) / self._half
        return np.polynomial.polynomial.polyval2d(*at, self._fitted)


def areas_on_the_ellipsoid(crs: str, plane: Floats, x: Floats, y: Floats) -> Floats:
    """Multiply plane areas by 1/k² at their centroids.

    Parameters
    ----------
    crs : str
        A projection in metres.
    plane, x, y : float array, shape (n,)
        Areas in the plane and their centroids.

    Returns
    -------
    float array, shape (n,)
        Square metres.
    """
    return plane * InverseScale(crs, x, y)(x, y)


def by_code(
    pid: Floats,
    parcel: Floats,
    code: npt.NDArray[np.int64],
    names: object,
    area: Floats,
    least_m2: float,
) -> pa.Table:
    """Add up the pieces of a parcel in zones of one code.

    Parameters
    ----------
    pid : int array, shape (n,)
        Number of each parcel.
    parcel, code, area : shape (m,)
        Place of the parcel, place of the code in ``names``, shared area.
    names : arrow array
        Codes.
    least_m2 : float
        Sums up to this are left out.

    Returns
    -------
    Table
        pid, code, area, by pid.
    """
    import pyarrow as pa

    count = len(names)
    sums = np.bincount(parcel.astype(np.int64) * count + code, area, minlength=len(pid) * count)
    kept = np.flatnonzero(sums > least_m2)
    codes = names.take(pa.array(kept % count))
    return pa.table({"pid": pid[kept // count], "code": codes, "area": sums[kept]})
