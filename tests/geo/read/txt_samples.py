"""Survey texts read in this process, and areas of loose rings without our own nesting."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import shapely

from geo.read.formats import Request
from geo.read.limits import Limits
from geo.read.txt.reader import parse_txt

if TYPE_CHECKING:
    from pathlib import Path

    from geo.read.parsed import Fault, Parsed


def read(folder: Path, data: bytes | str, limits: Limits | None = None) -> Parsed:
    """Parse a survey text."""
    path = folder / "input"
    path.write_bytes(data.encode("gb18030") if isinstance(data, str) else data)
    return parse_txt(Request(path=path, folder=folder, limits=limits or Limits()))


def loops(wkb: bytes) -> list[shapely.Polygon]:
    """Give the rings of a row as polygons, closed."""
    return [shapely.Polygon(ring.coords) for ring in shapely.from_wkb(wkb).geoms]


def plane_area(wkb: bytes) -> float:
    """Measure the ground that an odd number of rings goes round."""
    return reduce(shapely.symmetric_difference, map(shapely.make_valid, loops(wkb))).area


def vertices(wkb: bytes) -> int:
    """Count points without those that repeat the first of their ring."""
    return sum(len(ring.coords) - ring.is_closed for ring in shapely.from_wkb(wkb).geoms)


def placed(faults: tuple[Fault, ...]) -> list[str]:
    """Give code and place of each fault."""
    return [f"{fault.code} {fault.where}" for fault in faults]
