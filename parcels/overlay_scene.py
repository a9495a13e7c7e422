"""The layers that parcels are judged against, on the map: what they hold near one parcel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from layers.scene import LayerGroup, MapFeature, MapLayer
from parcels.messages import text
from parcels.overlay_words import kind_title

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

    from layers.overlay import Overlay

_AROUND_DEGREES = 0.01  # about 1 km
_MOST_FEATURES = 300
_AREA = 2


def overlay_groups(
    overlays: Mapping[str, Overlay], place: BaseGeometry, lang: str
) -> tuple[LayerGroup, ...]:
    """Draw the features within about 1 km of a place, of each layer the nearest 300.

    Parameters
    ----------
    overlays : mapping of kind to Overlay
    place : geometry
        EPSG:4490.
    """
    layers = tuple(
        layer for kind, overlay in overlays.items() if (layer := _layer(kind, overlay, place, lang))
    )
    title = text(lang, "ui.review.layers_on_map")
    return (LayerGroup(id="overlays", title=title, layers=layers),) if layers else ()


def _layer(kind: str, overlay: Overlay, place: BaseGeometry, lang: str) -> MapLayer | None:
    west, south, east, north = place.bounds
    window = shapely.box(
        west - _AROUND_DEGREES,
        south - _AROUND_DEGREES,
        east + _AROUND_DEGREES,
        north + _AROUND_DEGREES,
    )
    shapely.prepare(window)
    near = np.flatnonzero(shapely.intersects(window, overlay.shapes))
    if not len(near):
        return None
    distances = shapely.distance(overlay.shapes[near], place)
    near = np.sort(near[np.argsort(distances, kind="stable")[:_MOST_FEATURES]])
    features = tuple(
        MapFeature(
            id=f"{kind}-{at}",
            geometry=shapely.intersection(overlay.shapes[at], window),
            tooltip=overlay.names[at] or kind_title(lang, kind),
            geometry_class="digitized",
            accuracy_m=overlay.accuracy_m,
        )
        for at in near.tolist()
    )
    is_land = shapely.get_dimensions(features[0].geometry) == _AREA
    return MapLayer(
        id=f"overlay-{kind}",
        title=kind_title(lang, kind),
        kind="area" if is_land else "road",
        features=features,
        source=overlay.source or overlay.title,
    )
