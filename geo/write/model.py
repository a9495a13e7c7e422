"""What a writer is given: parcels in the CRS that the file shall have."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa
    from pyproj import CRS


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """Parcels on their way into a file.

    Attributes
    ----------
    title : str
        Name for the layer, the sheet, the drawing; without suffix.
    geometries : array of Polygon or MultiPolygon, shape (n,)
        Valid, in ``crs``, x east and y north; outer rings clockwise, inner counter-clockwise
        (a format that wants the opposite turns them itself).
    crs : CRS
        Of the file; ``epsg`` its code.
    ids, names : tuple of str, length n
        As the source wrote them; "" where it had none.
    area_m2, area_plane_m2 : float array, shape (n,)
        On the ellipsoid, and in ``crs`` (for degrees: the ellipsoid's again).
    declared_area_m2 : float array, shape (n,), or None
        As the source declares it; NaN where it does not.
    attributes : pyarrow.Table
        Own columns of the source, n rows.
    fields : mapping
        Role (``id``, ``name``, ``area``, ``use``, ``code``) to column of ``attributes``.
    labels : tuple of (tuple of str or None), length n
        Names of the points, ring after ring with the closing point, in the order of
        ``geometries``; None: number them anew.
    header : mapping
        What the source said of itself (survey TXT), by its own keys.
    """

    title: str
    geometries: npt.NDArray[np.object_]
    crs: CRS
    epsg: int
    ids: tuple[str, ...]
    names: tuple[str, ...]
    area_m2: npt.NDArray[np.float64]
    area_plane_m2: npt.NDArray[np.float64]
    attributes: pa.Table
    fields: Mapping[str, str] = field(default_factory=dict)
    labels: tuple[tuple[str, ...] | None, ...] = ()
    header: Mapping[str, str] = field(default_factory=dict)
    declared_area_m2: npt.NDArray[np.float64] | None = None

    @property
    def is_degrees(self) -> bool:
        """Whether the coordinates are longitude and latitude."""
        return bool(self.crs.is_geographic)
