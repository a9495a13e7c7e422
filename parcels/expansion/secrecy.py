"""Whether a map of an expansion area would be a state secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.area import lonlat_area
from geo.units import M2_PER_KM2

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

    from layers.model import Layer
    from layers.overlay import Overlay
    from layers.scene import GeometryClass

LARGEST_KM2 = 25.0
"""Continuous land above this, surveyed in more detail than 1:5000 (SEC95, item 18)."""
_DETAIL_M = 2.5
"""Half a millimetre on a map of 1:5000: data known to be worse show no more than such a map."""


def sensitive(
    extension: BaseGeometry | None,
    layers: Iterable[Overlay | Layer] = (),
    classes: Iterable[GeometryClass] = (),
) -> bool:
    """Tell whether a map of the area with these layers may not be passed on.

    Parameters
    ----------
    extension : geometry or None
        EPSG:4490. Its parts count together: a map shows what lies between them too.
    layers : iterable of Overlay or Layer
        Shown on the map. A layer that a user loaded and that states no accuracy may be surveyed
        in detail, and counts as such.
    classes : iterable of GeometryClass
        Of outlines on the map.

    Returns
    -------
    bool
        Above 25 km² with survey data in more detail than 1:5000.
    """
    if extension is None or not lonlat_area(extension) > LARGEST_KM2 * float(M2_PER_KM2):
        return False
    return "surveyed" in {*classes} or any(_is_detailed(layer) for layer in layers)


def _is_detailed(layer: Overlay | Layer) -> bool:
    stated = getattr(layer, "geometry_class", None)
    if stated is not None:
        return bool(stated == "surveyed")
    accuracy: float | None = getattr(layer, "accuracy_m", None)
    return accuracy is None or accuracy <= _DETAIL_M
