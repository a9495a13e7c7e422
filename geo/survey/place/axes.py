"""What pairs of numbers can be by their size: degrees or metres, which is east, which zone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

from geo.zones import FALSE_EASTING, MILLION, NUMBERS

if TYPE_CHECKING:
    from pyproj import CRS

    from geo.read.parsed import AxisOrder
    from geo.systems import System

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.intp]

CHINA = (73.0, 3.0, 136.0, 54.0)  # west, south, east, north: with the South China Sea
NORTHING = (400_000.0, 6_000_000.0)  # 3.6°N to 54°N
_FARTHEST_M = 400_000.0  # from the central meridian, to take two digits as a zone
_CHOSEN_FARTHEST_M = 500_000.0
_BOTH: tuple[AxisOrder, AxisOrder] = ("en", "ne")
# China in EPSG:3857: 6 378 137 m times the radian of the longitude, and of ln tan(π/4 + φ/2).
_WEB_LOW, _WEB_HIGH = np.array([8_120_000.0, 330_000.0]), np.array([15_140_000.0, 7_180_000.0])
_PREFIXES = np.array([*NUMBERS[6], *NUMBERS[3]])


@dataclass(frozen=True, slots=True, kw_only=True)
class Vertices:
    """All pairs of numbers of a file, in its order.

    Attributes
    ----------
    pairs : float array, shape (n, 2)
        As the file writes them: first number, second number; all finite.
    rows : int array, shape (r,)
        Rows that have vertices.
    starts : int array, shape (r,)
        Where the vertices of each of ``rows`` begin.
    """

    pairs: Floats
    rows: Ints
    starts: Ints

    def east_north(self, order: AxisOrder) -> tuple[Floats, Floats]:
        """Return eastings and northings (or longitudes and latitudes), shape (n,) each."""
        first, second = self.pairs[:, 0], self.pairs[:, 1]
        return (first, second) if order == "en" else (second, first)

    def all_of_row(self, of_vertex: Bools) -> Bools:
        """Tell of each row whether something holds for all of its vertices, shape (r,)."""
        return np.logical_and.reduceat(of_vertex, self.starts) if len(self.rows) else of_vertex

    def lowest_of_row(self, of_vertex: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Return the lowest value among the vertices of each row, shape (r,)."""
        return np.minimum.reduceat(of_vertex, self.starts) if len(self.rows) else of_vertex

    def highest_of_row(self, of_vertex: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Return the highest value among the vertices of each row, shape (r,)."""
        return np.maximum.reduceat(of_vertex, self.starts) if len(self.rows) else of_vertex

    def first_of_row(self, position: int, of_vertex: Bools) -> Floats:
        """Return the first pair of a row for which something holds, else its first pair."""
        end = self.starts[position + 1] if position + 1 < len(self.starts) else len(self.pairs)
        part = slice(int(self.starts[position]), int(end))
        pair: Floats = self.pairs[part][int(np.argmax(of_vertex[part]))]
        return pair


def vertices_of(numbers: npt.NDArray[np.object_]) -> Vertices:
    """Take the vertices of all rows; rows that are None, empty or not finite have none."""
    pairs, owners = shapely.get_coordinates(numbers, return_index=True)
    finite = np.isfinite(pairs).all(axis=1)
    if not finite.all():
        keep = ~np.isin(owners, owners[~finite])
        pairs, owners = pairs[keep], owners[keep]
    starts = np.flatnonzero(np.diff(owners, prepend=-1))
    return Vertices(pairs=pairs, rows=owners[starts], starts=starts)


def degrees_like(pairs: Floats) -> Bools:
    """Tell which pairs are small enough for degrees of any place on Earth, in some order."""
    small = np.abs(pairs)
    fits: Bools = (small.max(axis=1) <= 180) & (small.min(axis=1) <= 90)  # noqa: PLR2004
    return fits


def in_china(lon: Floats, lat: Floats) -> Bools:
    """Tell which places lie in China's rectangle."""
    west, south, east, north = CHINA
    inside: Bools = (west <= lon) & (lon <= east) & (south <= lat) & (lat <= north)
    return inside


@np.errstate(over="ignore", invalid="ignore")
def prefix_of(east: Floats) -> npt.NDArray[np.intp]:
    """Return the zone that eastings begin with, shape (n,); 0: none."""
    number = np.floor_divide(east, MILLION)
    offset = np.abs(east - number * MILLION - FALSE_EASTING)
    has_prefix = np.isin(number, _PREFIXES) & (offset <= _FARTHEST_M)
    return np.where(has_prefix, number, 0).astype(np.intp)


def metres_like(east: Floats, north: Floats) -> Bools:
    """Tell which pairs have the size of Gauss-Krüger coordinates in China, with prefix or not."""
    in_window = (north >= NORTHING[0]) & (north <= NORTHING[1])
    bare = np.abs(east - FALSE_EASTING) <= _FARTHEST_M
    fits: Bools = in_window & (bare | (prefix_of(east) > 0))
    return fits


@np.errstate(over="ignore", invalid="ignore")
def web_mercator_like(vertices: Vertices) -> bool:
    """Tell whether the numbers can be metres of a web map (EPSG:3857) in China, east first."""
    middle = np.median(vertices.pairs, axis=0)
    return bool(((middle >= _WEB_LOW) & (middle <= _WEB_HIGH)).all())


@np.errstate(over="ignore", invalid="ignore")
def fitting(vertices: Vertices, system: System, order: AxisOrder, *, wide: bool = False) -> Bools:
    """Tell which vertices can be coordinates of a system in one order of the two numbers.

    Parameters
    ----------
    vertices : Vertices
    system : System
    order : str
        ``en`` or ``ne``.
    wide : bool
        All the Earth for degrees and 500 km from a central meridian, instead of China and the
        width of a zone: for what a file or a user says in so many words.

    Returns
    -------
    bool array, shape (n,)
    """
    east, north = vertices.east_north(order)
    if system.is_degrees:
        if wide:
            whole: Bools = (np.abs(east) <= 180) & (np.abs(north) <= 90)  # noqa: PLR2004
            return whole
        return in_china(east, north)
    middle = middle_of(system.crs)
    if middle is None:
        lonlat = system.lonlat_of(np.column_stack([east, north]))
        return in_china(lonlat[:, 0], lonlat[:, 1])
    unit = system.crs.axis_info[0].unit_conversion_factor
    farthest = system.zone.farthest_m if system.zone and not wide else _CHOSEN_FARTHEST_M
    high = north * unit
    near: Bools = np.abs(east - middle) * unit <= farthest
    if wide:
        return near & (np.abs(high) <= 10_000_000)  # noqa: PLR2004 -- the quarter meridian
    return near & (high >= NORTHING[0]) & (high <= NORTHING[1])


def middle_of(crs: CRS) -> float | None:
    """Return the easting of the central meridian; None: it is no transverse Mercator."""
    operation = crs.coordinate_operation
    if operation is None or operation.method_name != "Transverse Mercator":
        return None
    metres = (
        float(parameter.value) * parameter.unit_conversion_factor
        for parameter in operation.params
        if parameter.name == "False easting"
    )
    return next(metres, 0.0) / float(crs.axis_info[0].unit_conversion_factor)


def orders_by_size(vertices: Vertices) -> dict[AxisOrder, Bools]:
    """Tell of each row, by size alone and for each order, whether it can be a place in China."""
    found: dict[AxisOrder, Bools] = {}
    for order in _BOTH:
        east, north = vertices.east_north(order)
        degrees = degrees_like(vertices.pairs) & in_china(east, north)
        found[order] = vertices.all_of_row(degrees | metres_like(east, north))
    return found
