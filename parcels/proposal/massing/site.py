"""The site as an outline in a plane, and what of it may be built on."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import shapely

from parcels.proposal.massing.model import Remark, Site
from parcels.proposal.massing.wording import metres, square_metres

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from parcels.proposal.massing.model import SiteKind
    from parcels.proposal.model import Proposal

_LARGEST = Fraction(10**9)  # m², 1,000 km²: more is no site
_THINNEST = Fraction(1, 200)  # width to depth: less is a slip of the pen
_NO_STRIP_M = 1e-6  # GEOS makes nothing of thinner strips
_SAME = Fraction(1, 2)  # m²: areas that differ by less are told apart by no survey


def site_of(
    proposal: Proposal, outline: BaseGeometry | None = None
) -> tuple[Site | None, tuple[Remark, ...]]:
    """Return the site with its envelope, and what is assumed.

    Parameters
    ----------
    outline : Polygon or MultiPolygon, optional
        Of the parcel, in a plane in metres, x east, y north. Without one the site is a rectangle
        of the stated area and width, without a width a square.

    Returns
    -------
    site : Site or None
        None where the area is not known or cannot be drawn.
    remarks : tuple of Remark
    """
    found, remarks = _outline(proposal, outline)
    if found is None:
        return None, remarks
    kind, shape = found
    amount = proposal.amounts.get("setback")
    exact = amount.exact if amount else None
    setback = None if exact is None or exact > _LARGEST else float(exact)
    if setback is None:
        code = "setback_range" if amount else "no_setback"
        remarks = (*remarks, Remark(code=code))
    envelope = envelope_of(shape, setback or 0.0)
    site = Site(kind=kind, outline=shape, setback=setback, envelope=envelope)
    return site, (*remarks, *_told(site))


def envelope_of(outline: BaseGeometry, setback: float) -> BaseGeometry:
    """Return the outline less a strip along its boundary.

    Corners of 60° and more stay sharp; at sharper ones, such as the end of a slit, the strip ends
    in a bevel at twice its width.

    Parameters
    ----------
    outline : Polygon or MultiPolygon
        In a plane, m.
    setback : float
        m, not negative.

    Returns
    -------
    Polygon or MultiPolygon
        Empty where the strips of opposite sides meet.
    """
    if setback < _NO_STRIP_M:
        return outline
    inside: BaseGeometry = shapely.buffer(outline, -setback, join_style="mitre", mitre_limit=2)
    return inside


def _outline(
    proposal: Proposal, outline: BaseGeometry | None
) -> tuple[tuple[SiteKind, BaseGeometry] | None, tuple[Remark, ...]]:
    amount = proposal.amounts.get("site_area")
    if outline is not None:
        return ("outline", outline), _area_told(outline, amount.exact if amount else None)
    if amount is None or amount.low == 0:
        return None, (Remark(code="no_site"),)
    if amount.low > _LARGEST:
        return None, (Remark(code="site_too_large", values={"area": square_metres(amount.low)}),)
    least = () if amount.exact else (Remark(code="site_least", values=_area(amount.low)),)
    width = proposal.exact("site_width")
    if not width:
        side = float(amount.low) ** 0.5
        return ("square", shapely.box(0, 0, side, side)), (*least, Remark(code="site_square"))
    depth = amount.low / width
    if not _THINNEST < depth / width < 1 / _THINNEST:
        values = {"width": metres(width), "depth": metres(depth)}
        return None, (*least, Remark(code="site_too_thin", values=values))
    values = {"depth": metres(depth)}
    shape = shapely.box(0, 0, float(width), float(depth))
    return ("rectangle", shape), (*least, Remark(code="site_rectangle", values=values))


def _area_told(outline: BaseGeometry, stated: Fraction | None) -> tuple[Remark, ...]:
    """Tell how the outline and the stated area differ."""
    own = Fraction(outline.area)
    if stated is None or abs(own - stated) < _SAME:
        return ()
    values = {
        "outline": square_metres(own),
        "stated": square_metres(stated),
        "difference": square_metres(abs(own - stated)),
    }
    return (Remark(code="site_area_differs", values=values),)


def _area(area: Fraction) -> dict[str, str]:
    return {"area": square_metres(area)}


def _told(site: Site) -> tuple[Remark, ...]:
    """Tell an envelope that is empty, or in pieces."""
    if site.envelope.is_empty:
        return (Remark(code="envelope_empty", values={"setback": metres(site.setback)}),)
    pieces = shapely.get_num_geometries(site.envelope)
    if pieces > 1 and pieces > shapely.get_num_geometries(site.outline):
        return (Remark(code="envelope_pieces", values={"count": int(pieces)}),)
    return ()
