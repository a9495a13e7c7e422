"""Parcels over one reference layer: which can be measured, which only estimated, which not at all.

A verdict about a layer needs three things: a drawing, its accuracy, and a layer that speaks there.
What lacks is kept beside each parcel, all of it, so that a reader knows what would settle it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.crs import to_local
from parcels.checks.over_layers.rules import kind_words
from parcels.checks.over_layers.uncertain import Drawings
from parcels.checks.subject import EXACT_M

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from layers.overlay import Overlay
    from parcels.checks.over_layers.uncertain import Bools, Ints
    from parcels.checks.subject import Floats, Objects, Parcels

_EXTENT_STEP_DEG = 0.01
_EXTENT_SLACK_M = 0.01


@dataclass(frozen=True, kw_only=True, eq=False)
class Ground:
    """Parcels and one layer that is loaded.

    Attributes
    ----------
    parcels : Parcels
    overlay : Overlay
    margin_m : float
        The layer must speak this much around a parcel too: the reach of a control zone.
    everywhere : bool
        The layer is one thing as a whole, such as the zone: it speaks also beyond its features
        where nobody declared an extent.
    """

    parcels: Parcels
    overlay: Overlay
    margin_m: float = 0.0
    everywhere: bool = False

    @cached_property
    def land(self) -> Objects:
        """Features of the layer in the plane of the parcels, shape (f,)."""
        return self.overlay.in_plane(self.parcels.plane)

    @cached_property
    def coarse(self) -> bool:
        """Whether the layer states an accuracy that measured areas cannot rest on."""
        return self.overlay.accuracy_m is not None and not self.overlay.accuracy_m <= EXACT_M

    @cached_property
    def measured(self) -> Bools:
        """Parcels whose drawn areas decide, shape (n,)."""
        return self.parcels.measurable & (not self.coarse)

    @cached_property
    def estimated(self) -> Bools:
        """Parcels whose drawing may be off by `reach`, shape (n,)."""
        return self.parcels.sound & ~self.measured

    @cached_property
    def reach(self) -> Floats:
        """Metres by which parcel and layer together may be off, shape (n,).

        0 where areas decide; infinite where the accuracy is not stated.
        """
        own = np.nan_to_num(self.parcels.accuracy_m, nan=np.inf, posinf=np.inf)
        return np.where(self.measured, 0.0, own + (self.overlay.accuracy_m or 0.0))

    @cached_property
    def rows(self) -> Ints:
        """Positions of the estimated parcels, shape (k,)."""
        return np.flatnonzero(self.estimated)

    @cached_property
    def drawings(self) -> Drawings:
        """The estimated parcels, in the order of `rows`."""
        return Drawings(
            shapes=self.parcels.drawn[self.rows],
            is_place=self.parcels.has_place[self.rows],
            reach=self.reach[self.rows],
        )

    @cached_property
    def unspoken(self) -> Bools:
        """Parcels that reach beyond where the layer speaks, shape (n,)."""
        beyond = np.zeros(len(self.parcels), dtype=bool)
        whole = self.everywhere and self.overlay.extent_how == "bounding_box"
        if self.overlay.extent is None or whole:
            return beyond
        extent = _in_plane(self.overlay, self.parcels)
        shapely.prepare(extent)
        sound = np.flatnonzero(self.parcels.sound)
        drawn, around = self.parcels.drawn[sound], self.reach[sound] + self.margin_m
        within = shapely.covers(extent, drawn) & np.isfinite(around)
        wide = np.flatnonzero(within & (around > 0))
        edge = shapely.boundary(extent)
        within[wide] &= shapely.distance(edge, drawn[wide]) >= around[wide]
        beyond[sound] = ~within
        return beyond

    @cached_property
    def scale(self) -> Floats:
        """As of the parcels."""
        return self.parcels.scale

    def labels(self, features: Ints) -> list[str]:
        """Return the name of each of some features, or its number in the layer."""
        names = self.overlay.names
        return [names[at] or f"#{at + 1}" for at in features.tolist()]

    @cached_property
    def words(self) -> dict[str, str]:
        """Title of the kind of layer in each language."""
        return kind_words(self.overlay.kind)

    def titles(self, features: Ints) -> list[str] | str:
        """Return the title of the file that each of some features came from."""
        files = self.overlay.parts
        if not files:
            return self.overlay.title
        ends = np.cumsum([len(one) for one in files])
        return [files[at].title for at in np.searchsorted(ends, features, side="right")]


def _in_plane(overlay: Overlay, parcels: Parcels) -> BaseGeometry:
    """Bring the extent to the plane, its parallels bent; a centimetre is forgiven for rounding."""
    bent = shapely.segmentize(overlay.extent, _EXTENT_STEP_DEG)
    extent = to_local(np.array([bent], dtype=object), parcels.plane)
    grown: BaseGeometry = shapely.buffer(extent[0], _EXTENT_SLACK_M, join_style="mitre")
    return grown
