"""Towns and villages inside an expansion area: whole, or cut by its line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import shapely

from parcels.expansion.coverage import layer_gap
from parcels.expansion.model import Detail, Measured
from parcels.expansion.placement import over_placements

if TYPE_CHECKING:
    from layers.overlay import Overlay
    from parcels.expansion.placement import Site

KIND = "admin_unit"
SLACK_M = 5.0
"""A unit that stands out, or reaches in, by less is whole, or left out."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Unit:
    name: str
    shape: Any


def whole_units(site: Site, layer: Overlay | None) -> Measured:
    """Measure the share of the area that whole units make up, and list those that are cut.

    Parameters
    ----------
    site : Site
    layer : Overlay or None
        Of the kind ``admin_unit``; towns and villages may lie over each other.

    Returns
    -------
    Measured
    """
    if layer is None:
        needs = (f"layer:{KIND}",)
        return Measured(cause="layer_missing", needs=needs, reason="no_units")
    units = _units(site, layer)
    needs = (f"layer:{KIND}",)
    found = over_placements(
        site, layer.accuracy_m, lambda shape: _whole_share(shape, units), needs=needs
    )
    found = replace(found, details=tuple(_details(site, units)))
    gap = layer_gap(site, layer)
    if not gap.is_open or found.high is None or found.low is None:
        return found
    return replace(
        found,
        value=None,
        high=min(1.0, found.high + gap.share),
        cause=gap.cause,
        needs=tuple(dict.fromkeys((*found.needs, *gap.needs))),
        reason="units_not_everywhere",
        values={"open_share": gap.share},
    )


def _units(site: Site, layer: Overlay) -> list[_Unit]:
    reach = site.shape.buffer((layer.accuracy_m or 0.0) * 2 + SLACK_M)
    named = zip(layer.names, layer.in_plane(site.plane), strict=True)
    return [
        _Unit(name=name or f"#{number}", shape=shape)
        for number, (name, shape) in enumerate(named, 1)
        if shape.geom_type.endswith("Polygon") and shapely.intersects(reach, shape)
    ]


def _whole_share(shape: Any, units: list[_Unit]) -> float:
    grown = shapely.buffer(shape, SLACK_M, join_style="mitre")
    whole = [one.shape for one in units if shapely.covers(grown, one.shape)]
    return float(shapely.area(shapely.intersection(shapely.union_all(whole), shape)) / shape.area)


def _details(site: Site, units: list[_Unit]) -> list[Detail]:
    grown = shapely.buffer(site.shape, SLACK_M, join_style="mitre")
    core = shapely.buffer(site.shape, -SLACK_M, join_style="mitre")
    details = []
    for unit in units:
        is_whole = bool(shapely.covers(grown, unit.shape))
        if not is_whole and not shapely.intersection(core, unit.shape).area > 0:
            continue
        inside = site.area(shapely.intersection(site.shape, unit.shape))
        share = inside / site.area(unit.shape)
        figures = {"inside_m2": inside} if is_whole else {"inside_m2": inside, "in_share": share}
        kind = "unit_whole" if is_whole else "unit_cut"
        details.append(Detail(kind=kind, name=unit.name, figures=figures))
    return sorted(details, key=lambda one: (one.kind != "unit_cut", one.name))
