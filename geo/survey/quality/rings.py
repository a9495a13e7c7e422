"""Rings without roles become polygons: holes and parts by containment, never by number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import shapely
from pyproj import Geod

from geo.batches import row_batches
from geo.read.parsed import Fault
from geo.survey.quality.finding import Found, counted_on, finding_table
from geo.survey.quality.nesting import nest
from geo.survey.quality.tolerance import limit
from geo.survey.quality.vertices import Loops, lines_only

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.survey.quality.vertices import Bools, Floats, Ints, Shapes

MOST_RINGS = 2_000
_FEWEST = 3
_CLOSING_DEGREES = 1e-8
_GEOD = Geod(a=6_378_137.0, rf=298.257222101)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembled:
    """Polygons of n rows of rings.

    Attributes
    ----------
    geometries : array of Polygon, MultiPolygon or None, shape (n,)
        Vertices and directions as written, rings closed; None where the row was None or faulty.
        Not examined yet: a ring may cross itself.
    faults : dict of int to Fault
        Row to reason; ``where`` is the ring alone (``ring:2``).
    findings : pyarrow.Table
        `FINDINGS` with ``parcel`` = row: ``Q_CLOSED``, ``Q_CONTAINMENT``.
    in_order : bool array, shape (n,)
        The rings stand in the order of the file, so that names of points still fit.
    """

    geometries: Shapes
    faults: dict[int, Fault]
    findings: pa.Table
    in_order: Bools


def assemble(rings: Shapes | Sequence[Any], *, degrees: bool = False) -> Assembled:
    """Nest rings by containment: even depth is ground, odd depth a hole.

    Parameters
    ----------
    rings : array of MultiLineString, LineString or None, shape (n,)
        One line a ring, closed or not; finite numbers.
    degrees : bool
        The numbers are longitude and latitude and not metres: first and last point are one
        within 1e-8° (about 1 mm) instead of the tolerance of ``Q_CLOSED``.

    Returns
    -------
    Assembled
        Faults: ``ring_too_few`` (fewer than three different points), ``ring_zero_area``,
        ``rings_equal``, ``rings_cross``, ``rings_too_many``.
    """
    given = np.asarray(rings, dtype=object)
    geometries, in_order = np.full(len(given), None, dtype=object), np.ones(len(given), dtype=bool)
    faults: dict[int, Fault] = {}
    tables = []
    for rows in row_batches(given):
        some = _assemble_some(given[rows], degrees=degrees)
        geometries[rows], in_order[rows] = some.geometries, some.in_order
        faults |= {rows.start + row: fault for row, fault in some.faults.items()}
        tables.append(counted_on(some.findings, rows.start))
    findings = pa.concat_tables(tables).combine_chunks()
    return Assembled(geometries=geometries, faults=faults, findings=findings, in_order=in_order)


def _assemble_some(rings: Shapes, *, degrees: bool) -> Assembled:
    lines = _Lines(rings, degrees=degrees)
    faults = lines.degenerate()
    taken = ~np.isin(lines.row, list(faults))
    shapes, row = lines.shapes[taken], lines.row[taken]
    geometries = np.full(len(lines.rings_of_row), None, dtype=object)
    in_order = np.ones(len(geometries), dtype=bool)
    several = lines.rings_of_row[row] > 1
    geometries[row[~several]] = shapes[~several]
    nested = nest(shapes[several], row[several], lines.number[taken][several])
    faults |= nested.faults
    geometries[nested.row] = nested.geometries
    in_order[nested.row] = nested.in_order
    found = [lines.closed_findings(faults)]
    rows = np.array(nested.row, dtype=np.intp)
    found.append(Found("Q_CONTAINMENT", rows, value=nested.holes.astype(float)))
    return Assembled(
        geometries=geometries,
        faults=dict(sorted(faults.items())),
        findings=finding_table(found),
        in_order=in_order,
    )


class _Lines:
    """All lines of all rows as flat arrays, the closing points taken off."""

    def __init__(self, rings: Shapes, *, degrees: bool) -> None:
        lines, self.row = shapely.get_parts(rings, return_index=True)
        self.rings_of_row: Ints = np.bincount(self.row, minlength=len(rings))
        begins = np.cumsum(self.rings_of_row) - self.rings_of_row
        self.number: Ints = np.arange(len(lines)) - begins[self.row] + 1
        self.missing = np.flatnonzero((self.rings_of_row == 0) & ~shapely.is_missing(rings))
        xy, line = shapely.get_coordinates(lines, return_index=True)
        count = np.bincount(line, minlength=len(lines))
        filled = np.flatnonzero(count > 0)
        first = (np.cumsum(count) - count)[filled]
        last = first + count[filled] - 1
        self.gap: Floats = np.zeros(len(lines))
        self.gap[filled] = np.hypot(*(xy[last] - xy[first]).T)
        closing = _CLOSING_DEGREES if degrees else limit("Q_CLOSED")
        closes = (self.gap[filled] <= closing) & (count[filled] > 1)
        if degrees:
            self.gap[filled] = _GEOD.inv(*xy[first].T, *xy[last].T)[2]
        self.xy: Floats = np.delete(xy, last[closes], axis=0)
        self.line: Ints = np.delete(line, last[closes])
        self.count: Ints = np.bincount(self.line, minlength=len(lines))
        self.shapes = self._polygons()

    def _polygons(self) -> Shapes:
        """Close the lines, each to a polygon without holes; None: fewer than three points."""
        enough = self.count >= _FEWEST
        kept = enough[self.line]
        indices = (np.cumsum(enough) - 1)[self.line[kept]]
        shapes = np.full(len(enough), None, dtype=object)
        shapes[enough] = shapely.polygons(shapely.linearrings(self.xy[kept], indices=indices))
        return shapes

    def degenerate(self) -> dict[int, Fault]:
        """Find rows with no or too many rings, and rings that bound nothing."""
        faults = {
            int(row): Fault(code="ring_too_few", values={"value": 0, "ring": 1})
            for row in self.missing
        }
        faults |= {
            int(row): Fault(
                code="rings_too_many",
                values={"value": int(self.rings_of_row[row]), "limit": MOST_RINGS},
            )
            for row in np.flatnonzero(self.rings_of_row > MOST_RINGS)
        }
        for line in np.flatnonzero(self._without_area()):
            faults.setdefault(int(self.row[line]), self._fault(int(line)))
        return faults

    def closed_findings(self, faults: dict[int, Fault]) -> Found:
        """List the rings whose last point was not written exactly like the first."""
        open_ends = (self.gap > 0) & ~np.isin(self.row, list(faults))
        rings = np.flatnonzero(open_ends)
        return Found("Q_CLOSED", self.row[rings], ring=self.number[rings], value=self.gap[rings])

    def _without_area(self) -> Bools:
        """Mark lines of fewer than three points, and those that enclose nothing."""
        marked: Bools = self.count < _FEWEST
        filled = np.flatnonzero(self.count > 0)
        loops = Loops(
            xy=self.xy,
            ring=np.searchsorted(filled, self.line),
            first=np.cumsum(self.count[filled]) - self.count[filled],
            count=self.count[filled],
        )
        doubted = filled[loops.flat()]
        doubted = doubted[~marked[doubted]]
        marked[doubted] = enclose_nothing(self.shapes[doubted])
        return marked

    def _fault(self, line: int) -> Fault:
        number, points = int(self.number[line]), self.xy[self.line == line]
        different = len(np.unique(points, axis=0))
        if different < _FEWEST:
            return Fault(
                code="ring_too_few",
                where=f"ring:{number}",
                values={"value": different, "ring": number},
            )
        x, y = (float(one) for one in points[0])
        return Fault(
            code="ring_zero_area",
            where=f"ring:{number}",
            values={"value": len(points), "ring": number, "x": x, "y": y},
        )


def enclose_nothing(shapes: Shapes) -> Bools:
    """Tell which polygons are lines even after lobes that cancel each other are set right."""
    sound = shapely.make_valid(shapes, method="structure", keep_collapsed=False)
    nothing: Bools = lines_only(shapely.area(sound), shapely.length(shapes))
    return nothing
