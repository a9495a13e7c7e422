"""Pieces of ground by what may have made them: rounding, a chord, digitising, or land."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.survey.quality.tolerance import rule
from geo.survey.quality.vertices import flat_vertices

if TYPE_CHECKING:
    import numpy.typing as npt

    from geo.survey.quality.vertices import Bools, Floats, Shapes

# From the least grave to the gravest.
KINDS = ("nothing", "rounding", "chord", "digitising", "real")
_NOTHING, _ROUNDING, _CHORD, _DIGITISING, _REAL = range(len(KINDS))
_OTHER_SIDE = 0.95  # two edges of about the same length: a strip or a wedge, no bow


def classify(pieces: Shapes) -> npt.NDArray[np.intp]:
    """Classify pieces by width and area, after [sliver] of data/geometry_qc.toml.

    Parameters
    ----------
    pieces : array of Polygon, shape (k,)
        Shared ground or gaps, in metres; none is empty.

    Returns
    -------
    int array, shape (k,)
        Index in `KINDS`. ``real``: from 1 m² on, and wider than 0.5 m, compact or from 50 m² on.
        Else by width: ``rounding``, ``chord`` (the bow of an edge against points between),
        ``digitising``; ``nothing`` is noise of the computation.
    """
    if not len(pieces):
        return np.zeros(0, dtype=np.intp)
    area, width = shapely.area(pieces), widths(pieces)
    compact = 4 * np.pi * area / shapely.length(pieces) ** 2
    real = (area >= rule("sliver", "area_m2")) & (
        (compact >= rule("sliver", "compact"))
        | (area >= rule("sliver", "large_area_m2"))
        | (width > rule("sliver", "digitising", "width_m"))
    )
    kind = np.where(_bows(pieces, width), _CHORD, _DIGITISING)
    kind[width <= rule("sliver", "rounding", "width_m")] = _ROUNDING
    kind[real] = _REAL
    kind[width <= rule("sliver", "nothing", "width_m")] = _NOTHING
    return kind


def widths(pieces: Shapes) -> Floats:
    """Return the width of thin pieces in metres, at their widest.

    The smaller of twice the mean width (area over half the perimeter: right for a wedge, half
    too large for a bow, also where the piece bends) and the short side of the narrowest box.
    """
    boxes = shapely.oriented_envelope(pieces)
    short = np.zeros(len(pieces))  # a box that is a line
    whole = np.flatnonzero(shapely.get_type_id(boxes) == shapely.GeometryType.POLYGON)
    corners = shapely.get_coordinates(boxes[whole]).reshape(-1, 5, 2)
    sides = np.hypot(*np.moveaxis(np.diff(corners[:, :3], axis=1), 2, 0))
    short[whole] = sides.min(axis=1)
    width: Floats = np.minimum(short, 4 * shapely.area(pieces) / shapely.length(pieces))
    return width


def _bows(pieces: Shapes, width: Floats) -> Bools:
    """Mark pieces between one straight edge and a line of points that bows away from it."""
    vertices = flat_vertices(pieces)
    lengths, piece = vertices.edges(), vertices.parcel[vertices.ring]
    order = np.lexsort((-lengths, piece))
    first = np.flatnonzero(np.diff(piece[order], prepend=-1) > 0)
    longest, second = lengths[order[first]], lengths[order[first + 1]]
    allowed = np.maximum(
        rule("sliver", "chord", "width_m"), rule("sliver", "chord", "width_per_m2") * longest**2
    )
    straight = longest >= rule("sliver", "chord", "straight") * shapely.length(pieces)
    bows: Bools = straight & (second < _OTHER_SIDE * longest) & (width <= allowed)
    return bows
