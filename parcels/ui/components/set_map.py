"""The parcels of an accepted file on the map, sent or drawn by the server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from parcels.set_scene import chosen_layer, is_large, set_group, survey_layer
from parcels.ui import cache, state

if TYPE_CHECKING:
    from shapely import Polygon

    from layers.scene import LayerGroup
    from parcels.parcel_sets import ParcelSet

_MARGIN = 0.05


def set_map_group(held: ParcelSet, position: int) -> LayerGroup:
    """Give the parcels as the same object at each run, or all is sent again."""
    lang = state.lang()
    if not is_large(held.survey):
        layer = state.once("set_layer", held.token, lambda: survey_layer(held.survey))
        return set_group(layer, None, lang)
    version = (held.token, position, lang)
    chosen = state.once("set_chosen", version, lambda: chosen_layer(held, position, lang))
    return set_group(cache.serve_set(held).drawn, chosen, lang)


def whole_set(held: ParcelSet) -> Polygon:
    """Return the box of a set with a margin, so that no parcel touches what stands on the map."""
    west, south, east, north = held.bounds
    beside, above = (east - west) * _MARGIN, (north - south) * _MARGIN
    return shapely.box(west - beside, south - above, east + beside, north + above)
