"""The layers under the parcels, whichever parcels are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcels.map_scene import network_groups, network_layer, operator_groups
from parcels.ui import cache, state

if TYPE_CHECKING:
    from geo.location.features import NamedFeature
    from layers.model import FeatureProperties
    from layers.scene import LayerGroup
    from parcels.map_scene import Lang


def under_layers(lang: Lang) -> tuple[LayerGroup, ...]:
    """Return them from below; the same objects at each run, or all is sent again."""
    own = operator_groups(cache.big_layers(), lang)
    loaded = state.loaded_network()
    if loaded is None:
        return (*own, *cache.builtin_groups(lang))
    version = (loaded.report.digest, loaded.title, lang)
    return (*own, *state.once("network_groups", version, lambda: network_groups(loaded, lang)))


def layer_of(feature: NamedFeature) -> str:
    """Return the layer that a feature of the network in use is drawn in."""
    if state.loaded_network():
        return network_layer(feature)
    found = cache.reference().find(feature.id)
    return found[0].id if found else ""


def stated_of(feature: NamedFeature) -> FeatureProperties | None:
    """Return what the built-in data say of a feature; None for a user's own network."""
    found = None if state.loaded_network() else cache.reference().find(feature.id)
    return found[1].properties if found else None
