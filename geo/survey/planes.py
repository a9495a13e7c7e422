"""The planes in which the shapes of a file are examined, and the way back to its own numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geo.crs import local_tm, meridian_tm, to_local, to_lonlat
from geo.survey.place.axes import in_china

if TYPE_CHECKING:
    from pyproj import CRS

    from geo.systems import System

Shapes = npt.NDArray[np.object_]
Ints = npt.NDArray[np.intp]
_STRIP_DEGREES = 6.0  # of longitude: lengths are right to 0.1 % at 3° from the meridian
_STRIP_APART_M = 10_000_000.0  # no two strips share ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Planes:
    """Planes in metres for the shapes of a file.

    Attributes
    ----------
    system : System
        Of the file's own numbers.
    crs : tuple of CRS
        Transverse Mercator projections; one, unless the file is wider than a strip of 6°.
    strip : int array, shape (n,)
        Which of them each shape lies in.
    is_native : bool
        The file's own plane serves.
    """

    system: System
    crs: tuple[CRS, ...]
    strip: Ints
    is_native: bool

    def crs_of(self, position: int) -> CRS:
        """Return the plane of one shape."""
        return self.crs[int(self.strip[position])]

    def to_lonlat(self, shape: shapely.Geometry, position: int) -> shapely.Geometry:
        """Bring a shape from the plane of a position to EPSG:4490."""
        lonlat: shapely.Geometry = to_lonlat(shape, self.crs_of(position))
        return lonlat

    def to_native(self, shape: shapely.Geometry, position: int) -> shapely.Geometry:
        """Bring a shape from the plane of a position to the file's own system, x east, y north."""
        if self.is_native:
            return shape
        native: shapely.Geometry = self.system.from_lonlat(self.to_lonlat(shape, position))
        return native

    def written(self, shape: shapely.Geometry, position: int) -> str:
        """Write where a shape begins in the file's numbers, east before north."""
        east, north = shapely.get_coordinates(self.to_native(shape, position))[0]
        digits = 8 if self.system.is_degrees else 3
        return f"{east:.{digits}f}, {north:.{digits}f}"

    def findings_in_native(self, findings: pa.Table) -> pa.Table:
        """Bring the places of findings, whose ``parcel`` is a position, to the file's system."""
        places = findings.column("wkb")
        if self.is_native or places.null_count == len(places):
            return findings
        known = pc.is_valid(places).to_numpy()
        shapes = shapely.from_wkb(places.filter(pc.is_valid(places)).to_numpy())
        strips = self.strip[findings.column("parcel").to_numpy()[known]]
        for strip in np.unique(strips):
            mine = strips == strip
            shapes[mine] = self.system.from_lonlat(to_lonlat(shapes[mine], self.crs[strip]))
        moved = np.full(len(known), None, dtype=object)
        moved[known] = shapely.to_wkb(shapes)
        field = findings.schema.get_field_index("wkb")
        column = pa.array(moved, type=findings.schema.field(field).type)
        return findings.set_column(field, findings.schema.field(field), column)

    def take(self, kept: npt.NDArray[np.bool_]) -> Planes:
        """Return the planes of some of the shapes."""
        return Planes(
            system=self.system, crs=self.crs, strip=self.strip[kept], is_native=self.is_native
        )


def in_planes(native: Shapes, lonlat: Shapes, system: System) -> tuple[Shapes, Planes]:
    """Bring shapes to planes in metres.

    Parameters
    ----------
    native, lonlat : array of Polygon or MultiPolygon, shape (n,)
        In the file's system and in EPSG:4490.
    system : System
        A transverse Mercator in metres is the plane itself.

    Returns
    -------
    metric : array of Polygon or MultiPolygon, shape (n,)
        Shapes of strips that lie far apart do not meet: each strip has an easting of its own.
    planes : Planes
    """
    alone = np.zeros(len(native), dtype=np.intp)
    if _is_metric_tm(system.crs):
        planes = Planes(system=system, crs=(system.crs,), strip=alone, is_native=True)
        return native.copy(), planes
    bounds = shapely.bounds(lonlat)
    west, south, east, north = shapely.total_bounds(lonlat) if len(lonlat) else (0.0,) * 4
    if east - west <= _STRIP_DEGREES:
        crs: tuple[CRS, ...] = (local_tm(float(west + east) / 2, float(south + north) / 2),)
        strip = alone
    else:
        crs, strip = _strips(bounds)
    metric = np.full(len(native), None, dtype=object)
    for number, plane in enumerate(crs):
        mine = strip == number
        metric[mine] = to_local(lonlat[mine], plane)
    return metric, Planes(system=system, crs=crs, strip=strip, is_native=False)


def _strips(bounds: npt.NDArray[np.float64]) -> tuple[tuple[CRS, ...], Ints]:
    """Cut the Earth into strips of longitude; the first has the middle of China's shapes."""
    lon, lat = ((bounds[:, side] + bounds[:, side + 2]) / 2 for side in (0, 1))
    home = in_china(lon, lat)
    middle = float(np.quantile(lon[home] if home.any() else lon, 0.5, method="lower"))
    away = np.rint((lon - middle) / _STRIP_DEGREES).astype(int)
    numbers, strip = np.unique(away, return_inverse=True)
    crs = tuple(
        meridian_tm(middle + _STRIP_DEGREES * number, _STRIP_APART_M * number)
        for number in numbers.tolist()
    )
    return crs, strip.reshape(-1).astype(np.intp)


def _is_metric_tm(crs: CRS) -> bool:
    operation, axes = crs.coordinate_operation, crs.axis_info
    is_tm = operation is not None and operation.method_name == "Transverse Mercator"
    return is_tm and all(axis.unit_name == "metre" for axis in axes)
