"""Which part of an expansion area a layer says nothing about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import shapely

if TYPE_CHECKING:
    from layers.overlay import Overlay
    from parcels.expansion.placement import Site
    from parcels.findings import Cause

_SLACK_M = 0.01
_CRUMB_SHARE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LayerGap:
    """Land of the area where a layer shows nothing and proves nothing.

    Attributes
    ----------
    land : geometry
        In the plane of the site, empty where the layer speaks everywhere.
    share : float
        Of the area.
    """

    land: Any
    share: float
    cause: Cause | Literal[""] = ""
    needs: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether there is such land."""
        return self.share > _CRUMB_SHARE

    def with_land(self, site: Site, land: Any, need: str) -> LayerGap:
        """Add land where there is something of which the loaded layer does not say what."""
        inside = shapely.intersection(site.shape, land)
        if not inside.area > 0:
            return self
        both = shapely.union(self.land, inside)
        return LayerGap(
            land=both,
            share=float(both.area / site.shape.area),
            cause=self.cause or "input_missing",
            needs=(*self.needs, need),
        )


def layer_gap(site: Site, layer: Overlay | None, kind: str = "") -> LayerGap:
    """Find where a layer leaves open whether there is something.

    Parameters
    ----------
    layer : Overlay or None
        None: it is not loaded, all of the area is open.
    kind : str
        Of the layer that is not loaded.
    """
    if layer is None:
        needs = (f"layer:{kind}",)
        return LayerGap(land=site.shape, share=1.0, cause="layer_missing", needs=needs)
    if not layer.complete:
        needs = (f"complete:{layer.kind}",)
        return LayerGap(land=site.shape, share=1.0, cause="layer_incomplete", needs=needs)
    if layer.extent is None:
        return LayerGap(land=shapely.Polygon(), share=0.0)
    extent = shapely.buffer(site.bring_extent(layer.extent), _SLACK_M, join_style="mitre")
    land = shapely.difference(site.shape, extent)
    share = float(land.area / site.shape.area)
    needs = (f"extent:{layer.kind}",)
    return LayerGap(land=land, share=share, cause="layer_out_of_extent", needs=needs)
