"""The features of a file, and what becomes of each: a parcel, refused or left aside."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import shapely

from geo.batches import decode_wkb, row_batches
from geo.read.parsed import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.read.parsed import Parsed

_KINDS = {
    shapely.GeometryType.POINT: "point",
    shapely.GeometryType.MULTIPOINT: "point",
    shapely.GeometryType.LINESTRING: "line",
    shapely.GeometryType.LINEARRING: "line",
    shapely.GeometryType.MULTILINESTRING: "line",
    shapely.GeometryType.GEOMETRYCOLLECTION: "collection",
}
_WITHIN = ("ring:", "point:")
_LINES = [kind for kind, name in _KINDS.items() if name == "line"]
_POLYGONS = [shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON]


class Rows:
    """Features of a file by row; each is refused or skipped at most once, else it stays open.

    Attributes
    ----------
    numbers : array of geometry or None, shape (n,)
        As the file writes them; None where a row is not open.
    rejected, skipped : dict of int to Fault
    """

    def __init__(self, parsed: Parsed) -> None:
        self.numbers: npt.NDArray[np.object_] = decode_wkb(parsed.wkb)
        self.rejected: dict[int, Fault] = {}
        self.skipped: dict[int, Fault] = {}
        self._where = parsed.where
        self.refuse(parsed.faults)
        self.refuse(self._faults("no_geometry", shapely.is_missing(self.numbers)))
        self._skip_strangers(_LINES if parsed.rings else _POLYGONS)
        self.refuse(self._faults("empty_geometry", shapely.is_empty(self.numbers)))
        self.refuse(self._faults("not_finite", _not_finite(self.numbers)))

    def __len__(self) -> int:
        """Count the features that have a row."""
        return len(self.numbers)

    def where(self, row: int) -> str:
        """Return the place of a row in the file."""
        return f"feature:{row + 1}" if self._where is None else str(self._where[row].as_py())

    def open(self) -> npt.NDArray[np.intp]:
        """Return the rows that may still become parcels, in order."""
        return np.flatnonzero(~shapely.is_missing(self.numbers))

    def refuse(self, faults: Mapping[int, Fault]) -> None:
        """Refuse rows; one that was refused before keeps its first reason.

        A place that only says which ring or point is one within the feature.
        """
        for row, fault in faults.items():
            if row not in self.skipped and row not in self.rejected:
                inner = not fault.where or fault.where.startswith(_WITHIN)
                where = ";".join(filter(None, (self.where(row), fault.where)))
                self.rejected[row] = replace(fault, where=where) if inner else fault
        self.numbers[list(faults)] = None

    def refuse_where(self, code: str, rows: npt.NDArray[np.bool_], **values: str | float) -> None:
        """Refuse all rows of a mask for one reason."""
        self.refuse(self._faults(code, rows, **values))

    def _faults(
        self, code: str, rows: npt.NDArray[np.bool_], **values: str | float
    ) -> dict[int, Fault]:
        return {
            int(row): Fault(code=code, where=self.where(int(row)), values=values)
            for row in np.flatnonzero(rows)
            if int(row) not in self.rejected and int(row) not in self.skipped
        }

    def _skip_strangers(self, wanted: list[shapely.GeometryType]) -> None:
        kinds = shapely.get_type_id(self.numbers)
        for row in np.flatnonzero(~np.isin(kinds, wanted) & (kinds >= 0)):
            kind = _KINDS.get(shapely.GeometryType(int(kinds[row])), "other")
            self.skipped[int(row)] = Fault(code=f"skipped_{kind}", where=self.where(int(row)))
            self.numbers[row] = None


def _not_finite(shapes: npt.NDArray[np.object_]) -> npt.NDArray[np.bool_]:
    bad = np.zeros(len(shapes), dtype=bool)
    for rows in row_batches(shapes):
        coordinates, owners = shapely.get_coordinates(shapes[rows], return_index=True)
        bad[rows.start + owners[~np.isfinite(coordinates).all(axis=1)]] = True
    return bad
