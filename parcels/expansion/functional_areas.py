"""How far an expansion area lies from the functional areas of the plan."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import shapely

from parcels.expansion.model import Detail, Measured

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcels.expansion.placement import Site
    from parcels.expansion.surroundings import Place


def farthest(site: Site, areas: Sequence[Place]) -> Measured:
    """Measure the greatest of the distances to the functional areas, and list them all.

    An area without a place leaves the figure open upwards; one that is drawn inaccurately
    leaves its own distance open by that much.
    """
    needs = tuple(f"place:{one.name}" for one in areas if one.shape is None)
    spans = [_span(site, one) for one in areas]
    known = [one for one in spans if one is not None]
    details = tuple(_detail(area, span) for area, span in zip(areas, spans, strict=True))
    if not known:
        return Measured(
            cause="geometry_missing",
            needs=needs or ("input:functional_areas",),
            reason="no_areas",
            details=details,
        )
    low = max(span[0] for span in known)
    high = math.inf if needs else max(span[2] for span in known)
    value = None if needs else max(span[1] for span in known)
    if low == high:
        return Measured(value=value, low=low, high=high, details=details)
    rough = tuple(f"place:{one.name}" for one in areas if one.accuracy_m)
    return Measured(
        value=value,
        low=low,
        high=high,
        cause="geometry_missing" if needs else "geometry_uncertain",
        needs=tuple(dict.fromkeys((*needs, *rough))),
        reason="areas_without_place" if needs else "areas_rough",
        details=details,
        values={"count": str(len(needs)), "all": str(len(areas))},
    )


def _span(site: Site, area: Place) -> tuple[float, float, float] | None:
    """Give the least, the drawn and the greatest distance in metres."""
    if area.shape is None:
        return None
    drawn = float(shapely.distance(site.shape, site.bring(area.shape)))
    accuracy = area.accuracy_m or 0.0
    return max(0.0, drawn - accuracy), drawn, drawn + accuracy


def _detail(area: Place, span: tuple[float, float, float] | None) -> Detail:
    if span is None:
        return Detail(kind="area_without_place", name=area.name, figures={"part_of": area.part_of})
    least, drawn, greatest = span
    figures = {"distance_m": drawn, "least_m": least, "greatest_m": greatest}
    return Detail(kind="area_distance", name=area.name, figures=figures)
