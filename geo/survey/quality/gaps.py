"""Gaps between the parcels of a coverage: holes of the ground they cover, and open cracks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.survey.quality.finding import Found, finding_table
from geo.survey.quality.layer import Layer
from geo.survey.quality.slivers import classify, widths
from geo.survey.quality.tolerance import limit, rule
from geo.survey.quality.vertices import flat_vertices

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from geo.survey.quality.vertices import Floats, Ints, Shapes

_CODES = ("Q_GAP_ROUNDING", "Q_GAP_CHORD", "Q_GAP_DIGITISING", "Q_GAP")
_BESIDE_M = 0.001
_ON_M = 1e-6
_NEIGHBOURS = 2
_MOST_SUSPECT = 2_000


def gaps(geometries: Shapes | Sequence[Any]) -> pa.Table:
    """Find gaps between parcels that are meant to cover the ground.

    Parameters
    ----------
    geometries : array of Polygon, MultiPolygon or None, shape (n,)
        Metres. What is not valid is left out.

    Returns
    -------
    pyarrow.Table
        `FINDINGS`, one row a gap: ``parcel`` and ``other`` its first two neighbours, ``value``
        square metres, ``wkb`` the gap. ``Q_GAP``: real but below 200 m²; larger ground between
        parcels is no gap. ``Q_GAP_…``: slivers. None unless 30 % of the parcels have a neighbour.
        ``Q_UNSEARCHED``, once: so many parcels (over 2,000) do not fit that no gap was looked for.
    """
    return finding_table(gap_findings(Layer(geometries)))


def gap_findings(layer: Layer) -> list[Found]:
    """Find the gaps of a layer; see `gaps`."""
    if len(layer.shapes) < _NEIGHBOURS or not layer.is_coverage():
        return []
    if layer.suspect.sum() > _MOST_SUSPECT:
        first = np.flatnonzero(layer.suspect)[:1]
        count = np.array([layer.suspect.sum()], dtype=float)
        return [Found("Q_UNSEARCHED", layer.position[first], value=count)]
    covered = _union(layer)
    holes = _holes(covered)
    pieces = np.concatenate([holes, _cracks(layer, covered, holes)])
    first, second = _beside(layer, pieces)
    between = second >= 0
    pieces, first, second = pieces[between], first[between], second[between]
    kind = classify(pieces)
    found = []
    for number, code in enumerate(_CODES, start=1):
        mine = kind == number
        found.append(
            Found(
                code,
                layer.position[first[mine]],
                value=shapely.area(pieces[mine]),
                other=layer.position[second[mine]],
                shape=pieces[mine],
            )
        )
    return found


def _union(layer: Layer) -> shapely.Geometry:
    """Unite all shapes: fast where they fit edge to edge."""
    fitting = shapely.coverage_union_all(layer.shapes[~layer.suspect])
    return shapely.union_all([fitting, *layer.shapes[layer.suspect]])


def _holes(covered: shapely.Geometry) -> Shapes:
    """Return the holes that are too small for a parcel, or thin."""
    rings, part = shapely.get_rings(shapely.get_parts(covered), return_index=True)
    holes = shapely.polygons(rings[np.diff(part, prepend=-1) == 0])
    if not len(holes):
        return np.zeros(0, dtype=object)
    thin = widths(holes) <= rule("sliver", "digitising", "width_m")
    chosen: Shapes = holes[thin | (shapely.area(holes) < limit("Q_GAP"))]
    return chosen


def _cracks(layer: Layer, covered: shapely.Geometry, holes: Shapes) -> Shapes:
    """Return narrow gaps that are open at an end, by closing the suspects' outline."""
    suspects = shapely.union_all(layer.shapes[layer.suspect])
    half = rule("gap", "closing_m") / 2
    closed = shapely.buffer(suspects, half, join_style="mitre")
    closed = shapely.buffer(closed, -half, join_style="mitre")
    cracks = shapely.difference(closed, shapely.union_all([covered, *holes]))
    pieces = shapely.get_parts(cracks)
    pieces = pieces[shapely.area(pieces) > 0]
    if not len(pieces):
        return np.zeros(0, dtype=object)
    # A wedge between two parcels that part at a corner is as wide as the closing: no crack.
    crack = widths(pieces) <= rule("sliver", "digitising", "width_m")
    crack &= shapely.length(pieces) / 2 >= rule("gap", "shortest_m")
    pieces = pieces[crack]
    chosen: Shapes = pieces[_enclosed(layer, pieces) >= rule("gap", "enclosed_share")]
    return chosen


def _enclosed(layer: Layer, pieces: Shapes) -> Floats:
    """Return the share of each piece's boundary that runs along parcels."""
    vertices = flat_vertices(pieces)
    middle = shapely.points((vertices.xy + vertices.xy[vertices.following()]) / 2)
    along = np.zeros(len(middle), dtype=bool)
    along[layer.tree.query(middle, predicate="dwithin", distance=_ON_M)[0]] = True
    piece = vertices.parcel[vertices.ring]
    closed = np.bincount(piece, weights=vertices.edges() * along, minlength=len(pieces))
    share: Floats = closed / shapely.length(pieces)
    return share


def _beside(layer: Layer, pieces: Shapes) -> tuple[Ints, Ints]:
    """Return the first two neighbours of each piece; -1: there is none."""
    first = np.full(len(pieces), -1, dtype=np.intp)
    second = first.copy()
    piece, shape = layer.tree.query(pieces, predicate="dwithin", distance=_BESIDE_M)
    order = np.lexsort((shape, piece))
    piece, shape = piece[order], shape[order]
    begins = np.diff(piece, prepend=-1) > 0
    first[piece[begins]] = shape[begins]
    follows = np.flatnonzero(begins) + 1
    follows = follows[follows < len(piece)]
    follows = follows[~begins[follows]]
    second[piece[follows]] = shape[follows]
    return first, second
