"""The rows of 表2 on the map: their places, and the notice that says how far off those are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcels.map_scene import parcel_group
from parcels.messages import text
from parcels.ui import cache, state

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from layers.scene import LayerGroup
    from parcels.workspace import PlannedParcel


def planned_parcels() -> tuple[PlannedParcel, ...]:
    """Return the rows as solved against the network in use."""
    loaded = state.loaded_network()
    return loaded.parcels if loaded else cache.builtin_parcels()


def plan_boxes() -> Mapping[str, BaseGeometry]:
    """Return the drawing aids by row: none for a network that the user loaded."""
    return {} if state.loaded_network() else cache.display_boxes()


def plan_group(parcels: Sequence[PlannedParcel]) -> LayerGroup:
    """Draw the rows."""
    return parcel_group(parcels, dict(plan_boxes()), state.lang())


def plan_notice(parcels: Sequence[PlannedParcel]) -> str:
    """Say how far off the places are: the notice stands on the map and cannot be closed."""
    lang = state.lang()
    loaded = state.loaded_network()
    if loaded:
        return text(lang, "ui.map.loaded_notice", title=loaded.title)
    stated = [part.accuracy_m for parcel in parcels for part in parcel.location.parts]
    known = [metres for metres in stated if metres is not None]
    return text(lang, "ui.map.notice", low=f"{min(known):,.0f}", high=f"{max(known):,.0f}")
