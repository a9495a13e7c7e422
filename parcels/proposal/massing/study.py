"""A volume study: the site, its buildings, where they stand, what they add up to."""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import TYPE_CHECKING

import shapely
from shapely import affinity

from parcels.proposal.massing.boxes import buildings_of
from parcels.proposal.massing.contradictions import contradictions
from parcels.proposal.massing.figures import figures_of
from parcels.proposal.massing.model import Layout, Remark, Study
from parcels.proposal.massing.packing import pack
from parcels.proposal.massing.site import site_of
from parcels.proposal.massing.wording import named, square_metres

if TYPE_CHECKING:
    from fractions import Fraction

    from shapely.geometry.base import BaseGeometry

    from parcels.proposal.massing.model import Building, NotDrawn, Rect, Site
    from parcels.proposal.model import Proposal

_HALF, _QUARTER = 90.0, 45.0
_WIDEST_GAP = 10_000  # m


def study(proposal: Proposal, outline: BaseGeometry | None = None) -> Study:
    """Study the volumes of a proposal.

    Parameters
    ----------
    outline : Polygon or MultiPolygon, optional
        Of the parcel, in a plane in metres, x east, y north; without one the site is a rectangle
        of the stated area and width, without a width a square.

    Returns
    -------
    Study
        Boxes only for rows whose floor area and storeys are known; every other row with floor
        area stands in ``not_drawn``. Nothing is assumed silently: see ``remarks``.
    """
    site, told = site_of(proposal, outline)
    buildings, not_drawn = buildings_of(proposal)
    gap = proposal.exact("spacing")
    layout = layout_of(site, buildings, float(gap) if gap and gap < _WIDEST_GAP else 0.0)
    figures = figures_of(proposal, buildings, not_drawn, site)
    remarks = (
        *told,
        *_of_boxes(buildings, not_drawn),
        *_of_gap(gap, buildings),
        *_of_places(site, buildings, layout),
        *contradictions(proposal, buildings, figures),
    )
    return Study(
        site=site,
        buildings=buildings,
        not_drawn=not_drawn,
        layout=layout,
        figures=figures,
        remarks=remarks,
        stated_height=proposal.exact("height"),
    )


def layout_of(site: Site | None, buildings: tuple[Building, ...], gap: float) -> Layout:
    """Place the buildings inside the envelope, along its longest side."""
    areas = {one.number: float(one.footprint) for one in buildings if one.boxes}
    if site is None or site.envelope.is_empty:
        return Layout(angle=0.0, gap=gap, places=MappingProxyType({}))
    angle = _direction(site.envelope)
    room = affinity.rotate(site.envelope, -angle, origin=(0, 0)) if angle else site.envelope
    return Layout(angle=angle, gap=gap, places=MappingProxyType(pack(areas, room, gap=gap)))


def on_site(place: Rect, angle: float) -> BaseGeometry:
    """Return the ground of a building on the axes of the site."""
    shape = shapely.box(place.x, place.y, place.right, place.top)
    turned: BaseGeometry = affinity.rotate(shape, angle, origin=(0, 0)) if angle else shape
    return turned


def _direction(shape: BaseGeometry) -> float:
    """Return how the narrowest rectangle around a shape is turned, above -45° and up to 45°."""
    frame = shapely.minimum_rotated_rectangle(shape)
    west, south, east, north = shape.bounds
    if frame.area >= (east - west) * (north - south) * (1 - 1e-9):
        return 0.0  # as good as along the axes
    (x, y), (to_x, to_y) = shapely.get_coordinates(frame)[:2].tolist()
    angle = math.degrees(math.atan2(to_y - y, to_x - x)) % _HALF
    return angle - _HALF if angle > _QUARTER else angle


def _of_boxes(
    buildings: tuple[Building, ...], not_drawn: tuple[NotDrawn, ...]
) -> tuple[Remark, ...]:
    flat = [named(box.title) for one in buildings for box in one.boxes if box.height is None]
    below = [named(box.title) for one in buildings for box in one.basements]
    found = []
    if not buildings and not not_drawn:
        found.append(Remark(code="no_rows"))
    if not_drawn:
        found.append(
            Remark(code="not_drawn", values={"rows": [named(one.title) for one in not_drawn]})
        )
    if flat:
        found.append(Remark(code="no_height", values={"rows": flat}))
    if below:
        found.append(Remark(code="below_ground", values={"rows": below}))
    return tuple(found)


def _of_gap(gap: Fraction | None, buildings: tuple[Building, ...]) -> tuple[Remark, ...]:
    """Tell that no distance is kept, where there are buildings that could keep one."""
    several = sum(bool(one.boxes) for one in buildings) > 1
    return (Remark(code="no_gap"),) if several and gap is None else ()


def _of_places(
    site: Site | None, buildings: tuple[Building, ...], layout: Layout
) -> tuple[Remark, ...]:
    """Tell what found no place: by how much there is too much, or that the shapes do not fit."""
    outside = [one for one in buildings if one.boxes and one.number not in layout.places]
    if site is None or not outside:
        return ()
    names = [f"{one.number} {named(one.name)}" for one in outside]
    needed = float(sum(one.footprint for one in buildings))
    free = float(site.envelope.area)
    values = {"rows": names, "needed": square_metres(needed), "free": square_metres(free)}
    if needed > free:
        values["excess"] = square_metres(needed - free)
        return (Remark(code="over_envelope", values=values),)
    return (Remark(code="no_place", values=values),)
