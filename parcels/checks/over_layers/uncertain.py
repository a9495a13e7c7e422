"""What can be proved about land whose drawing may be off by some metres.

Two kinds of drawings are tested against the land of a layer. An *outline* is the parcel itself:
the true one is the drawn one moved by up to ``reach`` metres. A *place* is land inside which the
parcel lies as a whole: the parcel may be any part of it. Everything is in one metric plane.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.checks.subject import Floats, Objects

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Drawings:
    """Drawings that may be off, k of them.

    Attributes
    ----------
    shapes : object array, shape (k,)
        Valid polygons.
    is_place : bool array, shape (k,)
        Land inside which the parcel lies; else its outline.
    reach : float array, shape (k,)
        Metres by which drawing and layer together may be off; infinite: nobody knows.
    """

    shapes: Objects
    is_place: Bools
    reach: Floats

    def __len__(self) -> int:
        """Count the drawings."""
        return len(self.shapes)


def near(drawings: Drawings, land: Objects, extra_m: float = 0.0) -> tuple[Ints, Ints]:
    """Find what a drawing may meet.

    Parameters
    ----------
    drawings : Drawings
    land : object array, shape (f,)
        Features of a layer.
    extra_m : float
        Features up to this much farther away count too.

    Returns
    -------
    row, feature : int array, shape (m,)
        Pairs not farther apart than the reach, sorted. A drawing of finite reach that is in no
        pair is clear of the layer for sure; one of infinite reach is in none and proves nothing.
    """
    finite = np.flatnonzero(np.isfinite(drawings.reach))
    if not len(finite):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    found, features = shapely.STRtree(land).query(
        drawings.shapes[finite], predicate="dwithin", distance=drawings.reach[finite] + extra_m
    )
    rows = finite[found]
    order = np.lexsort((features, rows))
    return rows[order], features[order]


def shared_for_sure(drawings: Drawings, land: Objects, rows: Ints, features: Ints) -> Floats:
    """Measure what drawings share with the land of a layer wherever they truly lie.

    Parameters
    ----------
    rows, features : int array, shape (m,)
        From `near`.

    Returns
    -------
    float array, shape (k,)
        Least shared area in m². Of a place: the area of the place where all of it lies in the
        land, else 0, since the parcel may be any part of it.
    """
    shared = np.zeros(len(drawings))
    outline = ~drawings.is_place[rows]
    for some, metres, ground in _by_reach(drawings, land, rows[outline], features[outline]):
        core = _moved(ground, -metres)
        shared[some] = areas_within(drawings.shapes[some], core)
    whole = inside_for_sure(drawings, land, rows[~outline], features[~outline])
    return np.where(whole, shapely.area(drawings.shapes), shared)


def inside_for_sure(drawings: Drawings, land: Objects, rows: Ints, features: Ints) -> Bools:
    """Tell which drawings lie in the land as a whole wherever they truly lie, shape (k,)."""
    inside = np.zeros(len(drawings), dtype=bool)
    for some, metres, ground in _by_reach(drawings, land, rows, features):
        shapely.prepare(ground)
        covered = some[shapely.covers(ground, drawings.shapes[some])]
        edge = shapely.boundary(ground)
        shapely.prepare(edge)
        inside[covered] = ~shapely.dwithin(edge, drawings.shapes[covered], metres)
    return inside


def outside_for_sure(drawings: Drawings, land: Objects, rows: Ints, features: Ints) -> Floats:
    """Measure what lies outside the land wherever the drawings truly lie.

    Parameters
    ----------
    rows, features : int array, shape (m,)
        From `near`.

    Returns
    -------
    float array, shape (k,)
        Least area outside in m². Of a place: its area where it is clear of the land, else 0.
        0 where the reach is infinite.
    """
    areas = shapely.area(drawings.shapes)
    outside = np.where(np.isfinite(drawings.reach), areas, 0.0)
    for some, metres, ground in _by_reach(drawings, land, rows, features):
        grown = _moved(ground, metres)
        outside[some] = areas[some] - areas_within(drawings.shapes[some], grown)
    outside[rows[drawings.is_place[rows]]] = 0.0
    return np.maximum(outside, 0.0)


def areas_within(shapes: Objects, ground: Any) -> Floats:
    """Measure the part of each shape that lies in one (multi)polygon, shape (k,)."""
    from geo.overlap.join import overlap_areas
    from geo.overlap.polygons import Polygons

    total = np.zeros(len(shapes))
    parts = shapely.get_parts(ground)
    parts = parts[~shapely.is_empty(parts)]
    if len(parts) and len(shapes):
        shared = overlap_areas(Polygons.from_shapes(shapes), Polygons.from_shapes(parts))
        np.add.at(total, shared.first, shared.area)
    return np.round(total, 4)


def _moved(ground: Any, metres: float) -> Any:
    """Move the edges of land outwards, or inwards where negative.

    Corners stay sharp: they move by more than the distance, never by less, so that neither what is
    shared for sure nor what lies outside for sure is overstated.
    """
    return shapely.buffer(ground, metres, join_style="mitre")


def _by_reach(
    drawings: Drawings, land: Objects, rows: Ints, features: Ints
) -> Iterator[tuple[Ints, float, Any]]:
    """Give drawings of equal, finite reach with the land that they may meet; lines are none."""
    met = np.unique(rows)
    metres, group = np.unique(drawings.reach[met], return_inverse=True)
    for at, reach in enumerate(metres):
        some = met[group == at]
        near_ones = land[np.unique(features[np.isin(rows, some)])]
        surfaces = shapely.get_dimensions(near_ones) == 2  # noqa: PLR2004
        yield some, float(reach), shapely.union_all(near_ones[surfaces])
