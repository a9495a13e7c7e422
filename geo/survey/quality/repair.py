"""Repairs that are proposed: what the polygon becomes, and what that does to its area."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.survey.quality.corners import corners, thinned
from geo.survey.quality.tolerance import limit, rule
from geo.survey.quality.validity import cause
from geo.survey.quality.vertices import flat_vertices

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.read.parsed import Value
    from geo.survey.quality.vertices import Bools, Loops, Shapes, Vertices

_CODES = {
    "Q_BOWTIE": "bow_tie",
    "Q_SELF": "self_crossing",
    "Q_TOUCH": "self_touch",
    "Q_HOLE": "hole",
    "Q_PARTS": "parts",
    "Q_FLAT": "flat_ring",
}
_MAYBE_SPIKES = {"self_crossing", "self_touch"}
_SAME_M2 = 1.0
_SAME_RATIO = 0.001
_EQUAL = 1e-9
_MOST_RINGS = 64  # more are not laid over each other one by one
_FEWEST = 3
_DECIMALS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A repair of one polygon.

    Attributes
    ----------
    code : str
        ``bow_tie``, ``self_crossing``, ``spike``, ``self_touch``, ``hole``, ``parts``,
        ``flat_ring``, ``near_points``: sentence ``repair.<code>``.
    geometry : Polygon or MultiPolygon
        Valid, outer rings clockwise on the map.
    values : mapping
        ``before_m2`` (ring sums as written: the lobes of a bow-tie cancel), ``after_m2``,
        ``other_m2`` (the reading of the rings that is furthest from the proposal),
        ``ambiguous`` (by more than 1 m² or 0.1 %), ``points`` (how many fewer).
    """

    code: str
    geometry: shapely.Geometry
    values: Mapping[str, Value]


def propose(geometry: shapely.Geometry | None) -> Proposal | None:
    """Propose a repair of a polygon that is broken, or has spikes or points too near.

    A broken polygon is rebuilt so that no ground is lost: lobes, overlapping parts and parts
    inside parts count once, a hole outside becomes a part. Two other readings of its rings are
    measured beside it: outer rings without inner rings as declared, and even-odd.

    Parameters
    ----------
    geometry : Polygon, MultiPolygon or None
        Metres.

    Returns
    -------
    Proposal or None
        None: nothing to repair, or nothing that could be (no area, numbers that are not finite).
    """
    if geometry is None or not _is_finite_polygon(geometry):
        return None
    if geometry.is_valid:
        return _tidied(geometry)
    fixed, kind = _fixed(geometry), cause(geometry).code
    if fixed.is_empty or kind not in _CODES:
        return None
    after = fixed.area
    rings, is_shell = _rings(geometry)
    readings = (_as_declared(rings, is_shell), _even_odd(geometry, rings))
    other = max(readings, key=lambda area: abs(area - after))
    code = _CODES[kind]
    if code in _MAYBE_SPIKES and _is_cut_off(geometry, fixed, other):
        code = "spike"
    return _proposal(code, geometry, fixed, other)


def _is_cut_off(before: shapely.Geometry, after: shapely.Geometry, other: float) -> bool:
    """Tell whether only lines without width went: same ground in every reading, same rings."""
    rings = [len(shapely.get_rings(shapely.get_parts(shape))) for shape in (before, after)]
    return rings[0] == rings[1] and np.allclose((before.area, other), after.area, rtol=_EQUAL)


def _proposal(
    code: str, before: shapely.Geometry, after: shapely.Geometry, other: float
) -> Proposal:
    apart = abs(other - after.area)
    return Proposal(
        code=code,
        geometry=shapely.orient_polygons(after, exterior_cw=True),
        values={
            "before_m2": round(before.area, _DECIMALS),
            "after_m2": round(after.area, _DECIMALS),
            "other_m2": round(other, _DECIMALS),
            "ambiguous": bool(apart > min(_SAME_M2, _SAME_RATIO * after.area)),
            "points": _points(before) - _points(after),
        },
    )


def _points(shape: shapely.Geometry) -> int:
    rings = shapely.get_rings(shapely.get_parts(shape))
    return int(shapely.get_num_coordinates(shape)) - len(rings)


def _is_finite_polygon(shape: shapely.Geometry) -> bool:
    polygonal = shape.geom_type in {"Polygon", "MultiPolygon"} and not shape.is_empty
    return polygonal and bool(np.isfinite(shapely.get_coordinates(shape)).all())


def _fixed(shape: shapely.Geometry) -> shapely.Geometry:
    """Rebuild a polygon; the library may leave two parts side by side along an edge."""
    fixed = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    return fixed if fixed.is_valid else shapely.union_all(shapely.get_parts(fixed))


def _rings(shape: shapely.Geometry) -> tuple[Shapes, Bools]:
    """Return each ring as a polygon of its own, and which are outer ones."""
    rings, part = shapely.get_rings(shapely.get_parts(shape), return_index=True)
    return shapely.polygons(rings), np.diff(part, prepend=-1) > 0


def _as_declared(rings: Shapes, is_shell: Bools) -> float:
    """Measure all outer rings together less all inner rings."""
    fixed = np.array([_fixed(ring) for ring in rings], dtype=object)
    if len(fixed) == 1:
        return float(fixed[0].area)
    outer, inner = (shapely.union_all(fixed[side]) for side in (is_shell, ~is_shell))
    return float(shapely.area(shapely.difference(outer, inner)))


def _even_odd(shape: shapely.Geometry, rings: Shapes) -> float:
    """Measure the ground that an odd number of turns encloses."""
    if len(rings) > _MOST_RINGS:
        return float(shapely.area(shapely.make_valid(shape)))
    odd = reduce(shapely.symmetric_difference, shapely.make_valid(rings))
    return float(shapely.area(odd))


def _tidied(shape: shapely.Geometry) -> Proposal | None:
    """Leave out points too near to the one before, and the tips of thin spikes."""
    vertices = flat_vertices([shape])
    near = vertices.edges() < limit("Q_DUP")
    loops, _ = thinned(vertices, near)
    code = "near_points"
    while (tips := _thin_tips(loops)).any():
        code = "spike"
        loops, _ = loops.only(~tips)
        loops, _ = thinned(loops, loops.edges() < limit("Q_DUP"))
    if len(loops.xy) == len(vertices.xy) or len(loops.first) < len(vertices.first):
        return None
    fixed = _rebuilt(shape, loops, vertices)
    return _proposal(code, shape, fixed, fixed.area) if fixed.is_valid else None


def _thin_tips(loops: Loops) -> Bools:
    """Mark tips with a narrow base and little ground; never two neighbours at once."""
    angle, base, ground = corners(loops)
    tips = angle < limit("Q_SPIKE")
    tips &= base <= rule("sliver", "digitising", "width_m")
    tips &= ground <= rule("sliver", "large_area_m2")
    tips &= (loops.count > _FEWEST)[loops.ring]
    tips[loops.following()[tips]] = False
    return tips


def _rebuilt(shape: shapely.Geometry, loops: Loops, vertices: Vertices) -> shapely.Geometry:
    rings = shapely.linearrings(loops.xy, indices=loops.ring)
    polygons = shapely.polygons(rings, indices=vertices.part)
    return polygons[0] if shape.geom_type == "Polygon" else shapely.multipolygons(polygons)
