"""Indices of the expansion area alone: size, parts, compactness, holes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import shapely

from geo.shaping import compact
from geo.units import M2_PER_KM2
from parcels.expansion.model import Detail, Measured

if TYPE_CHECKING:
    from parcels.expansion.placement import Site


def area(site: Site) -> Measured:
    """Measure the area in km² on the ellipsoid, with the plane area beside it."""
    square_metres = site.area(site.shape)
    figures = {"area_m2": square_metres, "plane_m2": float(site.shape.area)}
    return certain(square_metres / float(M2_PER_KM2), Detail(kind="area", figures=figures))


def largest_part(site: Site) -> Measured:
    """Measure the share of the largest part, and list every part."""
    parts = sorted(parts_of(site.shape), key=lambda one: -one.area)
    details = [
        Detail(kind="part", name=str(number), figures={"area_m2": site.area(one)})
        for number, one in enumerate(parts, 1)
    ]
    return certain(compact.largest_share(site.shape), *details)


def polsby_popper(site: Site) -> Measured:
    """Measure 4πA/P² of the simplified outline (Polsby and Popper 1991): 1 for a circle."""
    shape = compact.coarse(site.shape)
    figures = {
        "perimeter_m": float(shape.length),
        "drawn_perimeter_m": float(site.shape.length),
    }
    return certain(compact.polsby_popper(shape), Detail(kind="perimeter", figures=figures))


def batty(site: Site) -> Measured:
    """Measure 2√(πA)/P (Richardson, Batty): the square root of `polsby_popper`."""
    found = polsby_popper(site)
    return certain(math.sqrt(found.value or 0.0), *found.details)


def reock(site: Site) -> Measured:
    """Measure A / area of the smallest enclosing circle (Reock 1961)."""
    radius = float(shapely.minimum_bounding_radius(site.shape))
    detail = Detail(kind="circle", figures={"diameter_m": 2 * radius})
    return certain(compact.reock(site.shape), detail)


def hull_ratio(site: Site) -> Measured:
    """Measure A / area of the convex hull."""
    hull = shapely.convex_hull(site.shape)
    detail = Detail(kind="hull", figures={"area_m2": site.area(hull)})
    return certain(compact.hull_ratio(site.shape), detail)


def hole_share(site: Site) -> Measured:
    """Measure holes / filled area, and list every hole."""
    rings = [ring for part in parts_of(site.shape) for ring in part.interiors]
    filled = shapely.union_all([shapely.Polygon(one.exterior) for one in parts_of(site.shape)])
    holes = sorted((shapely.Polygon(one) for one in rings), key=lambda one: -one.area)
    details = [
        Detail(kind="hole", name=str(number), figures={"area_m2": site.area(one)})
        for number, one in enumerate(holes, 1)
    ]
    inside = filled.area - site.shape.area if rings else 0.0
    return certain(float(inside / filled.area), *details)


def certain(value: float, *details: Detail) -> Measured:
    """Give a figure that nothing leaves open."""
    return Measured(value=value, low=value, high=value, details=details)


def parts_of(shape: Any) -> list[Any]:
    """Return the polygons that a shape of land is made of."""
    return [one for one in shapely.get_parts(shape) if one.geom_type == "Polygon"]
