"""What single vertices and edges show: points too near, spikes, points on a line, long edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.survey.quality.finding import Found
from geo.survey.quality.tolerance import limit, rule
from geo.survey.quality.vertices import Loops, cross

if TYPE_CHECKING:
    from geo.survey.quality.vertices import Bools, Floats, Ints, Vertices

_FEWEST = 3
_RIGHT = 90.0  # the point lies between its neighbours


def corner_findings(vertices: Vertices) -> list[Found]:
    """Examine every edge and every corner.

    Parameters
    ----------
    vertices : Vertices
        Of finite polygons in metres.

    Returns
    -------
    list of Found
        ``Q_DUP``, ``Q_SHORT`` (m) and ``Q_SPIKE`` (degrees) place by place, the first few of each
        parcel, the rest counted in ``Q_…_MORE``; ``Q_COLLINEAR`` and ``Q_LONGEDGE`` counted.
    """
    after = vertices.following()
    length = vertices.edges()
    near = length < limit("Q_DUP")
    short = ~near & (length < limit("Q_SHORT"))
    loops, corner = thinned(vertices, near)
    angle, base, ground = corners(loops)
    pointed = angle < limit("Q_SPIKE")
    straight = corner[(angle > _RIGHT) & (2 * ground < limit("Q_COLLINEAR") * base)]
    return [
        *_listed("Q_DUP", vertices, after[near], length[near]),
        *_listed("Q_SHORT", vertices, after[short], length[short]),
        *_listed("Q_SPIKE", vertices, corner[pointed], angle[pointed]),
        _counted("Q_COLLINEAR", vertices, straight),
        _counted("Q_LONGEDGE", vertices, np.flatnonzero(length > limit("Q_LONGEDGE"))),
    ]


def thinned(loops: Loops, near: Bools) -> tuple[Loops, Ints]:
    """Leave out the second of two neighbouring points, and rings that then have under three.

    Parameters
    ----------
    loops : Loops
    near : bool array, shape (v,)
        The edge that starts at the vertex is no edge.

    Returns
    -------
    thinned : Loops
    vertex : int array
        Index in ``loops`` of each vertex that is left.
    """
    kept = np.ones(len(near), dtype=bool)
    kept[loops.following()[near]] = False
    count = np.bincount(loops.ring[kept], minlength=len(loops.first))
    kept &= (count >= _FEWEST)[loops.ring]
    return loops.only(kept)


def corners(loops: Loops) -> tuple[Floats, Floats, Floats]:
    """Measure every corner.

    Parameters
    ----------
    loops : Loops
        Without edges of length zero.

    Returns
    -------
    angle : float array, shape (v,)
        Between the two edges in degrees, inside or outside the parcel: at most 180.
    base : float array, shape (v,)
        Distance of the two neighbours.
    ground : float array, shape (v,)
        Area of the triangle with the two neighbours.
    """
    after = loops.following()
    before = np.empty_like(after)
    before[after] = np.arange(len(after))
    back, ahead = loops.xy[before] - loops.xy, loops.xy[after] - loops.xy
    turned = np.abs(cross(back, ahead))
    angle = np.degrees(np.arctan2(turned, (back * ahead).sum(axis=1)))
    return angle, np.hypot(*(back - ahead).T), turned / 2


def _listed(code: str, vertices: Vertices, vertex: Ints, value: Floats) -> tuple[Found, Found]:
    """List the first few places of each parcel and count the rest."""
    order = np.argsort(vertex)
    vertex, value = vertex[order], value[order]
    parcel, ring, point = vertices.place(vertex)
    new = np.diff(parcel, prepend=-1) > 0
    places = np.arange(len(parcel))
    rank = places - np.maximum.accumulate(np.where(new, places, 0))
    shown = rank < int(rule("places", "most"))
    parcels, more = np.unique(parcel[~shown], return_counts=True)
    first = Found(
        code,
        parcel[shown],
        ring=ring[shown],
        point=point[shown],
        value=value[shown],
        shape=shapely.points(vertices.xy[vertex[shown]]),
    )
    return first, Found(f"{code}_MORE", parcels, value=more.astype(float))


def _counted(code: str, vertices: Vertices, vertex: Ints) -> Found:
    parcels, count = np.unique(vertices.place(vertex)[0], return_counts=True)
    return Found(code, parcels, value=count.astype(float))
