"""Which ring lies in which, for many rows at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.read.parsed import Fault

if TYPE_CHECKING:
    from geo.survey.quality.vertices import Bools, Ints, Shapes

_CHUNK = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Nested:
    """Rows whose rings were nested.

    Attributes
    ----------
    row : int array, shape (k,)
        Rows without a fault, ascending.
    geometries : array of Polygon or MultiPolygon, shape (k,)
    holes : int array, shape (k,)
        Number of holes.
    in_order : bool array, shape (k,)
        Shell, its holes, next shell … is the order in which the rings were given.
    faults : dict of int to Fault
        ``rings_equal`` and ``rings_cross`` by row.
    """

    row: Ints
    geometries: Shapes
    holes: Ints
    in_order: Bools
    faults: dict[int, Fault]


def nest(shapes: Shapes, row: Ints, number: Ints) -> Nested:
    """Build one polygon a row from its rings, by even-odd depth.

    Parameters
    ----------
    shapes : array of Polygon, shape (r,)
        One ring each.
    row : int array, shape (r,)
        Ascending.
    number : int array, shape (r,)
        Number of the ring in its row, for faults.

    Returns
    -------
    Nested
    """
    inner, outer = _pairs(shapes, row)
    shapely.prepare(shapes)
    faults = _faults(shapes, row, number, inner, outer)
    sound = ~np.isin(row, list(faults))
    position = np.cumsum(sound) - 1
    kept = sound[inner]
    inner, outer = position[inner[kept]], position[outer[kept]]
    shapes, row = shapes[sound], row[sound]
    points = shapely.point_on_surface(shapes)
    inside = shapely.contains_xy(
        shapes[outer], shapely.get_x(points)[inner], shapely.get_y(points)[inner]
    )
    shell = _shells(len(shapes), inner[inside], outer[inside])
    return _build(shapes, row, shell, faults)


def _pairs(shapes: Shapes, row: Ints) -> tuple[Ints, Ints]:
    """Pair rings of one row whose boxes meet: the smaller first."""
    tree, found = shapely.STRtree(shapes), []
    for start in range(0, len(shapes), _CHUNK):
        one, other = tree.query(shapes[start : start + _CHUNK])
        one = one + start
        same = (row[one] == row[other]) & (one < other)
        found.append(np.stack([one[same], other[same]]))
    one, other = np.concatenate(found, axis=1) if found else np.zeros((2, 0), dtype=np.intp)
    area = shapely.area(shapes)
    swapped = area[one] > area[other]
    return np.where(swapped, other, one), np.where(swapped, one, other)


def _faults(shapes: Shapes, row: Ints, number: Ints, inner: Ints, outer: Ints) -> dict[int, Fault]:
    """Name the first pair of rings of each row that are equal or cross; broken rings wait."""
    simple = shapely.is_valid(shapes)
    tested = simple[inner] & simple[outer]
    inner, outer = inner[tested], outer[tested]
    crossing = shapely.overlaps(shapes[outer], shapes[inner])
    alike = np.isclose(shapely.area(shapes[inner]), shapely.area(shapes[outer]), rtol=1e-9)
    alike[alike] = shapely.equals(shapes[inner[alike]], shapes[outer[alike]])
    faults: dict[int, Fault] = {}
    for pair in np.flatnonzero(crossing | alike):
        first, second = sorted((int(inner[pair]), int(outer[pair])))
        code = "rings_equal" if alike[pair] else "rings_cross"
        fault = _fault(code, shapes, number, first, second)
        faults.setdefault(int(row[first]), fault)
    return faults


def _fault(code: str, shapes: Shapes, number: Ints, first: int, second: int) -> Fault:
    shared = shapely.intersection(shapes[first].exterior, shapes[second].exterior)
    x, y = shapely.get_coordinates(shared)[0]
    values = {
        "value": int(number[second]),
        "ring": int(number[first]),
        "x": float(x),
        "y": float(y),
    }
    where = f"ring:{number[second]}"
    if code == "rings_equal":
        return Fault(code="rings_equal", where=where, values=values)
    return Fault(code="rings_cross", where=where, values=values)


def _shells(count: int, inner: Ints, outer: Ints) -> Ints:
    """Return the ring that bounds the polygon of each ring: itself, or the shell of a hole."""
    depth = np.bincount(inner, minlength=count)
    shell = np.arange(count)
    parent = (depth[outer] == depth[inner] - 1) & (depth[inner] % 2 == 1)
    shell[inner[parent]] = outer[parent]
    return shell


def _build(shapes: Shapes, row: Ints, shell: Ints, faults: dict[int, Fault]) -> Nested:
    ring = np.arange(len(shapes))
    is_hole = shell != ring
    order = np.lexsort((ring, is_hole, shell))
    _, part = np.unique(shell[order], return_inverse=True)
    rings = shapely.get_exterior_ring(shapes[order])
    polygons = shapely.polygons(rings, indices=part)
    rows, of_ring = np.unique(row, return_inverse=True)
    of_part = of_ring[order][np.diff(part, prepend=-1) > 0]
    several = np.bincount(of_part, minlength=len(rows)) > 1
    geometries = np.full(len(rows), None, dtype=object)
    geometries[of_part] = polygons
    joined, numbered = several[of_part], np.cumsum(several) - 1
    geometries[several] = shapely.multipolygons(polygons[joined], indices=numbered[of_part[joined]])
    in_order = np.ones(len(rows), dtype=bool)
    in_order[of_ring[order][1:][np.diff(order) < 0]] = False
    return Nested(
        row=rows,
        geometries=geometries,
        holes=np.bincount(of_ring[is_hole], minlength=len(rows)),
        in_order=in_order,
        faults=faults,
    )
